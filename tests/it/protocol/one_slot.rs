//! Many clients, one slot: one gets it, the others are offered the next best.

use app::contract::Failure;
use futures::future::join_all;
use server::store::verify::verify;
use tests::{
    Plant, audit,
    desk::{Desk, clock},
    on_both_databases,
};

const CLIENTS: usize = 32;
const ROUNDS: usize = 12;

on_both_databases! {
    async fn thirty_two_clients_want_one_slot(db: TestDatabase) {
        let plant = Plant::roomy(2);
        plant.write(&db).await;
        let clock = clock();
        // Two servers, each with its own snapshot and its own way to the database.
        let desks = [
            Desk::open(&db, &plant, clock.clone()).await,
            Desk::open(&db, &plant, clock.clone()).await,
        ];
        let query = Desk::query(2, "", ("2026-03-03", "2026-05-20"));
        for round in 0..ROUNDS {
            let offer = desks[round % 2].offers(&query).await.expect("something is free").remove(0);
            let holds = (0..CLIENTS).map(|client| {
                let (desk, query, offer) = (desks[client % 2].clone(), query.clone(), offer.clone());
                tokio::spawn(async move { desk.hold(&query, &offer, client % 4).await })
            });
            let mut won = 0;
            for answer in join_all(holds).await {
                match answer.expect("nobody panics") {
                    Ok(booking) => {
                        won += 1;
                        assert_eq!(booking.steps[0].start, offer.steps[0].start);
                    }
                    Err(Failure::Conflict { alternatives, .. }) => {
                        assert!(!alternatives.is_empty(), "round {round}: a loser got no alternatives");
                        assert!(alternatives.iter().all(|other| other.key != offer.key));
                    }
                    Err(other) => panic!("round {round}: {other:?}"),
                }
            }
            assert_eq!(won, 1, "round {round}");
        }
        assert_eq!(audit(&db).await, []);
        let seen = verify(&desks[0].state.store).await.unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(seen.bookings, ROUNDS as u64);
    }
}

//! Many at one slot: exactly one wins, the others learn what is free instead.

use futures::future::join_all;
use serde_json::json;
use tests::on_both_databases;

use super::{World, world::query};

/// At once.
const CLIENTS: usize = 32;
const ROUNDS: u8 = 6;

on_both_databases! {
    async fn of_many_at_one_slot_exactly_one_wins(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        for round in 0..ROUNDS {
            let wish = query(1 + round, 1 + round);
            let offers = world.offers(&world.one.member, &wish).await;
            let tries = (0..CLIENTS).map(|n| {
                let company = if n % 2 == 0 { &world.one } else { &world.two };
                world.hold(&company.member, &wish, &offers[0], "P")
            });
            let answers = join_all(tries).await;
            let winners: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
            assert_eq!(winners.len(), 1, "round {round}: {:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
            for loser in answers.iter().filter(|answer| answer.status != 201) {
                let problem = loser.problem(409, "conflict");
                assert_eq!(problem["refusal"]["reason"], "busy");
                assert_eq!(problem["refusal"]["facts"], json!([]));
                let alternatives = problem["alternatives"].as_array().expect("alternatives");
                assert!(!alternatives.is_empty(), "the other line is free");
                let same = |other: &&serde_json::Value| {
                    other["steps"][0]["line"] == offers[0]["steps"][0]["line"]
                        && other["steps"][0]["start"] == offers[0]["steps"][0]["start"]
                };
                assert!(alternatives.iter().find(same).is_none(), "the slot itself is no alternative");
            }
            let id = winners[0].string("id");
            let owner = if world.one.member.get(&format!("/api/v1/bookings/{id}")).await.status == 200 {
                &world.one.member
            } else {
                &world.two.member
            };
            // Keeps the number of holds below the limit, and lets the alternative be taken for real.
            world.act(owner, &id, "withdraw", json!({})).await.expect(200);
        }
        world.close(&database).await;
    }

    async fn a_shared_pool_is_never_overbooked(database: TestDatabase) {
        // Three lines, and a crew for two of them a day.
        let world = World::new(&database, 3).await;
        let wish = query(3, 3);
        let offers = world.offers(&world.one.member, &wish).await;
        let tries = offers.iter().cycle().take(24).enumerate().map(|(n, offer)| {
            let company = if n % 2 == 0 { &world.one } else { &world.two };
            world.hold(&company.member, &wish, offer, "P")
        });
        let answers = join_all(tries).await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 2, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 409)));
        world.close(&database).await;
    }
}

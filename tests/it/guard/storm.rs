//! All of them at once.

use futures::future::join_all;
use rand::{SeedableRng, rngs::StdRng};
use tests::{
    Plant, TestDatabase, audit,
    audit::Violation,
    on_both_databases,
    unguarded::remove_guard,
    vandal::{Tally, Vandal},
};

/// Lets `vandals` rage together, each with its own seed.
async fn rage(db: &TestDatabase, plant: &Plant, vandals: u64, deeds: u32) -> Tally {
    let plant = std::sync::Arc::new(plant.clone());
    let tasks = (0..vandals).map(|seed| {
        let (plant, connection) = (plant.clone(), db.connection().clone());
        tokio::spawn(
            async move { Vandal::new(&plant, connection, StdRng::seed_from_u64(seed)).rage(deeds).await },
        )
    });
    join_all(tasks).await.into_iter().fold(Tally::default(), |sum, one| {
        let one = one.expect("a vandal doesn't panic");
        Tally { done: sum.done + one.done, refused: sum.refused + one.refused }
    })
}

on_both_databases! {
    async fn the_schema_alone_withstands_sixteen_vandals(db: TestDatabase) {
        let plant = Plant::new(2);
        plant.write(&db).await;
        let mut all = Tally::default();
        let mut round = 0;
        // How much gets through depends on who comes first, so the storm rages on until enough was done to mean
        // something: campaigns that stood on the lines, and refusals.
        loop {
            let tally = rage(&db, &plant, 16, 40).await;
            all = Tally { done: all.done + tally.done, refused: all.refused + tally.refused };
            assert_eq!(audit(&db).await, [], "round {round}");
            round += 1;
            let stood = db.number("SELECT count(*) FROM occupancy WHERE head IS NULL").await;
            if round >= 3 && all.done > 100 && all.refused > 200 && stood > 60 {
                break;
            }
            assert!(round < 30, "that was no storm: {all:?}, {stood} rows");
        }
    }

    /// The storm above proves nothing if the audit is blind or the vandals are tame.
    async fn without_the_schema_they_break_everything(db: TestDatabase) {
        remove_guard(&db).await;
        let plant = Plant::new(2);
        plant.write(&db).await;
        let kinds: [fn(&Violation) -> bool; 4] = [
            |violation| matches!(violation, Violation::Overlap(_)),
            |violation| matches!(violation, Violation::Gap(_)),
            |violation| matches!(violation, Violation::Pool(_)),
            |violation| matches!(violation, Violation::Step(_)),
        ];
        let mut found = Vec::new();
        // Which damage comes first is chance; that all of it comes is not.
        for _ in 0..10 {
            rage(&db, &plant, 16, 40).await;
            found = audit(&db).await;
            if kinds.iter().all(|kind| found.iter().any(kind)) {
                return;
            }
        }
        panic!("some kind of violation was never seen: {found:#?}");
    }
}

//! The guard is gone, and a busy office books on: the lock and the second decision alone keep every line in order.

use std::collections::BTreeMap;

use futures::future::join_all;
use rand::{SeedableRng, rngs::StdRng};
use server::store::verify::verify;
use tests::{
    Plant, TestDatabase, audit,
    desk::{Desk, clock},
    office::Clerk,
    on_both_databases,
    unguarded::remove_guard,
};

/// Twelve clerks at two servers.
async fn busy_days(db: &TestDatabase, plant: &Plant) {
    // Internal errors tell their cause to the log alone.
    let _ = tracing_subscriber::fmt().with_env_filter("error").with_test_writer().try_init();
    plant.write(db).await;
    let clock = clock();
    let desks = [Desk::open(db, plant, clock.clone()).await, Desk::open(db, plant, clock.clone()).await];
    let clerks = (0..12_u64).map(|seed| {
        let desk = desks[usize::from(seed % 2 == 1)].clone();
        let mut clerk = Clerk::new(desk, plant, clock.clone(), StdRng::seed_from_u64(seed));
        tokio::spawn(async move {
            clerk.work(40).await;
            clerk.tally
        })
    });
    let mut tally: BTreeMap<String, u32> = BTreeMap::new();
    for one in join_all(clerks).await {
        for (what, count) in one.expect("no clerk panics") {
            *tally.entry(what).or_default() += count;
        }
    }
    assert_eq!(audit(db).await, [], "{tally:#?}");
    verify(&desks[0].state.store).await.unwrap_or_else(|fault| panic!("{fault}\n{tally:#?}"));
    for what in [
        "hold: done",
        "move: done",
        "withdraw: done",
        "request: done",
        "approve: done",
        "cancel: done",
        "close: done",
        "lift: done",
    ] {
        assert!(tally.contains_key(what), "the office was not busy with \"{what}\": {tally:#?}");
    }
    let lost = tally.iter().filter(|(what, _)| what.starts_with("hold: ") && !what.ends_with("done"));
    assert!(lost.map(|(_, count)| count).sum::<u32>() > 10, "nobody was in anybody's way: {tally:#?}");
}

on_both_databases! {
    async fn the_protocol_alone_keeps_every_line_in_order(db: TestDatabase) {
        remove_guard(&db).await;
        busy_days(&db, &Plant::new(3)).await;
    }

    async fn the_protocol_alone_keeps_what_only_the_kernel_minds(db: TestDatabase) {
        remove_guard(&db).await;
        busy_days(&db, &Plant::demanding(4)).await;
    }

    async fn protocol_and_guard_never_disagree(db: TestDatabase) {
        busy_days(&db, &Plant::new(3)).await;
    }

    async fn nor_where_only_the_kernel_minds(db: TestDatabase) {
        busy_days(&db, &Plant::demanding(4)).await;
    }
}

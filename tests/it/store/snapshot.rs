//! The cache shows what is committed, whatever happened since it was filled.

use std::sync::Arc;

use domain::{OccupancyId, ProductId, chain::Change, snapshot::Snapshot};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use server::store::{Current, Snapshots, queries};
use tests::on_both_databases;
use uuid::Uuid;

use super::plant::{DAY, NOW_SECONDS, Plant, add, campaign, claim};

async fn current(snapshots: &Snapshots) -> Current {
    snapshots.current(NOW_SECONDS).await.expect("it refreshes")
}

/// What two caches must agree on.
fn content(snapshot: &Snapshot) -> String {
    let lines: Vec<_> =
        snapshot.lines.values().map(|line| (line.line.id, line.version, line.rows())).collect();
    let pools: Vec<_> = snapshot
        .pools
        .values()
        .map(|pool| {
            let mut expiring = pool.expiring.clone();
            expiring.sort_by_key(|claim| (claim.cell, claim.expires_at, claim.amount));
            (pool.pool.clone(), pool.version, pool.used.clone(), expiring)
        })
        .collect();
    format!("{lines:#?}{pools:#?}")
}

on_both_databases! {
    async fn a_refreshed_cache_equals_a_new_one(db: TestDatabase) {
        let plant = Plant::on(&db, 3, true).await;
        let kept = Snapshots::new(plant.store.clone());
        let mut rng = StdRng::seed_from_u64(7);
        let mut live: Vec<(usize, OccupancyId)> = Vec::new();
        for round in 0..60 {
            let n = rng.random_range(0..3);
            let line = plant.lines[n];
            if !live.is_empty() && rng.random_bool(0.3) {
                let (n, id) = live.swap_remove(rng.random_range(0..live.len()));
                let line = plant.lines[n];
                let pool = plant.pool;
                plant
                    .store
                    .write(move |tx| Box::pin(async move { queries::lock_pools(tx, &[pool]).await }))
                    .await
                    .map(drop)
                    .unwrap_or_else(|error: server::store::StoreError| panic!("{error}"));
                plant.change(line, Change { release: vec![id], ..Change::default() }).await.expect("it is released");
            } else {
                // From far before the edge to far ahead, so that what is kept of the past changes too.
                let start = rng.random_range(-80 * 24..80 * 24) * 60;
                let product = ProductId(Uuid::from_u128(rng.random_range(1..4)));
                let mut row = campaign(line, start, rng.random_range(1..80) * 60, 1, product);
                row.expires_at = rng.random_bool(0.5).then_some(NOW_SECONDS + 1_000);
                if plant.change(line, add(row)).await.expect("the guard has nothing to refuse") {
                    live.push((n, row.id));
                    let (pool, firm) = (plant.pool, rng.random_bool(0.2));
                    let day = rng.random_range(0..400);
                    plant
                        .store
                        .write(move |tx| {
                            Box::pin(async move {
                                queries::lock_lines(tx, &[line]).await?;
                                queries::lock_pools(tx, &[pool]).await?;
                                queries::write_claims(tx, &[claim(row.id, pool, day, 1)]).await?;
                                if firm {
                                    queries::set_expiry(tx, &[row.id], None).await?;
                                }
                                Ok(())
                            })
                        })
                        .await
                        .unwrap_or_else(|error: server::store::StoreError| panic!("{error}"));
                }
            }
            let fresh = Snapshots::new(plant.store.clone());
            let (kept, fresh) = (current(&kept).await, current(&fresh).await);
            assert_eq!(content(&kept.snapshot), content(&fresh.snapshot), "round {round}");
        }
        assert!(live.len() > 10, "{} rows are too few to tell", live.len());
    }

    async fn nothing_is_read_again_while_nothing_is_committed(db: TestDatabase) {
        let plant = Plant::on(&db, 2, false).await;
        let snapshots = Snapshots::new(plant.store.clone());
        let first = current(&snapshots).await;
        let second = current(&snapshots).await;
        assert!(Arc::ptr_eq(&first.snapshot, &second.snapshot));
        let row = campaign(plant.lines[0], 0, DAY, 1, ProductId(Uuid::now_v7()));
        assert!(plant.change(plant.lines[0], add(row)).await.expect("it is free"));
        let third = current(&snapshots).await;
        let state = |current: &Current, n: usize| Arc::clone(&current.snapshot.lines[&plant.lines[n]]);
        assert_eq!(state(&third, 0).rows().len(), 2);
        assert!(Arc::ptr_eq(&state(&first, 1), &state(&third, 1)), "the other line is kept as it is");
    }

    async fn new_reference_data_is_seen(db: TestDatabase) {
        let plant = Plant::on(&db, 1, false).await;
        let snapshots = Snapshots::new(plant.store.clone());
        let before = current(&snapshots).await;
        let (mut line, matrix) = (plant.line(plant.lines[0], 0), plant.matrix.clone());
        line.day_rate_fen = 777;
        plant
            .store
            .write(move |tx| {
                let (line, matrix) = (line.clone(), matrix.clone());
                Box::pin(async move {
                    queries::save_line(tx, &line, &matrix).await?;
                    queries::bump_catalogue(tx, &[line.id], &[]).await
                })
            })
            .await
            .unwrap_or_else(|error: server::store::StoreError| panic!("{error}"));
        let after = current(&snapshots).await;
        assert_eq!(before.catalogue.version + 1, after.catalogue.version);
        assert_eq!(after.snapshot.lines[&plant.lines[0]].line.day_rate_fen, 777);
        assert_eq!(db.number("SELECT count(*) FROM occupancy").await, 1, "still one head");
    }

    async fn the_past_is_dropped_as_time_goes_by(db: TestDatabase) {
        let plant = Plant::on(&db, 1, false).await;
        let line = plant.lines[0];
        for week in 0..20 {
            let row = campaign(line, week * 7 * DAY, DAY, 1, ProductId(Uuid::now_v7()));
            assert!(plant.change(line, add(row)).await.expect("it is free"));
        }
        let snapshots = Snapshots::new(plant.store.clone());
        let at = async |day: i64, cache: &Snapshots| {
            let current = cache.current(NOW_SECONDS + day * DAY * 60).await.expect("it refreshes");
            current.snapshot.lines[&line].rows().len()
        };
        assert_eq!(at(0, &snapshots).await, 21);
        let later = at(100, &snapshots).await;
        assert!((9..=12).contains(&later), "{later} rows from day 70 on, and one before");
        assert_eq!(later, at(100, &Snapshots::new(plant.store.clone())).await);
        assert_eq!(at(0, &snapshots).await, 21, "a clock set back sees all of it again");
    }
}

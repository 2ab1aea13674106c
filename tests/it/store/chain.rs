//! Many at once through the whole protocol: the guard never has to refuse, and the line ends as one chain.

use domain::{OccupancyId, ProductId, chain::Change};
use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use server::store::StoreError;
use tests::on_both_databases;
use uuid::Uuid;

use super::plant::{DAY, Plant, add, campaign};

on_both_databases! {
    async fn a_slot_is_sold_once(db: TestDatabase) {
        let plant = Plant::on(&db, 1, false).await;
        let line = plant.lines[0];
        for day in 0..5 {
            let clients = (0..16).map(|_| {
                let plant = plant.clone();
                let row = campaign(line, day * 10 * DAY, DAY, 1, ProductId(Uuid::now_v7()));
                tokio::spawn(async move { plant.change(line, add(row)).await })
            });
            let answers = join_all(clients).await;
            let won = answers.into_iter().filter(|answer| matches!(answer, Ok(Ok(true)))).count();
            assert_eq!(won, 1, "day {day}");
        }
        assert_eq!(db.number("SELECT count(*) FROM occupancy WHERE live IS NOT NULL").await, 6);
        assert_eq!(db.number("SELECT MAX(version) FROM line").await, 81, "one commit each, and the import");
    }

    async fn a_released_row_is_never_revived(db: TestDatabase) {
        let plant = Plant::on(&db, 1, false).await;
        let line = plant.lines[0];
        let row = campaign(line, 0, DAY, 1, ProductId(Uuid::now_v7()));
        assert!(plant.change(line, add(row)).await.expect("it is free"));
        let release = Change { release: vec![row.id], ..Change::default() };
        assert!(plant.change(line, release).await.expect("it is released"));
        let stale: Result<(), StoreError> = plant
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let link = domain::occupancy::Link {
                        prev_end: 0,
                        prev_leaves: domain::ClassId(1),
                        prev_product: ProductId::NONE,
                        version: 1,
                        relation: domain::changeover::Relation::Other,
                        setup: 300,
                    };
                    let mut row = row;
                    row.link = Some(link);
                    let writes = domain::chain::Writes { relinked: vec![row], ..Default::default() };
                    server::store::queries::write_chain(tx, &writes, 99).await
                })
            })
            .await;
        assert!(matches!(stale, Err(StoreError::Internal(_))), "{stale:?}");
        assert_eq!(db.number("SELECT count(*) FROM occupancy WHERE live IS NOT NULL").await, 1);
    }

    async fn random_changes_leave_whole_chains(db: TestDatabase) {
        let plant = Plant::on(&db, 3, true).await;
        let workers = (0..6_u64).map(|seed| {
            let plant = plant.clone();
            tokio::spawn(async move { wander(&plant, seed).await })
        });
        let done: usize = join_all(workers).await.into_iter().map(|task| task.expect("it ran")).sum();
        assert!(done > 60, "{done} changes are too few to tell");
        let broken = "SELECT count(*) FROM occupancy o WHERE o.live IS NOT NULL AND o.head IS NULL AND NOT EXISTS ( \
                      SELECT 1 FROM occupancy p WHERE p.live = o.live AND p.ends_at = o.prev_end \
                      AND p.leaves = o.prev_leaves AND p.product = o.prev_product \
                      AND p.ends_at + o.setup <= o.starts_at)";
        assert_eq!(db.number(broken).await, 0);
        let overlaps = "SELECT count(*) FROM occupancy a JOIN occupancy b ON a.live = b.live AND a.id < b.id \
                        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at";
        assert_eq!(db.number(overlaps).await, 0);
    }
}

/// Thirty changes on random lines; how many the kernel allowed.
async fn wander(plant: &Plant, seed: u64) -> usize {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut mine: Vec<(usize, OccupancyId)> = Vec::new();
    let mut done = 0;
    for _ in 0..30 {
        let n = rng.random_range(0..plant.lines.len());
        let line = plant.lines[n];
        let mut change = Change::default();
        if rng.random_bool(0.3) {
            let Some(at) = mine.iter().position(|(line, _)| *line == n) else { continue };
            change.release.push(mine.swap_remove(at).1);
        }
        if change.release.is_empty() || rng.random_bool(0.5) {
            let product = ProductId(Uuid::from_u128(rng.random_range(1..5)));
            let (start, length) = (rng.random_range(0..900) * 120, rng.random_range(1..30) * 120);
            change.add.push(campaign(line, start, length, rng.random_range(1..4), product));
        }
        let added = change.add.first().map(|row| row.id);
        if plant.change(line, change).await.expect("the guard has nothing to refuse") {
            done += 1;
            mine.extend(added.map(|id| (n, id)));
        }
    }
    done
}

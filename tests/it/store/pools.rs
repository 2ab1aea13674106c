//! The ledger of pools.

use domain::{Interval, ProductId, chain::Change};
use server::store::{StoreError, queries};
use tests::on_both_databases;
use uuid::Uuid;

use super::plant::{DAY, NOW, NOW_SECONDS, Plant, add, campaign, claim};

on_both_databases! {
    async fn claims_count_and_are_given_back(db: TestDatabase) {
        let plant = Plant::on(&db, 2, false).await;
        let mut rows = Vec::new();
        for line in &plant.lines {
            let mut row = campaign(*line, 0, 3 * DAY, 1, ProductId(Uuid::now_v7()));
            row.expires_at = Some(NOW_SECONDS + 60);
            assert!(plant.change(*line, add(row)).await.expect("it is free"));
            rows.push(row.id);
        }
        let claimed = |row, amount| {
            let (plant, row) = (plant.clone(), row);
            async move {
                plant
                    .store
                    .clone()
                    .write(move |tx| {
                        let pool = plant.pool;
                        Box::pin(async move {
                            queries::lock_pools(tx, &[pool]).await?;
                            let claims: Vec<_> = (0..3).map(|day| claim(row, pool, day, amount)).collect();
                            queries::write_claims(tx, &claims).await
                        })
                    })
                    .await
            }
        };
        claimed(rows[0], 3).await.expect("three of four are free");
        let full: Result<(), StoreError> = claimed(rows[1], 2).await;
        assert!(full.expect_err("only one is left").is_conflict_on("pool_cell_capacity"));
        claimed(rows[1], 1).await.expect("one is left");
        let interval = Interval { start: NOW, end: NOW + 2 * DAY };
        let catalogue = plant.catalogue().await;
        let read = || queries::pool_state(plant.store.read(), &catalogue, plant.pool, interval, 5);
        let state = read().await.expect("the pool is known");
        assert_eq!(state.used.into_iter().collect::<Vec<_>>(), [(NOW, 4), (NOW + DAY, 4)]);
        assert_eq!(state.expiring.len(), 4);
        let touched = queries::claimed_pools(plant.store.read(), &rows).await.expect("it reads");
        assert_eq!(touched[&plant.pool], Interval { start: NOW, end: NOW + 2 * DAY + 1 });

        let firm = rows[0];
        let line = plant.lines[0];
        plant
            .store
            .write(move |tx| {
                Box::pin(async move {
                    queries::lock_lines(tx, &[line]).await?;
                    queries::set_expiry(tx, &[firm], None).await
                })
            })
            .await
            .expect("it is live");
        assert_eq!(read().await.expect("it reads").expiring.len(), 2, "firm claims don't expire");

        let release = Change { release: vec![rows[1]], ..Change::default() };
        assert!(plant.change(plant.lines[1], release).await.expect("it is released"));
        let state = read().await.expect("it reads");
        assert_eq!(state.used.into_values().collect::<Vec<_>>(), [3, 3]);
        assert!(state.expiring.is_empty());
        let gone = rows[1];
        let answer: Result<(), StoreError> =
            plant.store.write(move |tx| Box::pin(async move { queries::set_expiry(tx, &[gone], None).await })).await;
        assert!(matches!(answer, Err(StoreError::NotFound(_))), "a released row can't be confirmed");
    }

    async fn a_pool_can_grow_and_shrink_to_what_is_claimed(db: TestDatabase) {
        let plant = Plant::on(&db, 1, false).await;
        let row = campaign(plant.lines[0], 0, DAY, 1, ProductId(Uuid::now_v7()));
        assert!(plant.change(plant.lines[0], add(row)).await.expect("it is free"));
        let resize = |capacity| {
            let plant = plant.clone();
            async move {
                let pool = plant.pool_of(capacity);
                plant
                    .store
                    .write(move |tx| {
                        let pool = pool.clone();
                        Box::pin(async move { queries::save_pool(tx, &pool).await })
                    })
                    .await
            }
        };
        let pool = plant.pool;
        plant
            .store
            .write(move |tx| Box::pin(async move { queries::write_claims(tx, &[claim(row.id, pool, 0, 4)]).await }))
            .await
            .expect("four are free");
        resize(6).await.expect("it grows");
        assert_eq!(db.number("SELECT capacity FROM pool_cell").await, 6);
        resize(3).await.map_err(|error: StoreError| error.to_string()).expect("it shrinks");
        assert_eq!(db.number("SELECT capacity FROM pool_cell").await, 4, "what is promised is kept");
    }
}

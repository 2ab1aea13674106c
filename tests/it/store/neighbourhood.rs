//! A neighbourhood is a contiguous part of the line, as large as the kernel needs and no larger.

use domain::{Interval, ProductId, occupancy::Kind};
use server::store::queries::neighbourhood;
use tests::{TestDatabase, on_both_databases};
use uuid::Uuid;

use super::plant::{DAY, NOW, Plant, add, campaign};

fn product(n: u128) -> ProductId {
    ProductId(Uuid::from_u128(n))
}

/// Forty campaigns, one every three days: twenty of product 1, twenty of product 2.
async fn forty(db: &TestDatabase, capped: bool) -> Plant {
    let plant = Plant::on(db, 1, capped).await;
    for n in 0..40 {
        let row = campaign(plant.lines[0], n * 3 * DAY, DAY, 1, product(1 + u128::from(n >= 20)));
        assert!(plant.change(plant.lines[0], add(row)).await.expect("it is free"), "{n}");
    }
    plant
}

/// Starts of the rows around `[from, to)`, in days after now; -1 for the head.
async fn around(plant: &Plant, from: i64, to: i64) -> Vec<i64> {
    let interval = Interval { start: NOW + from, end: NOW + to };
    let state = neighbourhood(plant.store.read(), &plant.catalogue().await, plant.lines[0], interval, 7)
        .await
        .expect("the line is known");
    assert_eq!(state.version, 7);
    let start = |row: &domain::occupancy::Occupancy| match row.kind {
        Kind::Head => -1,
        _ => (row.interval.start - NOW) / DAY,
    };
    state.rows().iter().map(start).collect()
}

on_both_databases! {
    async fn it_holds_the_neighbours(db: TestDatabase) {
        let plant = forty(&db, false).await;
        let found = around(&plant, 31 * DAY, 32 * DAY).await;
        assert!(found.contains(&30) && found.contains(&33), "{found:?}");
        assert!(found.len() < 10, "{found:?}");
        assert!(found.windows(2).all(|pair| pair[1] == pair[0] + 3), "contiguous: {found:?}");
        let found = around(&plant, -DAY, 0).await;
        assert_eq!(found[..2], [-1, 0], "the head is the first neighbour: {found:?}");
        let found = around(&plant, 200 * DAY, 201 * DAY).await;
        assert_eq!(found.last(), Some(&117), "{found:?}");
    }

    async fn it_holds_everything_inside_however_much(db: TestDatabase) {
        let plant = forty(&db, false).await;
        let found = around(&plant, 31 * DAY, 92 * DAY).await;
        let inside: Vec<i64> = (10..=31).map(|n| n * 3).collect();
        assert!(found.windows(inside.len()).any(|part| part == inside), "{found:?}");
    }

    async fn a_capped_line_shows_the_whole_run(db: TestDatabase) {
        // Forty days of one product, then two days of full clean: runs are not limited by the schema.
        let plant = forty(&db, true).await;
        let found = around(&plant, 73 * DAY, 74 * DAY).await;
        assert!(found.contains(&57), "back to the last of the other product: {found:?}");
        assert!(found.contains(&117), "forth to the end: {found:?}");
        let found = around(&plant, 58 * DAY + 600, 59 * DAY).await;
        assert_eq!(found.first(), Some(&-1), "the run before reaches the head: {found:?}");
    }
}

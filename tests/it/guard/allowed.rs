//! What must work: the guard refuses violations, not work.

use domain::booking::Status;
use tests::{
    Plant, Row, TestDatabase, audit,
    booking::write_booking,
    chain::careless,
    on_both_databases,
    plant::{BEGIN, DAY},
    rows::upsert,
};
use uuid::Uuid;

/// Takes `release` out of the first line and puts `add` in, as the protocol writes it; the rows that were sent.
async fn change(db: &TestDatabase, plant: &Plant, release: &[Uuid], add: Vec<Row>) -> Vec<Row> {
    let read = Row::live_of(db.connection(), plant.line(0)).await.expect("rows are read");
    let rows = careless(plant, &read, release, add).in_order();
    let affected = upsert(db.connection(), &rows).await.unwrap_or_else(|error| panic!("{error}: {rows:#?}"));
    assert_eq!(affected, rows.len() as u64);
    assert_eq!(audit(db).await, []);
    rows
}

fn campaign(plant: &Plant, days: (i64, i64), class: i64, product: usize) -> Row {
    let interval = (BEGIN + days.0 * DAY, BEGIN + days.1 * DAY);
    Row::campaign(Uuid::now_v7(), plant.line(0), interval, class, plant.product(product))
}

fn closure(plant: &Plant, days: (i64, i64)) -> Row {
    Row::closure(Uuid::now_v7(), plant.line(0), (BEGIN + days.0 * DAY, BEGIN + days.1 * DAY))
}

async fn plant(db: &TestDatabase) -> Plant {
    let plant = Plant::new(1);
    plant.write(db).await;
    plant
}

on_both_databases! {
    async fn a_campaign_goes_between_two(db: TestDatabase) {
        let plant = plant(&db).await;
        change(&db, &plant, &[], vec![campaign(&plant, (1, 2), 0, 0)]).await;
        change(&db, &plant, &[], vec![campaign(&plant, (10, 12), 1, 1)]).await;
        let sent = change(&db, &plant, &[], vec![campaign(&plant, (5, 6), 1, 2)]).await;
        assert_eq!(sent.len(), 2, "the new row and the one behind it");
    }

    async fn a_changeover_may_fill_its_gap_exactly(db: TestDatabase) {
        let plant = plant(&db).await;
        let first = campaign(&plant, (1, 2), 1, 0);
        let ready = first.ends_at + plant.setup(1, 0, false).expect("allowed");
        let second = Row::campaign(Uuid::now_v7(), plant.line(0), (ready, ready + 1), 0, plant.product(1));
        change(&db, &plant, &[], vec![first, second]).await;
    }

    async fn a_move_is_a_release_and_a_new_row(db: TestDatabase) {
        let plant = plant(&db).await;
        let first = campaign(&plant, (3, 4), 0, 0);
        change(&db, &plant, &[], vec![first.clone()]).await;
        change(&db, &plant, &[first.id], vec![campaign(&plant, (3, 5), 0, 0)]).await;
        assert_eq!(db.number("SELECT count(*) FROM occupancy WHERE live IS NULL").await, 1);
    }

    async fn a_release_in_the_middle_joins_its_neighbours(db: TestDatabase) {
        let plant = plant(&db).await;
        let middle = campaign(&plant, (5, 6), 1, 1);
        let rows = vec![campaign(&plant, (1, 2), 0, 0), middle.clone(), campaign(&plant, (10, 11), 0, 2)];
        change(&db, &plant, &[], rows).await;
        let sent = change(&db, &plant, &[middle.id], vec![]).await;
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[1].prev_end, Some(BEGIN + 2 * DAY));
    }

    async fn several_rows_change_places_at_once(db: TestDatabase) {
        let plant = plant(&db).await;
        let (one, two) = (campaign(&plant, (1, 3), 0, 0), campaign(&plant, (5, 7), 1, 1));
        change(&db, &plant, &[], vec![one.clone(), two.clone()]).await;
        // The two swap, and the first one's old end becomes the second one's new one.
        let swapped = vec![campaign(&plant, (1, 3), 1, 1), campaign(&plant, (5, 7), 0, 0)];
        change(&db, &plant, &[one.id, two.id], swapped).await;
    }

    async fn a_change_ahead_of_closures_rewrites_the_run_of_them(db: TestDatabase) {
        let plant = plant(&db).await;
        let run = vec![closure(&plant, (10, 11)), closure(&plant, (12, 13)), closure(&plant, (13, 14))];
        change(&db, &plant, &[], [run, vec![campaign(&plant, (20, 21), 1, 0)]].concat()).await;
        let sent = change(&db, &plant, &[], vec![campaign(&plant, (5, 6), 1, 3)]).await;
        assert_eq!(sent.len(), 5, "three closures, the campaign behind them, the new one");
        let closures: Vec<_> = sent.iter().filter(|row| row.kind == "closure").collect();
        assert!(closures.iter().all(|row| row.leaves == 1 && row.product == plant.product(3)));
        let new = sent.last().expect("the new row").id;
        change(&db, &plant, &[new], vec![]).await;
    }

    async fn completed_rows_stay_and_are_the_state_of_the_line(db: TestDatabase) {
        let plant = plant(&db).await;
        let row = campaign(&plant, (1, 2), 2, 0);
        change(&db, &plant, &[], vec![row.clone()]).await;
        write_booking(db.connection(), &plant, Status::Completed, &row).await.expect("written");
        // After something potent there is no way to something harmless.
        let read = Row::live_of(db.connection(), plant.line(0)).await.expect("rows are read");
        let harmless = careless(&plant, &read, &[], vec![campaign(&plant, (30, 31), 0, 1)]).in_order();
        upsert(db.connection(), &harmless).await.expect_err("a forbidden pair");
        change(&db, &plant, &[], vec![campaign(&plant, (30, 31), 2, 1)]).await;
        assert_eq!(audit(&db).await, []);
    }

    async fn an_older_version_of_the_matrix_stays_in_force_where_it_was_used(db: TestDatabase) {
        let plant = plant(&db).await;
        let mut row = campaign(&plant, (1, 2), 0, 0);
        let head = Row::live_of(db.connection(), plant.line(0)).await.expect("the head is read").remove(0);
        tests::chain::link(&plant, &head, &mut row);
        row.version = Some(1);
        row.setup = row.setup.map(|minutes| minutes + 60);
        row.insert(db.connection()).await.expect("the first version was issued");
        assert_eq!(audit(&db).await, []);
    }
}

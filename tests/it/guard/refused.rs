//! One attack at a time, each refused by the constraint that is there for it.

use domain::booking::Status;
use sea_orm::{DbErr, Value};
use server::store::StoreError;
use tests::{
    Engine, Plant, Row, TestDatabase, audit,
    booking::{claim, write_booking},
    chain::{careless, link},
    on_both_databases,
    plant::{BEGIN, DAY},
    rows::{upsert, upsert_reviving},
};
use uuid::Uuid;

/// A line with two campaigns, two closures behind them, one more campaign, and one that was released.
struct Scene {
    plant: Plant,
    first: Row,
    second: Row,
    closure: Row,
    last: Row,
    released: Row,
    cancelled_step: Uuid,
}

async fn scene(db: &TestDatabase) -> Scene {
    let plant = Plant::new(2);
    plant.write(db).await;
    let at = |from: i64, to: i64| (BEGIN + from * DAY, BEGIN + to * DAY);
    let line = plant.line(0);
    let campaign = |from, to, class, product| {
        Row::campaign(Uuid::now_v7(), line, at(from, to), class, plant.product(product))
    };
    let gone = campaign(3, 4, 0, 3);
    let closures =
        [Row::closure(Uuid::now_v7(), line, at(8, 9)), Row::closure(Uuid::now_v7(), line, at(9, 10))];
    let mut rows = vec![campaign(1, 2, 0, 0), campaign(5, 6, 1, 1), campaign(12, 14, 1, 2), gone.clone()];
    rows.extend(closures.clone());
    let read = Row::live_of(db.connection(), line).await.expect("rows are read");
    upsert(db.connection(), &careless(&plant, &read, &[], rows).in_order()).await.expect("a healthy line");
    let step = write_booking(db.connection(), &plant, Status::Held, &gone).await.expect("a step");
    db.execute("UPDATE step SET live = NULL, status = 'expired' WHERE id = $1", vec![step.into()])
        .await
        .expect("a step is let go");
    let read = Row::live_of(db.connection(), line).await.expect("rows are read");
    upsert(db.connection(), &careless(&plant, &read, &[gone.id], vec![]).in_order())
        .await
        .expect("a release");
    let live = Row::live_of(db.connection(), line).await.expect("rows are read");
    write_booking(db.connection(), &plant, Status::Confirmed, &live[5]).await.expect("a step");
    assert_eq!(audit(db).await, []);
    let [_, first, second, closure, _, last] = live.try_into().expect("a head and five rows");
    let released = db.rows("SELECT * FROM occupancy WHERE live IS NULL", vec![]).await.expect("one row");
    let released = Row::read(&released[0]).expect("a row");
    Scene { plant, first, second, closure, last, released, cancelled_step: step }
}

/// That the database said no, and for this reason: the constraint's name, or nothing for what the names of SQLite's
/// errors don't tell (a foreign key) or what isn't a constraint (a type).
#[track_caller]
fn refused<T: std::fmt::Debug>(engine: Engine, what: &str, answer: Result<T, DbErr>, constraint: &str) {
    let error = answer.expect_err(what);
    let StoreError::Conflict { constraint: found } = StoreError::from(error.clone()) else {
        assert_eq!(constraint, "type", "{what}: {error}");
        return;
    };
    if constraint == "type" || (engine == Engine::Sqlite && found.is_empty()) {
        return;
    }
    assert_eq!(found, constraint, "{what}: {error}");
}

on_both_databases! {
    async fn rows_that_overlap_or_come_too_close(db: TestDatabase) {
        let s = scene(&db).await;
        let line = s.plant.line(0);
        let read = Row::live_of(db.connection(), line).await.expect("rows are read");
        let linked = |before: &Row, interval: (i64, i64), class: i64, product: usize| {
            let mut row = Row::campaign(Uuid::now_v7(), line, interval, class, s.plant.product(product));
            link(&s.plant, before, &mut row);
            row
        };
        let go = async |what: &str, row: &Row, constraint: &str| {
            refused(db.engine(), what, row.insert(db.connection()).await, constraint);
        };
        let end = s.last.ends_at;
        go("over its predecessor", &linked(&s.last, (end - 60, end + 60), 1, 0), "occupancy_links").await;
        go("no time for the changeover", &linked(&s.last, (end + 1, end + 60), 1, 0), "occupancy_links").await;
        go("a second successor", &linked(&s.first, (end + DAY, end + 2 * DAY), 1, 3), "occupancy_one_successor").await;
        go("empty", &linked(&s.last, (end + DAY, end + DAY), 1, 0), "occupancy_links").await;
        go("reversed", &linked(&s.last, (end + 2 * DAY, end + DAY), 1, 0), "occupancy_links").await;
        let mut hasty = linked(&s.last, (end + 1, end + DAY), 1, 0);
        hasty.setup = Some(0);
        go("a set-up that isn't the matrix's", &hasty, "occupancy_changeover").await;
        hasty.setup = Some(-1_000);
        go("a negative set-up", &hasty, "occupancy_links").await;
        let mut stranger = linked(&s.last, (end + DAY, end + 2 * DAY), 1, 0);
        stranger.version = Some(77);
        go("a version never issued", &stranger, "occupancy_changeover").await;
        stranger.version = Some(2);
        stranger.matrix = Some(Uuid::now_v7());
        go("another matrix", &stranger, "occupancy_changeover").await;
        let mut liar = linked(&s.last, (end + DAY, end + 2 * DAY), 1, 0);
        liar.product = s.last.product;
        go("a changed product called the same", &liar, "occupancy_state").await;
        liar.same_product = Some(1);
        liar.prev_product = Some(s.plant.product(3));
        liar.product = s.plant.product(3);
        liar.setup = s.plant.setup(1, 1, true);
        go("a predecessor's product made up", &liar, "occupancy_predecessor").await;
        let mut orphan = linked(&s.last, (end + DAY, end + 2 * DAY), 1, 0);
        orphan.prev_end = Some(end + 17);
        go("a predecessor that doesn't exist", &orphan, "occupancy_predecessor").await;
        let mut own = linked(&s.last, (end + DAY, end + 2 * DAY), 1, 0);
        own.live = Some(s.plant.line(1));
        go("live on a line that it isn't on", &own, "occupancy_live").await;
        let head = Row::head(Uuid::now_v7(), line, end + 30 * DAY, 0);
        go("a second head", &head, "occupancy_one_head").await;
        let mut crooked = linked(&s.last, (end + DAY, end + 2 * DAY), 1, 0);
        crooked.kind = "closure".into();
        crooked.batches = 0;
        go("a campaign called a closure", &crooked, "occupancy_kind").await;
        assert_eq!(Row::live_of(db.connection(), line).await.expect("rows are read"), read);
        assert_eq!(audit(&db).await, []);
    }

    async fn closures_that_claim_to_clean(db: TestDatabase) {
        let s = scene(&db).await;
        let end = s.last.ends_at;
        let mut row = Row::closure(Uuid::now_v7(), s.plant.line(0), (end + DAY, end + 2 * DAY));
        link(&s.plant, &s.last, &mut row);
        let tampered = [
            ("leaves another state", Row { leaves: 0, ..row.clone() }),
            ("leaves another product", Row { product: s.plant.product(3), ..row.clone() }),
            ("needs a state", Row { needs: Some(0), ..row.clone() }),
            ("has a set-up", Row { setup: Some(60), ..row.clone() }),
        ];
        for (what, row) in tampered {
            refused(db.engine(), what, row.insert(db.connection()).await, "occupancy_state");
        }
        refused(
            db.engine(),
            "a step on a closure",
            write_booking(db.connection(), &s.plant, Status::Held, &s.closure).await,
            "step_live",
        );
        assert_eq!(audit(&db).await, []);
    }

    async fn changed_links_and_places(db: TestDatabase) {
        let s = scene(&db).await;
        let go = async |what: &str, set: &str, row: &Row, value: Value, constraint: &str| {
            let sql = format!("UPDATE occupancy SET {set} WHERE id = $1");
            refused(db.engine(), what, db.execute(&sql, vec![row.id.into(), value]).await, constraint);
        };
        let other: Value = s.plant.product(3).into();
        go("a later end under a successor", "ends_at = $2", &s.first, (s.first.ends_at + 1).into(), "occupancy_predecessor").await;
        go("another state left", "leaves = $2", &s.first, 1_i64.into(), "occupancy_predecessor").await;
        go("another product", "product = $2", &s.first, other.clone(), "occupancy_predecessor").await;
        go("an earlier start", "starts_at = $2", &s.second, s.first.ends_at.into(), "occupancy_links").await;
        go("another need", "needs = $2", &s.second, 0_i64.into(), "occupancy_changeover").await;
        go("another line", "line = $2", &s.second, s.plant.line(1).into(), "occupancy_live").await;
        go("another line, live as well", "line = $2, live = $2", &s.second, s.plant.line(1).into(), "occupancy_predecessor").await;
        go("a link past a neighbour", "prev_end = $2", &s.last, s.first.ends_at.into(), "occupancy_one_successor").await;
        go("a closure that cleans", "leaves = $2", &s.closure, 0_i64.into(), "occupancy_state").await;
        go("no link at all", "prev_end = $2", &s.second, None::<i64>.into(), "occupancy_links").await;
        go("no set-up", "setup = $2", &s.second, None::<i64>.into(), "occupancy_links").await;
        go("no version", "version = $2", &s.second, None::<i64>.into(), "occupancy_links").await;
        go("a head in disguise", "head = $2", &s.last, 1_i64.into(), "occupancy_links").await;
        assert_eq!(audit(&db).await, []);
    }

    async fn rows_in_the_wrong_order_fail_and_change_nothing(db: TestDatabase) {
        let s = scene(&db).await;
        let line = s.plant.line(0);
        let read = Row::live_of(db.connection(), line).await.expect("rows are read");
        let between = (BEGIN + 3 * DAY, BEGIN + 4 * DAY);
        let new = Row::campaign(Uuid::now_v7(), line, between, 0, s.plant.product(3));
        let mut rows = careless(&s.plant, &read, &[], vec![new]).in_order();
        rows.reverse();
        // The new row takes the place behind the first campaign, which its old successor still has.
        refused(db.engine(), "new before relinked", upsert(db.connection(), &rows).await, "occupancy_one_successor");
        let mut released = careless(&s.plant, &read, &[s.first.id], vec![]).in_order();
        released.reverse();
        refused(db.engine(), "relinked before released", upsert(db.connection(), &released).await, "occupancy_one_successor");
        assert_eq!(Row::live_of(db.connection(), line).await.expect("rows are read"), read);
    }

    async fn released_rows_stay_released(db: TestDatabase) {
        let s = scene(&db).await;
        let line: Value = s.plant.line(0).into();
        let revived = Row { live: Some(s.plant.line(0)), ..s.released.clone() };
        let affected = upsert(db.connection(), std::slice::from_ref(&revived)).await.expect("not an error");
        assert_eq!(affected, 0, "a stale writer finds nothing to change, and must roll back");
        refused(
            db.engine(),
            "revived with the links that it had",
            upsert_reviving(db.connection(), &[revived]).await,
            "occupancy_one_successor",
        );
        let sql = "UPDATE occupancy SET live = $2 WHERE id = $1";
        refused(
            db.engine(),
            "revived by hand",
            db.execute(sql, vec![s.released.id.into(), line.clone()]).await,
            "occupancy_one_successor",
        );
        refused(
            db.engine(),
            "a released hold confirmed",
            db.execute(
                "UPDATE step SET live = $2, status = 'confirmed' WHERE id = $1",
                vec![s.cancelled_step.into(), line],
            )
            .await,
            "step_live",
        );
        refused(
            db.engine(),
            "confirmed without a line",
            db.execute("UPDATE step SET status = 'confirmed' WHERE id = $1", vec![s.cancelled_step.into()]).await,
            "step_status",
        );
        refused(
            db.engine(),
            "released under its confirmed step",
            db.execute("UPDATE occupancy SET live = NULL WHERE id = $1", vec![s.last.id.into()]).await,
            "step_live",
        );
        refused(
            db.engine(),
            "two bookings on one row",
            write_booking(db.connection(), &s.plant, Status::Held, &s.last).await,
            "step_occupancy",
        );
        assert_eq!(audit(&db).await, []);
    }

    async fn what_is_used_can_be_neither_deleted_nor_rewritten(db: TestDatabase) {
        let s = scene(&db).await;
        let pool = s.plant.pools[0].id.0;
        claim(db.connection(), s.first.id, pool, BEGIN + DAY, 1).await.expect("there is room");
        let go = async |what: &str, sql: &str, values: Vec<Value>, constraint: &str| {
            refused(db.engine(), what, db.execute(sql, values).await, constraint);
        };
        let row = |row: &Row| vec![Value::from(row.id)];
        go("a row with a successor", "DELETE FROM occupancy WHERE id = $1", row(&s.second), "occupancy_predecessor").await;
        go("the head", "DELETE FROM occupancy WHERE head = 1 AND line = $1", vec![s.plant.line(0).into()], "occupancy_predecessor").await;
        go("a released row with its history", "DELETE FROM occupancy WHERE id = $1", row(&s.released), "step_history").await;
        go("a line", "DELETE FROM line WHERE id = $1", vec![s.plant.line(0).into()], "occupancy_line").await;
        go("a cell of the matrix", "DELETE FROM changeover WHERE version = $1", vec![2_i64.into()], "occupancy_changeover").await;
        go("a cell made shorter", "UPDATE changeover SET minutes = $1", vec![0_i64.into()], "occupancy_changeover").await;
        go("another matrix for the line", "UPDATE line SET matrix = $1", vec![Uuid::now_v7().into()], "occupancy_matrix").await;
        go("a cell of the pool", "DELETE FROM pool_cell WHERE pool = $1", vec![pool.into()], "pool_claim_cell").await;
        go("the pool", "DELETE FROM pool WHERE id = $1", vec![pool.into()], "pool_cell_pool").await;
        assert_eq!(audit(&db).await, []);
    }

    async fn claims_beyond_a_pool(db: TestDatabase) {
        let s = scene(&db).await;
        let pool = s.plant.pools[0].id.0;
        let cell = BEGIN + DAY;
        let go = async |what: &str, row: &Row, cell: i64, amount: i64, constraint: &str| {
            let answer = claim(db.connection(), row.id, pool, cell, amount).await;
            refused(db.engine(), what, answer, constraint);
        };
        go("more than there is", &s.first, cell, 3, "pool_cell_capacity").await;
        go("nothing", &s.first, cell, 0, "pool_claim_amount").await;
        go("less than nothing", &s.first, cell, -1, "pool_claim_amount").await;
        go("no such cell", &s.first, cell + 1, 1, "pool_claim_cell").await;
        claim(db.connection(), s.first.id, pool, cell, 1).await.expect("there is room");
        go("twice the same", &s.first, cell, 1, "pool_claim_key").await;
        claim(db.connection(), s.second.id, pool, cell, 1).await.expect("there is room");
        go("when it is full", &s.last, cell, 1, "pool_cell_capacity").await;
        let sql = "UPDATE pool_cell SET capacity = 1 WHERE pool = $1 AND starts_at = $2";
        refused(
            db.engine(),
            "less capacity than is used",
            db.execute(sql, vec![pool.into(), cell.into()]).await,
            "pool_cell_capacity",
        );
        db.execute("DELETE FROM pool_claim WHERE occupancy = $1", vec![s.first.id.into()]).await.expect("freed");
        claim(db.connection(), s.last.id, pool, cell, 1).await.expect("there is room again");
        assert_eq!(db.number("SELECT CAST(sum(used) AS BIGINT) FROM pool_cell").await, 2);
        assert_eq!(audit(&db).await, []);
    }

    async fn wrong_types_and_missing_values(db: TestDatabase) {
        let s = scene(&db).await;
        // Only SQLite would take a word for a number; PostgreSQL's parameters are typed, so it reads them as text.
        for (column, literal) in [
            ("starts_at", "'now'"),
            ("ends_at", "'99999999'||'x'"),
            ("ends_at", "1e300"),
            ("setup", "'none'"),
            ("prev_end", "'abc'"),
            ("id", "NULL"),
            ("line", "NULL"),
            ("starts_at", "NULL"),
            ("ends_at", "NULL"),
            ("leaves", "NULL"),
            ("product", "NULL"),
            ("transparent", "NULL"),
            ("transparent", "2"),
            ("head", "7"),
            ("same_product", "NULL"),
            ("same_product", "2"),
            ("kind", "'party'"),
        ] {
            let sql = format!("UPDATE occupancy SET {column} = {literal} WHERE id = $1");
            let answer = db.execute(&sql, vec![s.last.id.into()]).await;
            assert!(answer.is_err(), "{sql} went through");
        }
        for sql in [
            "UPDATE pool_cell SET used = 'x'",
            "UPDATE pool_cell SET used = NULL",
            "UPDATE pool_cell SET capacity = NULL",
            "UPDATE pool_cell SET used = -1",
            "UPDATE changeover SET minutes = -5 WHERE version = 1",
            "UPDATE changeover SET minutes = 'x' WHERE version = 1",
            "UPDATE changeover SET minutes = NULL WHERE version = 1",
            "UPDATE step SET transparent = 1",
            "UPDATE step SET status = 'party'",
            "UPDATE step SET occupancy = NULL WHERE status = 'confirmed'",
        ] {
            let answer = db.execute(sql, vec![]).await;
            assert!(answer.is_err(), "{sql} went through");
        }
        assert_eq!(audit(&db).await, []);
    }
}

//! The same seeded day at the office on SQLite and on PostgreSQL: the same decisions, the same end.

use std::collections::BTreeMap;

use rand::{SeedableRng, rngs::StdRng};
use server::store::verify::verify;
use tests::{
    Engine, Plant, TestDatabase,
    desk::{Desk, clock},
    office::Clerk,
};

/// What came of every kind of deed, and every row and booking, without the ids that chance gave them.
async fn day(engine: Engine, seed: u64) -> (BTreeMap<String, u32>, Vec<String>) {
    let db = TestDatabase::migrated(engine).await;
    let plant = Plant::new(3);
    plant.write(&db).await;
    let clock = clock();
    let desk = Desk::open(&db, &plant, clock.clone()).await;
    let mut clerk = Clerk::new(desk.clone(), &plant, clock, StdRng::seed_from_u64(seed));
    clerk.work(150).await;
    verify(&desk.state.store).await.unwrap_or_else(|fault| panic!("{fault}"));
    let sql = "SELECT o.*, b.status AS status, b.price_fen AS price_fen, b.moves AS moves FROM occupancy o
        LEFT JOIN step s ON s.occupancy = o.id LEFT JOIN booking b ON b.id = s.booking";
    let mut rows: Vec<String> = Vec::new();
    for row in db.rows(sql, vec![]).await.expect("rows are read") {
        let mut occupancy = tests::Row::read(&row).expect("a row");
        occupancy.id = uuid::Uuid::nil();
        let status: Option<String> = row.try_get("", "status").expect("a word");
        let (price, moves): (Option<i64>, Option<i64>) =
            (row.try_get("", "price_fen").expect("a number"), row.try_get("", "moves").expect("a number"));
        rows.push(format!("{occupancy:?} {status:?} {price:?} {moves:?}"));
    }
    rows.sort();
    (clerk.tally, rows)
}

#[test]
fn both_databases_decide_alike() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for seed in 0..3 {
        let (sqlite, postgres) =
            runtime.block_on(async { (day(Engine::Sqlite, seed).await, day(Engine::Postgres, seed).await) });
        assert_eq!(sqlite.0, postgres.0, "seed {seed}");
        assert_eq!(sqlite.1, postgres.1, "seed {seed}");
        assert!(sqlite.1.len() > 20, "seed {seed} was an idle day");
    }
}

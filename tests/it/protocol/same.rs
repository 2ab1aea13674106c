//! The same seeded day at the office on SQLite and on PostgreSQL: the same decisions, the same end.

use std::collections::BTreeMap;

use rand::{SeedableRng, rngs::StdRng};
use server::store::verify::verify;
use tests::{
    Engine, Plant, TestDatabase,
    desk::{Desk, clock},
    office::Clerk,
};

/// The pools' ledger, the decisions by what they came to and the notes in the outbox by their topic.
async fn records(db: &TestDatabase) -> Vec<String> {
    let asked = [
        "SELECT 'cell ' || starts_at || ': ' || used FROM pool_cell WHERE used > 0",
        "SELECT 'claimed ' || starts_at || ': ' || sum(amount) FROM pool_claim GROUP BY starts_at",
        "SELECT 'decided ' || action || ' ' || rule || ' ' || at || ': ' || count(*) FROM decision
         GROUP BY action, rule, at",
        "SELECT 'told ' || topic || ' ' || at || ': ' || count(*) FROM outbox GROUP BY topic, at",
        "SELECT 'freed ' || starts_at || ' ' || ends_at || ': ' || count(*) FROM freed GROUP BY starts_at, ends_at",
    ];
    let mut found = Vec::new();
    for sql in asked {
        for row in db.rows(sql, vec![]).await.expect("rows are read") {
            found.push(row.try_get_by_index(0).expect("text"));
        }
    }
    found
}

/// What came of every kind of deed, and every row, booking and record, without the ids that chance gave them.
async fn day(engine: Engine, plant: &Plant, seed: u64) -> (BTreeMap<String, u32>, Vec<String>) {
    let db = TestDatabase::migrated(engine).await;
    plant.write(&db).await;
    let clock = clock();
    let desk = Desk::open(&db, plant, clock.clone()).await;
    let mut clerk = Clerk::new(desk.clone(), plant, clock, StdRng::seed_from_u64(seed));
    clerk.work(150).await;
    verify(&desk.state.store).await.unwrap_or_else(|fault| panic!("{fault}"));
    let mut rows = records(&db).await;
    let sql = "SELECT o.*, b.status AS status, b.price_fen AS price_fen, b.moves AS moves FROM occupancy o
        LEFT JOIN step s ON s.occupancy = o.id LEFT JOIN booking b ON b.id = s.booking";
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
    for (plant, seed) in
        [(Plant::new(3), 0), (Plant::new(3), 1), (Plant::demanding(4), 2), (Plant::demanding(4), 3)]
    {
        let (sqlite, postgres) = runtime.block_on(async {
            (day(Engine::Sqlite, &plant, seed).await, day(Engine::Postgres, &plant, seed).await)
        });
        assert_eq!(sqlite.0, postgres.0, "seed {seed}");
        assert_eq!(sqlite.1, postgres.1, "seed {seed}");
        for what in ["hold: done", "move: done", "request: done", "approve: done"] {
            assert!(sqlite.0.contains_key(what), "seed {seed} was a day without \"{what}\": {:?}", sqlite.0);
        }
    }
}

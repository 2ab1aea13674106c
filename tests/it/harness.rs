//! The harness itself: what a test gets is what it needs.

use tests::{Engine, TestDatabase, on_both_databases};

on_both_databases! {
    async fn a_test_gets_an_empty_database_with_the_schema(db: TestDatabase) {
        assert_eq!(db.number("SELECT count(*) FROM occupancy").await, 0);
        assert_eq!(db.number("SELECT version FROM catalogue").await, 0);
    }

    async fn a_test_shares_nothing_with_another(db: TestDatabase) {
        let other = TestDatabase::migrated(db.engine()).await;
        other.execute("INSERT INTO meta (key, value) VALUES ('mine', '1')", vec![]).await.expect("it is free");
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 0);
        assert_eq!(other.number("SELECT count(*) FROM meta").await, 1);
    }
}

#[tokio::test]
async fn sqlite_runs_with_the_settings_that_the_server_uses() {
    let db = TestDatabase::migrated(Engine::Sqlite).await;
    let other = db.connect(2).await;
    for connection in [db.connection(), &other] {
        for (pragma, value) in [("foreign_keys", 1), ("synchronous", 2)] {
            let row = sea_orm::ConnectionTrait::query_one_raw(
                connection,
                db.statement(&format!("PRAGMA {pragma}"), vec![]),
            )
            .await
            .expect("the pragma answers")
            .expect("a row");
            assert_eq!(row.try_get_by_index::<i32>(0).expect("a number"), value, "{pragma}");
        }
    }
    let mode = db.rows("PRAGMA journal_mode", vec![]).await.expect("the pragma answers");
    assert_eq!(mode[0].try_get_by_index::<String>(0).expect("a word"), "wal");
}

//! The harness itself: what a test gets is what it needs.

use sea_orm::ConnectionTrait;
use server::store::{StoreError, statement};
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

on_both_databases! {
    async fn what_the_store_has_committed_survives_a_power_cut(db: TestDatabase) {
        let (ask, durable) = match db.engine() {
            // FULL.
            Engine::Sqlite => ("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2"),
            Engine::Postgres => ("SELECT current_setting('synchronous_commit')", "on"),
        };
        let store = db.store().await;
        let said = store.write(move |tx| {
            Box::pin(async move {
                let row = tx.query_one_raw(statement(tx, ask, [])).await?.expect("a row");
                Ok::<String, StoreError>(row.try_get_by_index(0)?)
            })
        });
        assert_eq!(said.await.expect("it answers"), durable);
    }
}

#[tokio::test]
async fn sqlite_runs_with_the_settings_that_the_server_uses() {
    let db = TestDatabase::migrated(Engine::Sqlite).await;
    let other = db.connect(2).await;
    for connection in [db.connection(), &other] {
        for (pragma, value) in [("foreign_keys", 1), ("synchronous", 2)] {
            let asked = connection.query_one_raw(db.statement(&format!("PRAGMA {pragma}"), vec![]));
            let row = asked.await.expect("the pragma answers").expect("a row");
            assert_eq!(row.try_get_by_index::<i32>(0).expect("a number"), value, "{pragma}");
        }
    }
    let mode = db.rows("PRAGMA journal_mode", vec![]).await.expect("the pragma answers");
    assert_eq!(mode[0].try_get_by_index::<String>(0).expect("a word"), "wal");
}

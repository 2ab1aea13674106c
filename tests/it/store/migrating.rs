//! Several servers start at once on a database that nobody has migrated.

use futures::future::join_all;
use server::store::{Store, StoreOptions};
use tests::{TestDatabase, on_both_databases};

on_both_databases! {
    async fn servers_that_start_together_do_not_collide(migrated: TestDatabase) {
        let all = migrated.number("SELECT count(*) FROM seaql_migrations").await;
        for _ in 0..3 {
            let db = TestDatabase::empty(migrated.engine()).await;
            let mut stores = Vec::new();
            for _ in 0..4 {
                stores.push(Store::open(&StoreOptions::new(db.url())).await.expect("the database opens"));
            }
            for done in join_all(stores.iter().map(Store::migrate)).await {
                done.expect("it is done, by whomever");
            }
            assert_eq!(db.number("SELECT count(*) FROM seaql_migrations").await, all, "each once");
            assert_eq!(db.number("SELECT version FROM catalogue").await, 0);
            for store in &stores {
                assert!(store.pending_migrations().await.expect("an answer").is_empty());
                store.close().await;
            }
        }
    }
}

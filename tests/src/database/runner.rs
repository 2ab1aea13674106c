//! Makes two tests of one.

use std::future::Future;

use super::{Engine, TestDatabase};

/// Runs `test` on a database of its own. Tasks may run on four threads, so that writers truly meet.
///
/// # Panics
/// If the test does.
pub fn run<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(TestDatabase) -> F) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a runtime starts")
        .block_on(async { test(TestDatabase::migrated(engine).await).await });
}

/// Writes each `async fn name(db: TestDatabase)` once and makes the tests `name::sqlite` and `name::postgres` of it.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: TestDatabase) $body:block)+) => {$(
        $(#[$meta])*
        async fn $name($database: $crate::TestDatabase) $body

        mod $name {
            #[test]
            fn sqlite() {
                $crate::database::run($crate::Engine::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::database::run($crate::Engine::Postgres, super::$name);
            }
        }
    )+};
}

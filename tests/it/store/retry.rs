//! Collisions are tried again, a bounded number of times, and then said clearly.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, TransactionTrait};
use server::store::{Store, StoreError, StoreOptions, statement};
use tests::{Engine, TestDatabase, database::run};

async fn open(db: &TestDatabase) -> Store {
    let mut options = StoreOptions::new(db.url());
    options.busy_timeout = Duration::from_millis(1);
    Store::open(&options).await.expect("the database opens")
}

const NOTE: &str = "INSERT INTO meta (key, value) VALUES ('k', 'v')";

/// Writes a note, after raising `code` in the first `failures` attempts. What came of it, and after how many.
async fn raising(store: &Store, code: &'static str, failures: u32) -> (Result<(), StoreError>, u32) {
    let attempts = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&attempts);
    let answer = store
        .write(move |tx| {
            let attempts = Arc::clone(&counted);
            Box::pin(async move {
                tx.execute_unprepared(NOTE).await?;
                if attempts.fetch_add(1, Ordering::SeqCst) < failures {
                    let sql =
                        format!("DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '{code}'; END $$");
                    tx.execute_unprepared(&sql).await?;
                }
                Ok(())
            })
        })
        .await;
    (answer, attempts.load(Ordering::SeqCst))
}

#[test]
fn serialization_failures_and_deadlocks_are_retried_five_times() {
    run(Engine::Postgres, async |db| {
        let store = open(&db).await;
        for code in ["40001", "40P01"] {
            let (answer, attempts) = raising(&store, code, 5).await;
            answer.expect("the sixth attempt went through");
            assert_eq!(attempts, 6);
            assert_eq!(db.number("SELECT count(*) FROM meta").await, 1, "written once");
            db.execute("DELETE FROM meta", vec![]).await.expect("it is deleted");
            let (answer, attempts) = raising(&store, code, 100).await;
            assert!(answer.expect_err("it gave up").is_retry());
            assert_eq!(attempts, 6);
            assert_eq!(db.number("SELECT count(*) FROM meta").await, 0);
        }
    });
}

#[test]
fn other_errors_are_not_retried() {
    run(Engine::Postgres, async |db| {
        let (answer, attempts) = raising(&open(&db).await, "22012", 100).await;
        assert!(matches!(answer, Err(StoreError::Internal(_))));
        assert_eq!(attempts, 1);
    });
}

#[test]
fn a_commit_that_fails_is_retried() {
    run(Engine::Postgres, async |db| {
        for sql in [
            "CREATE SEQUENCE commits",
            "CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF nextval('commits') < 4 THEN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END IF; \
             RETURN NULL; END $$",
            "CREATE CONSTRAINT TRIGGER stumble AFTER INSERT ON meta DEFERRABLE INITIALLY DEFERRED \
             FOR EACH ROW EXECUTE FUNCTION stumble()",
        ] {
            db.execute(sql, vec![]).await.expect("the trap is set");
        }
        let (answer, attempts) = raising(&open(&db).await, "40001", 0).await;
        answer.expect("the fourth commit went through");
        assert_eq!(attempts, 4);
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 1);
    });
}

#[test]
fn two_who_lock_crosswise_both_get_through() {
    run(Engine::Postgres, async |db| {
        let store = open(&db).await;
        db.execute("INSERT INTO meta (key, value) VALUES ('a', '0'), ('b', '0')", vec![])
            .await
            .expect("two rows");
        // Both hold their first row before either asks for its second, in the first attempt.
        let meet = Arc::new(tokio::sync::Barrier::new(2));
        let crossing = |first: &'static str, second: &'static str| {
            let (store, meet, attempts) = (store.clone(), Arc::clone(&meet), Arc::new(AtomicU32::new(0)));
            async move {
                let answer: Result<u32, StoreError> = store
                    .write(move |tx| {
                        let (meet, attempts) = (Arc::clone(&meet), Arc::clone(&attempts));
                        Box::pin(async move {
                            let attempt = attempts.fetch_add(1, Ordering::SeqCst) + 1;
                            let sql = "UPDATE meta SET value = value || '+' WHERE key = ?";
                            tx.execute_raw(statement(tx, sql, [first.into()])).await?;
                            if attempt == 1 {
                                meet.wait().await;
                            }
                            tx.execute_raw(statement(tx, sql, [second.into()])).await?;
                            Ok(attempt)
                        })
                    })
                    .await;
                answer.expect("it got through")
            }
        };
        let (one, other) = futures::join!(crossing("a", "b"), crossing("b", "a"));
        assert_eq!(one.max(other), 2, "one of them met the deadlock");
        assert_eq!(db.number("SELECT count(*) FROM meta WHERE value = '0++'").await, 2);
    });
}

#[test]
fn a_busy_file_is_waited_for() {
    run(Engine::Sqlite, async |db| {
        let store = open(&db).await;
        let holder = db.connection().begin().await.expect("another process begins");
        holder
            .execute_unprepared("INSERT INTO meta (key, value) VALUES ('other', 'x')")
            .await
            .expect("and writes");
        let (answer, attempts) = raising(&store, "", 0).await;
        assert!(answer.expect_err("it gave up").is_retry());
        assert_eq!(attempts, 0, "it never got in");
        let waiting = tokio::spawn({
            let store = store.clone();
            async move { raising(&store, "", 0).await.0 }
        });
        holder.commit().await.expect("the other process is done");
        // Whether the wait saw the lock or not, it ends well; after this the writer is as before.
        if waiting.await.expect("the task ran").is_ok() {
            assert_eq!(db.number("SELECT count(*) FROM meta").await, 2);
        }
        db.execute("DELETE FROM meta", vec![]).await.expect("it is free");
        raising(&store, "", 0).await.0.expect("the writer goes on");
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 1);
    });
}

#[test]
fn a_rolled_back_file_does_not_stop_the_writer() {
    run(Engine::Sqlite, async |db| {
        let store = open(&db).await;
        // What SQLite does by itself when the disk is full: the whole transaction is gone, savepoints and all.
        let answer: Result<(), StoreError> = store
            .write(|tx| {
                Box::pin(async move {
                    tx.execute_unprepared(NOTE).await?;
                    tx.execute_unprepared("ROLLBACK").await?;
                    tx.execute_unprepared("SELECT nothing").await?;
                    Ok(())
                })
            })
            .await;
        answer.expect_err("it is lost");
        raising(&store, "", 0).await.0.expect("the writer goes on");
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 1);
    });
}

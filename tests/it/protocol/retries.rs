//! Serialization failures, deadlocks and a busy file, made by real contention: retried at most five times, then
//! answered clearly.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use app::contract::Failure;
use sea_orm::{ConnectionTrait, TransactionTrait};
use server::store::{Store, StoreError, StoreOptions, Tx, statement};
use tests::{
    Engine, Plant, TestDatabase, audit,
    desk::{Desk, clock},
};
use tokio::sync::Barrier;
use uuid::Uuid;

/// The first try and five more.
const ATTEMPTS: u32 = 6;

async fn planted(db: &TestDatabase) -> Plant {
    let plant = Plant::new(2);
    plant.write(db).await;
    plant
}

async fn bump(tx: &Tx<'_>, line: Uuid) -> Result<(), StoreError> {
    let sql = "UPDATE line SET version = version + 1 WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [line.into()])).await?;
    Ok(())
}

/// Changes two lines in this order, waiting for the other one in between on the first try.
async fn cross(
    store: Store,
    lines: [Uuid; 2],
    meet: Arc<Barrier>,
    tries: Arc<AtomicU32>,
) -> Result<(), StoreError> {
    let first_try = Arc::new(AtomicU32::new(0));
    store
        .write(move |tx| {
            let (meet, tries, first_try) = (meet.clone(), tries.clone(), first_try.clone());
            Box::pin(async move {
                tries.fetch_add(1, Ordering::SeqCst);
                bump(tx, lines[0]).await?;
                if first_try.fetch_add(1, Ordering::SeqCst) == 0 {
                    meet.wait().await;
                }
                bump(tx, lines[1]).await
            })
        })
        .await
}

#[test]
fn a_deadlock_is_tried_again_and_both_get_through() {
    tests::database::run(Engine::Postgres, |db| async move {
        let plant = planted(&db).await;
        let store = db.store().await;
        let (meet, tries) = (Arc::new(Barrier::new(2)), Arc::new(AtomicU32::new(0)));
        let (one, two) = (plant.line(0), plant.line(1));
        let forth = tokio::spawn(cross(store.clone(), [one, two], meet.clone(), tries.clone()));
        let back = tokio::spawn(cross(store, [two, one], meet, tries.clone()));
        forth.await.expect("no panic").expect("it gets through");
        back.await.expect("no panic").expect("it gets through");
        assert!(tries.load(Ordering::SeqCst) >= 3, "there was no deadlock");
        assert_eq!(
            db.number("SELECT CAST(sum(version) AS BIGINT) FROM line").await,
            2 + 4,
            "each bumped once"
        );
    });
}

/// A serializable transaction whose row somebody else changes after it has looked, the first `spoilt` times.
async fn outdated(db: &TestDatabase, plant: &Plant, spoilt: u32) -> (Result<(), StoreError>, u32) {
    let (store, other) = (db.store().await, db.connection().clone());
    let tries = Arc::new(AtomicU32::new(0));
    let (counted, line) = (tries.clone(), plant.line(0));
    let change = db.statement("UPDATE line SET version = version + 1 WHERE id = $1", vec![line.into()]);
    let answer = store
        .write(move |tx| {
            let (counted, other, change) = (counted.clone(), other.clone(), change.clone());
            Box::pin(async move {
                let attempt = counted.fetch_add(1, Ordering::SeqCst);
                tx.execute_unprepared("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").await?;
                tx.query_all_raw(statement(tx, "SELECT version FROM line", [])).await?;
                if attempt < spoilt {
                    other.execute_raw(change).await?;
                }
                bump(tx, line).await
            })
        })
        .await;
    (answer, tries.load(Ordering::SeqCst))
}

#[test]
fn a_serialization_failure_is_tried_again() {
    tests::database::run(Engine::Postgres, |db| async move {
        let plant = planted(&db).await;
        let (answer, tries) = outdated(&db, &plant, 2).await;
        answer.expect("the third time nobody was in the way");
        assert_eq!(tries, 3);
    });
}

#[test]
fn after_five_retries_the_answer_is_clear() {
    tests::database::run(Engine::Postgres, |db| async move {
        let plant = planted(&db).await;
        let (answer, tries) = outdated(&db, &plant, u32::MAX).await;
        let error = answer.expect_err("somebody was always in the way");
        assert!(matches!(error, StoreError::Retry(_)), "{error:?}");
        assert_eq!(tries, ATTEMPTS);
        assert_eq!(audit(&db).await, []);
    });
}

/// A store that waits for other writers for a moment only.
fn impatient(db: &TestDatabase) -> StoreOptions {
    StoreOptions { busy_timeout: Duration::from_millis(20), ..StoreOptions::new(db.url()) }
}

#[test]
fn a_busy_file_is_waited_for() {
    tests::database::run(Engine::Sqlite, |db| async move {
        let plant = planted(&db).await;
        let store = Store::open(&impatient(&db)).await.expect("the store opens");
        let other = db.connect(1).await;
        other.execute_unprepared("BEGIN IMMEDIATE").await.expect("the lock is free");
        let line = plant.line(0);
        let waiting = tokio::spawn(async move { store.write(move |tx| Box::pin(bump(tx, line))).await });
        tokio::time::sleep(Duration::from_millis(60)).await;
        other.execute_unprepared("COMMIT").await.expect("the lock is given back");
        let answer: Result<(), StoreError> = waiting.await.expect("no panic");
        answer.expect("it gets through");
        assert_eq!(db.number("SELECT max(version) FROM line").await, 2);
    });
}

#[test]
fn a_file_that_stays_busy_is_answered_clearly_and_used_again_later() {
    tests::database::run(Engine::Sqlite, |db| async move {
        let plant = planted(&db).await;
        let desk = Desk::open_with(&impatient(&db), &plant, clock()).await;
        let query = Desk::query(1, "", ("2026-03-03", "2026-03-20"));
        let offer = desk.offers(&query).await.expect("something is free").remove(0);
        let other = db.connect(1).await;
        other.execute_unprepared("BEGIN IMMEDIATE").await.expect("the lock is free");
        let refused = desk.hold(&query, &offer, 0).await.expect_err("the file is busy");
        assert_eq!(refused, Failure::Busy);
        other.execute_unprepared("ROLLBACK").await.expect("the lock is given back");
        assert_eq!(db.number("SELECT count(*) FROM booking").await, 0, "nothing is half written");
        desk.hold(&query, &offer, 0).await.expect("the offer is still there");
        assert_eq!(audit(&db).await, []);
    });
}

/// The store counts a group's attempts too: one that is never let in doesn't stop the others.
#[test]
fn jobs_in_the_queue_are_all_answered_when_the_file_stays_busy() {
    tests::database::run(Engine::Sqlite, |db| async move {
        let plant = planted(&db).await;
        let store = Store::open(&impatient(&db)).await.expect("the store opens");
        let other = db.connect(1).await;
        let lock = other.begin().await.expect("begins");
        lock.execute_unprepared("UPDATE line SET version = 77").await.expect("the lock is free");
        let line = plant.line(0);
        let jobs: Vec<_> = (0..5)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.write(move |tx| Box::pin(bump(tx, line))).await })
            })
            .collect();
        for job in jobs {
            let answer: Result<(), StoreError> = job.await.expect("no panic");
            assert!(matches!(answer, Err(StoreError::Retry(_))), "{answer:?}");
        }
        lock.rollback().await.expect("the lock is given back");
        let answer: Result<(), StoreError> = store.write(move |tx| Box::pin(bump(tx, line))).await;
        answer.expect("the writer lives");
    });
}

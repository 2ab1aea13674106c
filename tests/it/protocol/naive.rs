//! Ways to book that don't work, and that the audit of these tests sees failing. Where it saw nothing, it would be too
//! weak to prove the others right.

use std::sync::Arc;

use futures::future::join_all;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, Statement,
    TransactionTrait, Value,
};
use tests::{
    Engine, Plant, Row, TestDatabase, audit,
    audit::Violation,
    chain::link,
    on_both_databases,
    plant::{BEGIN, DAY},
    unguarded::remove_guard,
};
use tokio::sync::Barrier;
use uuid::Uuid;

const CLIENTS: usize = 8;
const SLOTS: i64 = 6;

/// Whether anything on the first line overlaps the slot.
async fn is_free(
    connection: &impl ConnectionTrait,
    plant: &Plant,
    slot: (i64, i64),
    lock: &str,
) -> Result<bool, DbErr> {
    let sql = format!(
        "SELECT id FROM occupancy WHERE live = $1 AND head IS NULL AND starts_at < $3 AND ends_at > $2 {lock}"
    );
    let values: Vec<Value> = vec![plant.line(0).into(), slot.0.into(), slot.1.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.query_all_raw(statement).await?.is_empty())
}

fn row(plant: &Plant, slot: (i64, i64), client: usize) -> Row {
    let head = Row::head(Uuid::nil(), plant.line(0), BEGIN, 0);
    let mut row = Row::campaign(Uuid::now_v7(), plant.line(0), slot, 0, plant.product(client % 4));
    link(plant, &head, &mut row);
    row
}

/// Lets all clients go for the same slots at the same moments, each by `book`; answers what the audit sees.
async fn race<F, B>(db: &TestDatabase, book: B) -> Vec<Violation>
where
    B: Fn(DatabaseConnection, Arc<Plant>, (i64, i64), usize, Arc<Barrier>) -> F,
    F: Future<Output = Result<(), DbErr>> + Send + 'static,
{
    remove_guard(db).await;
    let plant = Plant::new(1);
    plant.write(db).await;
    let plant = Arc::new(plant);
    for slot in 0..SLOTS {
        let slot = (BEGIN + (2 + 4 * slot) * DAY, BEGIN + (4 + 4 * slot) * DAY);
        let start = Arc::new(Barrier::new(CLIENTS));
        let clients = (0..CLIENTS).map(|client| {
            tokio::spawn(book(db.connection().clone(), plant.clone(), slot, client, start.clone()))
        });
        for done in join_all(clients).await {
            // Losing a race is no failure of the test.
            let _ = done.expect("nobody panics");
        }
    }
    audit(db).await
}

/// Checks and inserts in one transaction, after all have looked.
async fn within(
    transaction: DatabaseTransaction,
    plant: &Plant,
    slot: (i64, i64),
    client: usize,
    lock: &str,
    looked: &Barrier,
) -> Result<(), DbErr> {
    let free = is_free(&transaction, plant, slot, lock).await;
    looked.wait().await;
    if free? {
        row(plant, slot, client).insert(&transaction).await?;
    }
    transaction.commit().await
}

fn sees_double_bookings(found: &[Violation]) {
    let overlaps = found.iter().filter(|violation| matches!(violation, Violation::Overlap(_))).count();
    assert!(overlaps > 0, "a way that can't work was not caught: {found:#?}");
}

on_both_databases! {
    async fn checking_first_and_then_inserting_is_caught(db: TestDatabase) {
        let found = race(&db, |connection, plant, slot, client, looked| async move {
            let free = is_free(&connection, &plant, slot, "").await;
            looked.wait().await;
            if free? {
                row(&plant, slot, client).insert(&connection).await?;
            }
            Ok(())
        });
        sees_double_bookings(&found.await);
    }
}

#[test]
fn repeatable_read_is_caught() {
    tests::database::run(Engine::Postgres, |db| async move {
        let found = race(&db, |connection, plant, slot, client, looked| async move {
            let level = Some(IsolationLevel::RepeatableRead);
            let transaction = connection.begin_with_config(level, None).await?;
            within(transaction, &plant, slot, client, "", &looked).await
        });
        sees_double_bookings(&found.await);
    });
}

#[test]
fn locking_the_rows_that_exist_is_caught() {
    tests::database::run(Engine::Postgres, |db| async move {
        let found = race(&db, |connection, plant, slot, client, looked| async move {
            let transaction = connection.begin().await?;
            within(transaction, &plant, slot, client, "FOR UPDATE", &looked).await
        });
        sees_double_bookings(&found.await);
    });
}

/// SQLite keeps this one from doing harm: the second writer's snapshot is outdated. The naive client loses its booking.
#[test]
fn a_deferred_transaction_that_reads_and_then_writes_is_busy_on_sqlite() {
    tests::database::run(Engine::Sqlite, |db| async move {
        let plant = Plant::new(1);
        plant.write(&db).await;
        let slot = (BEGIN + 2 * DAY, BEGIN + 3 * DAY);
        let (one, two) = (db.connect(1).await, db.connect(1).await);
        let (first, second) = (one.begin().await.expect("begins"), two.begin().await.expect("begins"));
        assert_eq!(first.get_database_backend(), DbBackend::Sqlite);
        for transaction in [&first, &second] {
            assert!(is_free(transaction, &plant, slot, "").await.expect("reads"));
        }
        row(&plant, slot, 0).insert(&first).await.expect("the first writes");
        first.commit().await.expect("the first commits");
        let error = row(&plant, slot, 1).insert(&second).await.expect_err("the second can't");
        assert!(server::store::StoreError::from(error).is_retry());
    });
}

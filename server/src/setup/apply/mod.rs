//! Writes an import: everything in one transaction, or nothing.

mod flag;
mod ledger;
mod parts;
mod platforms;
mod record;
mod terms;

use std::sync::Arc;

pub use flag::Wrong;

use domain::Second;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::{
    Setup,
    error::SetupError,
    plan::{Plan, work_out},
};
use crate::{
    store::{Store, StoreError, Tx, queries::bump_catalogue, statement},
    usecase::protocol::{self, Note, Stop},
};

/// Imports `setup`. What is already there is not written again: a second import of the same files changes no row and no
/// version. `origin` says where it came from, for the record.
///
/// # Errors
/// As [`super::plan()`], with nothing written.
pub async fn apply(store: &Store, setup: Setup, origin: String, now: Second) -> Result<Plan, SetupError> {
    let given = Arc::new((setup, origin));
    store
        .write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                lock(tx).await?;
                write(tx, &given.0, &given.1, now).await
            })
        })
        .await
}

/// The same of what was made from the catalogue of version `as_of`; `None`, with nothing written, if it has another by
/// now: it would take back what has changed since.
///
/// # Errors
/// As [`apply`].
pub async fn apply_as_of(
    store: &Store,
    setup: Setup,
    (origin, as_of): (String, i64),
    now: Second,
) -> Result<Option<Plan>, SetupError> {
    let given = Arc::new((setup, origin));
    store
        .write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                if lock(tx).await? != as_of {
                    return Ok(None);
                }
                write(tx, &given.0, &given.1, now).await.map(Some)
            })
        })
        .await
}

/// Locks the catalogue without changing it, for there is one import at a time, and answers its version.
async fn lock(tx: &Tx<'_>) -> Result<i64, SetupError> {
    run(tx, "UPDATE catalogue SET version = version WHERE id = 1", []).await?;
    let sql = statement(tx, "SELECT version FROM catalogue WHERE id = 1", []);
    Ok(tx.query_one_raw(sql).await?.map_or(Ok(0), |row| row.try_get("", "version"))?)
}

async fn write(tx: &Tx<'_>, setup: &Setup, origin: &str, now: Second) -> Result<Plan, SetupError> {
    let (plan, difference) = work_out(tx, setup, now.div_euclid(60)).await?;
    if difference.is_empty() {
        return Ok(plan);
    }
    platforms::write(tx, &difference, now).await?;
    parts::write(tx, &difference).await?;
    let catalogue = bump_catalogue(tx, &difference.judged_lines(), &difference.judged_pools()).await?;
    ledger::recut(tx, &difference.judged_pools(), now).await?;
    record::write(tx, &plan, origin, catalogue, now).await?;
    flag::write(tx, &plan, now).await?;
    terms::write(tx, &difference, now).await?;
    Ok(plan)
}

/// Runs one statement and answers how many rows it changed.
async fn run(tx: &Tx<'_>, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    Ok(tx.execute_raw(statement(tx, sql, values)).await?.rows_affected())
}

/// Puts a note into the outbox.
async fn tell(tx: &Tx<'_>, note: &Note, now: Second) -> Result<(), StoreError> {
    protocol::tell(tx, note, now).await.map_err(|stop| match stop {
        Stop::Store(error) => error,
        other => StoreError::Internal(format!("a note was refused: {other:?}")),
    })
}

/// A document of the domain, as it is stored.
fn document(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Internal(format!("a document can't be written: {error}")))
}

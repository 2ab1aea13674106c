//! Writes an import: everything in one transaction, or nothing.

mod flag;
mod ledger;
mod parts;
mod platforms;
mod record;

use std::sync::Arc;

pub use flag::Wrong;

use domain::Second;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::{
    Setup,
    error::SetupError,
    plan::{Plan, work_out},
};
use crate::store::{Store, StoreError, Tx, queries::bump_catalogue, statement};

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
            Box::pin(async move { write(tx, &given.0, &given.1, now).await })
        })
        .await
}

async fn write(tx: &Tx<'_>, setup: &Setup, origin: &str, now: Second) -> Result<Plan, SetupError> {
    // Only one import at a time: this locks the catalogue without changing it.
    run(tx, "UPDATE catalogue SET version = version WHERE id = 1", []).await?;
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
    Ok(plan)
}

/// Runs one statement and answers how many rows it changed.
async fn run(tx: &Tx<'_>, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    Ok(tx.execute_raw(statement(tx, sql, values)).await?.rows_affected())
}

/// A document of the domain, as it is stored.
fn document(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Internal(format!("a document can't be written: {error}")))
}

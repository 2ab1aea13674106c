//! Whether a company is still verified, under the lock.

use domain::refusal::Refusal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{late, protocol::Stop};
use crate::store::{Tx, statement};

/// Refuses a company that isn't verified any more. Whoever withdraws that changes the company's row: it comes before or
/// after.
///
/// # Errors
/// [`Refusal::Unverified`], the database's failure.
pub(crate) async fn verified(tx: &Tx<'_>, company: Uuid) -> Result<(), Stop> {
    if is_verified(tx, company).await? { Ok(()) } else { Err(Refusal::Unverified.into()) }
}

/// Whether the company is verified, as [`verified`] asks it.
///
/// # Errors
/// The database's failure.
pub(crate) async fn is_verified(tx: &Tx<'_>, company: Uuid) -> Result<bool, Stop> {
    late::queue(tx, company).await?;
    let sql = "SELECT id FROM organisation WHERE id = ? AND verified_at IS NOT NULL";
    Ok(tx.query_one_raw(statement(tx, sql, [company.into()])).await?.is_some())
}

//! Noting that a booking was given up late.

use sea_orm::ConnectionTrait;

use super::queue;
use crate::{
    store::{Tx, statement},
    usecase::{
        blameless,
        booking::Loaded,
        cancel::policy_of,
        protocol::{Scene, Stop},
    },
};

/// Notes that `booking` is being left for `fee_fen`, unless the platform moved it before. While it can't run where it
/// stands, leaving costs nothing and counts for nothing.
///
/// # Errors
/// The database's failure.
pub(crate) async fn leave(tx: &Tx<'_>, scene: &Scene, booking: &Loaded, fee_fen: i64) -> Result<(), Stop> {
    let row = &booking.row;
    let Some(company) = row.organisation.filter(|_| fee_fen > 0) else { return Ok(()) };
    let agreed = policy_of(&scene.catalogue, booking).use_or_lose.is_some();
    if agreed {
        // Whoever holds at the same time is decided before this or after it.
        queue(tx, company).await?;
    }
    let done = blameless::DONE;
    let sql = format!(
        "INSERT INTO late_leaving (booking, platform, organisation, at, agreed) SELECT ?, ?, ?, ?, ? \
         WHERE NOT EXISTS (SELECT 1 FROM decision WHERE booking = ? AND {done})"
    );
    let values =
        [row.id.into(), row.platform.into(), company.into(), scene.now.into(), agreed.into(), row.id.into()];
    tx.execute_raw(statement(tx, &sql, values)).await?;
    Ok(())
}

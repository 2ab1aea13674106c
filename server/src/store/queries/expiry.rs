//! When a row counts as free: set while a booking is held or awaits its reply, none once it is firm.

use domain::{OccupancyId, Second};
use sea_orm::{ConnectionTrait, Value};

use super::marks;
use crate::store::{StoreError, Tx, statement};

/// Sets the expiry of live rows whose lines are locked; `None` makes them firm. Pools that they claim are told.
///
/// # Errors
/// [`StoreError::NotFound`] if one of them is not live any more.
pub async fn set_expiry(
    tx: &Tx<'_>,
    rows: &[OccupancyId],
    expires_at: Option<Second>,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let marks = marks(rows.len());
    let ids = || rows.iter().map(|row| Value::from(row.0));
    let sql = format!(
        "UPDATE occupancy SET expires_at = ?, touched = (SELECT version FROM line WHERE line.id = occupancy.line) \
         WHERE id IN ({marks}) AND live IS NOT NULL"
    );
    let values = std::iter::once(expires_at.into()).chain(ids());
    let set = tx.execute_raw(statement(tx, &sql, values)).await?.rows_affected();
    if !usize::try_from(set).is_ok_and(|set| set == rows.len()) {
        return Err(StoreError::NotFound("live row"));
    }
    let sql = format!(
        "UPDATE pool SET version = version + 1 \
         WHERE id IN (SELECT pool FROM pool_claim WHERE occupancy IN ({marks}))"
    );
    if tx.execute_raw(statement(tx, &sql, ids())).await?.rows_affected() > 0 {
        let sql = format!(
            "UPDATE pool_cell SET touched = (SELECT version FROM pool WHERE pool.id = pool_cell.pool) \
             WHERE EXISTS (SELECT 1 FROM pool_claim c WHERE c.pool = pool_cell.pool \
             AND c.starts_at = pool_cell.starts_at AND c.occupancy IN ({marks}))"
        );
        tx.execute_raw(statement(tx, &sql, ids())).await?;
    }
    Ok(())
}

//! Cells of pools and the claims on them. `used` and `touched` of a cell are the triggers' business.

use std::collections::BTreeMap;

use domain::{
    Interval, Minute, OccupancyId, PoolId, Second,
    calendar::DAY,
    snapshot::{ExpiringClaim, PoolState},
};
use sea_orm::{ConnectionTrait, Value};

use super::{chain, marks};
use crate::store::{Catalogue, StoreError, Tx, occupancy_row::narrow, statement};

/// A cell that starts this much before an interval may still reach into it: no shift is longer.
pub const LONGEST_CELL: i64 = 2 * DAY;

/// A row's share of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolClaim {
    pub occupancy: OccupancyId,
    pub pool: PoolId,
    /// The cell's first minute.
    pub cell: Minute,
    pub amount: u32,
}

/// What is used of a pool in the cells that `interval` touches, and which claims of it may expire.
///
/// # Errors
/// [`StoreError::NotFound`] if the catalogue doesn't know the pool.
pub async fn pool_state(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    pool: PoolId,
    interval: Interval,
    version: i64,
) -> Result<PoolState, StoreError> {
    let (known, calendar) = catalogue.pool_parts(pool).ok_or(StoreError::NotFound("pool"))?;
    let sql = "SELECT starts_at, used AS amount, -1 AS expires_at FROM pool_cell \
               WHERE pool = ? AND starts_at >= ? AND starts_at < ? AND used > 0 \
               UNION ALL SELECT c.starts_at, c.amount, o.expires_at FROM pool_claim c \
               JOIN occupancy o ON o.id = c.occupancy \
               WHERE c.pool = ? AND c.starts_at >= ? AND c.starts_at < ? AND o.expires_at IS NOT NULL";
    let earliest = interval.start - LONGEST_CELL;
    let values = [pool.0.into(), earliest.into(), interval.end.into()];
    let values = values.clone().into_iter().chain(values);
    let (mut used, mut expiring) = (BTreeMap::new(), Vec::new());
    for row in connection.query_all_raw(statement(connection, sql, values)).await? {
        let (cell, amount): (Minute, u32) = (row.try_get_by_index(0)?, narrow(row.try_get_by_index(1)?)?);
        match row.try_get_by_index(2)? {
            -1 => drop(used.insert(cell, amount)),
            expires_at => expiring.push(ExpiringClaim { expires_at, cell, amount }),
        }
    }
    Ok(PoolState { pool: known, calendar, version, used, expiring })
}

/// Occupancies that still claim shares of `pool` although their hold expired at `now` or before.
///
/// # Errors
/// The database's.
pub async fn expired_holders(
    tx: &Tx<'_>,
    pool: PoolId,
    interval: Interval,
    now: Second,
) -> Result<Vec<OccupancyId>, StoreError> {
    let sql = "SELECT DISTINCT c.occupancy FROM pool_claim c JOIN occupancy o ON o.id = c.occupancy \
               WHERE c.pool = ? AND c.starts_at >= ? AND c.starts_at < ? AND o.expires_at <= ? AND o.live IS NOT NULL";
    let values = [pool.0.into(), (interval.start - LONGEST_CELL).into(), interval.end.into(), now.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(|row| Ok(OccupancyId(row.try_get_by_index(0)?))).collect()
}

/// Claims shares for rows just written, making cells that nobody used before. The pools are locked.
///
/// # Errors
/// [`StoreError::Conflict`] on `pool_cell_capacity` if a cell would overflow, which after the kernel's yes is a bug.
pub async fn write_claims(tx: &Tx<'_>, claims: &[PoolClaim]) -> Result<(), StoreError> {
    // Bounded by what SQLite takes in one statement.
    for claims in claims.chunks(5_000) {
        let rows = vec!["(?, ?)"; claims.len()].join(", ");
        let sql = format!(
            "WITH cell (pool, starts_at) AS (VALUES {rows}) \
             INSERT INTO pool_cell (pool, starts_at, capacity, used, touched) \
             SELECT DISTINCT p.id, cell.starts_at, p.capacity, 0, p.version FROM cell JOIN pool p ON p.id = cell.pool \
             WHERE TRUE ON CONFLICT (pool, starts_at) DO NOTHING"
        );
        let values = claims.iter().flat_map(|claim| [Value::from(claim.pool.0), claim.cell.into()]);
        tx.execute_raw(statement(tx, &sql, values)).await?;
        let rows = vec!["(?, ?, ?, ?)"; claims.len()].join(", ");
        let sql = format!("INSERT INTO pool_claim (occupancy, pool, starts_at, amount) VALUES {rows}");
        let values = claims.iter().flat_map(|claim| {
            [
                Value::from(claim.occupancy.0),
                claim.pool.0.into(),
                claim.cell.into(),
                i64::from(claim.amount).into(),
            ]
        });
        tx.execute_raw(statement(tx, &sql, values))
            .await
            .map_err(|error| chain::alarm(error.into(), "pools"))?;
    }
    Ok(())
}

/// Gives back what released rows claimed, and answers what that was. The pools are locked.
///
/// # Errors
/// The database fails.
pub async fn drop_claims(tx: &Tx<'_>, rows: &[OccupancyId]) -> Result<Vec<PoolClaim>, StoreError> {
    let mut dropped = Vec::new();
    for rows in rows.chunks(10_000) {
        let sql = format!(
            "DELETE FROM pool_claim WHERE occupancy IN ({}) RETURNING occupancy, pool, starts_at, amount",
            marks(rows.len())
        );
        for row in tx.query_all_raw(statement(tx, &sql, rows.iter().map(|row| row.0.into()))).await? {
            dropped.push(PoolClaim {
                occupancy: OccupancyId(row.try_get_by_index(0)?),
                pool: PoolId(row.try_get_by_index(1)?),
                cell: row.try_get_by_index(2)?,
                amount: narrow(row.try_get_by_index(3)?)?,
            });
        }
    }
    Ok(dropped)
}

/// The pools that rows claim, with the stretch of cells of each: what must be locked before they are released.
///
/// # Errors
/// The database fails.
pub async fn claimed_pools(
    connection: &impl ConnectionTrait,
    rows: &[OccupancyId],
) -> Result<BTreeMap<PoolId, Interval>, StoreError> {
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT pool, MIN(starts_at), MAX(starts_at) FROM pool_claim WHERE occupancy IN ({}) GROUP BY pool",
        marks(rows.len())
    );
    let ids = rows.iter().map(|row| row.0.into());
    connection
        .query_all_raw(statement(connection, &sql, ids))
        .await?
        .iter()
        .map(|row| {
            let (start, last): (Minute, Minute) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            Ok((PoolId(row.try_get_by_index(0)?), Interval { start, end: last + 1 }))
        })
        .collect()
}

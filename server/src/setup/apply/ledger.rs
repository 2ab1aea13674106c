//! Pools whose cells may have changed: what is claimed of them ahead is claimed again, in the cells as they are now.

use std::collections::BTreeMap;

use domain::{Interval, Minute, OccupancyId, PoolId, Second, availability::cells};
use sea_orm::{ConnectionTrait, Value};

use super::run;
use crate::store::{
    Catalogue, StoreError, Tx,
    queries::{PoolClaim, write_claims},
    statement,
};

/// Cuts the claims of rows that end after `now` anew; what is over stays as it was. Nobody loses a share: a cell that
/// is then overfull has room for what is claimed of it, and for nothing more. The pools are locked.
pub(super) async fn recut(tx: &Tx<'_>, pools: &[PoolId], now: Second) -> Result<(), StoreError> {
    if pools.is_empty() {
        return Ok(());
    }
    let catalogue = Catalogue::load(tx, Catalogue::horizon_at(now)).await?;
    for pool in pools {
        let Some((known, calendar)) = catalogue.pool_parts(*pool) else { continue };
        let shares = take_back(tx, *pool, now.div_euclid(60)).await?;
        let mut claims = Vec::new();
        for (occupancy, interval, amount) in shares {
            let cells = cells(known.cell, &calendar, interval).into_iter();
            claims.extend(cells.map(|cell| PoolClaim { occupancy, pool: *pool, cell, amount }));
        }
        widen(tx, *pool, i64::from(known.capacity), &claims).await?;
        if !claims.is_empty() {
            write_claims(tx, &claims).await?;
        }
    }
    Ok(())
}

/// Drops the claims of rows that end after `now`, and answers whose they were and how much.
async fn take_back(
    tx: &Tx<'_>,
    pool: PoolId,
    now: Minute,
) -> Result<Vec<(OccupancyId, Interval, u32)>, StoreError> {
    let sql = "SELECT o.id, o.starts_at, o.ends_at, MAX(c.amount) FROM pool_claim c \
               JOIN occupancy o ON o.id = c.occupancy WHERE c.pool = ? AND o.ends_at > ? \
               GROUP BY o.id, o.starts_at, o.ends_at ORDER BY o.id";
    let mut shares = Vec::new();
    for row in tx.query_all_raw(statement(tx, sql, [pool.0.into(), now.into()])).await? {
        let interval = Interval { start: row.try_get_by_index(1)?, end: row.try_get_by_index(2)? };
        let amount: i64 = row.try_get_by_index(3)?;
        let amount = u32::try_from(amount)
            .map_err(|_| StoreError::Internal(format!("a claim of pool {} is of {amount}", pool.0)))?;
        shares.push((OccupancyId(row.try_get_by_index(0)?), interval, amount));
    }
    let sql = "DELETE FROM pool_claim WHERE pool = ? \
               AND occupancy IN (SELECT id FROM occupancy WHERE ends_at > ?)";
    run(tx, sql, [pool.0.into(), now.into()]).await?;
    // The emptied cells stay: whoever keeps a snapshot learns from them that nothing is used there any more.
    let sql = "UPDATE pool_cell SET capacity = (SELECT capacity FROM pool WHERE id = pool_cell.pool) \
               WHERE pool = ? AND used = 0";
    run(tx, sql, [pool.0.into()]).await?;
    Ok(shares)
}

/// Makes the cells that `claims` would overfill as large as they need.
async fn widen(tx: &Tx<'_>, pool: PoolId, capacity: i64, claims: &[PoolClaim]) -> Result<(), StoreError> {
    let mut asked: BTreeMap<Minute, i64> = BTreeMap::new();
    for claim in claims {
        *asked.entry(claim.cell).or_default() += i64::from(claim.amount);
    }
    let sql = "SELECT starts_at, used FROM pool_cell WHERE pool = ?";
    for row in tx.query_all_raw(statement(tx, sql, [pool.0.into()])).await? {
        if let Some(asked) = asked.get_mut(&row.try_get_by_index(0)?) {
            *asked += row.try_get_by_index::<i64>(1)?;
        }
    }
    for (cell, asked) in asked.into_iter().filter(|(_, asked)| *asked > capacity) {
        let sql = "INSERT INTO pool_cell (pool, starts_at, capacity, used, touched) \
                   SELECT id, ?, ?, 0, version FROM pool WHERE id = ? \
                   ON CONFLICT (pool, starts_at) DO UPDATE SET capacity = excluded.capacity";
        let values: [Value; 3] = [cell.into(), asked.into(), pool.0.into()];
        run(tx, sql, values).await?;
    }
    Ok(())
}

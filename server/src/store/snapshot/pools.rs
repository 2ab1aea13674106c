//! What is used of pools: read once, then only the cells that changed.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Interval, Minute, PoolId,
    snapshot::{ExpiringClaim, PoolState},
};
use sea_orm::ConnectionTrait;

use super::lines::versions;
use crate::store::{Catalogue, StoreError, occupancy_row::narrow, queries::pool_state, statement};

pub(super) type Pools = BTreeMap<PoolId, Arc<PoolState>>;

/// The pools as they are now, given how they were; of cells, those that end after `edge`.
pub(super) async fn refresh(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    known: &Pools,
    edge: Minute,
) -> Result<Pools, StoreError> {
    let mut pools = Pools::new();
    for (id, version) in versions(connection, "pool").await? {
        let id = PoolId(id);
        let Some((pool, calendar)) = catalogue.pool_parts(id) else { continue };
        let state = match known.get(&id) {
            Some(state) if state.version == version && Arc::ptr_eq(&state.pool, &pool) => Arc::clone(state),
            Some(state) => {
                let mut state =
                    PoolState { pool, calendar, version: state.version, ..PoolState::clone(state) };
                apply_delta(connection, &mut state, version).await?;
                Arc::new(state)
            }
            None => {
                let ahead = Interval { start: edge, end: Minute::MAX };
                Arc::new(pool_state(connection, catalogue, id, ahead, version).await?)
            }
        };
        pools.insert(id, state);
    }
    Ok(pools)
}

/// Drops cells before a later edge.
pub(super) fn advance(known: &Pools, edge: Minute) -> Pools {
    let trim = |state: &Arc<PoolState>| {
        let mut state = PoolState::clone(state);
        state.used = state.used.split_off(&edge);
        state.expiring.retain(|claim| claim.cell >= edge);
        Arc::new(state)
    };
    known.iter().map(|(id, state)| (*id, trim(state))).collect()
}

async fn apply_delta(
    connection: &impl ConnectionTrait,
    state: &mut PoolState,
    version: i64,
) -> Result<(), StoreError> {
    let sql = "SELECT starts_at, used AS amount, -1 AS expires_at FROM pool_cell WHERE pool = ? AND touched > ? \
               UNION ALL SELECT c.starts_at, c.amount, o.expires_at FROM pool_cell p \
               JOIN pool_claim c ON c.pool = p.pool AND c.starts_at = p.starts_at \
               JOIN occupancy o ON o.id = c.occupancy \
               WHERE p.pool = ? AND p.touched > ? AND o.expires_at IS NOT NULL";
    let (pool, since) = (state.pool.id.0, state.version);
    let values = [pool.into(), since.into(), pool.into(), since.into()];
    let (mut used, mut expiring) = (BTreeMap::<Minute, u32>::new(), Vec::new());
    for row in connection.query_all_raw(statement(connection, sql, values)).await? {
        let (cell, amount): (Minute, u32) = (row.try_get_by_index(0)?, narrow(row.try_get_by_index(1)?)?);
        match row.try_get_by_index(2)? {
            -1 => drop(used.insert(cell, amount)),
            expires_at => expiring.push(ExpiringClaim { expires_at, cell, amount }),
        }
    }
    state.expiring.retain(|claim| !used.contains_key(&claim.cell));
    state.expiring.extend(expiring);
    for (cell, amount) in used {
        if amount == 0 {
            state.used.remove(&cell)
        } else {
            state.used.insert(cell, amount)
        };
    }
    state.version = version;
    Ok(())
}

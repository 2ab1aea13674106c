//! The lock of the protocol: counting up a line's or a pool's version holds its row on PostgreSQL until the commit, and
//! numbers its commits on both databases.

use std::collections::BTreeMap;

use domain::{LineId, Minute, PoolId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult};
use uuid::Uuid;

use super::marks;
use crate::store::{StoreError, Tx, statement};

/// Lines that the transaction holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockedLines {
    /// The newest catalogue that any of the lines was touched by; without lines, the newest. What these lines are
    /// judged by can't change while they are locked.
    pub catalogue: i64,
    /// Each line's version, counting this commit.
    pub lines: BTreeMap<LineId, i64>,
    /// Of those that ever were down: until when, at most.
    pub down: BTreeMap<LineId, Minute>,
}

/// Locks lines in the order of their ids.
///
/// # Errors
/// [`StoreError::NotFound`] if one doesn't exist.
pub async fn lock_lines(tx: &Tx<'_>, lines: &[LineId]) -> Result<LockedLines, StoreError> {
    if lines.is_empty() {
        return Ok(LockedLines { catalogue: catalogue_version(tx).await?, ..LockedLines::default() });
    }
    let rows = lock(tx, "line", "catalogue, down_until", lines.iter().map(|line| line.0)).await?;
    let mut locked = LockedLines::default();
    for row in rows.ok_or(StoreError::NotFound("line"))? {
        locked.catalogue = locked.catalogue.max(row.try_get_by_index(2)?);
        let line = LineId(row.try_get_by_index(0)?);
        locked.lines.insert(line, row.try_get_by_index(1)?);
        locked.down.extend(row.try_get_by_index::<Option<Minute>>(3)?.map(|until| (line, until)));
    }
    Ok(locked)
}

/// Locks pools in the order of their ids; each one's version, counting this commit. Lines are locked before.
///
/// # Errors
/// [`StoreError::NotFound`] if one doesn't exist.
pub async fn lock_pools(tx: &Tx<'_>, pools: &[PoolId]) -> Result<BTreeMap<PoolId, i64>, StoreError> {
    if pools.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = lock(tx, "pool", "version", pools.iter().map(|pool| pool.0)).await?;
    rows.ok_or(StoreError::NotFound("pool"))?
        .iter()
        .map(|row| Ok((PoolId(row.try_get_by_index(0)?), row.try_get_by_index(1)?)))
        .collect()
}

/// `id`, the new `version` and the columns `also` of the rows; `None` if some don't exist.
async fn lock(
    tx: &Tx<'_>,
    table: &str,
    also: &str,
    ids: impl Iterator<Item = Uuid>,
) -> Result<Option<Vec<QueryResult>>, StoreError> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let marks = marks(ids.len());
    // An UPDATE of several rows takes PostgreSQL's locks in any order, which asks for deadlocks; FOR UPDATE keeps ours.
    let sql = if ids.len() > 1 && tx.get_database_backend() == DbBackend::Postgres {
        format!(
            "UPDATE {table} SET version = version + 1 \
             FROM (SELECT id AS first FROM {table} WHERE id IN ({marks}) ORDER BY id FOR UPDATE) AS ordered \
             WHERE {table}.id = ordered.first RETURNING id, version, {also}"
        )
    } else {
        format!(
            "UPDATE {table} SET version = version + 1 WHERE id IN ({marks}) RETURNING id, version, {also}"
        )
    };
    let expected = ids.len();
    let rows = tx.query_all_raw(statement(tx, &sql, ids.into_iter().map(Into::into))).await?;
    Ok((rows.len() == expected).then_some(rows))
}

/// The catalogue's version.
///
/// # Errors
/// The database fails.
pub async fn catalogue_version(connection: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let row = connection
        .query_one_raw(statement(connection, "SELECT version FROM catalogue WHERE id = 1", []))
        .await?
        .ok_or(StoreError::NotFound("catalogue"))?;
    Ok(row.try_get_by_index(0)?)
}

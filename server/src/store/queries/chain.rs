//! Writing a change to a line's chain: one statement, so that the schema judges the whole of it at once.

use domain::{chain::Writes, changeover::Relation, occupancy::Occupancy};
use sea_orm::{ConnectionTrait, Value};

use crate::store::{StoreError, Tx, occupancy_row::kind_name, statement};

/// What follows the rows: of a row that stands, only the links change, what a closure carries, and whether it is live.
/// A released row is never revived, whatever a stale writer sends.
const ON_CONFLICT: &str = " ON CONFLICT (id) DO UPDATE SET live = excluded.live, touched = excluded.touched, \
    prev_end = excluded.prev_end, prev_leaves = excluded.prev_leaves, prev_product = excluded.prev_product, \
    version = excluded.version, same_product = excluded.same_product, setup = excluded.setup, \
    leaves = CASE WHEN occupancy.transparent = 1 THEN excluded.leaves ELSE occupancy.leaves END, \
    product = CASE WHEN occupancy.transparent = 1 THEN excluded.product ELSE occupancy.product END \
    WHERE occupancy.live IS NOT NULL";

const INSERT: &str = "INSERT INTO occupancy (id, line, live, transparent, kind, starts_at, ends_at, needs, leaves, \
    product, batches, expires_at, touched, prev_end, prev_leaves, prev_product, version, same_product, setup, matrix) \
    VALUES ";

const ROW: &str =
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT matrix FROM line WHERE id = ?))";
const VALUES: usize = 20;
/// SQLite takes 32,766 values in a statement, PostgreSQL twice as many.
const MOST_ROWS: usize = 32_766 / VALUES;

/// Writes `writes`, all of one line, as that line's commit number `version`: released rows first, then those whose link
/// changed, then new ones. The steps of released rows must have left them before.
///
/// # Errors
/// [`StoreError::Conflict`] if the guard refuses, which after the kernel's yes is a bug and logged as an alarm.
/// [`StoreError::Internal`] if a row was released meanwhile, or the change has more than 1,638 rows.
pub async fn write_chain(tx: &Tx<'_>, writes: &Writes, version: i64) -> Result<(), StoreError> {
    let released = writes.released.iter().map(|row| (row, false));
    let live = writes.relinked.iter().chain(&writes.added).map(|row| (row, true));
    let rows: Vec<_> = released.chain(live).collect();
    let Some((first, _)) = rows.first() else { return Ok(()) };
    if rows.len() > MOST_ROWS {
        return Err(StoreError::Internal(format!("a change of {} rows is too large", rows.len())));
    }
    let mut sql = String::with_capacity(INSERT.len() + ON_CONFLICT.len() + rows.len() * (ROW.len() + 2));
    sql.push_str(INSERT);
    let mut values = Vec::with_capacity(rows.len() * VALUES);
    for (n, (row, live)) in rows.iter().enumerate() {
        sql.push_str(if n == 0 { "" } else { ", " });
        sql.push_str(ROW);
        values.extend(row_values(row, *live, version));
    }
    sql.push_str(ON_CONFLICT);
    let written = tx
        .execute_raw(statement(tx, &sql, values))
        .await
        .map_err(|error| alarm(error.into(), format_args!("line {}", first.line)))?
        .rows_affected();
    if usize::try_from(written).is_ok_and(|written| written == rows.len()) {
        Ok(())
    } else {
        let missing = format!("{written} of {} rows of line {} were written", rows.len(), first.line);
        tracing::error!(alarm = true, missing, "a row that the kernel saw live was released");
        Err(StoreError::Internal(missing))
    }
}

/// A violation after the kernel said yes is a bug, not the user's error.
pub(super) fn alarm(error: StoreError, what: impl std::fmt::Display) -> StoreError {
    if let StoreError::Conflict { constraint } = &error {
        tracing::error!(alarm = true, %what, constraint, "the guard refused what the kernel allowed");
    }
    error
}

fn row_values(row: &Occupancy, live: bool, touched: i64) -> [Value; VALUES] {
    let link = row.link;
    let class = |class: domain::ClassId| i64::from(class.0);
    [
        row.id.0.into(),
        row.line.0.into(),
        live.then_some(row.line.0).into(),
        i64::from(row.kind.is_transparent()).into(),
        kind_name(row.kind).into(),
        row.interval.start.into(),
        row.interval.end.into(),
        row.needs.map(class).into(),
        class(row.leaves).into(),
        row.product.0.into(),
        i64::from(row.batches).into(),
        row.expires_at.into(),
        touched.into(),
        link.map(|link| link.prev_end).into(),
        link.map(|link| class(link.prev_leaves)).into(),
        link.map(|link| link.prev_product.0).into(),
        link.map(|link| i64::from(link.version)).into(),
        link.map(|link| i64::from(link.relation == Relation::Same)).into(),
        link.map(|link| link.setup).into(),
        row.line.0.into(),
    ]
}

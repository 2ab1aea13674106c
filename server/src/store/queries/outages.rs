//! When lines are down.

use std::collections::BTreeMap;

use domain::{Interval, LineId, Minute};
use sea_orm::{ConnectionTrait, Value};

use super::marks;
use crate::store::{StoreError, statement};

/// The outages of `lines` that end after `edge`, half-open, ascending by start; lines without any are left out.
///
/// # Errors
/// The database fails.
pub async fn outages(
    connection: &impl ConnectionTrait,
    lines: &[LineId],
    edge: Minute,
) -> Result<BTreeMap<LineId, Vec<Interval>>, StoreError> {
    let mut found: BTreeMap<LineId, Vec<Interval>> = BTreeMap::new();
    if lines.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "SELECT line, starts_at, ends_at FROM outage WHERE line IN ({}) AND ends_at > ? AND starts_at < ends_at \
         ORDER BY starts_at, id",
        marks(lines.len())
    );
    let values = lines.iter().map(|line| Value::from(line.0)).chain([edge.into()]);
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let interval = Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? };
        found.entry(LineId(row.try_get("", "line")?)).or_default().push(interval);
    }
    Ok(found)
}

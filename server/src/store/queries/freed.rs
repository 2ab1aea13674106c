//! Word of what becomes free.

use domain::{Interval, LineId};
use uuid::Uuid;

use crate::store::Tx;

/// Leaves word that `stretch` of a line is free, half-open in UTC minutes, for those who wait: in the same commit, so
/// that nobody is overlooked.
pub fn leave_word(tx: &Tx<'_>, line: LineId, stretch: Interval) {
    let sql = "INSERT INTO freed (id, line, starts_at, ends_at) VALUES (?, ?, ?, ?)";
    let values = [Uuid::now_v7().into(), line.0.into(), stretch.start.into(), stretch.end.into()];
    tx.insert_later(sql, values);
}

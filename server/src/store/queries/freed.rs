//! Word of what becomes free, for those who wait: in the same commit, so that nobody is overlooked.

use domain::{Interval, LineId, PoolId};
use uuid::Uuid;

use crate::store::Tx;

/// Leaves word that `stretch` of a line is free, half-open in UTC minutes.
pub fn leave_word(tx: &Tx<'_>, line: LineId, stretch: Interval) {
    leave(tx, line, None, stretch);
}

/// Leaves word that shares of a pool are free, given back by what stood on `line`: its platform's other lines may have
/// lacked them.
pub fn leave_word_of_shares(tx: &Tx<'_>, line: LineId, pool: PoolId, stretch: Interval) {
    leave(tx, line, Some(pool.0), stretch);
}

fn leave(tx: &Tx<'_>, line: LineId, pool: Option<Uuid>, stretch: Interval) {
    let sql = "INSERT INTO freed (id, line, pool, starts_at, ends_at) VALUES (?, ?, ?, ?, ?)";
    let values =
        [Uuid::now_v7().into(), line.0.into(), pool.into(), stretch.start.into(), stretch.end.into()];
    tx.insert_later(sql, values);
}

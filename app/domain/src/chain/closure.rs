//! What a closure would hit.

use crate::{Interval, Second, refusal::Refusal, snapshot::LineState};

/// A [`Refusal::Occupied`] for every row that a closure over `interval` would hit, in their order; expired holds
/// don't count. A closure is possible only over none, and then [`super::relink`] still wants the changeover of the row
/// behind it to fit after its end.
#[must_use]
pub fn hits(line: &LineState, interval: Interval, now: Second) -> Vec<Refusal> {
    line.overlapping(interval)
        .iter()
        .filter(|row| !row.is_expired(now))
        .map(|row| Refusal::Occupied { line: line.line.id, by: row.id, interval: row.interval })
        .collect()
}

//! What a closure would hit.

use crate::{
    OccupancyId, Second,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};

use super::{Change, relink};

/// A row that a closure would hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub row: Occupancy,
    /// What keeps it from following the closure; `None`: they overlap.
    pub why: Option<Refusal>,
}

/// The rows that `closure` would hit, in their order: those that it overlaps, and those that couldn't be prepared for
/// any more after it, be it only because an overlapped one goes. Expired holds don't count. It can be made over none.
///
/// # Errors
/// Why it can't be made whoever goes: a campaign cap, or the calendar's end.
pub fn hits(line: &LineState, closure: &Occupancy, now: Second) -> Result<Vec<Hit>, Refusal> {
    debug_assert_eq!(closure.kind, Kind::Closure);
    let overlapped = line.overlapping(closure.interval);
    let mut change = Change { add: vec![*closure], ..Change::default() };
    change.release.extend(overlapped.iter().map(|row| row.id));
    let live = overlapped.iter().filter(|row| !row.is_expired(now));
    let mut hits: Vec<Hit> = live.map(|row| Hit { row: *row, why: None }).collect();
    loop {
        let fresh = &mut || OccupancyId(uuid::Uuid::nil());
        let Err(why) = relink(line, &change, fresh) else { break };
        let row = neighbour(&why).filter(|row| !change.release.contains(row));
        let Some(row) = row.and_then(|row| line.row(row)) else { return Err(why) };
        change.release.push(row.id);
        if !row.is_expired(now) {
            hits.push(Hit { row: *row, why: Some(why) });
        }
    }
    hits.sort_unstable_by_key(|hit| hit.row.interval.start);
    Ok(hits)
}

/// Who is on a line behind a place where nothing more fits.
const fn neighbour(why: &Refusal) -> Option<OccupancyId> {
    match why {
        Refusal::Occupied { by: neighbour, .. }
        | Refusal::ChangeoverForbidden { neighbour, .. }
        | Refusal::ChangeoverBefore { neighbour, .. }
        | Refusal::ChangeoverAfter { neighbour, .. }
        | Refusal::RecleanAfter { neighbour, .. } => Some(*neighbour),
        _ => None,
    }
}

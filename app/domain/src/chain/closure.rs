//! What a closure would hit.

use crate::{
    OccupancyId, Second,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};

use super::{Change, relink};

/// The rows that `closure` would hit, in their order: those that it overlaps, and those that couldn't be prepared for
/// any more after it, be it only because an overlapped one goes. Expired holds don't count. It can be made over none.
///
/// # Errors
/// Why it can't be made whoever goes: a campaign cap, or the calendar's end.
pub fn hits(line: &LineState, closure: &Occupancy, now: Second) -> Result<Vec<Occupancy>, Refusal> {
    debug_assert_eq!(closure.kind, Kind::Closure);
    let (expired, mut hits): (Vec<Occupancy>, Vec<Occupancy>) =
        line.overlapping(closure.interval).iter().partition(|row| row.is_expired(now));
    let mut change = Change { add: vec![*closure], ..Change::default() };
    change.release.extend(expired.iter().chain(&hits).map(|row| row.id));
    loop {
        let fresh = &mut || OccupancyId(uuid::Uuid::nil());
        let Err(why) = relink(line, &change, fresh) else { break };
        let row = neighbour(&why).filter(|row| !change.release.contains(row));
        let row = row.and_then(|row| line.row(row)).ok_or(why)?;
        change.release.push(row.id);
        if !row.is_expired(now) {
            hits.push(*row);
        }
    }
    hits.sort_unstable_by_key(|row| row.interval.start);
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

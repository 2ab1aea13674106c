//! Whether a proposal holds: what decides before it is shown, and again under the lock before it is committed.

use std::collections::BTreeMap;

use crate::{
    LineId, OccupancyId, Second,
    availability::{self, Offer, Placement},
    chain::{Change, relink},
    occupancy::Kind,
    refusal::Refusal,
    request::Request,
    snapshot::Snapshot,
};

use super::Movable;

/// Decides whether `request` may have `placement` once each of `moves` has gone to its new place: each campaign must be
/// granted where it is put, beside all the others, and what is written must leave no cleaning behind. Answers what the
/// request gets.
///
/// # Errors
/// The first refusal; [`Refusal::NeighboursUnfit`] if those of a booking that goes away don't fit each other.
pub fn verify(
    snapshot: &Snapshot,
    request: &Request,
    placement: &Placement,
    moves: &[(&Movable, &Placement)],
    now: Second,
) -> Result<Offer, Refusal> {
    verify_all(snapshot, request, placement, moves, now)?.into_iter().next().ok_or(Refusal::Stale)
}

/// The same. Answers what each gets: first the request, then the moves in their order.
///
/// # Errors
/// As [`verify`].
pub fn verify_all(
    snapshot: &Snapshot,
    request: &Request,
    placement: &Placement,
    moves: &[(&Movable, &Placement)],
    now: Second,
) -> Result<Vec<Offer>, Refusal> {
    let granted = granted(snapshot, Some((request, placement)), moves, now)?;
    leaves_nothing(snapshot, Some((request, placement)), moves, now)?;
    Ok(granted)
}

/// The same of moves alone, that nobody's request is behind. Answers what each gets, in their order. With `leaving` a
/// cleaning may be left where the neighbours of a booking that goes away don't fit each other, as a cancellation does:
/// what can't run where it stands must go, whatever stays behind.
///
/// # Errors
/// As [`verify`].
pub fn verify_moves(
    snapshot: &Snapshot,
    moves: &[(&Movable, &Placement)],
    leaving: bool,
    now: Second,
) -> Result<Vec<Offer>, Refusal> {
    let granted = granted(snapshot, None, moves, now)?;
    if !leaving {
        leaves_nothing(snapshot, None, moves, now)?;
    }
    Ok(granted)
}

type Wanted<'a> = Option<(&'a Request, &'a Placement)>;

fn units<'a>(
    wanted: Wanted<'a>,
    moves: &[(&'a Movable, &'a Placement)],
) -> Vec<(&'a Request, &'a Placement)> {
    wanted.into_iter().chain(moves.iter().map(|(movable, to)| (&movable.request, *to))).collect()
}

/// What each campaign gets where it is put, beside all the others.
fn granted(
    snapshot: &Snapshot,
    wanted: Wanted<'_>,
    moves: &[(&Movable, &Placement)],
    now: Second,
) -> Result<Vec<Offer>, Refusal> {
    let mut freed = snapshot.clone();
    moves.iter().for_each(|(movable, _)| freed.release(&movable.held));
    let units = units(wanted, moves);
    let mut granted = Vec::with_capacity(units.len());
    for (number, (asked, place)) in units.iter().enumerate() {
        let mut ground = freed.clone();
        for (_, (other, place)) in units.iter().enumerate().filter(|(other, _)| *other != number) {
            ground.put(other, place, now)?;
        }
        granted.push(availability::check(&ground, asked, place, now)?);
    }
    Ok(granted)
}

/// Works out the rows as they would be written.
fn leaves_nothing(
    snapshot: &Snapshot,
    wanted: Wanted<'_>,
    moves: &[(&Movable, &Placement)],
    now: Second,
) -> Result<(), Refusal> {
    let mut changes: BTreeMap<LineId, Change> = BTreeMap::new();
    // Of a row that is only worked out nobody asks for its id.
    let mut fresh = || OccupancyId(uuid::Uuid::nil());
    for (line, row) in moves.iter().flat_map(|(movable, _)| &movable.held.rows) {
        changes.entry(*line).or_default().release.push(*row);
    }
    for (request, placement) in units(wanted, moves) {
        for row in availability::rows(snapshot, request, placement, None, &mut fresh)? {
            changes.entry(row.line).or_default().add.push(row);
        }
    }
    for (line, mut change) in changes {
        let state = snapshot.lines.get(&line).ok_or(Refusal::NotCapable { line })?;
        let gone: Vec<_> = change.release.iter().filter_map(|id| state.row(*id)).copied().collect();
        change.release.extend(state.rows().iter().filter(|row| row.is_expired(now)).map(|row| row.id));
        change.release.sort_unstable();
        change.release.dedup();
        let writes = relink(state, &change, &mut fresh)?;
        let mut left = writes.added.iter().filter(|row| row.kind != Kind::Campaign);
        if left.any(|row| gone.iter().any(|gone| gone.interval == row.interval)) {
            return Err(Refusal::NeighboursUnfit { line });
        }
    }
    Ok(())
}

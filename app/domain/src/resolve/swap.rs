//! Tier 3, swaps: two firms' campaigns take each other's time, where both sides are feasible.
//!
//! The one who offers says when it would rather run. A partner's campaign stands there; it must be in the way, so that
//! the offered one fits only once it is gone, and it is to go about where the offered one was. Where there is room in
//! the time wanted, nobody is to be asked for any.

use crate::{
    Interval, Minutes, Second,
    availability::{self, Placement},
    request::Request,
    snapshot::Snapshot,
};

use super::repair::{Movable, shift, verify_moves};

/// The name of the cost and the order below, with its version.
pub const RULE: &str = "swap/1";

/// Places tried for either campaign, the nearest first.
const NEAREST: usize = 4;

/// The state without the offered campaign.
fn without(snapshot: &Snapshot, offered: &Movable) -> Snapshot {
    let mut alone = snapshot.clone();
    alone.release(&offered.held);
    alone
}

/// Whether `offered` fits into `wanted`, before or behind the time that it has, with nobody else moved.
#[must_use]
pub fn has_room(snapshot: &Snapshot, offered: &Movable, wanted: Interval, now: Second) -> bool {
    let Some(was) = offered.placement.span() else { return false };
    let alone = without(snapshot, offered);
    let sides = [(wanted.start, wanted.end.min(was.start)), (wanted.start.max(was.end), wanted.end)];
    sides.into_iter().filter_map(|(start, end)| Interval::new(start, end)).any(|window| {
        let request = Request { window, ..offered.request.clone() };
        availability::search(&alone, &request, now).is_ok_and(|found| !found.offers.is_empty())
    })
}

/// Two campaigns' places once they have swapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Which of the candidates.
    pub partner: usize,
    /// Where the offered campaign goes.
    pub own: Placement,
    /// Where the partner's goes.
    pub theirs: Placement,
    /// By how much the steps of both start sooner or later, in minutes, summed.
    pub shift: Minutes,
}

/// At most `most` swaps of `offered` into `wanted`, each with another of `candidates`, by ascending shift of the
/// partner's campaign. Each passes [`verify_moves`], which leaves no cleaning. None where it [`has_room`].
#[must_use]
pub fn swaps(
    snapshot: &Snapshot,
    offered: &Movable,
    wanted: Interval,
    candidates: &[Movable],
    now: Second,
    most: usize,
) -> Vec<Swap> {
    if has_room(snapshot, offered, wanted, now) {
        return Vec::new();
    }
    let alone = without(snapshot, offered);
    let mut found: Vec<Swap> = candidates
        .iter()
        .enumerate()
        .filter_map(|(number, partner)| {
            let (own, theirs) = swap((snapshot, &alone), offered, wanted, partner, now)?;
            let shift = shift(&offered.placement, &own) + shift(&partner.placement, &theirs);
            Some(Swap { partner: number, own, theirs, shift })
        })
        .collect();
    found.sort_by_key(|swap| (swap.shift, swap.partner));
    found.truncate(most);
    found
}

/// The two places, if both fit; `alone` is the state without the offered one.
fn swap(
    (snapshot, alone): (&Snapshot, &Snapshot),
    offered: &Movable,
    wanted: Interval,
    partner: &Movable,
    now: Second,
) -> Option<(Placement, Placement)> {
    let (was, theirs) = (offered.placement.span()?, partner.placement.span()?);
    if !theirs.overlaps(wanted) {
        return None;
    }
    let mut freed = alone.clone();
    freed.release(&partner.held);
    let own_way = Request { window: wanted, ..offered.request.clone() };
    // About where the offered one was: so far to either side as the partner's campaign is long.
    let length = theirs.minutes();
    let about = Interval { start: was.start - length, end: was.end + length };
    let their_way = Request { window: about, ..partner.request.clone() };
    // Only what takes the partner's time, and isn't to be had beside it, is a swap.
    let takes = |place: &Placement| {
        place.span().is_some_and(|span| span.overlaps(theirs))
            && availability::check(alone, &own_way, place, now).is_err()
    };
    let nearest = |ground: &Snapshot, request: &Request, to: Interval| -> Vec<Placement> {
        let begins = [request.window.start, to.start.max(request.window.start)];
        let windows = begins.into_iter().filter_map(|begin| Interval::new(begin, request.window.end));
        let mut places: Vec<Placement> = windows
            .filter_map(|window| {
                let found = availability::search(ground, &Request { window, ..request.clone() }, now).ok()?;
                Some(found.offers.iter().map(|offer| offer.placement).collect::<Vec<_>>())
            })
            .flatten()
            .collect();
        let away = |place: &Placement| place.span().map_or(i64::MAX, |span| (span.start - to.start).abs());
        places.sort_by_key(away);
        places.dedup();
        places
    };
    for own in nearest(&freed, &own_way, theirs).into_iter().filter(takes).take(NEAREST) {
        let mut ground = freed.clone();
        if ground.put(&offered.request, &own, now).is_err() {
            continue;
        }
        for place in nearest(&ground, &their_way, was).into_iter().take(NEAREST) {
            let (one, other) = (
                Movable { request: own_way.clone(), ..offered.clone() },
                Movable { request: their_way.clone(), ..partner.clone() },
            );
            if verify_moves(snapshot, &[(&one, &own), (&other, &place)], false, now).is_ok() {
                return Some((own, place));
            }
        }
    }
    None
}

//! Tier 2 for a campaign that can't stay where it is, since its line is down or the rules have changed: where all of it
//! could go instead.

use crate::{
    Minute, Minutes, Second,
    availability::{self, Offer},
    request::Request,
    snapshot::Snapshot,
};

use super::{
    alternatives::{Alternative, Kind, Wanted, alternatives},
    repair::Movable,
    setups::{Known, Setups},
};

/// The name of what follows, with its version, as the decision record gives it.
pub const RULE: &str = "rescue/3";

/// Where a campaign could go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub offer: Offer,
    /// In what it differs from where the campaign stands.
    pub kind: Kind,
    /// By how much the first start lies later (or, negative, sooner), in minutes.
    pub shift: Minutes,
    /// As [`Alternative::cost`].
    pub cost: Minutes,
}

/// At most `most` places for `stranded` inside its request's window, nearest first and different in kind. What it holds
/// counts as free; no place meets an outage, so that where it stands is none.
#[must_use]
pub fn ways(snapshot: &Snapshot, stranded: &Movable, now: Second, most: usize) -> Vec<Way> {
    let mut freed = snapshot.clone();
    freed.release(&stranded.held);
    let from = &stranded.placement;
    let wanted = Wanted { route: from.route, steps: from.starts() };
    near(&freed, &stranded.request, &wanted, now, most).into_iter().map(way).collect()
}

/// Alternatives to `wanted` in the request's window, by ascending cost: among the earliest places of all free
/// stretches, those nearest to `wanted` on either side, and the first ones behind each outage of its lines. Since their
/// owner is given or asked for the first of them, set-up is reckoned as the owner may know it, whoever looks on.
pub(super) fn near(
    snapshot: &Snapshot,
    request: &Request,
    wanted: &Wanted,
    now: Second,
    most: usize,
) -> Vec<Alternative> {
    let known = Known::default();
    let mut setups = Setups::new(snapshot, request, &known, now);
    alternatives(&mut setups, candidates(snapshot, request, wanted, now), wanted, most)
}

/// All places of which [`near`] gives a few.
pub(super) fn candidates(snapshot: &Snapshot, request: &Request, wanted: &Wanted, now: Second) -> Vec<Offer> {
    let Ok(found) = availability::search(snapshot, request, now) else { return Vec::new() };
    let lines = wanted.steps.iter().filter_map(|(line, _)| snapshot.lines.get(line));
    let mut up: Vec<Minute> = lines.flat_map(|line| line.outages()).map(|outage| outage.end).collect();
    up.sort_unstable();
    up.dedup();
    let around = |at| availability::around(snapshot, request, at, now);
    let begins = |offer: &Offer| offer.placement.span().map_or(Minute::MIN, |span| span.start);
    let behind = up.into_iter().flat_map(|up| {
        let found: Vec<Offer> = around(up).iter().filter(|offer| begins(offer) >= up).collect();
        found
    });
    let near = around(wanted.start());
    found.offers.iter().chain(near.iter()).chain(behind).collect()
}

pub(super) fn way(found: Alternative) -> Way {
    Way { offer: found.offer, kind: found.kind, shift: found.shift, cost: found.cost }
}

//! Tier 2 for a campaign that can't stay where it is, since its line is down or the rules have changed: where all of it
//! could go instead.

use crate::{
    Interval, Minute, Minutes, Second,
    availability::{self, Offer},
    request::Request,
    snapshot::Snapshot,
};

use super::{
    alternatives::{Alternative, Kind, Wanted, alternatives},
    repair::Movable,
};

/// The name of what follows, with its version, as the decision record gives it.
pub const RULE: &str = "rescue/1";

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
    let was = from.span().map_or(stranded.request.window.start, |span| span.start);
    near(&freed, &stranded.request, (&wanted, was), now, most).into_iter().map(way).collect()
}

/// Alternatives to `wanted` in the request's window, by ascending cost. Of each free stretch a search offers the earliest
/// place: it is asked from the window's start, from `was`, where the campaign was, and from each end of an outage.
pub(super) fn near(
    snapshot: &Snapshot,
    request: &Request,
    (wanted, was): (&Wanted, Minute),
    now: Second,
    most: usize,
) -> Vec<Alternative> {
    let window = request.window;
    let lines = wanted.steps.iter().filter_map(|(line, _)| snapshot.lines.get(line));
    let up = lines.flat_map(|line| line.outages()).map(|outage| outage.end);
    let mut begins: Vec<Minute> = up.chain([window.start, was]).filter(|at| *at >= window.start).collect();
    begins.sort_unstable();
    begins.dedup();
    let mut all: Vec<Alternative> = Vec::new();
    for window in begins.into_iter().filter_map(|begin| Interval::new(begin, window.end)) {
        let asked = Request { window, ..request.clone() };
        let Ok(found) = availability::search(snapshot, &asked, now) else { continue };
        all.extend(alternatives(snapshot, &found.offers, wanted, most));
    }
    all.sort_by_key(|one| one.cost);
    let mut few: Vec<Alternative> = Vec::new();
    for one in all {
        if few.iter().all(|known| known.offer.placement != one.offer.placement) {
            few.push(one);
        }
    }
    // The best of every kind first, then the next best of any.
    let first_of_kind = |at: usize| few[..at].iter().all(|known| known.kind != few[at].kind);
    let (firsts, rest): (Vec<usize>, Vec<usize>) = (0..few.len()).partition(|at| first_of_kind(*at));
    let mut chosen: Vec<usize> = firsts.into_iter().chain(rest).take(most).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| few[at].clone()).collect()
}

fn way(found: Alternative) -> Way {
    Way { offer: found.offer, kind: found.kind, shift: found.shift, cost: found.cost }
}

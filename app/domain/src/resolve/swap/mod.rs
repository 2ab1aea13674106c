//! Tier 3, swaps: two firms' campaigns take each other's time, where both sides are feasible.
//!
//! The one who offers says when it would rather run. A partner's campaign stands there; it must be in the way, so that
//! the offered one fits only once it is gone, and it is to go about where the offered one was. Where there is room in
//! the time wanted, nobody is to be asked for any.

mod pair;

use std::cell::Cell;

use crate::{
    Interval, Minutes, Second,
    availability::{self, Placement},
    request::Request,
    snapshot::Snapshot,
};

use super::repair::{Movable, shift};
use pair::Pair;

/// The name of the cost and the order below, with its version.
pub const RULE: &str = "swap/2";

/// Where the nearest places lead nowhere, so many are tried: those of whichever goes first, and behind each of them
/// those of the other; of all partners together.
const TRIES: usize = 50_000;

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

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swaps {
    /// By ascending shift, each with another partner.
    pub all: Vec<Swap>,
    /// Whether none means that there is none: every place of both was tried with every partner. Of campaigns of several
    /// steps that isn't so, nor where there are too many places.
    pub is_whole: bool,
}

/// At most `most` swaps of `offered` into `wanted`, each with another of `candidates`, by ascending shift of both. Each
/// passes [`verify_moves`](super::repair::verify_moves), which leaves no cleaning. None where it [`has_room`].
#[must_use]
pub fn swaps(
    snapshot: &Snapshot,
    offered: &Movable,
    wanted: Interval,
    candidates: &[Movable],
    now: Second,
    most: usize,
) -> Swaps {
    if has_room(snapshot, offered, wanted, now) {
        return Swaps { all: Vec::new(), is_whole: true };
    }
    let swap = |partner: usize, [own, theirs]: [Placement; 2]| {
        let shift = shift(&offered.placement, &own) + shift(&candidates[partner].placement, &theirs);
        Swap { partner, own, theirs, shift }
    };
    let pair = |(number, partner)| Some((number, Pair::new(snapshot, [offered, partner], wanted, now)?));
    let pairs: Vec<(usize, Pair<'_>)> = candidates.iter().enumerate().filter_map(pair).collect();
    let near = |(number, pair): &(usize, Pair<'_>)| Some(swap(*number, pair.near()?));
    let mut all: Vec<Swap> = pairs.iter().filter_map(near).collect();
    let (mut is_whole, tries) = (true, Cell::new(TRIES));
    if all.is_empty() {
        for (number, pair) in &pairs {
            let (found, tried_all) = pair.any(&tries);
            all.extend(found.map(|places| swap(*number, places)));
            is_whole &= tried_all;
        }
    }
    all.sort_by_key(|swap| (swap.shift, swap.partner));
    all.truncate(most);
    Swaps { all, is_whole }
}

//! Tier 2: where nothing fits, the fewest moves of other bookings that let the request in.
//!
//! A booking may be moved *by rule*, inside the window that its owner agreed to, or only with its owner's consent. Sets
//! of bookings are tried in the order of the cost: each is taken away, the request and then the bookings are placed
//! with the kernel's own search, in every order, and what comes out is checked again as a whole. The first sets that
//! work are the answer; only the booking protocol commits one, after it has decided again.
//!
//! Bookings are moved to make room. One that could be put between two others to soften the changeover between them is
//! not moved for that.

mod near;
mod openings;
mod orders;
mod place;
mod sets;
mod verify;

use serde::{Deserialize, Serialize};

use crate::{
    BookingId, Minutes, Second,
    availability::{self, Offer, Placement},
    refusal::Refusal,
    request::Request,
    snapshot::Snapshot,
    supposed::Held,
};

pub(super) use near::cropped;
pub use verify::{verify, verify_all, verify_moves};

/// The name of the cost below and of the way in which sets are tried, with its version.
pub const RULE: &str = "repair/2";

/// A booking that may be moved. Whoever is running or unwilling isn't given at all; one that may be moved in two ways,
/// by rule and further with consent, is given twice, and moved in one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movable {
    pub booking: BookingId,
    /// Its campaign; every step stays inside its window, and on its platform.
    pub request: Request,
    /// Where it is.
    pub placement: Placement,
    pub held: Held,
    /// Whether its owner must say yes first; else it moves by the rule that its owner agreed to.
    pub needs_consent: bool,
}

/// How far to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Most bookings moved at once.
    pub moves: usize,
    /// Most of them whose owner must agree first.
    pub consents: usize,
    /// Most bookings looked at, each way of moving one by itself, the nearest ones first.
    pub near: usize,
    /// Where the starts of all that is to be placed can be combined in up to so many ways, all of them are tried, not
    /// only the earliest of each free stretch.
    pub thorough: u64,
    /// Most searches of the kernel in all.
    pub searches: u32,
    /// Places tried for each of those to be placed.
    pub places: usize,
    /// Most proposals given.
    pub proposals: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { moves: 3, consents: 3, near: 64, thorough: 1_000, searches: 5_000, places: 4, proposals: 3 }
    }
}

/// A booking's move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub booking: BookingId,
    pub from: Placement,
    pub to: Placement,
    pub needs_consent: bool,
}

/// The stated cost of a proposal, lexicographic: to ask as few as possible comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cost {
    /// Moves that need their owner's consent.
    pub consents: u32,
    /// Moves in all.
    pub moves: u32,
    /// By how much the moved steps start sooner or later, in minutes, summed.
    pub shift: Minutes,
    /// What the request's own place costs.
    pub own: availability::Cost,
}

/// A place for the request, and what must move for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The place, as decided once all moves are made.
    pub offer: Offer,
    pub moves: Vec<Move>,
    pub cost: Cost,
}

/// How much was looked at: whether no proposal means that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "extent")]
pub enum Extent {
    /// Every set that lets the request in, and every start of all that was to be placed, each of one step. Where no set
    /// lets it in there is nothing to be placed.
    Whole,
    /// Every set; of each free stretch the earliest places and those nearest to where a booking was. So it is wherever
    /// a campaign of several steps is to be placed, of which not all starts are combined.
    Sets,
    /// More bookings are near than were looked at; `near` counts those that were found before giving up.
    Neighbourhood { near: u32, looked_at: u32 },
    /// The number of searches ran out.
    Searches,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repairs {
    /// By ascending cost; of one set of moved bookings, the best. All ask for as few consents and then moves as is
    /// possible, but for the last where fewer moves would do if more owners agreed: that is then the best of those.
    pub proposals: Vec<Proposal>,
    pub extent: Extent,
    /// How many sets of bookings it was tried to arrange with the request.
    pub tried: u32,
    /// How many searches of the kernel all of it took; of what fits as it is they aren't counted.
    pub searches: u32,
}

/// Finds the fewest moves of `movables` that let `request` into its window, by [`Cost`].
///
/// What fits as it is needs no move. Every proposal passes [`verify`]: each campaign is granted by
/// [`availability::check`] where it is put, and the rows can be written without leaving a cleaning.
///
/// # Errors
/// What makes the request itself impossible, as [`availability::search`].
pub fn repair(
    snapshot: &Snapshot,
    request: &Request,
    movables: &[Movable],
    now: Second,
    limits: Limits,
) -> Result<Repairs, Refusal> {
    let fitting = availability::search(snapshot, request, now)?.offers;
    if !fitting.is_empty() {
        return Ok(unmoved(fitting.iter().take(limits.proposals).map(as_it_is).collect()));
    }
    Ok(with_moves(snapshot, (request, None), movables, now, limits))
}

/// The same for just this `place`, which lies in the request's window: its route, every line and every start. What
/// [`repair`] proposes there is proposed here too.
///
/// # Errors
/// As [`repair`]; [`Refusal::Stale`] for a place outside the window.
pub fn repair_at(
    snapshot: &Snapshot,
    request: &Request,
    place: &Placement,
    movables: &[Movable],
    now: Second,
    limits: Limits,
) -> Result<Repairs, Refusal> {
    let window = place.span().filter(|span| request.window.holds(*span)).ok_or(Refusal::Stale)?;
    let asked = Request { window, ..request.clone() };
    if let Ok(offer) = availability::check(snapshot, &asked, place, now) {
        return Ok(unmoved(vec![as_it_is(offer)]));
    }
    // What makes the campaign itself impossible, wherever it is put.
    availability::search(snapshot, &asked, now)?;
    let found = with_moves(snapshot, (&asked, Some(place)), movables, now, limits);
    if !found.proposals.is_empty() {
        return Ok(found);
    }
    // What lets it in here may be one that is put beside it: that is found where less lets it in elsewhere.
    let mut elsewhere = repair(snapshot, request, movables, now, limits)?;
    elsewhere.proposals.retain(|one| one.offer.placement == *place);
    let (tried, searches) = (found.tried + elsewhere.tried, found.searches + elsewhere.searches);
    Ok(Repairs { proposals: elsewhere.proposals, extent: found.extent, tried, searches })
}

/// Places for which nobody has to move.
const fn unmoved(proposals: Vec<Proposal>) -> Repairs {
    Repairs { proposals, extent: Extent::Whole, tried: 0, searches: 0 }
}

/// What fits with nobody moved.
const fn as_it_is(offer: Offer) -> Proposal {
    let cost = Cost { consents: 0, moves: 0, shift: 0, own: offer.cost };
    Proposal { offer, moves: Vec::new(), cost }
}

/// What fits nowhere as it is, or not at the `place` that is wanted.
fn with_moves(
    snapshot: &Snapshot,
    (request, place): (&Request, Option<&Placement>),
    movables: &[Movable],
    now: Second,
    limits: Limits,
) -> Repairs {
    let at = |all: &Snapshot| place.map(|place| openings::only(all, place));
    let narrow = at(snapshot);
    let reach = near::Reach::of(narrow.as_ref().unwrap_or(snapshot), request, now);
    let near = near::neighbourhood(snapshot, reach, movables, now, (limits.moves, limits.near));
    let total = near.len();
    let chosen: Vec<&Movable> = near.into_iter().take(limits.near).collect();
    let ground = cropped(snapshot, request, &chosen, now);
    let narrow = at(&ground);
    let grounds = [&ground, narrow.as_ref().unwrap_or(&ground)];
    let mut search = sets::Search::new(snapshot, grounds, (request, place), &chosen, now, limits);
    let proposals = least(search.run(), limits.proposals);
    let extent = if search.is_cut_short() {
        Extent::Searches
    } else if total > chosen.len() {
        let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Extent::Neighbourhood { near: count(total), looked_at: count(chosen.len()) }
    } else if search.is_thorough() {
        Extent::Whole
    } else {
        Extent::Sets
    };
    let (tried, searches) = search.effort();
    Repairs { proposals, extent, tried, searches }
}

/// At most `most` of them, by ascending cost: those with as few consents and then moves as any has, and last the best
/// of those with the fewest moves, if that are fewer.
#[must_use]
pub fn least(mut proposals: Vec<Proposal>, most: usize) -> Vec<Proposal> {
    proposals.sort_by_key(|proposal| proposal.cost);
    let Some(first) = proposals.first().map(|best| best.cost) else { return proposals };
    let fewer = proposals.iter().filter(|one| most > 1 && one.cost.moves < first.moves);
    let fewer = fewer.min_by_key(|one| (one.cost.moves, one.cost)).cloned();
    proposals.retain(|one| (one.cost.consents, one.cost.moves) == (first.consents, first.moves));
    proposals.truncate(most - usize::from(fewer.is_some()));
    proposals.extend(fewer);
    proposals
}

/// By how much the steps of a booking start sooner or later, in minutes, summed.
#[must_use]
pub fn shift(from: &Placement, to: &Placement) -> Minutes {
    let steps = from.steps.iter().zip(&to.steps);
    steps.map(|(from, to)| (to.interval.start - from.interval.start).abs()).sum()
}

/// The routes on which a campaign may run.
pub(super) fn routes<'a>(
    snapshot: &'a Snapshot,
    request: &Request,
) -> impl Iterator<Item = &'a std::sync::Arc<crate::route::Route>> {
    let (offering, platform) = (request.offering.clone(), request.platform);
    let fits = move |route: &&std::sync::Arc<crate::route::Route>| {
        route.offering == offering && platform.is_none_or(|only| only == route.platform)
    };
    snapshot.routes.iter().filter(fits)
}

/// Whether all routes of a campaign have one step, so that its first start says where all of it is.
pub(super) fn has_one_step(snapshot: &Snapshot, request: &Request) -> bool {
    routes(snapshot, request).all(|route| route.steps.len() == 1)
}

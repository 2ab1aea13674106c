//! Tier 1, a split of batches: one campaign run as two, where it has no good place in one piece.

use crate::{
    Minutes, RouteId, Second,
    availability::{Offer, SameFinish, search_within},
    calendar::DAY,
    request::Request,
    snapshot::Snapshot,
    use_or_lose::Curbs,
};

use super::{
    alternatives::{
        ANOTHER_PLATFORM, Alternative, PERCENT_DEARER, Wanted, compare, percent_dearer, platform_of, weigh,
    },
    setups::{Known, Setups},
};

/// The name of the cost below, with its version.
pub const RULE: &str = "split/2";

/// What running twice costs, in minutes of shift: two line clearances, two deliveries, two sets of records. That a line
/// is set up twice comes on top.
pub const SPLIT: Minutes = 2 * DAY;

/// Places tried for the larger part, the cheapest first; each takes one search for the smaller part.
const FIRSTS: usize = 2;
/// Most chains that one search tries.
const ATTEMPTS: u32 = 2_000;
/// Most starts tried for a lower price with the same finish, for the places of one part.
const STARTS: u32 = 1_000;

/// One of the two campaigns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub batches: u32,
    pub offer: Offer,
}

/// Two campaigns that fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The larger one first. The second fits once the first stands: they are to be taken in this order.
    pub parts: [Part; 2],
    /// Of both, in fen.
    pub price_fen: i64,
    /// In minutes of shift, comparable with [`Alternative::cost`]: [`SPLIT`], what each part costs beside the place
    /// that was wanted, [`PERCENT_DEARER`] for each whole percent by which both together exceed the cheapest unsplit
    /// alternative, and [`HOUR_OF_CHANGEOVER`](super::alternatives::HOUR_OF_CHANGEOVER) for each hour by which the
    /// set-ups before both exceed that of the unsplit alternative with the least. Where no place was wanted: [`SPLIT`],
    /// the minutes from the window's start to each part's end, [`ANOTHER_PLATFORM`] for parts on two platforms, and the
    /// set-ups before both. How long these are is as whoever asks may know it, see [`Setups`].
    pub cost: Minutes,
}

/// The cheapest split of `request` that costs less than every one of `unsplit`, which are the alternatives to `wanted`
/// in one piece. Tried are halves, and one batch apart from the others; never more than two campaigns. `None` also of a
/// single batch, and of a request that nothing could take. `known` is what whoever asks may know.
#[must_use]
pub fn split(
    snapshot: &Snapshot,
    request: &Request,
    known: &Known,
    wanted: Option<&Wanted>,
    unsplit: &[Alternative],
    now: Second,
) -> Option<Split> {
    let mut setups = Setups::new(snapshot, request, known, now);
    let search = Search {
        snapshot,
        request,
        known,
        wanted,
        cheapest: unsplit.iter().map(|one| one.offer.price_fen).min().unwrap_or(0),
        least: unsplit.iter().map(|one| setups.before(&one.offer.placement)).min().unwrap_or(0),
        now,
    };
    let mut bar = unsplit.iter().map(|one| one.cost).min().unwrap_or(Minutes::MAX);
    let mut best = None;
    for larger in sizes(request.batches) {
        for split in search.of_size(larger, bar) {
            if split.cost < bar {
                bar = split.cost;
                best = Some(split);
            }
        }
    }
    best
}

/// How many batches the larger part may have.
fn sizes(batches: u32) -> impl Iterator<Item = u32> {
    let half = batches.div_ceil(2);
    let most = batches.saturating_sub(1);
    let halves = (batches >= 2).then_some(half);
    halves.into_iter().chain((most > half).then_some(most))
}

struct Search<'a> {
    snapshot: &'a Snapshot,
    request: &'a Request,
    known: &'a Known,
    wanted: Option<&'a Wanted>,
    /// Price of the cheapest unsplit alternative, in fen; 0: there is none.
    cheapest: i64,
    /// Set-up before the unsplit alternative with the least, in minutes; 0: there is none.
    least: Minutes,
    now: Second,
}

/// Where a part fits.
struct Place {
    /// In minutes of shift, without its set-up.
    cost: Minutes,
    /// Minutes of set-up before it.
    set_up: Minutes,
    offer: Offer,
}

impl Search<'_> {
    /// Splits with a larger part of so many batches, none that must cost `bar` or more.
    fn of_size(&self, larger: u32, bar: Minutes) -> Vec<Split> {
        // What no second part could make cheap enough needs no search.
        let hopeless = |cost: Minutes| SPLIT.saturating_add(cost) >= bar;
        if hopeless(0) {
            return Vec::new();
        }
        let (first, second) = (self.part(larger), self.part(self.request.batches - larger));
        let mut found = Vec::new();
        for Place { cost, set_up, offer } in self.places(self.snapshot, &first).into_iter().take(FIRSTS) {
            if hopeless(cost.saturating_add(self.extra(set_up))) {
                continue;
            }
            let mut supposed = self.snapshot.clone();
            if supposed.put(&first, &offer.placement, self.now).is_err() {
                continue;
            }
            let rest = self.places(&supposed, &second);
            let others = rest.into_iter().map(|other| {
                let apart = self.apart(offer.placement.route, other.offer.placement.route);
                let changeover = self.extra(set_up.saturating_add(other.set_up));
                let both = cost.saturating_add(other.cost).saturating_add(apart);
                (both.saturating_add(changeover), other.offer)
            });
            let Some((cost, rest)) = others.min_by_key(|(cost, rest)| (*cost, rest.cost)) else { continue };
            let price_fen = offer.price_fen.saturating_add(rest.price_fen);
            let dearer = percent_dearer(price_fen, self.cheapest).max(0).saturating_mul(PERCENT_DEARER);
            found.push(Split {
                parts: [
                    Part { batches: first.batches, offer },
                    Part { batches: second.batches, offer: rest },
                ],
                price_fen,
                cost: SPLIT.saturating_add(cost).saturating_add(dearer),
            });
        }
        found
    }

    /// While none has a name, both parts are of the kernel's one product without a name: what is alike counts as alike,
    /// and the campaign cap counts both.
    fn part(&self, batches: u32) -> Request {
        Request { batches, ..self.request.clone() }
    }

    /// Where a part fits, by ascending cost with set-up; the first of them for as little as their finish allows.
    fn places(&self, snapshot: &Snapshot, part: &Request) -> Vec<Place> {
        let Ok(found) = search_within(snapshot, part, self.now, ATTEMPTS) else { return Vec::new() };
        let mut setups = Setups::new(snapshot, part, self.known, self.now);
        let mut costed = |offer: Offer| {
            let set_up = setups.before(&offer.placement);
            match self.wanted {
                Some(wanted) => {
                    let beside = compare(snapshot, platform_of(snapshot, wanted.route), wanted, offer);
                    Place { cost: beside.cost, set_up, offer: beside.offer }
                }
                None => Place { cost: offer.cost.finish, set_up, offer },
            }
        };
        let mut places: Vec<Place> = found.offers.iter().map(&mut costed).collect();
        let order = |place: &Place| (place.cost.saturating_add(weigh(place.set_up)), place.offer.cost);
        places.sort_by_key(order);
        let curbs = Curbs::new();
        let mut same_finish = SameFinish::new(snapshot, part, &curbs, self.now, STARTS);
        for place in places.iter_mut().take(FIRSTS) {
            if let Some(cheaper) = same_finish.cheaper(&place.offer) {
                *place = costed(cheaper);
            }
        }
        places.sort_by_key(order);
        places
    }

    /// What so many minutes of set-up cost that are needed for the parts so far.
    fn extra(&self, set_up: Minutes) -> Minutes {
        weigh(set_up.saturating_sub(self.least).max(0))
    }

    /// What two platforms cost where none was wanted; else each part's own cost says it.
    fn apart(&self, one: RouteId, other: RouteId) -> Minutes {
        let platform = |route| platform_of(self.snapshot, route);
        if self.wanted.is_none() && platform(one) != platform(other) { ANOTHER_PLATFORM } else { 0 }
    }
}

//! The placements that a search found, ranked. There may be thousands, so each is kept as a few numbers and made into a
//! whole offer only when it is asked for.

use crate::{Interval, LineId, Minute, PoolId, RouteId, request::Request, route::Route, snapshot::Snapshot};

use super::{Cost, Offer, PlacedStep, Placement, SameFinish, fitting::Fitting, pools, spot::Spot};

/// Feasible placements by ascending cost; equal ones in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    routes: Vec<Ground>,
    /// The spots of all placements, one a step.
    spots: Vec<Spot>,
    ranked: Vec<Ranked>,
}

/// One placement: its route, and where its spots begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ranked {
    cost: Cost,
    route: u32,
    first: u32,
}

/// What the offers of one route have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ground {
    route: RouteId,
    /// For each step the lines that can take it, with their versions.
    lines: Vec<Vec<(LineId, i64)>>,
    pools: Vec<(PoolId, i64)>,
}

impl Ground {
    pub fn new(snapshot: &Snapshot, route: &Route, steps: &[Vec<Fitting<'_>>]) -> Self {
        let lines = |able: &Vec<Fitting<'_>>| {
            able.iter().map(|fitting| (fitting.state.line.id, fitting.state.version)).collect()
        };
        let pools = pools::pools_of(&route.steps)
            .filter_map(|id| snapshot.pools.get(&id).map(|pool| (id, pool.version)))
            .collect();
        Self { route: route.id, lines: steps.iter().map(lines).collect(), pools }
    }

    /// The offer of a chain of spots, one a step.
    pub fn offer(&self, spots: &[Spot], cost: Cost) -> Offer {
        let mut steps = Vec::with_capacity(spots.len());
        let mut versions: Vec<(LineId, i64)> = Vec::with_capacity(spots.len());
        for (lines, spot) in self.lines.iter().zip(spots) {
            let (line, version) = lines[spot.fitting];
            steps.push(PlacedStep { line, interval: Interval { start: spot.start, end: spot.end } });
            if versions.iter().all(|(known, _)| *known != line) {
                versions.push((line, version));
            }
        }
        let placement = Placement { route: self.route, steps };
        Offer { placement, price_fen: cost.price_fen, cost, versions, pools: self.pools.clone() }
    }
}

/// The cost of a chain of spots, one a step.
pub(super) fn cost(request: &Request, steps: &[Vec<Fitting<'_>>], spots: &[Spot]) -> Cost {
    let (mut price_fen, mut waiting) = (0_i64, 0);
    let mut last_end = None;
    for (fittings, spot) in steps.iter().zip(spots) {
        let interval = Interval { start: spot.start, end: spot.end };
        price_fen = price_fen.saturating_add(fittings[spot.fitting].price(interval));
        waiting += last_end.map_or(0, |end| spot.start - end);
        last_end = Some(spot.end);
    }
    let finish = last_end.unwrap_or(request.window.start) - request.window.start;
    Cost { finish, price_fen, waiting }
}

impl Offers {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ranked.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// The offer at this place of the ranking, counted from 0.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Offer> {
        let ranked = self.ranked.get(place)?;
        Some(self.ground(ranked).offer(self.spots(ranked), ranked.cost))
    }

    /// All of them, best first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Offer> {
        self.ranked.iter().map(|ranked| self.ground(ranked).offer(self.spots(ranked), ranked.cost))
    }

    /// The earliest first start of all.
    #[must_use]
    pub fn first_start(&self) -> Option<Minute> {
        self.ranked.iter().filter_map(|ranked| self.spots(ranked).first()).map(|spot| spot.start).min()
    }

    /// Leaves only those that `keeps` says yes to, in their order.
    pub fn retain(&mut self, mut keeps: impl FnMut(&Offer) -> bool) {
        let ranked = std::mem::take(&mut self.ranked);
        let kept = |one: &Ranked| keeps(&self.ground(one).offer(self.spots(one), one.cost));
        self.ranked = ranked.into_iter().filter(kept).collect();
    }

    /// Ranks those that `prefers` says yes to before the others, both in their order.
    pub fn put_first(&mut self, mut prefers: impl FnMut(&Offer) -> bool) {
        let ranked = std::mem::take(&mut self.ranked);
        let preferred = |one: &Ranked| prefers(&self.ground(one).offer(self.spots(one), one.cost));
        let (first, others): (Vec<Ranked>, Vec<Ranked>) = ranked.into_iter().partition(preferred);
        self.ranked = first.into_iter().chain(others).collect();
    }

    /// Puts a placement that is done no later for less, where there is one, in the place of each of the first `most`
    /// offers, and of all that are done as early as the best: whichever is the cheapest of these then comes first. The
    /// offers are as [`super::search`] ranked them.
    pub fn cheapen(&mut self, same_finish: &mut SameFinish<'_>, most: usize) {
        let Some(earliest) = self.ranked.first().map(|best| best.cost.finish) else { return };
        let tied = self.ranked.partition_point(|ranked| ranked.cost.finish <= earliest);
        let tried = most.max(tied).min(self.ranked.len());
        for place in 0..tried {
            let offer = self.get(place);
            let cheaper = offer.and_then(|offer| same_finish.first_of(&offer, tried - place));
            if let Some(cheaper) = cheaper {
                self.replace(place, &cheaper);
            }
        }
        self.rank();
    }

    /// Puts an offer of the same route in this place.
    fn replace(&mut self, place: usize, offer: &Offer) {
        let ranked = self.ranked[place];
        let lines = &self.routes[ranked.route as usize].lines;
        let spots = lines.iter().zip(&offer.placement.steps).map(|(able, placed)| {
            let fitting = able.iter().position(|(line, _)| *line == placed.line)?;
            Some(Spot { fitting, start: placed.interval.start, end: placed.interval.end })
        });
        // Made of the same snapshot: every line of it is known.
        if let Some(spots) = spots.collect::<Option<Vec<Spot>>>() {
            let first = ranked.first as usize;
            self.spots[first..first + spots.len()].copy_from_slice(&spots);
            self.ranked[place].cost = offer.cost;
        }
    }

    /// Begins with another route, which the next offers are of.
    pub(super) fn begin(&mut self, ground: Ground) {
        self.routes.push(ground);
    }

    /// One more offer of the route begun with last.
    pub(super) fn push(&mut self, cost: Cost, spots: &[Spot]) {
        let index = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let route = index(self.routes.len().saturating_sub(1));
        self.ranked.push(Ranked { cost, route, first: index(self.spots.len()) });
        self.spots.extend_from_slice(spots);
    }

    pub(super) fn rank(&mut self) {
        self.ranked.sort_unstable_by_key(|ranked| (ranked.cost, ranked.first));
    }

    fn ground(&self, ranked: &Ranked) -> &Ground {
        &self.routes[ranked.route as usize]
    }

    fn spots(&self, ranked: &Ranked) -> &[Spot] {
        let first = ranked.first as usize;
        &self.spots[first..first + self.ground(ranked).lines.len()]
    }
}

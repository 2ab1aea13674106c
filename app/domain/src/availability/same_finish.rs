//! The same finish for less: what stands in the place of an offer that is charged for days on which nothing is won.

use crate::{Minute, PlatformId, RouteId, Second, request::Request, snapshot::Snapshot, use_or_lose::Curbs};

use super::{
    Offer,
    check::{check, route_of},
    complete::RouteSearch,
    request::range,
};

/// Most starts that are tried for the offers that are shown, about a millisecond.
pub const STARTS: u32 = 6_000;

/// What finds a cheaper placement with the same finish, for the offers that one search found: [`super::search`] tells
/// the earliest start of every gap, and to look further for all of them would take longer than the search.
#[derive(Debug)]
pub struct SameFinish<'a> {
    snapshot: &'a Snapshot,
    request: &'a Request,
    curbs: &'a Curbs,
    now: Second,
    /// Starts that may yet be tried.
    left: u32,
    /// Opened once each, of those that offers were of.
    routes: Vec<Opened<'a>>,
}

#[derive(Debug)]
struct Opened<'a> {
    route: RouteId,
    /// None of a route that the request can't take.
    search: Option<(PlatformId, RouteSearch<'a>)>,
}

impl<'a> SameFinish<'a> {
    /// For offers of `request` on `snapshot`, to a firm with these limits. Tries at most so many `starts` for all of
    /// them.
    #[must_use]
    pub fn new(
        snapshot: &'a Snapshot,
        request: &'a Request,
        curbs: &'a Curbs,
        now: Second,
        starts: u32,
    ) -> Self {
        Self { snapshot, request, curbs, now, left: starts, routes: Vec::new() }
    }

    /// The cheapest placement that begins in the same gap as `offer`, no sooner, and is done no later; `None` if none
    /// is cheaper than `offer`. Every line of a later step is tried, and of the first step that of the offer.
    pub fn cheaper(&mut self, offer: &Offer) -> Option<Offer> {
        self.first_of(offer, 1)
    }

    /// The same of the first of so many offers, which share the starts that are left.
    pub(super) fn first_of(&mut self, offer: &Offer, offers: usize) -> Option<Offer> {
        // Of one step no later start has the same end.
        if offer.placement.steps.len() < 2 {
            return None;
        }
        let share = self.left / u32::try_from(offers.max(1)).unwrap_or(u32::MAX);
        let (snapshot, request, curbs, now) = (self.snapshot, self.request, self.curbs, self.now);
        let (platform, search) = self.opened(offer.placement.route)?;
        let last_start = curbs.get(platform).map_or(Minute::MAX, |curb| curb.latest(now));
        let mut left = share;
        let cheaper = search.cheaper(offer, last_start, &mut left, &|placement| {
            check(snapshot, request, placement, now).ok()
        });
        self.left = self.left - share + left;
        cheaper
    }

    fn opened(&mut self, route: RouteId) -> Option<&(PlatformId, RouteSearch<'a>)> {
        let known = self.routes.iter().position(|opened| opened.route == route);
        let at = known.unwrap_or_else(|| {
            let search = self.open(route);
            self.routes.push(Opened { route, search });
            self.routes.len() - 1
        });
        self.routes[at].search.as_ref()
    }

    fn open(&self, route: RouteId) -> Option<(PlatformId, RouteSearch<'a>)> {
        let route = route_of(self.snapshot, self.request, route).ok()?;
        let range = range(self.snapshot, self.request, route.platform, self.now).ok()?;
        let when = (range, self.now);
        let search = RouteSearch::new(self.snapshot, self.request, route, when, 0, &mut Vec::new());
        Some((route.platform, search))
    }
}

//! The placements nearest to a time that somebody wanted.

use crate::{Minute, Second, request::Request, snapshot::Snapshot};

use super::{
    Offers,
    complete::RouteSearch,
    offers::{Ground, cost},
    request::{admit_request, range, routes},
    search::ATTEMPTS,
};

/// For each route and each line of its first step the placement inside the request's window that begins first at or
/// after `at`, and the one that begins last before it, with the steps behind each as [`super::search`] puts them.
/// Search itself tells the earliest placement of each gap: in a long one that may be far from what was wanted. None of
/// what it refuses, and none where it would be cut short.
#[must_use]
pub fn around(snapshot: &Snapshot, request: &Request, at: Minute, now: Second) -> Offers {
    let mut offers = Offers::default();
    let Ok(routes) = admit_request(request).and_then(|()| routes(snapshot, request)) else { return offers };
    for route in routes {
        let Ok(range) = range(snapshot, request, route.platform, now) else { continue };
        let mut search = RouteSearch::new(snapshot, request, route, (range, now), ATTEMPTS, &mut Vec::new());
        offers.begin(Ground::new(snapshot, route, &search.steps));
        search.around(at, &mut |steps, spots| offers.push(cost(request, steps, spots), spots));
    }
    offers.rank();
    offers
}

//! Every feasible placement of a request.

use crate::{Second, refusal::Refusal, request::Request, route::Route, snapshot::Snapshot};

use super::{
    LineRefusal, Outcome,
    complete::RouteSearch,
    fitting::Range,
    offers::{Ground, cost},
    request::{admit_request, range, routes},
};

/// Most chains that one route's search tries; only steps that crowd each other out come near it.
pub const ATTEMPTS: u32 = 500_000;

/// Finds every feasible placement of `request`: for each route, each line of its first step and each gap of that line,
/// the placement that starts earliest there (and of those the one whose second step ends first, then the third, …).
/// A line for which that took more than [`ATTEMPTS`] is named by [`Refusal::SearchCutShort`].
///
/// # Errors
/// What makes the request itself impossible, before any line is looked at: an unknown or nowhere offered form, a
/// reversed window or one outside every platform's horizon, an unclassified hazard, no batches.
pub fn search(snapshot: &Snapshot, request: &Request, now: Second) -> Result<Outcome, Refusal> {
    search_within(snapshot, request, now, ATTEMPTS)
}

/// As [`search`], trying at most so many chains a route.
///
/// # Errors
/// As [`search`].
pub fn search_within(
    snapshot: &Snapshot,
    request: &Request,
    now: Second,
    attempts: u32,
) -> Result<Outcome, Refusal> {
    search_minding(snapshot, request, now, attempts, true)
}

/// As [`search_within`] while others are still to be put behind what is placed: a step must be over before the row
/// behind it begins, but whether that row then gets its changeover is left open. What it offers is to be checked once
/// all stand.
///
/// # Errors
/// As [`search`].
pub(crate) fn search_open(
    snapshot: &Snapshot,
    request: &Request,
    now: Second,
    attempts: u32,
) -> Result<Outcome, Refusal> {
    search_minding(snapshot, request, now, attempts, false)
}

fn search_minding(
    snapshot: &Snapshot,
    request: &Request,
    now: Second,
    attempts: u32,
    minds_behind: bool,
) -> Result<Outcome, Refusal> {
    admit_request(request)?;
    let mut outcome = Outcome::default();
    let mut outside = None;
    let mut inside = false;
    for route in routes(snapshot, request)? {
        match range(snapshot, request, route.platform, now) {
            Ok(range) => {
                inside = true;
                let limits = (range, now, attempts, minds_behind);
                search_route(snapshot, request, route, limits, &mut outcome);
            }
            Err(refusal) => outside = outside.or(Some(refusal)),
        }
    }
    if let (false, Some(refusal)) = (inside, outside) {
        return Err(refusal);
    }
    // Equal costs in the order of routes, lines and starts: the same snapshot gives the same ranking.
    outcome.offers.rank();
    Ok(outcome)
}

fn search_route(
    snapshot: &Snapshot,
    request: &Request,
    route: &Route,
    (range, now, attempts, minds_behind): (Range, Second, u32, bool),
    outcome: &mut Outcome,
) {
    let Outcome { offers, refusals } = outcome;
    let mut search = RouteSearch::new(snapshot, request, route, (range, now), attempts, refusals);
    if !minds_behind {
        search.leave_open_behind();
    }
    offers.begin(Ground::new(snapshot, route, &search.steps));
    search.each(refusals, &mut |steps, spots| offers.push(cost(request, steps, spots), spots));
}

/// Names why a line can't take a step.
pub(super) fn refuse(
    refusals: &mut Vec<LineRefusal>,
    route: &Route,
    step: usize,
    line: crate::LineId,
    refusal: Refusal,
) {
    let step = u32::try_from(step).unwrap_or(u32::MAX);
    refusals.push(LineRefusal { line, route: route.id, step, refusal });
}

//! Every feasible placement of a request.

use crate::{
    Interval, Second, calendar::Calendar, price::step_price, refusal::Refusal, request::Request,
    route::Route, snapshot::Snapshot,
};

use super::{
    Cost, LineRefusal, Offer, Outcome, PlacedStep, Placement,
    complete::{RouteSearch, Spot},
    fitting::{Fitting, Range},
    pools,
    request::{admit_request, range, routes},
};

/// Finds every feasible placement of `request`: for each route, each line of its first step and each gap of that line,
/// the placement that starts earliest there (and of those the one whose second step ends first, then the third, …).
///
/// # Errors
/// What makes the request itself impossible, before any line is looked at: an unknown or nowhere offered form, a
/// reversed window or one outside every platform's horizon, an unclassified hazard, no batches.
pub fn search(snapshot: &Snapshot, request: &Request, now: Second) -> Result<Outcome, Refusal> {
    admit_request(request)?;
    let mut outcome = Outcome::default();
    let mut outside = None;
    let mut inside = false;
    for route in routes(snapshot, request)? {
        match range(snapshot, request, route.platform, now) {
            Ok(range) => {
                inside = true;
                search_route(snapshot, request, route, range, now, &mut outcome);
            }
            Err(refusal) => outside = outside.or(Some(refusal)),
        }
    }
    if let (false, Some(refusal)) = (inside, outside) {
        return Err(refusal);
    }
    // Equal costs in the order of routes, lines and starts: the same snapshot gives the same ranking.
    outcome.offers.sort_by_key(|offer| offer.cost);
    Ok(outcome)
}

fn search_route(
    snapshot: &Snapshot,
    request: &Request,
    route: &Route,
    range: Range,
    now: Second,
    outcome: &mut Outcome,
) {
    let mut search = RouteSearch::new(snapshot, request, route, range, now, &mut outcome.refusals);
    let pools: Vec<_> = pools::pools_of(&route.steps)
        .filter_map(|id| snapshot.pools.get(&id).map(|pool| (id, pool.version)))
        .collect();
    search.each(&mut outcome.refusals, &mut |steps, spots| {
        outcome.offers.push(offer(request, route, &pools, steps, spots));
    });
}

/// The offer of a chain of spots, one a step.
pub(super) fn offer(
    request: &Request,
    route: &Route,
    pools: &[(crate::PoolId, i64)],
    steps: &[Vec<Fitting<'_>>],
    spots: &[Spot],
) -> Offer {
    let mut placed = Vec::with_capacity(spots.len());
    let mut versions: Vec<(crate::LineId, i64)> = Vec::with_capacity(spots.len());
    let (mut price_fen, mut waiting) = (0_i64, 0);
    let mut last_end = None;
    for (fittings, spot) in steps.iter().zip(spots) {
        let fitting = &fittings[spot.fitting];
        let line = &fitting.state.line;
        let interval = Interval { start: spot.start, end: spot.end };
        let calendar: &Calendar = &fitting.state.calendar;
        price_fen = price_fen.saturating_add(step_price(line, calendar, fitting.figures.running, interval));
        waiting += last_end.map_or(0, |end| spot.start - end);
        last_end = Some(spot.end);
        placed.push(PlacedStep { line: line.id, interval });
        if versions.iter().all(|(known, _)| *known != line.id) {
            versions.push((line.id, fitting.state.version));
        }
    }
    let finish = last_end.unwrap_or(request.window.start) - request.window.start;
    Offer {
        placement: Placement { route: route.id, steps: placed },
        price_fen,
        cost: Cost { finish, price_fen, waiting },
        versions,
        pools: pools.to_vec(),
    }
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

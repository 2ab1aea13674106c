//! What makes a request itself impossible, and the time in which its steps may lie.

use crate::{
    PlatformId, Second, hazard::HazardProfile, offering, refusal::Refusal, request::Request, route::Route,
    snapshot::Snapshot,
};

use super::fitting::Range;

/// Refuses what no line could change.
pub(super) fn admit_request(request: &Request) -> Result<(), Refusal> {
    if offering::find(&request.offering).is_none() {
        return Err(Refusal::UnknownOffering { code: request.offering.clone() });
    }
    if request.window.start >= request.window.end {
        return Err(Refusal::WindowReversed);
    }
    if request.batches == 0 {
        return Err(Refusal::NoBatches);
    }
    match request.hazards {
        HazardProfile::Unclassified => Err(Refusal::HazardUnclassified),
        HazardProfile::Classified { .. } => Ok(()),
    }
}

/// The routes that the request may take.
pub(super) fn routes<'a>(
    snapshot: &'a Snapshot,
    request: &Request,
) -> Result<impl Iterator<Item = &'a Route>, Refusal> {
    let (offering, platform) = (request.offering.clone(), request.platform);
    let mut routes = snapshot
        .routes
        .iter()
        .map(|route| &**route)
        .filter(move |route| {
            route.offering == offering
                && !route.steps.is_empty()
                && platform.is_none_or(|only| only == route.platform)
        })
        .peekable();
    match routes.peek() {
        Some(_) => Ok(routes),
        None => Err(not_offered(snapshot, request)),
    }
}

/// That nobody makes it, or that others than the platform asked for do.
fn not_offered(snapshot: &Snapshot, request: &Request) -> Refusal {
    let code = request.offering.clone();
    let is_made =
        snapshot.routes.iter().any(|route| route.offering == request.offering && !route.steps.is_empty());
    if is_made && request.platform.is_some() {
        Refusal::NotOfferedHere { code }
    } else {
        Refusal::NotOffered { code }
    }
}

/// Where the steps of a route may lie: the window, narrowed by the platform's least notice and its horizon.
pub(super) fn range(
    snapshot: &Snapshot,
    request: &Request,
    platform: PlatformId,
    now: Second,
) -> Result<Range, Refusal> {
    let policy = snapshot.policy(platform);
    // Notice ends within a minute: round up to the first whole one.
    let earliest = now.div_euclid(60) + i64::from(now.rem_euclid(60) > 0) + policy.min_notice;
    let latest = now.div_euclid(60) + policy.horizon;
    let range = Range {
        first_start: request.window.start.max(earliest),
        last_start: latest.min(request.window.end - 1),
        last_end: request.window.end,
    };
    if range.first_start > range.last_start {
        return Err(Refusal::WindowOutsideHorizon { earliest, latest });
    }
    Ok(range)
}

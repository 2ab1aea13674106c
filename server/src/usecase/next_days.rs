//! What a caller at the desk asks for next: a search tells the earliest place of each free stretch, and not what begins
//! on the days after it.

use domain::{
    LineId, Minute, Second,
    availability::{self, Offer, Offers},
    calendar::{day_start, plant_day},
    request::Request,
    snapshot::Snapshot,
};

/// Days that are looked for.
const DAYS: usize = 5;

/// What begins first on each of the next plant days on which anything can, after the earliest of `known` and besides
/// those; for whoever looks at one line, what uses it too.
pub(crate) fn next_days(
    snapshot: &Snapshot,
    request: &Request,
    known: &Offers,
    line: Option<LineId>,
    now: Second,
) -> Vec<Offer> {
    let mut found = days_after(snapshot, request, known, |_| true, now);
    if let Some(line) = line {
        let uses_it = |offer: &Offer| offer.placement.steps.iter().any(|step| step.line == line);
        for offer in days_after(snapshot, request, known, uses_it, now) {
            if found.iter().all(|other| other.placement != offer.placement) {
                found.push(offer);
            }
        }
    }
    found.retain(|offer| known.iter().all(|other| other.placement != offer.placement));
    found
}

/// The same of those that `counts` says yes to.
fn days_after(
    snapshot: &Snapshot,
    request: &Request,
    known: &Offers,
    counts: impl Fn(&Offer) -> bool,
    now: Second,
) -> Vec<Offer> {
    let mut found = Vec::new();
    let mut last = known.iter().filter(&counts).filter_map(|offer| start(&offer)).min();
    while let Some(before) = last.filter(|_| found.len() < DAYS) {
        let from = day_start(plant_day(before) + 1);
        let near = availability::around(snapshot, request, from, now);
        let later = near.iter().filter(|offer| start(offer).is_some_and(|begins| begins >= from));
        let next = later.filter(&counts).min_by_key(|offer| (start(offer), offer.cost));
        last = next.as_ref().and_then(start);
        found.extend(next);
    }
    found
}

fn start(offer: &Offer) -> Option<Minute> {
    offer.placement.span().map(|span| span.start)
}

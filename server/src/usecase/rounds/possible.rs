//! Whether a wish could have a place on its call's lines if nobody had anything, and if not, which of its fields would
//! have to be otherwise.

use app::{
    contract::{Failure, FieldProblem, RefusalView, field},
    words::is_in_vain,
};
use domain::{
    Second,
    availability::{self, LineRefusal, Offer, Outcome},
    refusal::Refusal,
    request::Request,
    route::Route,
    snapshot::Snapshot,
};

use crate::{
    store::Catalogue,
    usecase::{
        offers, plan_window,
        refusal::{self, Audience},
        words::word,
    },
};

/// Refuses what none of the `choices` could have, at the field that is in the way of the most wanted one.
///
/// # Errors
/// [`Failure::Invalid`].
pub(super) fn could_be(
    catalogue: &Catalogue,
    part: &Snapshot,
    choices: &[Request],
    now: Second,
) -> Result<(), Failure> {
    let mut why = None;
    for request in choices {
        match availability::search(part, request, now) {
            Ok(found) if !found.offers.is_empty() => return Ok(()),
            found => why = why.or(Some((request, found))),
        }
    }
    let Some((request, found)) = why else { return Ok(()) };
    let worded = |refusal: &Refusal| refusal::view(refusal, Audience::Outside, catalogue);
    let (field, refusals) = match found {
        Err(refusal) => (field_of(&refusal), vec![worded(&refusal)]),
        Ok(outcome) => {
            let all = deciding(part, &outcome);
            match (beyond(part, request), all.first()) {
                (Some(beyond), _) => ("batch_size", vec![beyond]),
                (None, Some(first)) => {
                    let mut told: Vec<RefusalView> = Vec::new();
                    for one in &all {
                        let view = offers::worded(catalogue, one, Audience::Outside);
                        // What names no line is said once, however many lines say it.
                        if view.line.is_some() || !told.contains(&view) {
                            told.push(view);
                        }
                    }
                    (field_of(&first.refusal), told)
                }
                (None, None) => {
                    let code = request.offering.clone();
                    ("offering", vec![worded(&Refusal::NotOffered { code })])
                }
            }
        }
    };
    Err(field::invalid(field, FieldProblem::Refused { refusals }))
}

/// That batches are of a size which no line of the call takes, with the sizes that all of them together take: that of
/// one line would keep firms from what another one makes.
fn beyond(part: &Snapshot, request: &Request) -> Option<RefusalView> {
    let (min, max) = availability::batch_sizes(part, request)?;
    let is_beyond = !(min..=max).contains(&request.batch_size);
    is_beyond.then(|| {
        RefusalView::named("batch_out_of_call")
            .with("min", field::decimal(min))
            .with("max", field::decimal(max))
            .with("unit", word(request.unit))
    })
}

/// Of what every line says, what decides: of each route that of the first step which none of its lines takes, and of
/// these lines those that other days or fewer batches would help, if there are any.
fn deciding<'a>(part: &Snapshot, outcome: &'a Outcome) -> Vec<&'a LineRefusal> {
    let mut told: Vec<&LineRefusal> = part.routes.iter().flat_map(|route| blocked(route, outcome)).collect();
    if told.is_empty() {
        told = outcome.refusals.iter().collect();
    }
    let may_help = |one: &&LineRefusal| !is_in_vain(&refusal::reason(&one.refusal));
    if told.iter().any(may_help) {
        told.retain(may_help);
    }
    told
}

/// What the lines of a route's first step say that none of them takes.
fn blocked<'a>(route: &Route, outcome: &'a Outcome) -> Vec<&'a LineRefusal> {
    let at = |number: usize| {
        let of_step = |one: &&LineRefusal| one.route == route.id && usize::try_from(one.step) == Ok(number);
        outcome.refusals.iter().filter(of_step).collect::<Vec<_>>()
    };
    for (number, step) in route.steps.iter().enumerate() {
        let told = at(number);
        if step.lines.iter().all(|able| told.iter().any(|one| one.line == able.line)) {
            return told;
        }
    }
    Vec::new()
}

/// The field of a wish that would have to be otherwise.
const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::UnknownOffering { .. }
        | Refusal::NotOffered { .. }
        | Refusal::NotOfferedHere { .. }
        | Refusal::NotCapable { .. } => "offering",
        Refusal::BatchOutOfRange { .. } => "batch_size",
        Refusal::UnitMismatch { .. } => "unit",
        Refusal::NoBatches | Refusal::TooManyBatches { .. } | Refusal::LongerThanCap { .. } => "batches",
        Refusal::WindowOutsideHorizon { .. } | Refusal::TooSoon { .. } => "from",
        Refusal::NotGmp { .. } => "gmp",
        Refusal::ExposureBandMissing { .. } | Refusal::ExposureBandTooHigh { .. } => "oeb",
        Refusal::HazardUnclassified
        | Refusal::HazardNotAdmitted { .. }
        | Refusal::DedicatedLine { .. }
        | Refusal::DedicatedOnly { .. }
        | Refusal::ApprovalMissing { .. }
        | Refusal::NoClass { .. } => "hazards",
        // Other days might do.
        _ => "to",
    }
}

/// Refuses an agreement to a plan window that none of the `choices` could be.
///
/// # Errors
/// As [`plan_window::agreed`], of the most wanted one.
pub(super) fn may_agree(
    catalogue: &Catalogue,
    part: &Snapshot,
    choices: &[Request],
    now: Second,
) -> Result<(), Failure> {
    let mut why = None;
    for request in choices {
        let found = availability::search(part, request, now);
        let places: Vec<Offer> = found.map_or_else(|_| Vec::new(), |found| found.offers.iter().collect());
        match plan_window::agreed(catalogue, &places, request.window, now) {
            Ok(()) => return Ok(()),
            Err(failure) => why = why.or(Some(failure)),
        }
    }
    why.map_or(Ok(()), Err)
}

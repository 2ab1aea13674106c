//! What a request must say before a platform says yes, and whether it does: for the desk and the approval alike. A
//! firm's own request can't be sent without it; what an operator booked is filled in afterwards.

use std::collections::BTreeSet;

use app::contract::{CheckOutcome, CheckView, Instant};
use domain::hazard::{Hazard, HazardProfile};

use super::booking::Loaded;

/// Licences are the law's: no reason goes before them.
pub(super) const LICENCES: &str = "licences";

/// The checks of what the request says, in the order in which people make them: evidence, licences, agreements,
/// materials.
pub(super) fn said(booking: &Loaded) -> [CheckView; 4] {
    let request = &booking.campaign.request;
    let details = &booking.campaign.details;
    let (tags, oeb) = declared(&request.hazards);
    let has = |some: &[Hazard]| some.iter().any(|hazard| tags.contains(hazard));
    let potent = oeb.is_some_and(|band| band >= 3)
        || has(&[Hazard::Cytotoxic, Hazard::HighActivity, Hazard::Hormone, Hazard::SexHormone]);
    let licences = [
        (has(&[Hazard::ControlledSubstance]), &details.controlled_licence),
        (has(&[Hazard::HumanDonor]), &details.genetic_licence),
        (has(&[Hazard::LiveMicrobe, Hazard::ViralVector]), &details.biosafety_licence),
    ];
    let licensed = licences.iter().all(|(needed, number)| !needed || !number.is_empty());
    let evidenced = !details.oel.is_empty() || !details.pde.is_empty();
    [
        check("evidence", when(potent, evidenced)),
        check(LICENCES, when(licences.iter().any(|(needed, _)| *needed), licensed)),
        // With itself nobody agrees on anything.
        check(
            "agreements",
            when(
                booking.row.organisation.is_some(),
                details.confidentiality && (details.quality || !request.gmp),
            ),
        ),
        materials(booking),
    ]
}

/// The names of those that aren't met.
pub(crate) fn unmet(booking: &Loaded) -> Vec<String> {
    let lacks = |check: &CheckView| matches!(check.outcome, CheckOutcome::Failed | CheckOutcome::Open);
    said(booking).into_iter().filter(lacks).map(|check| check.name).collect()
}

pub(super) fn check(name: &str, outcome: CheckOutcome) -> CheckView {
    CheckView { name: name.to_owned(), outcome, refusal: None, at: None }
}

const fn when(needed: bool, met: bool) -> CheckOutcome {
    match (needed, met) {
        (false, _) => CheckOutcome::NotNeeded,
        (true, true) => CheckOutcome::Passed,
        (true, false) => CheckOutcome::Failed,
    }
}

fn declared(hazards: &HazardProfile) -> (BTreeSet<Hazard>, Option<u8>) {
    match hazards {
        HazardProfile::Unclassified => (BTreeSet::new(), None),
        HazardProfile::Classified { tags, oeb } => (tags.clone(), *oeb),
    }
}

/// Whether the materials are there when the first step starts.
fn materials(booking: &Loaded) -> CheckView {
    if booking.campaign.details.storage == "none" {
        return check("materials", CheckOutcome::NotNeeded);
    }
    match booking.materials_there() {
        Some(there) => {
            let at = Some(Instant::from_minute(there));
            let in_time = there <= booking.first_start();
            let outcome = if in_time { CheckOutcome::Passed } else { CheckOutcome::Failed };
            CheckView { at, ..check("materials", outcome) }
        }
        None if booking.row.organisation.is_none() => check("materials", CheckOutcome::NotNeeded),
        None => check("materials", CheckOutcome::Open),
    }
}

//! What is checked before a platform says yes, and how it came out. The kernel is asked again as it would be at
//! approval: as if the booking weren't there yet.

use std::collections::BTreeSet;

use app::contract::{CheckOutcome, CheckView, Failure, Instant};
use domain::{
    booking::Status,
    hazard::{Hazard, HazardProfile},
};

use super::super::{
    booking::Loaded,
    recheck::recheck,
    refusal::{self, Audience},
};
use crate::{state::AppState, store::Current};

/// The checks in the order in which people make them.
pub(super) async fn checks(
    state: &AppState,
    ground: &Current,
    booking: &Loaded,
) -> Result<Vec<CheckView>, Failure> {
    let request = &booking.campaign.request;
    let details = &booking.campaign.details;
    let (tags, oeb) = match &request.hazards {
        HazardProfile::Unclassified => (BTreeSet::new(), None),
        HazardProfile::Classified { tags, oeb } => (tags.clone(), *oeb),
    };
    let classified = matches!(request.hazards, HazardProfile::Classified { .. });
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
    let confirmed = booking.row.hazards_confirmed_at;
    Ok(vec![
        check("classified", if classified { Passed } else { Failed }),
        check("evidence", when(potent, evidenced)),
        CheckView {
            at: confirmed.map(Instant),
            ..check("hazards_confirmed", if confirmed.is_some() { Passed } else { Open })
        },
        check("licences", when(licences.iter().any(|(needed, _)| *needed), licensed)),
        // With itself nobody agrees on anything.
        check(
            "agreements",
            when(
                booking.row.organisation.is_some(),
                details.confidentiality && (details.quality || !request.gmp),
            ),
        ),
        materials(booking),
        schedule(state, ground, booking).await?,
    ])
}

use CheckOutcome::{Failed, NotNeeded, Open, Passed};

fn check(name: &str, outcome: CheckOutcome) -> CheckView {
    CheckView { name: name.to_owned(), outcome, refusal: None, at: None }
}

const fn when(needed: bool, met: bool) -> CheckOutcome {
    match (needed, met) {
        (false, _) => NotNeeded,
        (true, true) => Passed,
        (true, false) => Failed,
    }
}

/// Whether the materials are there when the first step starts.
fn materials(booking: &Loaded) -> CheckView {
    if booking.campaign.details.storage == "none" {
        return check("materials", NotNeeded);
    }
    match booking.materials_there() {
        Some(there) => {
            let at = Some(Instant::from_minute(there));
            let outcome = if there <= booking.first_start() { Passed } else { Failed };
            CheckView { at, ..check("materials", outcome) }
        }
        None if booking.row.organisation.is_none() => check("materials", NotNeeded),
        None => check("materials", Open),
    }
}

/// Whether the kernel would place it there again. Once it runs there is nothing to ask.
async fn schedule(state: &AppState, ground: &Current, booking: &Loaded) -> Result<CheckView, Failure> {
    if !matches!(booking.status, Status::Held | Status::Requested | Status::Confirmed) {
        return Ok(check("schedule", NotNeeded));
    }
    let now = state.clock.now();
    Ok(match recheck(state.store.read(), &ground.snapshot, booking, now).await? {
        Ok(()) => check("schedule", Passed),
        Err(why) => CheckView {
            refusal: Some(refusal::view(&why, Audience::Operators, &*ground.catalogue)),
            ..check("schedule", Failed)
        },
    })
}

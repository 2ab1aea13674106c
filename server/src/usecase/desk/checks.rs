//! What is checked before a platform says yes, and how it came out. The kernel is asked again as it would be at
//! approval: as if the booking weren't there yet.

use app::contract::{CheckOutcome, CheckView, Failure, Instant};
use domain::{booking::Status, hazard::HazardProfile};

use super::super::{
    booking::Loaded,
    recheck::recheck,
    refusal::{self, Audience},
    unmet::{check, said},
};
use crate::{state::AppState, store::Current};

/// The checks in the order in which people make them.
pub(super) async fn checks(
    state: &AppState,
    ground: &Current,
    booking: &Loaded,
) -> Result<Vec<CheckView>, Failure> {
    let classified = matches!(booking.campaign.request.hazards, HazardProfile::Classified { .. });
    let confirmed = booking.row.hazards_confirmed_at;
    let [evidence, licences, agreements, materials] = said(booking);
    Ok(vec![
        check("classified", if classified { Passed } else { Failed }),
        evidence,
        CheckView {
            at: confirmed.map(Instant),
            ..check("hazards_confirmed", if confirmed.is_some() { Passed } else { Open })
        },
        licences,
        agreements,
        materials,
        schedule(state, ground, booking).await?,
    ])
}

use CheckOutcome::{Failed, NotNeeded, Open, Passed};

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

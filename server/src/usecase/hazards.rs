//! Hazards: the client declares them, the platform's quality assurance confirms them before anything is approved.

use app::contract::{BookingView, Failure, Reason};
use async_trait::async_trait;
use domain::{PlatformId, booking::Action};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded},
    protocol::{Attempt, Scene, Stop},
    transition::{self, Change, Made},
};
use crate::{state::AppState, store::Tx};

/// Confirms the declared hazards, with the evidence that was looked at as the reason.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`] but for quality assurance of the platform, [`Failure::Invalid`]
/// without a reason, [`Failure::Refused`] in a status in which nothing is to confirm, or once they are confirmed.
pub async fn confirm(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.assures(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "confirm_hazards", id, why));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let reason = transition::required_reason(&why.reason)?;
        let change = Confirm { account: member.account, reason };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Confirm {
    account: Uuid,
    reason: String,
}

#[async_trait]
impl Change for Confirm {
    fn action(&self) -> Action {
        Action::ConfirmHazards
    }

    async fn make(&self, _: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if booking.row.hazards_confirmed_at.is_some() {
            return Err(Failure::refused("hazards_confirmed").into());
        }
        booking.row.hazards_confirmed_by = Some(self.account);
        booking.row.hazards_confirmed_at = Some(scene.now);
        booking.campaign.hazard_note = Some(self.reason.clone());
        let inputs = json!({ "hazards": booking.campaign.request.hazards });
        Ok(Made { inputs, reason: Some(self.reason.clone()), ..Made::default() })
    }
}

//! Hazards: the client declares them, the platform's quality assurance confirms them before anything is approved, and
//! may take that back until then.

use app::contract::{BookingView, Failure, ReviewOrder};
use async_trait::async_trait;
use domain::{PlatformId, booking::Action, refusal::Refusal};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Loaded},
    often,
    protocol::{self, Attempt, Note, Scene, Stop},
    transition::{self, Change, Made},
};
use crate::{state::AppState, store::Tx};

/// What is taken back more often than both sides have to read within a day is refused as.
const OFTEN: &str = "recall_often";

/// Confirms the declared hazards, with the evidence that was looked at as the reason.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`] but for quality assurance of the platform, [`Failure::Invalid`]
/// without a reason, [`Failure::Refused`] in a status in which nothing is to confirm, once they are confirmed, and with
/// the reason `booking_changed` where `order` was given on another state of the booking.
pub async fn confirm(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &ReviewOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.assures(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "confirm_hazards", id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let reason = transition::required_reason(&order.reason)?;
        let change = Confirm { account: member.account, reason, version: order.version };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Confirm {
    account: Uuid,
    reason: String,
    /// Of the state that was looked at.
    version: Option<i64>,
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
        // What was filled in since then, nobody has looked at.
        transition::as_shown(booking, self.version)?;
        booking.row.hazards_confirmed_by = Some(self.account);
        booking.row.hazards_confirmed_at = Some(scene.now);
        booking.campaign.hazard_note = Some(self.reason.clone());
        let inputs = json!({ "hazards": booking.campaign.request.hazards });
        Ok(Made { inputs, reason: Some(self.reason.clone()), ..Made::default() })
    }
}

/// Takes the confirmation back, with a reason that both sides read: the request then waits for another one.
///
/// # Errors
/// As [`confirm`]; [`Failure::Refused`] once it is approved, with the reason `hazards_unconfirmed` where nothing is
/// confirmed, and `recall_often` once it was taken back often enough for a day.
pub async fn recall(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &ReviewOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.assures(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "recall_hazards", id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let reason = transition::required_reason(&order.reason)?;
        let change = Recall { member: member.clone(), reason, version: order.version };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Recall {
    member: Member,
    reason: String,
    /// Of the state that was looked at.
    version: Option<i64>,
}

#[async_trait]
impl Change for Recall {
    fn action(&self) -> Action {
        Action::RecallHazards
    }

    fn touches_lines(&self) -> bool {
        false
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if booking.row.hazards_confirmed_at.is_none() {
            return Err(Refusal::HazardsUnconfirmed.into());
        }
        transition::as_shown(booking, self.version)?;
        // To confirm it anew is told as well: there are no more of those than of these, but for the first.
        let recalled = (booking.row.id, "recall_hazards", OFTEN);
        often::rarely_decided(tx, recalled, &self.member, scene.now).await?;
        booking.row.hazards_confirmed_by = None;
        booking.row.hazards_confirmed_at = None;
        booking.campaign.hazard_note = None;
        // Its own operators had it to approve: they are told as the client is.
        let note = Note {
            kind: transition::kind(self.action()).into(),
            to: vec![booking.row.platform],
            booking: Some(booking.row.id),
            reference: Some(booking.row.reference.clone()),
            reason: Some(self.reason.clone()),
        };
        protocol::tell(tx, &note, scene.now).await?;
        let inputs = json!({ "hazards": booking.campaign.request.hazards });
        Ok(Made { inputs, reason: Some(self.reason.clone()), ..Made::default() })
    }
}

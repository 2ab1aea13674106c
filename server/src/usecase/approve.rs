//! Approve: the platform confirms a request. The policy in force is copied into the booking and counts from then on.

use app::contract::{BookingView, Failure};
use async_trait::async_trait;
use domain::{PlatformId, booking::Action, refusal::Refusal};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded},
    ground,
    protocol::{Attempt, Scene, Stop, Touched},
    transition::{self, Change, Made},
};
use crate::{
    state::AppState,
    store::{StoreError, Tx},
};

/// Approves a request.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] while the hazards aren't confirmed, or once the
/// reply is overdue.
pub async fn approve(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "approve", id, &()));
    Attempt::maybe_once(
        attempt.as_ref(),
        state,
        transition::carry_out(state, member, side, &booking, Approve, attempt.as_ref(), Touched::default()),
    )
    .await
}

struct Approve;

#[async_trait]
impl Change for Approve {
    fn action(&self) -> Action {
        Action::Approve
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if booking.row.hazards_confirmed_at.is_none() {
            return Err(Refusal::HazardsUnconfirmed.into());
        }
        let policy = ground::policy(&scene.catalogue, PlatformId(booking.row.platform));
        let document = serde_json::to_string(&*policy);
        booking.row.policy = Some(document.map_err(|error| StoreError::document("a policy", &error))?);
        booking.row.reply_by = None;
        scene.keep_until(tx, booking, None).await?;
        Ok(Made {
            inputs: json!({ "policy": policy.version }),
            outcome: json!({ "reservation_fen": policy.reservation_fee(booking.row.price_fen) }),
            ..Made::default()
        })
    }
}

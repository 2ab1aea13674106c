//! Decline: the platform says no to a request, and why.

use app::contract::{BookingView, Failure, Reason};
use async_trait::async_trait;
use domain::{PlatformId, booking::Action};
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded},
    protocol::{Attempt, Scene, Stop},
    transition::{self, Change, Made},
};
use crate::{state::AppState, store::Tx};

/// Declines a request with a reason.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Invalid`] without a reason, [`Failure::Refused`] if it
/// isn't a request.
pub async fn decline(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "decline", id, why));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let change = Decline { reason: transition::required_reason(&why.reason)? };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Decline {
    reason: String,
}

#[async_trait]
impl Change for Decline {
    fn action(&self) -> Action {
        Action::Decline
    }

    async fn make(&self, _: &Tx<'_>, _: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        booking.row.reply_by = None;
        let effects = transition::release_all(booking);
        Ok(Made { effects, reason: Some(self.reason.clone()), ..Made::default() })
    }
}

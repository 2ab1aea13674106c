//! Decline: the platform says no to a request, and why.

use app::contract::{BookingView, Failure, ReviewOrder};
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
/// isn't a request, and with the reason `booking_changed` where `order` was given on another state of the booking.
pub async fn decline(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &ReviewOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "decline", id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let reason = transition::required_reason(&order.reason)?;
        let change = Decline { reason, version: order.version };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Decline {
    reason: String,
    /// Of the state that was looked at.
    version: Option<i64>,
}

#[async_trait]
impl Change for Decline {
    fn action(&self) -> Action {
        Action::Decline
    }

    async fn make(&self, _: &Tx<'_>, _: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        // The firm may just have sent what it is declined for not to have.
        transition::as_shown(booking, self.version)?;
        booking.row.reply_by = None;
        let effects = transition::release_all(booking);
        Ok(Made { effects, reason: Some(self.reason.clone()), ..Made::default() })
    }
}

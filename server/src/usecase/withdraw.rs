//! Withdraw: a hold or a request is given up before it is confirmed, free of charge.

use app::contract::{BookingView, Failure, Reason};
use async_trait::async_trait;
use domain::booking::Action;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded, Side},
    protocol::{Attempt, Scene, Stop},
    transition::{self, Change, Made},
};
use crate::{state::AppState, store::Tx};

/// Gives up a hold or request: by its owner, or by the platform if it is its own production.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] once it is confirmed.
pub async fn withdraw(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    owner(caller, &booking, side)?;
    let attempt = key.map(|key| Attempt::new(member, key, "withdraw", id, why));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let change = Withdraw { reason: transition::reason(&why.reason)? };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

/// The owner's people; for the platform's own production its operators.
pub(crate) fn owner(caller: &Caller, booking: &Loaded, side: Side) -> Result<(), Failure> {
    match (side, booking.row.organisation) {
        (Side::Owner, _) => caller.company().map(drop),
        (Side::Platform, None) => caller.operates(domain::PlatformId(booking.row.platform)).map(drop),
        (Side::Platform, Some(_)) => Err(Failure::Forbidden),
    }
}

struct Withdraw {
    reason: Option<String>,
}

#[async_trait]
impl Change for Withdraw {
    fn action(&self) -> Action {
        Action::Withdraw
    }

    async fn make(&self, _: &Tx<'_>, _: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        booking.row.hold_expires_at = None;
        booking.row.reply_by = None;
        let effects = transition::release_all(booking);
        Ok(Made { effects, reason: self.reason.clone(), ..Made::default() })
    }
}

//! Cancel: a confirmed booking is given up, for the fee that its policy and the notice given make. It always succeeds:
//! where the neighbours don't fit each other, a cleaning without an owner keeps the time.

use app::contract::{BookingView, CancelOrder, Failure, FeeQuote, Instant, RefusalView};
use async_trait::async_trait;
use domain::{
    Minute, PlatformId, Second,
    booking::{Action, transition as next},
    policy::{Policy, notice_days},
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, blameless,
    booking::{self, Loaded},
    ground, late,
    protocol::{Attempt, Scene, Stop},
    refusal::{self, Audience},
    resale,
    transition::{self, Change, Made},
    withdraw::owner,
};
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, Tx},
};

/// What cancelling costs now.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] if there is nothing to cancel.
pub async fn quote(state: &AppState, caller: &Caller, id: Uuid) -> Result<FeeQuote, Failure> {
    let (booking, _, side) = booking::visible(state, caller, id).await?;
    owner(caller, &booking, side)?;
    let catalogue = ground::catalogue(state).await?;
    next(booking.status, Action::Cancel)
        .map_err(|why| Failure::Refused { refusal: refusal::view(&why, Audience::Outside, &*catalogue) })?;
    Ok(cancellation(state.store.read(), &catalogue, &booking, state.clock.now()).await?)
}

async fn cancellation(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    booking: &Loaded,
    now: Second,
) -> Result<FeeQuote, StoreError> {
    let policy = policy_of(catalogue, booking);
    let (minute, start) = (now.div_euclid(60), booking.notice_start(now));
    let notice = notice_days(start, minute);
    let waived = blameless::is_hit(connection, booking).await?;
    let free = waived || booking.row.organisation.is_none();
    let least = booking.least_fee_fen();
    let fee = fee_at(catalogue, booking, start, now);
    Ok(FeeQuote {
        fee_fen: if free { 0 } else { fee },
        price_fen: booking.row.price_fen,
        notice_days: notice,
        notice_from: booking.noticed_elsewhere(now).map(Instant::from_minute),
        notice_until: booking.noticed_until(now).map(Instant),
        percent: if free { 0 } else { policy.cancellation_percent(notice) },
        left_fee_fen: if free { 0 } else { least },
        waived,
        policy_version: policy.version,
        now: Instant(now),
    })
}

/// What a confirmed `booking` would cost its firm to cancel at `now` if its notice were reckoned from `start`, in fen.
pub(crate) fn fee_at(catalogue: &Catalogue, booking: &Loaded, start: Minute, now: Second) -> i64 {
    // Else a free move to a far date, and giving that up, would cost nothing; so would an ally's wish for room.
    by_notice(catalogue, booking, start, now).max(booking.least_fee_fen())
}

/// The same by the days of notice alone, whatever leaving cost before.
pub(crate) fn by_notice(catalogue: &Catalogue, booking: &Loaded, start: Minute, now: Second) -> i64 {
    let price_fen = booking.row.price_fen;
    policy_of(catalogue, booking).cancellation_fee(price_fen, start, now.div_euclid(60))
}

/// The policy that was copied into the booking when it was confirmed; before that the platform's.
pub(crate) fn policy_of(catalogue: &Catalogue, booking: &Loaded) -> Policy {
    let copied = booking.row.policy.as_deref().and_then(|text| serde_json::from_str(text).ok());
    copied.unwrap_or_else(|| (*ground::policy(catalogue, PlatformId(booking.row.platform))).clone())
}

/// The refusal of a fee that is another by now.
pub(crate) fn fee_changed(fee_fen: i64) -> Failure {
    Failure::Refused { refusal: RefusalView::named("fee_changed").with("fee_fen", fee_fen) }
}

/// Cancels for the quoted fee.
///
/// # Errors
/// As [`quote`]; [`Failure::Refused`] with the reason `fee_changed` if the fee is another by now, `booking_changed` if
/// the booking is.
pub async fn cancel(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &CancelOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    owner(caller, &booking, side)?;
    let attempt = key.map(|key| Attempt::new(member, key, "cancel", id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let change = Cancel {
            quoted_fee_fen: order.quoted_fee_fen,
            version: order.version,
            reason: transition::reason(&order.reason)?,
        };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Cancel {
    quoted_fee_fen: i64,
    version: Option<i64>,
    reason: Option<String>,
}

#[async_trait]
impl Change for Cancel {
    fn action(&self) -> Action {
        Action::Cancel
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        transition::as_shown(booking, self.version)?;
        let quote = cancellation(tx, &scene.catalogue, booking, scene.now).await?;
        if quote.fee_fen != self.quoted_fee_fen {
            return Err(fee_changed(quote.fee_fen).into());
        }
        booking.row.fee_fen = Some(booking.row.fee_fen.unwrap_or(0) + quote.fee_fen);
        resale::leave(booking, quote.fee_fen)?;
        late::leave(tx, scene, booking, quote.fee_fen).await?;
        Ok(Made {
            effects: transition::release_all(booking),
            inputs: json!({ "notice_days": quote.notice_days, "policy": quote.policy_version,
                "waived": quote.waived }),
            outcome: json!({ "fee_fen": quote.fee_fen }),
            reason: self.reason.clone(),
            ..Made::default()
        })
    }
}

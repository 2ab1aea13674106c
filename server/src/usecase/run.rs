//! Running the campaign: start, complete or abort, close; or nobody came. The operator's record of what happened.

use app::contract::{BookingView, Failure, Reason, RefusalView};
use async_trait::async_trait;
use domain::{
    PlatformId,
    booking::Action,
    calendar::{plant_date, plant_midnight},
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    abort::Abort,
    blameless,
    booking::{self, Loaded},
    cancel::policy_of,
    complete::Complete,
    late,
    protocol::{Attempt, Scene, Stop},
    refusal::second,
    resale,
    transition::{self, Change, Made},
    words::word,
};
use crate::{state::AppState, store::Tx};

/// Starts, completes or closes a campaign; it can't start before the plant day of its first step, nor be completed
/// before its last one begins. Completed before its planned end, it frees the rest of its time.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] in the wrong status or too early.
pub async fn run(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    action: Action,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    if action == Action::Complete {
        return carry_out(state, caller, id, Complete, &word(action), &(), key).await;
    }
    carry_out(state, caller, id, Run { action }, &word(action), &(), key).await
}

/// Nobody came: the slot is released and the whole price is due.
///
/// # Errors
/// As [`run`]; too early before the first step starts.
pub async fn no_show(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    carry_out(state, caller, id, NoShow, "no_show", &(), key).await
}

/// Breaks a running campaign off, with a reason that the client reads. What ran is the line's state; the time from now
/// on is free again.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Invalid`] without a reason, [`Failure::Refused`] if it
/// isn't running.
pub async fn abort(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, ..) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let reason = transition::required_reason(&why.reason)?;
    carry_out(state, caller, id, Abort { reason }, "abort", why, key).await
}

async fn carry_out(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    change: impl Change,
    name: &str,
    body: &(impl Serialize + Sync),
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, name, id, body));
    Attempt::maybe_once(
        attempt.as_ref(),
        state,
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()),
    )
    .await
}

struct Run {
    action: Action,
}

#[async_trait]
impl Change for Run {
    fn action(&self) -> Action {
        self.action
    }

    fn touches_lines(&self) -> bool {
        false
    }

    async fn make(&self, _: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        let first = plant_date(booking.first_start());
        if self.action == Action::Start && scene.now.div_euclid(60) < plant_midnight(first) {
            let refusal = RefusalView::named("starts_later").with("day", first);
            return Err(Failure::Refused { refusal }.into());
        }
        Ok(Made::default())
    }
}

struct NoShow;

#[async_trait]
impl Change for NoShow {
    fn action(&self) -> Action {
        Action::NoShow
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        let start = booking.first_start();
        if scene.now.div_euclid(60) < start {
            let refusal = RefusalView::named("not_begun").with("earliest", second(start * 60));
            return Err(Failure::Refused { refusal }.into());
        }
        let waived = blameless::is_hit(tx, booking).await?;
        let policy = policy_of(&scene.catalogue, booking);
        let fee = if waived { 0 } else { policy.no_show_fee(booking.row.price_fen) };
        booking.row.fee_fen = Some(booking.row.fee_fen.unwrap_or(0) + fee);
        resale::leave(booking, fee)?;
        late::leave(tx, scene, booking, fee).await?;
        let effects = transition::release_all(booking);
        let inputs = json!({ "waived": waived });
        Ok(Made { effects, inputs, outcome: json!({ "fee_fen": fee }), ..Made::default() })
    }
}

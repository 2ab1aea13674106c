//! Move: a booking goes to another place, in one change: either it stands at the new one, or nothing moved. A confirmed
//! booking never moves but by its owner; the platform moves its own production, and what isn't confirmed yet.

use app::contract::{BookingView, Failure, FeeQuote, Instant, MoveOrder};
use async_trait::async_trait;
use domain::{
    OrganisationId, PlatformId, Second,
    booking::{Action, Status, transition as next},
    policy::notice_days,
    request::Request,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded, Side},
    cancel::{fee_changed, policy_of},
    ground, late, moving,
    placing::{self, Placing},
    protocol::{Attempt, Scene, Stop},
    refusal::{self, Audience},
    transition::{self, Change, Made},
};
use crate::{
    state::AppState,
    store::{Catalogue, Tx},
};

/// What moving costs now.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] if it can't move any more.
pub async fn quote(state: &AppState, caller: &Caller, id: Uuid) -> Result<FeeQuote, Failure> {
    let (booking, _, side) = booking::visible(state, caller, id).await?;
    may_move(caller, &booking, side)?;
    let catalogue = ground::catalogue(state).await?;
    next(booking.status, Action::Move)
        .map_err(|why| Failure::Refused { refusal: refusal::view(&why, Audience::Outside, &*catalogue) })?;
    Ok(fee(&catalogue, &booking, state.clock.now()))
}

fn fee(catalogue: &Catalogue, booking: &Loaded, now: Second) -> FeeQuote {
    let policy = policy_of(catalogue, booking);
    let (minute, start) = (now.div_euclid(60), booking.first_start());
    let free = booking.status != Status::Confirmed || booking.row.organisation.is_none();
    let fee_fen =
        if free { 0 } else { policy.move_fee(booking.row.moves > 0, booking.row.price_fen, start, minute) };
    let notice = notice_days(start, minute);
    FeeQuote {
        fee_fen,
        price_fen: booking.row.price_fen,
        notice_days: notice,
        percent: if fee_fen == 0 { 0 } else { policy.cancellation_percent(notice) },
        policy_version: policy.version,
        now: Instant(now),
    }
}

/// The owner; the platform only what is its own or not confirmed yet.
fn may_move(caller: &Caller, booking: &Loaded, side: Side) -> Result<(), Failure> {
    match side {
        Side::Owner => caller.verified_company().map(drop),
        Side::Platform => {
            caller.operates(PlatformId(booking.row.platform))?;
            let consent = booking.row.organisation.is_some() && booking.status == Status::Confirmed;
            if consent { Err(Failure::Forbidden) } else { Ok(()) }
        }
    }
}

/// Moves to the offer, for the quoted fee.
///
/// # Errors
/// As [`quote`]; [`Failure::Conflict`] with ranked alternatives if the offer is taken; [`Failure::Refused`] with the
/// reason `fee_changed` if the fee is another by now, `use_or_lose` if a firm that often gives up late would move it
/// further than it may hold.
pub async fn relocate(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: MoveOrder,
    key: &IdempotencyKey,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    may_move(caller, &booking, side)?;
    let attempt = Attempt::new(member, key, "move", id, &order);
    let order = MoveOrder { query: app::contract::OfferQuery { moving: Some(id), ..order.query }, ..order };
    attempt
        .once(state, async {
            let request = moving::campaign_in(&booking, order.query.request()?);
            let place = Placing::of(state, member, &order.query, request.clone(), &order.offer).await?;
            let (touched, wanted) = (place.touched(), place.wanted());
            let change = Move { place, quoted_fee_fen: order.quoted_fee_fen, side };
            let done =
                transition::attempt_change(state, member, side, &booking, change, Some(&attempt), touched);
            match done.await {
                Ok(view) => Ok(view),
                Err(Stop::Refused(why)) => {
                    Err(placing::refused(state, member, &order.query, &request, &wanted, &why).await)
                }
                Err(stop) => Err(stop.failure(|_| Failure::Busy)),
            }
        })
        .await
}

struct Move {
    place: Placing,
    quoted_fee_fen: i64,
    side: Side,
}

#[async_trait]
impl Change for Move {
    fn action(&self) -> Action {
        Action::Move
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if self.side == Side::Platform
            && booking.row.organisation.is_some()
            && booking.status == Status::Confirmed
        {
            return Err(Failure::Forbidden.into());
        }
        let quote = fee(&scene.catalogue, booking, scene.now);
        if quote.fee_fen != self.quoted_fee_fen {
            return Err(fee_changed(quote.fee_fen).into());
        }
        if let (Side::Owner, Some(company)) = (self.side, booking.row.organisation)
            && self.place.first_start() > booking.first_start()
        {
            // Else whoever may hold only what begins soon would hold that, and move it on.
            let platform = PlatformId(booking.row.platform);
            let policy = ground::policy(&scene.catalogue, platform);
            late::queue(tx, company).await?;
            let whose = (OrganisationId(company), platform);
            late::admit(tx, &policy, whose, self.place.first_start(), scene.now).await?;
        }
        let expires_at = match booking.status {
            Status::Held => booking.row.hold_expires_at,
            Status::Requested => booking.row.reply_by,
            _ => None,
        };
        let expires_at = expires_at.map(|at| at.min(self.place.first_start() * 60));
        let snapshot = moving::free(tx, &scene.snapshot(&self.place.route(scene)?), booking).await?;
        let placed = self.place.place(scene, &snapshot, expires_at)?;
        let mut effects = placed.effects;
        for piece in booking.live() {
            effects.release(piece.line, piece.occupancy);
        }
        booking::leave_steps(tx, booking).await?;
        let from: Vec<_> = booking.live().map(|piece| (piece.line, piece.interval)).collect();
        booking.steps = placing::pieces(&placed.steps, &placed.intervals);
        let row = &mut booking.row;
        match booking.status {
            Status::Held => row.hold_expires_at = expires_at,
            Status::Requested => row.reply_by = expires_at,
            // Moves before confirmation are free and don't use up the free one.
            _ => row.moves += 1,
        }
        row.route = self.place.route.id.0;
        let stays =
            booking.plan.filter(|plan| self.place.placement.span().is_some_and(|span| plan.holds(span)));
        row.price_fen = stays.map_or(placed.offer.price_fen, |plan| plan.price(placed.offer.price_fen));
        let price_fen = row.price_fen;
        if quote.fee_fen > 0 {
            row.fee_fen = Some(row.fee_fen.unwrap_or(0) + quote.fee_fen);
        }
        if stays.is_none() && booking.plan.take().is_some() {
            // Outside the window that it was cheaper for, it costs what any campaign does.
            booking::drop_plan(tx, booking.row.id).await?;
        }
        booking.campaign.request =
            Request { product: booking.campaign.request.product, ..self.place.request.clone() };
        Ok(Made {
            effects,
            inputs: json!({ "from": from, "placement": self.place.placement, "policy": quote.policy_version }),
            outcome: json!({ "fee_fen": quote.fee_fen, "price_fen": price_fen }),
            steps: placed.steps,
            ..Made::default()
        })
    }
}

//! Move: a booking goes to another place, in one change: either it stands at the new one, or nothing moved. A confirmed
//! booking never moves but by its owner; the platform moves its own production, and inside the window that its client
//! asked for what isn't confirmed yet.

use app::contract::{
    BookingView, Failure, FeeQuote, Instant, MoveOrder, OfferView, OrganisationKind, RefusalView, TermsView,
    field,
};
use async_trait::async_trait;
use domain::{
    Interval, OrganisationId, PlatformId, Second,
    booking::{Action, Status, transition as next},
    plan::PlanWindow,
    policy::notice_days,
    refusal::Refusal,
    request::Request,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, blameless,
    booking::{self, Loaded, Side},
    cancel::{by_notice, fee_changed, policy_of},
    ground, late, moving, often,
    placing::{self, Placing},
    protocol::{Attempt, Beside, Scene, Stop},
    refusal::{self, Audience},
    terms,
    transition::{self, Change, Made},
    waitlist::{self, others_first},
};
use crate::{
    limits::Searcher,
    state::AppState,
    store::{Catalogue, StoreError, Tx},
};

/// So often either side may move a client's booking within 24 hours before it is confirmed: that is free, and the other
/// side is told each time.
const UNCONFIRMED: usize = 10;
/// What is moved more often is refused as.
const OFTEN: &str = "moves_often";

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
    Ok(fee(state.store.read(), &catalogue, &booking, state.clock.now()).await?)
}

/// What moving `booking` would cost its owner at `now`.
pub(super) async fn fee(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    booking: &Loaded,
    now: Second,
) -> Result<FeeQuote, StoreError> {
    let policy = policy_of(catalogue, booking);
    let (minute, start) = (now.div_euclid(60), booking.notice_start(now));
    let waived = is_waived(connection, booking).await?;
    let free = waived || booking.status != Status::Confirmed || booking.row.organisation.is_none();
    let fee_fen =
        if free { 0 } else { policy.move_fee(booking.row.moves > 0, booking.row.price_fen, start, minute) };
    let notice = notice_days(start, minute);
    let left = left_fee(catalogue, booking, (fee_fen, waived), now);
    Ok(FeeQuote {
        fee_fen,
        price_fen: booking.row.price_fen,
        notice_days: notice,
        notice_from: booking.noticed_elsewhere(now).map(Instant::from_minute),
        notice_until: booking.noticed_until(now).map(Instant),
        percent: if fee_fen == 0 { 0 } else { policy.cancellation_percent(notice) },
        left_fee_fen: left,
        waived,
        policy_version: policy.version,
        now: Instant(now),
    })
}

/// What leaving costs at least for good once the owner of `booking` has moved it for `fee_fen`: what it costs where it
/// stands, if it goes for nothing. What is paid for moving need not be paid again for giving it up, and counts against
/// what leaving cost at the places before.
fn left_fee(catalogue: &Catalogue, booking: &Loaded, (fee_fen, waived): (i64, bool), now: Second) -> i64 {
    let left = (booking.row.left_fee_fen - fee_fen).max(0);
    let costs = booking.status == Status::Confirmed && booking.row.organisation.is_some() && !waived;
    if costs && fee_fen == 0 {
        left.max(by_notice(catalogue, booking, booking.notice_start(now), now))
    } else {
        left
    }
}

/// Whether its owner moves for nothing, as the platform is why. Before it is confirmed a move is free for anybody.
async fn is_waived(connection: &impl ConnectionTrait, booking: &Loaded) -> Result<bool, StoreError> {
    Ok(booking.status == Status::Confirmed && blameless::is_hit(connection, booking).await?)
}

/// What `booking` would cost over `span`, where an offer costs `offered_fen`, and the plan window that it keeps there.
/// Never more than it does now if its owner didn't want it elsewhere: the platform moves what isn't confirmed, or it
/// can't stay where it is.
pub(super) fn price_at(
    booking: &Loaded,
    by_owner: bool,
    (offered_fen, span): (i64, Interval),
    now: Second,
) -> (i64, Option<PlanWindow>) {
    // Else its owner could have the lower price for a place that is final at once. What others move keeps it.
    let is_others = booking.status == Status::Confirmed && !by_owner;
    let stays = booking.plan.filter(|plan| plan.holds(span) && (is_others || plan.leaves_room(span, now)));
    let price_fen = stays.map_or(offered_fen, |plan| plan.price(offered_fen));
    let kept = !by_owner && booking.row.organisation.is_some();
    (if kept { price_fen.min(booking.row.price_fen) } else { price_fen }, stays)
}

/// Gives `offers`, places to which `booking` could move, the price that it would have there for whoever sees it from
/// `side`, and the terms that it keeps: those copied into it once it is confirmed, whatever the platform's are by now.
///
/// # Errors
/// The database's failure.
pub(crate) async fn price(
    state: &AppState,
    booking: &Loaded,
    side: Side,
    offers: impl Iterator<Item = &mut OfferView>,
) -> Result<(), Failure> {
    let waived = is_waived(state.store.read(), booking).await?;
    let (by_owner, now) = (side == Side::Owner && !waived, state.clock.now());
    let catalogue = ground::known_catalogue(state).await?;
    let policy = policy_of(&catalogue, booking);
    for offer in offers {
        let starts = offer.steps.iter().map(|step| step.start.minute()).min();
        let ends = offer.steps.iter().map(|step| step.end.minute()).max();
        let mut lowered_percent = None;
        if let Some(span) = starts.zip(ends).and_then(|(start, end)| Interval::new(start, end)) {
            let (price_fen, stays) = price_at(booking, by_owner, (offer.price_fen, span), now);
            offer.price_fen = price_fen;
            lowered_percent = stays.map(|plan| plan.percent);
        }
        // A move agrees to no window.
        let reply_by = starts
            .filter(|_| booking.status == Status::Held)
            .and_then(|start| terms::reply_by_start(&catalogue.holidays, &policy, start, now));
        let charges = std::mem::take(&mut offer.terms.charges);
        let terms = terms::view(&policy, offer.price_fen);
        offer.terms = TermsView { reply_by, lowered_percent, charges, ..terms };
    }
    Ok(())
}

/// The owner; the platform only what is its own or not confirmed yet.
pub(super) fn may_move(caller: &Caller, booking: &Loaded, side: Side) -> Result<(), Failure> {
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
/// reason `fee_changed` if the fee is another by now, `booking_changed` if the booking is, `already_there` if nothing
/// would move, `outside_window` if a platform would move a client's campaign out of the window that it was asked for,
/// `moves_often` if the same side has moved what isn't confirmed often enough for a day, `use_or_lose` if a firm that
/// often gives up late would move it further than it may hold. A platform's people are told by the conflict's reason
/// `waiters_first` of what had just become free and went to one who waited.
pub async fn relocate(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: MoveOrder,
    key: &IdempotencyKey,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    may_move(caller, &booking, side)?;
    let ahead = waitlist::ahead(order.ahead.as_deref())?;
    if let (Side::Owner, Some(said)) = (side, &ahead) {
        return Err(field::unknown("ahead", said));
    }
    let attempt = Attempt::new(member, key, "move", id, &order);
    let order = MoveOrder { query: app::contract::OfferQuery { moving: Some(id), ..order.query }, ..order };
    attempt
        .once(state, async {
            // As for a hold.
            state.limits.search(Searcher::Organisation(member.organisation.0))?;
            let request = moving::campaign_in(&booking, order.query.request()?);
            let place = Placing::of(state, member, &order.query, request.clone(), &order.offer).await?;
            let (touched, wanted, since) = (place.touched(), place.wanted(), state.clock.now());
            let done = others_first(state, |others_first| {
                let (place, quoted_fee_fen, ahead) = (place.clone(), order.quoted_fee_fen, ahead.clone());
                let version = order.version;
                let change = Move { place, quoted_fee_fen, version, side, others_first, ahead };
                let touched = touched.clone();
                transition::attempt_change(state, member, side, &booking, change, Some(&attempt), touched)
            });
            match done.await {
                Ok(view) => Ok(view),
                Err(Stop::Refused(why)) if side == Side::Platform => {
                    let asked = (&request, &wanted);
                    let client = booking.row.organisation;
                    Err(waitlist::refused(state, member, &order.query, asked, (&why, since), client).await)
                }
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
    version: Option<i64>,
    side: Side,
    /// Whether it stops where others wait who haven't had their turn at what has become free.
    others_first: bool,
    /// Why the platform goes ahead of them.
    ahead: Option<String>,
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
        transition::as_shown(booking, self.version)?;
        if moving::stands_at(booking, &self.place.placement) {
            // It would use up the free move, or cost a fee, for nothing.
            return Err(Failure::Refused { refusal: RefusalView::named("already_there") }.into());
        }
        if booking.row.organisation.is_some() && booking.status != Status::Confirmed {
            let by = match self.side {
                Side::Owner => OrganisationKind::Company,
                Side::Platform => OrganisationKind::Platform,
            };
            often::decided_at_most(tx, UNCONFIRMED, (booking.row.id, "move", OFTEN), by, scene.now).await?;
        }
        let quote = fee(tx, &scene.catalogue, booking, scene.now).await?;
        if quote.fee_fen != self.quoted_fee_fen {
            return Err(fee_changed(quote.fee_fen).into());
        }
        let left_fee_fen = left_fee(&scene.catalogue, booking, (quote.fee_fen, quote.waived), scene.now);
        let placed_at = self.place.placement.span().ok_or(Refusal::Stale)?;
        let asked = &booking.campaign.request;
        if asked.batches != self.place.request.batches {
            // It has been parted since this place was looked for.
            return Err(Refusal::Stale.into());
        }
        if self.side == Side::Platform && booking.row.organisation.is_some() && !asked.window.holds(placed_at)
        {
            // What its client never asked for is not the platform's to give.
            let line = self.place.placement.steps[0].line;
            return Err(Refusal::OutsideWindow { line, interval: placed_at }.into());
        }
        let window = asked.window;
        let waits = match self.side {
            Side::Owner => booking.row.organisation.is_some(),
            // A client's campaign that can't stay where it is waits for nobody.
            Side::Platform => !blameless::is_hit(tx, booking).await?,
        };
        let ahead = if waits {
            let owner = OrganisationId(booking.row.organisation.unwrap_or(booking.row.platform));
            let by = (self.ahead.as_deref(), self.others_first);
            waitlist::goes_ahead(tx, scene, (owner, &self.place.placement), None, by).await?
        } else {
            None
        };
        if let (Side::Owner, Some(company)) = (self.side, booking.row.organisation)
            && !quote.waived
            && self.place.first_start() > booking.first_start()
        {
            // Else whoever may hold only what begins soon would hold that, and move it on.
            let platform = PlatformId(booking.row.platform);
            let policy = ground::policy(&scene.catalogue, platform);
            late::queue(tx, company).await?;
            let whose = (OrganisationId(company), platform);
            late::admit(tx, &policy, whose, self.place.first_start(), scene.now).await?;
        }
        let policy = ground::policy(&scene.catalogue, PlatformId(booking.row.platform));
        let held_until = scene.now + policy.hold_minutes * 60;
        let expires_at = match booking.status {
            // However long what a call gave was held: elsewhere it is a hold like any other.
            Status::Held => booking.row.hold_expires_at.map(|at| at.min(held_until)),
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
        let began = booking.first_start();
        let was: Vec<_> = booking.live().cloned().collect();
        // What its platform moves of a client's isn't confirmed: its notice is that of where it will be then.
        booking.renew_notice();
        booking.steps = placing::pieces(&placed.steps, &placed.intervals);
        let row = &mut booking.row;
        match booking.status {
            Status::Held => row.hold_expires_at = expires_at,
            Status::Requested => row.reply_by = expires_at,
            // Moves before confirmation are free and don't use up the free one; nor does one that the platform caused.
            _ => row.moves += i64::from(!quote.waived),
        }
        row.route = self.place.route.id.0;
        let by_owner = self.side == Side::Owner && !quote.waived;
        let (price_fen, stays) = price_at(booking, by_owner, (placed.offer.price_fen, placed_at), scene.now);
        let row = &mut booking.row;
        row.price_fen = price_fen;
        row.left_fee_fen = left_fee_fen;
        if quote.fee_fen > 0 {
            row.fee_fen = Some(row.fee_fen.unwrap_or(0) + quote.fee_fen);
        }
        if stays.is_none() && booking.plan.take().is_some() {
            // Outside the window that it was cheaper for, it costs what any campaign does.
            booking::drop_plan(tx, booking.row.id).await?;
        }
        let product = booking.campaign.request.product;
        let window = if self.side == Side::Platform { window } else { self.place.request.window };
        booking.campaign.request = Request { product, window, ..self.place.request.clone() };
        booking.campaign.stands_over(placed_at);
        late::move_away(tx, scene, booking, (was.as_slice(), quote.fee_fen)).await?;
        let mut inputs = json!({ "from": from, "placement": self.place.placement,
            "policy": quote.policy_version, "waived": quote.waived });
        if let Some(reason) = ahead {
            inputs["ahead_of_waiters"] = json!(reason);
        }
        Ok(Made {
            effects,
            inputs,
            outcome: json!({ "fee_fen": quote.fee_fen, "price_fen": price_fen }),
            beside: Beside::between(began, placed_at.start),
            steps: placed.steps,
            ..Made::default()
        })
    }
}

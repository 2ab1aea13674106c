//! Writing a repair: decided again under the lock, then the moves and the hold as one change.

use domain::{
    BookingId, Interval, OrganisationId, PlatformId, Second,
    availability::{Offer, Placement},
    booking::{Action, Status, transition},
    refusal::Refusal,
    request::Request,
    resolve::{
        onward, parted,
        repair::{self, Movable},
    },
    snapshot::Snapshot,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    agreed::{by_rule, unasked},
    considered::Considered,
    movables::placement,
    own_moves::{OwnMove, OwnTerms},
    plan::{Cause, Gap, Planned, PlannedMove},
    rest,
    room_moves::{self, is_spared},
    swap_prices,
};
use crate::{
    store::Tx,
    usecase::{
        blameless,
        booking::{self, Loaded, NewStep},
        cancel, cleanings, ground, late, moving, placing,
        protocol::{self, Beside, Decision, Effects, Lapsed, Note, Scene, Stop},
        waitlist::are_due,
    },
};

/// What was granted under the lock.
pub(crate) struct Granted {
    /// The moved bookings, with what the kernel was asked about each.
    bookings: Vec<(Loaded, Movable)>,
    /// What each would cost anybody where it goes, in fen, if it goes whole from where it can't run, or is swapped.
    offered: Vec<i64>,
    /// Of each that makes room for its own firm, what it comes to where it goes.
    own: Vec<Option<OwnTerms>>,
    /// The scene's lines and pools once they have moved.
    after: Snapshot,
}

/// What was written besides the moves.
#[derive(Default)]
pub(crate) struct Written {
    /// The hold that room was made for.
    pub hold: Option<Loaded>,
    /// The booking of the batches that went elsewhere.
    pub rest: Option<Loaded>,
}

impl Granted {
    /// The campaigns of a swap, with what each would cost anybody where it goes, in fen.
    pub fn offered(&self) -> impl Iterator<Item = (&Loaded, i64)> {
        self.bookings.iter().map(|(booking, _)| booking).zip(self.offered.iter().copied())
    }
}

impl Planned {
    /// Decides again on the state as it is now, and writes nothing.
    ///
    /// # Errors
    /// As [`Holding::may_hold`](crate::usecase::holding::Holding::may_hold); the kernel's refusal; [`Refusal::Stale`]
    /// if a booking isn't where it was, would stay there, may not move any more, or its route has changed, if its firm
    /// makes room for itself with it and couldn't move it there by itself for nothing and no dearer, or if the cleaning
    /// that it is for is gone or can't be removed then either; [`Stop::OthersFirst`] where those who wait haven't had
    /// their turn; [`Stop::Widen`].
    pub async fn decide(&self, tx: &Tx<'_>, scene: &Scene) -> Result<Granted, Stop> {
        let mut snapshot = match &self.holding {
            Some(holding) => {
                holding.may_hold(tx, scene).await?;
                scene.snapshot(&holding.placing.route(scene)?)
            }
            None => scene.bare(),
        };
        self.others_first(tx, scene).await?;
        if self.agreed {
            for route in self.routes() {
                snapshot.forget_notice(route.platform);
            }
        }
        let mut bookings = Vec::with_capacity(self.moves.len());
        let mut own_moves = Vec::with_capacity(self.moves.len());
        for (number, one) in self.moves.iter().enumerate() {
            let held = Lapsed::one(tx, one.booking).await?;
            scene.covers(&Lapsed::touched(tx, held.as_slice()).await?)?;
            let booking = booking::load(tx, one.booking).await?.ok_or(Refusal::Stale)?;
            let cause = self.cause_of(number);
            if cause == Cause::Room
                && self.is_firms()
                && is_spared(tx, (one.booking, one.agreed), scene.now).await?
            {
                return Err(Refusal::Stale.into());
            }
            let own = self.is_own(number, booking.row.organisation);
            if let Some(company) = booking.row.organisation.filter(|_| own) {
                admit(tx, scene, (one, OrganisationId(company)), &booking).await?;
            }
            own_moves.push(if own { Some(free_move(tx, scene, &booking).await?) } else { None });
            let movable = still(scene, &booking, (one, cause), moving::held(tx, &booking).await?)?;
            for route in std::iter::once(&one.route).chain(one.rest.as_ref().map(|rest| &rest.route)) {
                if scene.catalogue.offered(route.id) != Some(route) {
                    return Err(Refusal::Stale.into());
                }
                if snapshot.routes.iter().all(|known| known.id != route.id) {
                    snapshot.routes.push(std::sync::Arc::clone(route));
                }
            }
            bookings.push((booking, movable));
        }
        let moves: Vec<_> =
            bookings.iter().zip(&self.moves).map(|((_, movable), one)| (movable, &one.to)).collect();
        let (mut offered, mut own) = (Vec::new(), Vec::new());
        match &self.holding {
            Some(holding) => {
                let placing = holding.placing.of_product(holding.product.id);
                let (request, place) = (&placing.request, &placing.placement);
                let granted = repair::verify_all(&snapshot, request, place, &moves, scene.now)?;
                let offers = granted.iter().skip(1);
                own = own_terms(&own_moves, offers, scene.now).ok_or(Refusal::Stale)?;
            }
            None => match self.parted() {
                Some((one, rest)) => {
                    let (booking, movable) = bookings.first().ok_or(Refusal::Stale)?;
                    let places = (rest.stays, [&one.to, &rest.to]);
                    parted::verify(&snapshot, movable, places, rest::begun(booking), scene.now)?;
                }
                None => {
                    let leaving = self.cause == Cause::Rescue;
                    let runs = bookings.first().filter(|(booking, _)| leaving && rest::begun(booking));
                    let granted = match (runs, self.moves.as_slice()) {
                        (Some((_, movable)), [one]) => {
                            vec![onward::verify(&snapshot, movable, &one.to, scene.now)?]
                        }
                        (None, [_, _, ..]) if leaving => vec![among(&snapshot, &moves, scene.now)?],
                        _ => repair::verify_moves(&snapshot, &moves, leaving, scene.now)?,
                    };
                    if leaving || self.cause == Cause::Swap {
                        offered.extend(granted.iter().map(|offer| offer.price_fen));
                    }
                }
            },
        }
        let mut after = snapshot;
        moves.iter().for_each(|(movable, _)| after.release(&movable.held));
        for (movable, to) in moves {
            after.put(&movable.request, to, scene.now)?;
        }
        if self.cleaning.is_some_and(|cleaning| !may_go(&after, cleaning, scene.now)) {
            return Err(Refusal::Stale.into());
        }
        Ok(Granted { bookings, offered, own, after })
    }

    async fn others_first(&self, tx: &Tx<'_>, scene: &Scene) -> Result<(), Stop> {
        let Some(company) = self.behind else { return Ok(()) };
        let held = self.holding.iter().map(|holding| &holding.placing.placement);
        for place in held.chain(self.moves.iter().map(|one| &one.to)) {
            if are_due(tx, scene, company, place).await? {
                return Err(Stop::OthersFirst);
            }
        }
        Ok(())
    }

    /// Writes what was granted. `by` is the record's name for how it came about.
    ///
    /// # Errors
    /// [`Refusal::TooManyHolds`], [`Refusal::TooManyUnconfirmed`], the database's failure.
    pub async fn write(
        &self,
        tx: &Tx<'_>,
        scene: &Scene,
        granted: Granted,
        by: serde_json::Value,
    ) -> Result<Written, Stop> {
        let Granted { bookings, offered, own, after } = granted;
        let (mut offered, mut owns) = (offered.into_iter(), own.into_iter());
        let mut effects = Effects::default();
        let mut moved = Vec::with_capacity(bookings.len());
        let mut apart = None;
        // Whoever makes room for itself is asked nothing by that.
        let stranded = bookings.first().filter(|_| self.cause == Cause::Rescue && self.holding.is_none());
        let stranded = stranded.and_then(|(booking, _)| booking.row.organisation);
        let all = bookings.into_iter().zip(&self.moves).enumerate();
        for (number, ((mut booking, mut movable), one)) in all {
            let (cause, own) = (self.cause_of(number), self.is_own(number, booking.row.organisation));
            keep_leaving(tx, scene, (cause, own), &mut booking).await?;
            if let Some(terms) = owns.next().flatten() {
                terms.apply(tx, &mut booking).await?;
            }
            if let Some(price_fen) = offered.next().filter(|_| booking.row.organisation.is_some()) {
                if cause == Cause::Swap {
                    let shown = self.prices.get(&booking.row.id).copied();
                    swap_prices::pay(tx, scene, &mut booking, (one, price_fen, shown)).await?;
                } else {
                    // Nobody pays for a better place than the one that is left.
                    let price_fen = booking.plan.map_or(price_fen, |plan| plan.price(price_fen));
                    booking.row.price_fen = booking.row.price_fen.min(price_fen);
                }
            }
            if let Some(rest) = &one.rest {
                let goes = rest::take(&mut booking, &mut movable, rest, scene.now)?;
                apart = Some(rest::place(goes, rest, &after, &mut effects)?);
            }
            let steps = relocate(tx, (&mut booking, &movable), one, &after, &mut effects).await?;
            moved.push((booking, steps));
        }
        let hold = match &self.holding {
            Some(holding) => {
                let considered = self.considered.as_ref().map(|considered| json!(considered));
                Some(holding.take_on(tx, scene, &after, effects, considered).await?)
            }
            None => {
                effects.apply(tx, scene).await?;
                None
            }
        };
        let all = moved.iter_mut().zip(&self.moves).enumerate();
        for (number, ((booking, steps), one)) in all {
            booking::insert_steps(tx, &mut booking.row, booking.status, steps).await?;
            let intervals: Vec<Interval> = one.to.steps.iter().map(|step| step.interval).collect();
            booking.steps = placing::pieces(steps, &intervals);
            let rest = apart.as_ref().map(|apart| apart.booking.row.id);
            let cause = self.cause_of(number);
            let firms = cause == Cause::Room && stranded.is_some() && stranded == booking.row.organisation;
            let own = firms || self.is_own(number, booking.row.organisation);
            // It is kept with what was looked for: with the hold, or with the campaign that couldn't stay.
            let considered = self.considered.as_ref().filter(|_| number == 0 && self.holding.is_none());
            record(tx, scene, booking, (one, cause, own), (&by, rest, considered)).await?;
            if let Some(hold) = hold.as_ref().filter(|_| cause == Cause::Room && !own) {
                room_moves::note(tx, (booking.row.id, hold.row.id), one.agreed, scene.now);
            }
        }
        let rest = match (apart, moved.first()) {
            (Some(apart), Some((stays, _))) => Some(apart.write(tx, scene, stays, &by).await?),
            _ => None,
        };
        Ok(Written { hold, rest })
    }
}

/// Decides on the move of a campaign that can't stay, the first, and on those that make room for it: it may leave a
/// cleaning where it stood, they leave none. Answers what it gets.
fn among(snapshot: &Snapshot, moves: &[(&Movable, &Placement)], now: Second) -> Result<Offer, Refusal> {
    let ((stranded, to), others) = moves.split_first().ok_or(Refusal::Stale)?;
    let mut freed = snapshot.clone();
    freed.release(&stranded.held);
    repair::verify(&freed, &stranded.request, to, others, now)
}

/// Whether the cleaning still stands, is still ahead, and nothing takes its place once it goes.
fn may_go(after: &Snapshot, cleaning: Gap, now: Second) -> bool {
    let line = after.lines.get(&cleaning.line).filter(|_| now < cleaning.interval.end * 60);
    let found = line.and_then(|line| Some((line, line.row(cleaning.id)?)));
    found.is_some_and(|(line, row)| cleanings::removable(line, row))
}

/// Whoever is moved for others leaves for no less than here, and for a while with no less notice. What can't stay costs
/// nothing to leave while it stands there, so that it keeps its notice alone. What its owner moves itself, by a swap or
/// since it makes room for its own hold (`own`), keeps what leaving costs here: its notice is that of the new place. So
/// is that of what isn't confirmed: its firm agrees to where it stands then.
async fn keep_leaving(
    tx: &Tx<'_>,
    scene: &Scene,
    (cause, own): (Cause, bool),
    booking: &mut Loaded,
) -> Result<(), Stop> {
    if booking.row.organisation.is_none() {
        return Ok(());
    }
    let costs = cause != Cause::Rescue && booking.status == Status::Confirmed;
    if costs && !blameless::is_hit(tx, booking).await? {
        let leaving =
            cancel::by_notice(&scene.catalogue, booking, booking.notice_start(scene.now), scene.now);
        booking.row.left_fee_fen = booking.row.left_fee_fen.max(leaving);
    }
    if own || cause == Cause::Swap || booking.status != Status::Confirmed {
        booking.renew_notice();
    } else {
        booking.keep_notice(scene.now);
    }
    Ok(())
}

/// The move of its own campaign by which a firm makes room for itself.
///
/// # Errors
/// [`Refusal::Stale`] if it would cost a fee by now, the database's failure.
async fn free_move(tx: &Tx<'_>, scene: &Scene, booking: &Loaded) -> Result<OwnMove, Stop> {
    let own = OwnMove::of(tx, &scene.catalogue, booking, scene.now).await?;
    Ok(own.ok_or(Refusal::Stale)?)
}

/// What those moves come to at their `offers`; `None` if one is dearer there.
fn own_terms<'a>(
    moves: &[Option<OwnMove>],
    offers: impl Iterator<Item = &'a Offer>,
    now: Second,
) -> Option<Vec<Option<OwnTerms>>> {
    let terms = |(own, offer): (&Option<OwnMove>, &Offer)| match own {
        Some(own) => own.terms(offer, now).map(Some),
        None => Some(None),
    };
    moves.iter().zip(offers).map(terms).collect()
}

/// Refuses a firm that may hold only what begins soon to move its own campaign on by making room for itself.
async fn admit(
    tx: &Tx<'_>,
    scene: &Scene,
    (one, company): (&PlannedMove, OrganisationId),
    booking: &Loaded,
) -> Result<(), Stop> {
    let will = one.to.span().ok_or(Refusal::Stale)?.start;
    if will <= booking.first_start() || blameless::is_hit(tx, booking).await? {
        return Ok(());
    }
    let platform = PlatformId(booking.row.platform);
    let policy = ground::policy(&scene.catalogue, platform);
    late::queue(tx, company.0).await?;
    late::admit(tx, &policy, (company, platform), will, scene.now).await
}

/// The booking as it may move now.
fn still(
    scene: &Scene,
    booking: &Loaded,
    (one, cause): (&PlannedMove, Cause),
    held: domain::supposed::Held,
) -> Result<Movable, Refusal> {
    let from = placement(booking).filter(|place| *place == one.from).ok_or(Refusal::Stale)?;
    if one.rest.is_none() && one.to == from {
        return Err(Refusal::Stale);
    }
    let (was, will) = (from.span().ok_or(Refusal::Stale)?, one.to.span().ok_or(Refusal::Stale)?);
    // What runs goes on elsewhere, for the kernel keeps what has begun where it is, or in parts.
    let goes_on = cause == Cause::Rescue && one.rest.is_none() && rest::begun(booking);
    if !(goes_on || one.rest.is_some() && rest::may(booking)) {
        transition(booking.status, Action::Move)?;
    }
    let due = match booking.status {
        Status::Held => booking.row.hold_expires_at,
        Status::Requested => booking.row.reply_by,
        _ => None,
    };
    // What couldn't start, since its line is down, can still go elsewhere.
    let begun = was.start * 60 <= scene.now && cause != Cause::Rescue;
    if begun || due.is_some_and(|due| due <= scene.now) {
        return Err(Refusal::Stale);
    }
    let window = match by_rule(booking, scene.now) {
        // Nobody agreed beforehand to have a campaign parted.
        _ if one.rest.is_some() && !one.agreed && booking.row.organisation.is_some() => {
            return Err(Refusal::Stale);
        }
        _ if one.agreed => will,
        // The platform may move what is its own, and what isn't confirmed inside the window that was asked for.
        _ if cause.is_platforms() && booking.row.organisation.is_none() => will,
        _ if cause.is_platforms() && unasked(booking, scene.now).is_some_and(|open| open.holds(will)) => will,
        Some(window) if window.holds(will) => window,
        _ => return Err(Refusal::Stale),
    };
    Ok(Movable {
        booking: BookingId(booking.row.id),
        request: Request {
            window,
            platform: Some(PlatformId(booking.row.platform)),
            ..booking.campaign.request.clone()
        },
        placement: from,
        held,
        needs_consent: one.agreed,
    })
}

/// Takes a booking off its rows, gathers those that it gets, and saves it. Its price never rises by that, whomever it
/// is moved for.
async fn relocate(
    tx: &Tx<'_>,
    (booking, movable): (&mut Loaded, &Movable),
    one: &PlannedMove,
    after: &Snapshot,
    effects: &mut Effects,
) -> Result<Vec<NewStep>, Stop> {
    for piece in booking.live() {
        effects.release(piece.line, piece.occupancy);
    }
    booking::leave_steps(tx, booking).await?;
    let until = match booking.status {
        Status::Held => &mut booking.row.hold_expires_at,
        Status::Requested => &mut booking.row.reply_by,
        _ => &mut None,
    };
    let will = one.to.span().ok_or(Refusal::Stale)?;
    *until = until.map(|at| at.min(will.start * 60));
    let steps = placing::lay(after, (&movable.request, &one.to), *until, effects)?;
    booking.row.route = one.to.route.0;
    if booking.plan.is_some_and(|plan| !plan.holds(will)) {
        // It keeps the lower price, for it wasn't its owner who wanted it elsewhere.
        booking.plan = None;
        booking::drop_plan(tx, booking.row.id).await?;
    }
    booking.campaign.stands_over(will);
    booking::save(tx, booking, booking.status).await?;
    Ok(steps)
}

/// The decision about a booking that was moved, and the word to both its sides. `own`: it made room for its own firm.
async fn record(
    tx: &Tx<'_>,
    scene: &Scene,
    booking: &Loaded,
    (one, cause, own): (&PlannedMove, Cause, bool),
    (by, rest, considered): (&serde_json::Value, Option<Uuid>, Option<&Considered>),
) -> Result<(), Stop> {
    let mut inputs = json!({ "from": one.from, "placement": one.to, "agreed": one.agreed, "by": by });
    let mut outcome = json!({ "from": booking.status, "status": booking.status });
    if own {
        inputs["own"] = json!(true);
    }
    if let Some(considered) = considered {
        inputs["considered"] = json!(considered);
    }
    if let (Some(id), Some(rest)) = (rest, &one.rest) {
        inputs["split_with"] = json!(id);
        inputs["stays"] = json!(rest.stays);
        inputs["request"] = json!(booking.campaign.request);
    }
    if rest.is_some() || matches!(cause, Cause::Rescue | Cause::Swap) || own {
        outcome["price_fen"] = json!(booking.row.price_fen);
    }
    let (action, rule) = match rest {
        Some(_) => ("part", parted::RULE),
        None => (cause.action(), cause.rule()),
    };
    let decision = Decision {
        by: None,
        booking: Some(booking.row.id),
        action,
        inputs,
        rule,
        versions: &scene.versions(),
        outcome,
    };
    protocol::decide(tx, decision, scene.now).await?;
    let mut to: Vec<Uuid> = booking.row.organisation.into_iter().collect();
    to.push(booking.row.platform);
    let note = Note {
        kind: if rest.is_some() { "parted" } else { kind(cause, one.agreed) }.into(),
        to,
        booking: Some(booking.row.id),
        reference: Some(booking.row.reference.clone()),
        reason: None,
    };
    // Of one that is parted some batches may stay where all were.
    let to = one.rest.as_ref().map_or(&one.to, |rest| &rest.to);
    protocol::tell_with(tx, &note, &Beside::moved(&one.from, to), scene.now).await
}

/// What the word to both sides is called.
const fn kind(cause: Cause, agreed: bool) -> &'static str {
    match (cause, agreed) {
        (Cause::Room | Cause::Cleaning, true) => "moved_as_agreed",
        (Cause::Room, false) => "moved_by_rule",
        (Cause::Rescue, true) => "rescued_as_agreed",
        (Cause::Rescue, false) => "rescued",
        (Cause::Swap, _) => "swapped",
        (Cause::Cleaning, false) => "booking_moved",
    }
}

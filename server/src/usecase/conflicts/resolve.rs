//! Taking one of a conflict's options: decided again under the lock, then done or proposed.

use app::contract::{ConflictAnswer, ConflictOrder, Failure, FieldProblem, Instant, field};
use domain::{availability, refusal::Refusal, request::Request};
use uuid::Uuid;

use super::{
    among,
    choice::Choice,
    considered::considered,
    moves::is_unwanted,
    neighbours,
    options::find,
    over::{or_dealt_with, or_over},
    wishes,
};
use crate::{
    state::AppState,
    usecase::{
        Caller, IdempotencyKey, Member, booking, cleanings, ground,
        offer_key::OfferKey,
        protocol::{Attempt, Stop},
        refusal::{self, Audience},
        repair::{
            declined_by_owner,
            rescue::{self, Reason, Rescued},
        },
        transition,
    },
};

/// Takes an option: what the rules let the platform do is done at once, else its owner is asked.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for operators, [`Failure::NotFound`] for another platform's
/// conflict, [`Failure::Invalid`] for what is no option, or without words where they are needed;
/// [`Failure::Refused`] if it doesn't fit any more, or with the reason `already_asked`, `conflict_settled`,
/// `conflict_over` or `conflict_regrouped`; [`Failure::KeyReused`].
pub async fn resolve(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &ConflictOrder,
    key: &IdempotencyKey,
) -> Result<ConflictAnswer, Failure> {
    let (member, platform) = caller.own_platform()?;
    let attempt = Attempt::new(member, key, "resolve", id, order).dealing_with(platform, id);
    let began = state.clock.now();
    let done: Result<Rescued, Failure> =
        attempt.once(state, take(state, caller, (member, id), order, &attempt)).await;
    let done = or_dealt_with(state, platform, (id, began), done).await;
    let state = match or_over(state, caller, id, done).await? {
        Rescued::Moved => "done",
        Rescued::Asked => "asked",
    };
    Ok(ConflictAnswer { state: state.into() })
}

async fn take(
    state: &AppState,
    caller: &Caller,
    (member, id): (&Member, Uuid),
    order: &ConflictOrder,
    attempt: &Attempt,
) -> Result<Rescued, Failure> {
    let conflict = find(state, caller, id).await?;
    let unknown = || field::unknown("option", &order.option);
    let choice = Choice::decode(&order.option);
    if conflict.state == "asked" && choice != Some(Choice::Remove) {
        return Err(Failure::refused("already_asked"));
    }
    let choice = choice.ok_or_else(unknown)?;
    match (conflict.booking.as_ref(), conflict.cleaning.as_ref(), choice) {
        (Some(view), _, choice @ (Choice::Move(_) | Choice::Among(_) | Choice::Part(..))) => {
            let until = conflict.until.map_or(0, Instant::minute);
            let reason = match conflict.kind.as_str() {
                "outage" => Some(Reason::Hit(conflict.id)),
                "flag" => Some(Reason::Flag(conflict.id)),
                _ => None,
            };
            moved(state, member, (view.id, reason, until), (&choice, order), attempt).await
        }
        (None, Some(cleaning), Choice::Remove) => {
            cleanings::remove_once(state, caller, cleaning.id, Some(attempt), Rescued::Moved).await
        }
        (None, Some(cleaning), Choice::Neighbour(booking, place)) => {
            if !neighbours::is_beside(state, cleaning, booking).await? {
                return Err(unknown());
            }
            let reason = Some(Reason::Cleaning(neighbours::gap(cleaning)));
            moved(state, member, (booking, reason, 0), (&Choice::Move(place), order), attempt).await
        }
        (None, None, choice @ (Choice::Give(..) | Choice::Room(..))) => {
            wishes::take(state, member, (&conflict, order), choice, attempt).await
        }
        _ => Err(unknown()),
    }
}

/// Moves the booking, or some of its batches, or asks its owner: for the `reason` while that is open. Whoever has
/// declined just this for as much is asked once more only by who says why.
async fn moved(
    state: &AppState,
    member: &Member,
    (id, reason, until): (Uuid, Option<Reason>, i64),
    (choice, order): (&Choice, &ConflictOrder),
    attempt: &Attempt,
) -> Result<Rescued, Failure> {
    let unknown = || field::unknown("option", &order.option);
    let why = transition::reason(&order.reason)?;
    let booking = booking::load(state.store.read(), id).await?.ok_or(Failure::NotFound)?;
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let worded = |why| refusal::view(&why, Audience::Operators, &*ground.catalogue);
    let place = |key: &OfferKey, batches: u32| {
        let here = |route: &&std::sync::Arc<domain::route::Route>| route.platform.0 == booking.row.platform;
        ground.catalogue.offered(key.route).filter(here).ok_or_else(&unknown)?;
        let request = Request { batches, ..booking.campaign.request.clone() };
        let place = availability::place(&ground.snapshot, &request, key.route, &key.steps);
        let place = place.map_err(|why| Failure::Refused { refusal: worded(why) })?;
        let is_ready = place.span().is_some_and(|span| span.start >= rescue::earliest(&booking));
        is_ready.then_some(place).ok_or_else(&unknown)
    };
    let all = booking.campaign.request.batches;
    let plan = match choice {
        Choice::Move(to) => {
            let to = rescue::kept(&ground, &booking, place(to, all)?, now);
            rescue::planned(&ground.catalogue, &booking, to, now)
        }
        Choice::Among(to) => {
            let found = among::planned(state, &booking, (&place(to, all)?, until)).await?;
            Some(found.ok_or_else(|| Failure::Refused { refusal: worded(Refusal::Stale) })?)
        }
        Choice::Part(stays, [one, other]) => {
            let goes = all.checked_sub(*stays).filter(|goes| *goes > 0 && *stays > 0).ok_or_else(&unknown)?;
            let places = [place(one, *stays)?, place(other, goes)?];
            rescue::planned_parts(&ground.catalogue, &booking, *stays, places)
        }
        _ => return Err(unknown()),
    };
    let plan = plan.ok_or(Failure::Busy)?;
    let plan = match reason {
        Some(Reason::Cleaning(cleaning)) => plan.for_cleaning(cleaning),
        _ => plan,
    };
    let plan = match choice {
        Choice::Move(_) | Choice::Part(..) => considered(state, &booking, until, plan).await?,
        _ => plan,
    };
    if why.is_none() && plan.asks() {
        let declined = declined_by_owner(state.store.read(), (id, plan.cause)).await?;
        if is_unwanted(&plan, &declined) {
            return Err(field::invalid("reason", FieldProblem::Missing));
        }
    }
    let by = (Some(member.clone()), member.account, why);
    let done = rescue::carry_out(state, &ground.catalogue, (plan, &booking, reason), by, Some(attempt)).await;
    done.map_err(|stop: Stop| stop.failure(|why| Failure::Refused { refusal: worded(why) }))
}

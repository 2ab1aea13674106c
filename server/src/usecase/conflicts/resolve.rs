//! Taking one of a conflict's options: decided again under the lock, then done or proposed.

use app::contract::{ConflictAnswer, ConflictOrder, Failure, RefusalView, field};
use domain::availability;
use uuid::Uuid;

use super::options::{REMOVE, find, operator};
use crate::{
    state::AppState,
    usecase::{
        Caller, IdempotencyKey, Member, booking, cleanings, ground,
        offer_key::OfferKey,
        protocol::{Attempt, Stop},
        refusal::{self, Audience},
        repair::rescue::{self, Rescued},
    },
};

/// Takes an option: what the rules let the platform do is done at once, else its owner is asked.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for operators, [`Failure::NotFound`] for another platform's
/// conflict and for one that is resolved, [`Failure::Invalid`] for what is no option; [`Failure::Refused`] if it doesn't
/// fit any more, or with the reason `already_asked`; [`Failure::KeyReused`].
pub async fn resolve(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &ConflictOrder,
    key: &IdempotencyKey,
) -> Result<ConflictAnswer, Failure> {
    let member = operator(caller)?;
    let attempt = Attempt::new(member, key, "resolve", id, order);
    let done: Result<Rescued, Failure> =
        attempt.once(state, take(state, caller, (member, id), order, &attempt)).await;
    let state = match done? {
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
    if conflict.state == "asked" {
        let refusal = RefusalView { reason: "already_asked".into(), line: None, facts: Vec::new() };
        return Err(Failure::Refused { refusal });
    }
    let unknown = || field::unknown("option", &order.option);
    let Some(view) = &conflict.booking else {
        let cleaning = conflict.cleaning.filter(|_| order.option == REMOVE).ok_or_else(unknown)?;
        cleanings::remove(state, caller, cleaning.id).await?;
        return Ok(Rescued::Moved);
    };
    let key = OfferKey::decode(&order.option).ok_or_else(unknown)?;
    let booking = booking::load(state.store.read(), view.id).await?.ok_or(Failure::NotFound)?;
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let place = availability::place(&ground.snapshot, &booking.campaign.request, key.route, &key.steps);
    let here = |route: &&std::sync::Arc<domain::route::Route>| route.platform.0 == booking.row.platform;
    if ground.catalogue.offered(key.route).filter(here).is_none() {
        return Err(unknown());
    }
    let worded = |why| refusal::view(&why, Audience::Operators, &*ground.catalogue);
    let to = place.map_err(|why| Failure::Refused { refusal: worded(why) })?;
    let plan = rescue::planned(&ground.catalogue, &booking, to, now).ok_or(Failure::Busy)?;
    let by = (Some(member.clone()), member.account);
    let done = rescue::carry_out(state, &ground.catalogue, (plan, &booking), by, Some(attempt)).await;
    done.map_err(|stop: Stop| stop.failure(|why| Failure::Refused { refusal: worded(why) }))
}

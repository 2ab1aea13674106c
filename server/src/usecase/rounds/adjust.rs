//! What a platform changes of a draft, with its reason: a wish is taken out, or put to another place that the kernel
//! grants beside the rest. All that it hasn't changed by hand are then decided again around it, as the call's rule has
//! them.

use std::sync::Arc;

use app::contract::{AdjustOrder, DraftView, Failure, WishPlace, field};
use domain::resolve::allocation::{Inputs, Place, rule::RULES};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    draft::{Standing, look, worded},
    filling::follows,
    load::{self, Call, Phase, write},
    result::BY_RULE,
    settle::{over, settle},
    view::Names,
};
use crate::{
    state::AppState,
    store::tables::{call_adjustment, wish},
    usecase::{
        Caller, IdempotencyKey, ground, internal,
        offer_key::OfferKey,
        place,
        protocol::{self, Attempt, Decision, Touched},
        transition,
    },
};

/// Places shown for each window of a wish.
const PLACES: usize = 8;

/// The places that a wish could have beside the rest of the draft.
///
/// # Errors
/// [`Failure::NotFound`] but for the call's platform; [`Failure::Refused`] with the reason `no_draft`, or
/// `wish_withdrawn` if its firm has taken it back.
pub async fn places(state: &AppState, caller: &Caller, id: Uuid) -> Result<Vec<WishPlace>, Failure> {
    caller.member()?;
    let (row, call) = load::wish(state, id).await?.ok_or(Failure::NotFound)?;
    call.seen_by(caller)?;
    still_wished(&row)?;
    let standing = Standing::of(state, &call).await?;
    let ground = ground::ground(state).await?;
    let free = free(state, &call, &standing, &row).await?;
    let view = |place: &Place| WishPlace {
        key: key_of(place),
        choice: u32::try_from(place.choice + 1).unwrap_or(u32::MAX),
        steps: place::steps(&ground.catalogue, &place.placement),
    };
    Ok(free.iter().map(view).collect())
}

/// Refuses a wish that its firm has taken back while the call was open: it is in no draft.
fn still_wished(row: &wish::Model) -> Result<(), Failure> {
    if row.withdrawn_at.is_some() { Err(Failure::refused("wish_withdrawn")) } else { Ok(()) }
}

async fn free(
    state: &AppState,
    call: &Call,
    standing: &Standing,
    row: &wish::Model,
) -> Result<Vec<Place>, Failure> {
    let part = ground::ground(state).await?.snapshot.of_lines(&call.lines);
    let (round, plan, wish, now) = (Arc::clone(&standing.round), standing.plan(), row.id, state.clock.now());
    let asked = tokio::task::spawn_blocking(move || round.places(&part, &plan, (wish, PLACES), now));
    asked.await.map_err(|error| internal("looking for places", &error))
}

/// Window and offer.
fn key_of(place: &Place) -> String {
    let key = OfferKey { route: place.placement.route, steps: place.placement.starts() };
    format!("{}.{}", place.choice + 1, key.encode())
}

/// Takes the wish out of the draft, or puts it elsewhere; then all that weren't changed so are decided again by the
/// call's rule, on the calendar as it is now, and whoever has no place is told why as it is then.
///
/// # Errors
/// [`Failure::NotFound`] but for the call's platform, [`Failure::Forbidden`] but for operators, [`Failure::Invalid`];
/// [`Failure::Refused`] with the reason `draft_outdated` or `share_overdrawn`, naming the first wish that wouldn't fit
/// then, `wish_withdrawn` if its firm has taken it back, or if the call isn't drafted; [`Failure::KeyReused`].
pub async fn adjust(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &AdjustOrder,
    key: &IdempotencyKey,
) -> Result<DraftView, Failure> {
    caller.member()?;
    let (row, call) = load::wish(state, id).await?.ok_or(Failure::NotFound)?;
    let member = call.operated_by(caller)?.clone();
    still_wished(&row)?;
    let reason = transition::required_reason(&order.reason)?;
    let attempt = Attempt::new(&member, key, "adjust_call", id, order);
    let of = call.row.id;
    attempt
        .once(state, async {
            if call.phase(state.clock.now()) != Phase::Drafted {
                return Err(match call.phase(state.clock.now()) {
                    Phase::Closed => Failure::refused("no_draft"),
                    _ => over(Some(&call.row.state)),
                });
            }
            let mut standing = Standing::of(state, &call).await?;
            let place = match &order.place {
                None => None,
                Some(wanted) => {
                    let free = free(state, &call, &standing, &row).await?;
                    let known = free.into_iter().find(|place| key_of(place) == *wanted);
                    Some(known.ok_or_else(|| field::unknown("place", wanted))?)
                }
            };
            let now = state.clock.now();
            let change = call_adjustment::Model {
                id: Uuid::now_v7(),
                draft: standing.draft.id,
                wish: row.id,
                place: place.as_ref().map(write).transpose()?,
                reason,
                outcome: None,
                account: member.account,
                adjusted_at: now,
                version: Some(call.row.version + 1),
            };
            standing.changes.push(change.clone());
            standing.told = super::result::told(&standing.round, &standing.changes)?;
            let ground = ground::ground(state).await?;
            let part = ground.snapshot.of_lines(&call.lines);
            // What that is decided on is kept, where it isn't what the draft was.
            let inputs = write(&Inputs::of(&part, &ground.catalogue.holidays))?;
            let calendar = Some(inputs).filter(|inputs| *inputs != standing.draft.inputs);
            let filled = match standing.fill(part, now).await? {
                Ok(found) => follows(&standing.told, found),
                Err(unfit) => {
                    let rows = load::wishes(state.store.read(), of, None).await?;
                    let names = Names::of(state.store.read(), &rows).await?;
                    return Err(Failure::Refused {
                        refusal: worded(&ground.catalogue, &names, &rows, &unfit),
                    });
                }
            };
            let mut changes = vec![change.clone()];
            for one in &filled {
                changes.push(call_adjustment::Model {
                    id: Uuid::now_v7(),
                    wish: one.wish,
                    place: one.place.as_ref().map(write).transpose()?,
                    reason: BY_RULE.to_owned(),
                    outcome: one.outcome.as_ref().map(write).transpose()?,
                    ..change.clone()
                });
            }
            let changing = Arc::new((call, member.clone(), changes, calendar));
            let done = protocol::run(state, Some(&attempt), Touched::default(), move |tx, scene| {
                let changing = Arc::clone(&changing);
                Box::pin(async move {
                    let (call, member, changes, calendar) = &*changing;
                    settle(tx, call, "state = 'drafted'", Vec::new()).await?;
                    for change in changes {
                        change.clone().into_active_model().insert(tx).await?;
                    }
                    let [change, filled @ ..] = changes.as_slice() else { return Ok(()) };
                    let filled: Vec<_> =
                        filled.iter().map(|one| (one.wish, &one.place, &one.outcome)).collect();
                    let decision = Decision {
                        by: Some(member),
                        booking: None,
                        action: "adjust_call",
                        inputs: json!({ "call": call.row.id, "draft": change.draft, "wish": change.wish,
                            "reason": change.reason, "now": change.adjusted_at, "calendar": calendar,
                            "version": change.version }),
                        rule: RULES,
                        versions: &[],
                        outcome: json!({ "place": change.place, "filled": filled }),
                    };
                    protocol::decide(tx, decision, scene.now).await
                })
            });
            done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
        })
        .await?;
    look(state, caller, of).await
}

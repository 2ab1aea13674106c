//! Joining the waiting list.

use std::sync::Arc;

use app::{
    contract::{Failure, FieldProblem, RefusalView, WaitOrder, WaitView, field},
    words::is_in_vain,
};
use domain::{
    Interval, LineId,
    availability::{self, Offer, STARTS, SameFinish},
    refusal::Refusal,
    request::Request,
    resolve::waiting,
    use_or_lose::Curbs,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{MOST, on_the_list, view, wish};
use crate::{
    limits::Searcher,
    state::AppState,
    store::{Current, StoreError, Tx, queries, tables::waiter},
    usecase::{
        Caller, IdempotencyKey, Member, ground, late,
        offers::Showing,
        plan_window, products,
        protocol::{self, Attempt, Decision, Scene, Stop, Touched},
        refusal::{self, Audience},
        search,
    },
};

/// Alternatives shown to whoever needs not wait.
const ALTERNATIVES: usize = 5;

/// Puts the caller's company on the list.
///
/// # Errors
/// [`Failure::Conflict`] with offers if there is room already; [`Failure::Refused`] if no line could ever take it, or
/// the company waits for as much as it may, or for just this, or no platform that could take it offers the plan windows
/// that it agrees to, with the reason `no_plan_windows`; [`Failure::Unverified`], [`Failure::Invalid`],
/// [`Failure::KeyReused`], [`Failure::TooMany`].
pub async fn join(
    state: &AppState,
    caller: &Caller,
    order: &WaitOrder,
    key: &IdempotencyKey,
) -> Result<WaitView, Failure> {
    let member = caller.verified_company()?;
    let attempt = Attempt::new(member, key, "wait", Uuid::nil(), order);
    attempt.once(state, carry_out(state, member, order, &attempt)).await
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    order: &WaitOrder,
    attempt: &Attempt,
) -> Result<WaitView, Failure> {
    if order.query.moving.is_some() {
        return Err(field::invalid("moving", FieldProblem::Unknown { value: "moving".into() }));
    }
    let request = search::request(state, Some(member), &order.query).await?;
    let code = order.product_code.as_deref().unwrap_or_default();
    products::of_order(state, member.organisation, code, order.query.product).await?;
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let ground = ground::ground(state).await?;
    let curbs = late::for_search(state, &ground.catalogue, Some(member), None).await?;
    let places = waits_for(state, (&ground, &curbs), &request)?;
    if order.flexible {
        plan_window::agreed(&ground.catalogue, &places, request.window, state.clock.now())?;
    }
    let first = places.first().and_then(|offer| offer.placement.steps.first());
    let line = first.ok_or(Failure::Busy)?.line;
    let wish = written(order)?;
    let row = waiter::Model {
        id: Uuid::now_v7(),
        organisation: member.organisation.0,
        account: member.account,
        offering: request.offering.clone(),
        platform: request.platform.map(|platform| platform.0),
        starts_at: request.window.start,
        ends_at: request.window.end,
        wish,
        created_at: state.clock.now(),
        booking: None,
        given_at: None,
        closed_at: None,
    };
    let entry = Arc::new((row, member.clone(), line));
    let done = protocol::run(state, Some(attempt), Touched::default(), move |tx, scene| {
        let entry = Arc::clone(&entry);
        Box::pin(async move { insert(tx, &scene, &entry.0, &entry.1, entry.2).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

async fn insert(
    tx: &Tx<'_>,
    scene: &Scene,
    row: &waiter::Model,
    member: &Member,
    line: LineId,
) -> Result<WaitView, Stop> {
    within_limit(tx, member).await?;
    waits_once(tx, row).await?;
    let view = view(&scene.catalogue, row, None, None)?;
    let row = waiter::Model { created_at: scene.now, ..row.clone() };
    row.clone().into_active_model().insert(tx).await?;
    // What became free between the search and this commit was offered to those who waited then: look once more.
    queries::leave_word(tx, line, Interval { start: row.starts_at, end: row.ends_at });
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "wait",
        inputs: json!({ "waiter": row.id, "offering": row.offering, "window": [row.starts_at, row.ends_at] }),
        rule: waiting::RULE,
        versions: &[],
        outcome: json!({ "waits": true }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    Ok(view)
}

fn written(order: &WaitOrder) -> Result<String, StoreError> {
    serde_json::to_string(order).map_err(|error| StoreError::document("a wish", &error))
}

/// Refuses one entry too many; those of one company queue as its holds do.
async fn within_limit(tx: &Tx<'_>, member: &Member) -> Result<(), Stop> {
    late::queue(tx, member.organisation.0).await?;
    let mine = waiter::Entity::find()
        .filter(waiter::Column::Organisation.eq(member.organisation.0))
        .filter(on_the_list());
    if mine.count(tx).await? < MOST {
        return Ok(());
    }
    Err(Failure::Refused { refusal: RefusalView::named("too_many_waiting").with("max", MOST) }.into())
}

/// Refuses what its firm waits for already, with or without a plan window: each entry has its own turn, and one firm
/// would have them all.
async fn waits_once(tx: &Tx<'_>, row: &waiter::Model) -> Result<(), Stop> {
    let order = wish(row)?;
    let mut alike = Vec::with_capacity(2);
    for flexible in [false, true] {
        alike.push(written(&WaitOrder { flexible, ..order.clone() })?);
    }
    let same = waiter::Entity::find()
        .filter(waiter::Column::Organisation.eq(row.organisation))
        .filter(waiter::Column::Wish.is_in(alike))
        .filter(on_the_list());
    if same.count(tx).await? == 0 { Ok(()) } else { Err(Failure::refused("already_waiting").into()) }
}

/// Whether the platform could give what is missing.
fn may_be_given(reason: &str) -> bool {
    matches!(reason, "approval_missing" | "approval_expires" | "media_fill_expires")
}

/// What could be had if nobody had anything booked, of which there is something. What only the firm's own limits keep
/// from it now, it may wait for: until they end, or it begins soon enough.
///
/// # Errors
/// See [`join`]: there is room, or never will be.
fn waits_for(
    state: &AppState,
    (ground, curbs): (&Current, &Curbs),
    request: &Request,
) -> Result<Vec<Offer>, Failure> {
    let worded = |why: &_| refusal::view(why, Audience::Outside, &*ground.catalogue);
    let now = state.clock.now();
    let found = availability::search(&ground.snapshot, request, now);
    let mut found = found.map_err(|why| Failure::Refused { refusal: worded(&why) })?;
    found.curb(&ground.snapshot, curbs, now);
    let mut offers = found.offers;
    if !offers.is_empty() {
        let mut same_finish = SameFinish::new(&ground.snapshot, request, curbs, now, STARTS);
        offers.cheapen(&mut same_finish, ALTERNATIVES);
        return Err(Failure::Conflict {
            refusal: RefusalView::named("room_found"),
            alternatives: Showing { catalogue: &ground.catalogue, window: request.window, now }
                .views(&offers, ALTERNATIVES),
            split: None,
            left_out: Box::default(),
        });
    }
    // What stands on the lines now is not why there will never be room: what an empty plant refuses is.
    let empty = availability::search(&waiting::emptied(&ground.snapshot), request, now);
    let why = match empty {
        Ok(possible) => {
            let places: Vec<Offer> = possible.offers.iter().collect();
            if !places.is_empty() {
                return Ok(places);
            }
            // Of all lines the one that would be nearest to taking it: another window, or an approval, might do.
            let all = possible.refusals.iter().map(|refused| &refused.refusal);
            let nearest = all.min_by_key(|refusal| {
                let reason = worded(refusal).reason;
                (is_in_vain(&reason), !may_be_given(&reason))
            });
            nearest.cloned().unwrap_or_else(|| Refusal::NotOffered { code: request.offering.clone() })
        }
        Err(why) => why,
    };
    Err(Failure::Refused { refusal: worded(&why) })
}

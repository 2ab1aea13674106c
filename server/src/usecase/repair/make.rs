//! Asking for room: what can be moved by rule is moved at once, else those concerned are asked.

use std::sync::Arc;

use app::contract::{Failure, FieldProblem, RefusalView, RepairAnswer, RepairOrder, field};
use domain::{
    Interval, Second,
    availability::Placement,
    request::Request,
    resolve::repair::{self, Move, Proposal},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    declined,
    find::{Found, find},
    plan::{Cause, Planned, PlannedMove},
    propose::propose,
};
use crate::{
    limits::Searcher,
    state::AppState,
    usecase::{
        Caller, IdempotencyKey, Member,
        booking::{self, Side},
        holding::{Holding, Most},
        late,
        offers::Showing,
        placing::Placing,
        products::Product,
        protocol::{self, Attempt, Decision, Stop, Touched},
        refusal::{self, Audience},
        search,
        waitlist::others_first,
        wanted::wanted,
    },
};

/// How often what was found may be outdated when it is to be written.
const TRIES: u32 = 3;
/// Offers shown to whoever needs no room made.
const ALTERNATIVES: usize = 5;

/// Makes room for the caller's company: a hold, or a proposal that others must agree to.
///
/// # Errors
/// [`Failure::Conflict`] with offers if there is room already; [`Failure::Refused`] with the reason `no_repair` if no
/// moves make room, `no_repair_here` if none free the very place that is wanted, `no_repair_found` if not all could be
/// tried, `own_ask` if only the company's own open question is in the way, `asked_lately` if it has asked those who
/// would make room lately, and taken that back or had no answer, `moved_lately` if others would make room that were
/// moved so lately, `room_asks_more` if more firms would have to agree than the order allows, `too_many_repairs`,
/// `too_many_questions`, `use_or_lose`; [`Failure::Unverified`], [`Failure::Invalid`], [`Failure::KeyReused`],
/// [`Failure::TooMany`].
pub async fn make(
    state: &AppState,
    caller: &Caller,
    order: &RepairOrder,
    key: &IdempotencyKey,
) -> Result<RepairAnswer, Failure> {
    let member = caller.verified_company()?;
    let attempt = Attempt::new(member, key, "repair", Uuid::nil(), order);
    attempt.once(state, carry_out(state, member, order, &attempt)).await
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    order: &RepairOrder,
    attempt: &Attempt,
) -> Result<RepairAnswer, Failure> {
    if order.query.moving.is_some() {
        return Err(field::invalid("moving", FieldProblem::Unknown { value: "moving".into() }));
    }
    let (request, product) = wanted(state, member, &order.query, order.product_code.as_deref()).await?;
    let named = match &order.offer {
        None => None,
        Some(key) => Some(Placing::of(state, member, &order.query, request.clone(), key).await?),
    };
    let place = named.as_ref().map(|named| &named.placement);
    let inside = |place: &Placement| place.span().is_some_and(|span| request.window.holds(span));
    if !place.is_none_or(inside) {
        return Err(field::unknown("offer", order.offer.as_deref().unwrap_or_default()));
    }
    let platform = named.as_ref().map(|named| named.route.platform).or(request.platform);
    let asked = Request { platform, ..request.clone() };
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    for _ in 0..TRIES {
        let (found, why, others) = once(state, member, (&asked, place), order).await?;
        let best = match why {
            Some(why) => Err(why),
            None => chosen(&found.proposals, place, order).ok_or(Failure::Busy),
        };
        // What was shown as done at once asks nobody now, nor more than were shown.
        let more = |best: &Proposal| order.consents.is_some_and(|shown| best.cost.consents > shown);
        let best =
            best.and_then(|best| if more(best) { Err(Failure::refused("room_asks_more")) } else { Ok(best) });
        let best = match best {
            Ok(best) => best,
            Err(why) => return Err(unmade(state, member, order, (&found, others.as_ref()), why).await?),
        };
        let holding = |proposal: &Proposal| {
            holding(state, member, (&request, order.flexible), &product, &found, proposal)
        };
        let holding = holding(best).ok_or(Failure::Busy)?;
        // Whoever names no place agreed to its window wherever room is made, as far as that platform offers it.
        let holding = match place {
            Some(_) => holding,
            None => holding.where_offered(&found.ground.catalogue, state.clock.now()),
        };
        let order = &RepairOrder { flexible: holding.flexible, ..order.clone() };
        holding.leaves_room(state).await?;
        let planned = planned(&found, best, holding.clone()).ok_or(Failure::Busy)?;
        let planned = planned.considering(found.considered(others.as_ref(), Ok(best)));
        let done = if best.cost.consents == 0 {
            at_once(state, member, planned, &found, attempt).await
        } else {
            propose(state, member, order, (planned, &holding), (best, &found), attempt).await
        };
        match done {
            Ok(answer) => return Ok(answer),
            // Somebody was quicker: look again.
            Err(Stop::Refused(why)) if search::is_taken(&why) => {}
            Err(stop) => {
                let worded = |why| refusal::view(&why, Audience::Outside, &*found.ground.catalogue);
                return Err(stop.failure(|why| Failure::Refused { refusal: worded(why) }));
            }
        }
    }
    Err(Failure::Busy)
}

/// The way that was chosen: of those to the place that is named the one that asks just as many as was shown, if it is
/// there still; else the least costly one.
fn chosen<'a>(ways: &'a [Proposal], place: Option<&Placement>, order: &RepairOrder) -> Option<&'a Proposal> {
    let shown = order.consents.filter(|_| order.offer.is_some());
    let mut there = ways.iter().filter(|one| place.is_none_or(|place| one.offer.placement == *place));
    let as_shown = there.clone().find(|one| Some(one.cost.consents) == shown);
    as_shown.or_else(|| there.next())
}

/// What was found, and why none of it is a way, if so. A place that is named is mostly one of those that were shown,
/// and found again in all of the window, with what else there is. Only where it isn't there as it was shown it is
/// looked for by itself, and what was found of the window is the last of the answer.
async fn once(
    state: &AppState,
    member: &Member,
    (asked, place): (&Request, Option<&Placement>),
    order: &RepairOrder,
) -> Result<(Found, Option<Failure>, Option<Found>), Failure> {
    let whole = sought(state, member, (asked, None)).await;
    let Some(named) = place else { return whole.map(|(found, why)| (found, why, None)) };
    let as_shown = |one: &Proposal| {
        one.offer.placement == *named && order.consents.is_none_or(|shown| one.cost.consents == shown)
    };
    let others = match whole {
        Ok((found, None)) if found.proposals.iter().any(as_shown) => return Ok((found, None, None)),
        whole => whole.ok().map(|(others, _)| others),
    };
    let (found, why) = sought(state, member, (asked, place)).await?;
    Ok((found, why, others))
}

/// The ways to make room for the company, or to free just this `place` for it, of which there is one at least: what it
/// may not hold is none of them, and who has declined to move for it in an overlapping window isn't asked again.
///
/// # Errors
/// As [`make`], but for what only an order can be refused for.
pub(super) async fn look(
    state: &AppState,
    member: &Member,
    (asked, place): (&Request, Option<&Placement>),
) -> Result<Found, Failure> {
    let (found, why) = sought(state, member, (asked, place)).await?;
    why.map_or(Ok(found), Err)
}

/// What was found, and why none of it is a way, if so.
async fn sought(
    state: &AppState,
    member: &Member,
    (asked, place): (&Request, Option<&Placement>),
) -> Result<(Found, Option<Failure>), Failure> {
    let window = place.and_then(Placement::span).unwrap_or(asked.window);
    let declined = declined::for_room(state.store.read(), member.organisation, window).await?;
    let mut found = find(state, (asked, place), (member.organisation, true), &declined).await?;
    let curbed = admitted(state, member, &mut found).await?;
    let none = match (found.is_whole, place) {
        (false, _) => "no_repair_found",
        (true, Some(_)) => "no_repair_here",
        (true, None) => "no_repair",
    };
    let none = found.not_yet.unwrap_or(none);
    let own = || found.own_ask.map_or_else(|| Failure::refused(none), |ask| ask.failure());
    let why = match found.proposals.first() {
        None => Some(curbed.unwrap_or_else(own)),
        Some(best) if best.moves.is_empty() => Some(room(&found, asked.window, state.clock.now())),
        Some(_) => None,
    };
    Ok((found, why))
}

/// Puts on record that nothing came of it, `why`, and what was considered, and answers that. Where there is room as it
/// is nothing was.
async fn unmade(
    state: &AppState,
    member: &Member,
    order: &RepairOrder,
    (found, others): (&Found, Option<&Found>),
    why: Failure,
) -> Result<Failure, Failure> {
    let Failure::Refused { refusal } = &why else { return Ok(why) };
    let considered = found.considered(others, Err(refusal.reason.as_str()));
    let work = Arc::new((member.clone(), order.clone(), considered, refusal.reason.clone()));
    let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (member, order, considered, why) = &*work;
            let decision = Decision {
                by: Some(member),
                booking: None,
                action: "seek_room",
                inputs: json!({ "order": order, "considered": considered }),
                rule: repair::RULE,
                versions: &[],
                outcome: json!({ "none": why }),
            };
            protocol::decide(tx, decision, scene.now).await
        })
    });
    done.await.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))?;
    Ok(why)
}

fn holding(
    state: &AppState,
    member: &Member,
    (request, flexible): (&Request, bool),
    product: &Product,
    found: &Found,
    proposal: &Proposal,
) -> Option<Holding> {
    let placement = proposal.offer.placement.clone();
    let route = found.ground.catalogue.offered(placement.route).map(Arc::clone)?;
    Some(Holding {
        company: member.organisation,
        account: member.account,
        by: Some(member.clone()),
        most: Some(Most::of(state)),
        others_first: false,
        lasts: None,
        placing: Placing { request: request.clone(), route, placement },
        product: product.clone(),
        flexible,
    })
}

/// The proposal as it would be written.
pub(crate) fn planned(found: &Found, proposal: &Proposal, holding: Holding) -> Option<Planned> {
    let one = |moved: &Move| {
        Some(PlannedMove {
            booking: moved.booking.0,
            from: moved.from.clone(),
            to: moved.to.clone(),
            route: found.ground.catalogue.offered(moved.to.route).map(Arc::clone)?,
            agreed: moved.needs_consent,
            given: false,
            rest: None,
        })
    };
    let moves = proposal.moves.iter().map(one).collect::<Option<_>>()?;
    Some(Planned::new(Cause::Room, Some(holding), moves))
}

/// Moves and holds in one change.
async fn at_once(
    state: &AppState,
    member: &Member,
    planned: Planned,
    found: &Found,
    attempt: &Attempt,
) -> Result<RepairAnswer, Stop> {
    let touched = planned.touched(&found.ground.catalogue);
    let done = others_first(state, |others_first| {
        let work = Arc::new((planned.behind(member.organisation, others_first), member.clone()));
        protocol::run(state, Some(attempt), touched.clone(), move |tx, scene| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (planned, member) = &*work;
                let granted = planned.decide(tx, &scene).await?;
                let hold =
                    planned.write(tx, &scene, granted, json!("rule")).await?.hold.ok_or(Failure::Busy)?;
                let view = booking::view(&scene.catalogue, &hold, member, Side::Owner, scene.now);
                Ok(RepairAnswer { booking: Some(view), repair: None })
            })
        })
    });
    done.await
}

/// Leaves what may be held by a company that often gives up late; answers why, if that is nothing of what was found.
async fn admitted(state: &AppState, member: &Member, found: &mut Found) -> Result<Option<Failure>, Failure> {
    let catalogue = &found.ground.catalogue;
    let (curbs, now) = (late::for_search(state, catalogue, Some(member), None).await?, state.clock.now());
    let own = &found.own;
    // Nor is its own campaign moved on beyond that, to make room for it.
    let is_later = |from: &Placement, to: &Placement| {
        from.span().zip(to.span()).is_some_and(|(from, to)| from.start < to.start)
    };
    let mut last = None;
    found.proposals.retain(|proposal| {
        let moved = proposal.moves.iter().filter(|one| own.contains(&one.booking));
        let moved = moved.filter(|one| is_later(&one.from, &one.to));
        let mut places = moved.map(|one| &one.to).chain([&proposal.offer.placement]);
        let refused = places.find_map(|place| {
            let curb = catalogue.route(place.route).and_then(|route| curbs.get(&route.platform))?;
            curb.admit(place.span()?.start, now).err()
        });
        let admitted = refused.is_none();
        last = refused.or(last.take());
        admitted
    });
    let none = last.filter(|_| found.proposals.is_empty());
    Ok(none.map(|why| Failure::Refused { refusal: refusal::view(&why, Audience::Outside, &**catalogue) }))
}

/// Nobody needs to move.
fn room(found: &Found, window: Interval, now: Second) -> Failure {
    let refusal = RefusalView::named("room_found");
    let showing = Showing { catalogue: &found.ground.catalogue, window, now };
    let free = found.proposals.iter().take(ALTERNATIVES).zip(1..);
    let alternatives = free.filter_map(|(one, rank)| showing.view(&one.offer, rank)).collect();
    Failure::Conflict { refusal, alternatives, split: None, left_out: Box::default() }
}

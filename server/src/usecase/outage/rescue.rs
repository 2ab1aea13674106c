//! A way out for every booking that an outage hits, one after the other, those that start first ahead.

use std::{collections::BTreeSet, sync::Arc};

use app::contract::Failure;
use domain::{
    Interval, Minute, Second,
    availability::Placement,
    request::Request,
    resolve::{self, parted::Parted, repair::Movable, rescue::Way},
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Hit, open_hits};
use crate::{
    state::AppState,
    store::{Current, Tx, queries::marks, statement},
    usecase::{
        Failures,
        booking::{self, Loaded},
        ground,
        protocol::{self, Decision, Scene, Stop, Touched},
        repair::{
            self, Considered, Kept, Planned,
            rescue::{self, Reason, carry_out, planned, planned_parts, stranded, underway, ways, ways_on},
        },
    },
};

/// How often the place found may be gone when it is to be taken.
const TRIES: u32 = 3;

/// Looks for a way out for whoever is hit and hasn't been looked at: what may move by rule moves, others are asked, for
/// all of a campaign or, where that costs less or is all there is, for the batches that can't stay. Those for whom
/// there is none wait for an operator. Answers how many found one.
///
/// # Errors
/// The store fails; the others have been looked at all the same.
pub async fn rescue(state: &AppState) -> Result<usize, Failure> {
    let hits = open_hits(state.store.read(), None, state.clock.now()).await?;
    let (mut found, mut failures) = (0, Failures::default());
    // What is only proposed holds nothing: the next ones are not proposed the same place.
    let mut promised = Vec::new();
    let mut seen = BTreeSet::new();
    for hit in hits.iter().filter(|hit| hit.looked_at.is_none()) {
        if !seen.insert(hit.booking) {
            continue;
        }
        let all: Vec<&Hit> = hits.iter().filter(|one| one.booking == hit.booking).collect();
        found += usize::from(failures.keep(one(state, &all, &mut promised).await).unwrap_or(false));
    }
    failures.or(found)
}

pub(super) type Promised = (Request, Placement);

/// What came of looking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looked {
    Found,
    Nothing,
    /// It is hit no more, or others were quicker.
    Unsure,
}

/// Looks for a way out for one booking, out of all that hits it.
async fn one(state: &AppState, hits: &[&Hit], promised: &mut Vec<Promised>) -> Result<bool, Failure> {
    let Some(&first) = hits.first() else { return Ok(false) };
    let until = hits.iter().map(|hit| hit.interval.end).max().unwrap_or(first.interval.end);
    let (mut looked, mut manners) = (Looked::Nothing, 0);
    if let Some(booking) = booking::load(state.store.read(), first.booking).await? {
        for by_rule in [true, false] {
            let (found, more) = way_out(state, (first, &booking, by_rule), until, promised).await?;
            (looked, manners) = (found, manners + more);
            if looked != Looked::Nothing {
                break;
            }
        }
    }
    if looked != Looked::Unsure {
        let ids: Vec<Uuid> = hits.iter().map(|hit| hit.id).collect();
        let work = Arc::new((ids, first.booking, looked, manners));
        let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (ids, booking, looked, manners) = &*work;
                rescue::queue(tx, *booking).await?;
                seen(tx, &scene, ids).await?;
                if *looked == Looked::Nothing {
                    // Where it was asked to go, it can't any more.
                    repair::ask_no_more(tx, &scene, None, *booking).await?;
                    nowhere(tx, &scene, (*booking, ids), *manners).await?;
                }
                Ok(())
            })
        });
        done.await.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))?;
    }
    Ok(looked == Looked::Found)
}

/// Puts on record that there was nowhere to go for it, though it was looked for in so many manners.
async fn nowhere(
    tx: &Tx<'_>,
    scene: &Scene,
    (booking, hits): (Uuid, &[Uuid]),
    manners: u32,
) -> Result<(), Stop> {
    let rule = resolve::rescue::RULE;
    let considered = Considered::nowhere(rule, manners);
    let decision = Decision {
        by: None,
        booking: None,
        action: "seek_place",
        inputs: json!({ "booking": booking, "hits": hits, "considered": considered }),
        rule,
        versions: &[],
        outcome: json!({ "none": "no_way" }),
    };
    protocol::decide(tx, decision, scene.now).await
}

async fn seen(tx: &Tx<'_>, scene: &Scene, hits: &[Uuid]) -> Result<(), Stop> {
    let sql = format!("UPDATE outage_hit SET looked_at = ? WHERE id IN ({})", marks(hits.len()));
    let values = std::iter::once(scene.now.into()).chain(hits.iter().map(|id| (*id).into()));
    tx.execute_raw(statement(tx, &sql, values)).await?;
    Ok(())
}

/// What came of it, and in how many manners it was looked for.
async fn way_out(
    state: &AppState,
    (hit, booking, by_rule): (&Hit, &Loaded, bool),
    until: Minute,
    promised: &mut Vec<Promised>,
) -> Result<(Looked, u32), Failure> {
    let mut manners = 0;
    for _ in 0..TRIES {
        let now = state.clock.now();
        let ground = without(ground::ground(state).await?, promised, now);
        let whole = stranded(state, booking, (by_rule, until)).await?;
        let places = match &whole {
            Some(one) => whole_ways(&ground, one, now).await?,
            None => Vec::new(),
        };
        let runs = if by_rule { None } else { underway(state, booking, until).await? };
        let onward = match &runs {
            Some(one) => ways_on(&ground, one, now, 0).await?,
            None => Vec::new(),
        };
        // What moves by rule as a whole needn't be parted; else the batches go their own ways where that costs less.
        let divisible = if by_rule { None } else { rescue::divisible(state, booking, until).await? };
        let parts = match &divisible {
            Some(one) => rescue::parts(&ground, one, booking, now).await?.map(|parts| (one, parts)),
            None => None,
        };
        manners = [&whole, &runs, &divisible].map(|one| u32::from(one.is_some())).iter().sum();
        let found = places.iter().chain(&onward).map(Kept::of_way);
        let kept: Vec<Kept> = found.chain(parts.iter().map(|(_, parts)| Kept::of_parts(parts))).collect();
        let goes_on = places.is_empty();
        let whole = whole.as_ref().zip(places.into_iter().next());
        let whole = whole.or(runs.as_ref().zip(onward.into_iter().next()));
        let parts = parts.filter(|(_, parts)| whole.as_ref().is_none_or(|(_, way)| parts.cost < way.cost));
        let (plan, promise, rule) = match (parts, whole) {
            (Some((one, Parted { stays, goes, .. })), _) => {
                let places = [stays.offer.placement, goes.offer.placement.clone()];
                let asked = Request { batches: goes.batches, ..one.request.clone() };
                let plan = planned_parts(&ground.catalogue, booking, stays.batches, places);
                let promise = one.needs_consent.then_some((asked, goes.offer.placement));
                (plan, promise, resolve::parted::RULE)
            }
            (None, Some((one, way))) => {
                let to = way.offer.placement;
                let plan = planned(&ground.catalogue, booking, to.clone(), now);
                let promise = one.needs_consent.then(|| (one.request.clone(), to));
                (plan, promise, if goes_on { resolve::onward::RULE } else { resolve::rescue::RULE })
            }
            (None, None) => return Ok((Looked::Nothing, manners)),
        };
        let Some(plan) = plan else { return Ok((Looked::Nothing, manners)) };
        let plan = considering(plan, rule, (manners, kept));
        let plan = (plan, booking, Some(Reason::Hit(hit.id)));
        match carry_out(state, &ground.catalogue, plan, (None, hit.by, None), None).await {
            Ok(_) => {
                promised.extend(promise);
                return Ok((Looked::Found, manners));
            }
            // Somebody was quicker: look again.
            Err(Stop::Refused(_)) => {}
            Err(Stop::Failed(Failure::NotFound)) => break,
            Err(stop) => return Err(stop.failure(|_| Failure::Busy)),
        }
    }
    Ok((Looked::Unsure, manners))
}

/// `plan` with what else was found in so many manners, for the record.
fn considering(plan: Planned, rule: &str, found: (u32, Vec<Kept>)) -> Planned {
    let Some(first) = plan.moves.first() else { return plan };
    let rest = first.rest.as_ref().map(|rest| &rest.to);
    let considered = Considered::of_places(rule, found, (&first.to, rest));
    plan.considering(considered)
}

/// The nearest places for all of it. Whoever must agree isn't asked to be ready sooner than planned: what lies sooner
/// isn't even looked at, or it would leave no later one among the few that are told.
///
/// # Errors
/// As [`ways`].
pub(super) async fn whole_ways(ground: &Current, one: &Movable, now: Second) -> Result<Vec<Way>, Failure> {
    let from = one.placement.span().filter(|_| one.needs_consent).map_or(Minute::MIN, |span| span.start);
    let window = one.request.window;
    let Some(window) = Interval::new(window.start.max(from), window.end) else { return Ok(Vec::new()) };
    let later = Movable { request: Request { window, ..one.request.clone() }, ..one.clone() };
    ways(ground, &later, now, 0).await
}

/// The ground with what is promised on it.
pub(super) fn without(ground: Current, promised: &[Promised], now: Second) -> Current {
    let mut snapshot = (*ground.snapshot).clone();
    for (request, place) in promised {
        // What doesn't fit any more keeps nobody from anything.
        drop(snapshot.put(request, place, now));
    }
    Current { snapshot: Arc::new(snapshot), ..ground }
}

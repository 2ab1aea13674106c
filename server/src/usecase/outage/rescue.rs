//! A way out for every booking that an outage hits, one after the other, those that start first ahead.

use app::contract::Failure;
use domain::{
    Second,
    availability::Placement,
    request::Request,
    resolve::{parted::Parted, repair::Movable, rescue::Way},
};
use sea_orm::ConnectionTrait;

use super::{Hit, open_hits};
use crate::{
    state::AppState,
    store::{Current, StoreError, statement},
    usecase::{
        Failures,
        booking::{self, Loaded},
        ground,
        protocol::Stop,
        repair::rescue::{self, carry_out, planned, planned_parts, stranded, ways},
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
    for hit in hits.iter().filter(|hit| hit.looked_at.is_none()) {
        found += usize::from(failures.keep(one(state, hit, &mut promised).await).unwrap_or(false));
    }
    failures.or(found)
}

type Promised = (Request, Placement);

async fn one(state: &AppState, hit: &Hit, promised: &mut Vec<Promised>) -> Result<bool, Failure> {
    let mut done = false;
    if let Some(booking) = booking::load(state.store.read(), hit.booking).await? {
        for by_rule in [true, false] {
            done = way_out(state, (hit, &booking, by_rule), promised).await?;
            if done {
                break;
            }
        }
    }
    let (id, now) = (hit.id, state.clock.now());
    let looked: Result<(), StoreError> = state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let sql = "UPDATE outage_hit SET looked_at = ? WHERE id = ?";
                tx.execute_raw(statement(tx, sql, [now.into(), id.into()])).await?;
                Ok(())
            })
        })
        .await;
    looked?;
    Ok(done)
}

async fn way_out(
    state: &AppState,
    (hit, booking, by_rule): (&Hit, &Loaded, bool),
    promised: &mut Vec<Promised>,
) -> Result<bool, Failure> {
    for _ in 0..TRIES {
        let now = state.clock.now();
        let ground = without(ground::ground(state).await?, promised, now);
        let whole = stranded(state, booking, (by_rule, hit.interval.end)).await?;
        let whole = whole.as_ref().and_then(|one| Some((one, whole_way(&ground, one, now)?)));
        // What moves by rule as a whole needn't be parted; else the batches go their own ways where that costs less.
        let divisible =
            if by_rule { None } else { rescue::divisible(state, booking, hit.interval.end).await? };
        let parts =
            divisible.as_ref().and_then(|one| Some((one, rescue::parts(&ground, one, booking, now)?)));
        let parts = parts.filter(|(_, parts)| whole.as_ref().is_none_or(|(_, way)| parts.cost < way.cost));
        let (plan, promise) = match (parts, whole) {
            (Some((one, Parted { stays, goes, .. })), _) => {
                let places = [stays.offer.placement, goes.offer.placement.clone()];
                let asked = Request { batches: goes.batches, ..one.request.clone() };
                let plan = planned_parts(&ground.catalogue, booking, stays.batches, places);
                (plan, one.needs_consent.then_some((asked, goes.offer.placement)))
            }
            (None, Some((one, way))) => {
                let to = way.offer.placement;
                let plan = planned(&ground.catalogue, booking, to.clone(), now);
                (plan, one.needs_consent.then(|| (one.request.clone(), to)))
            }
            (None, None) => return Ok(false),
        };
        let Some(plan) = plan else { return Ok(false) };
        let plan = (plan, booking, Some(hit.id));
        match carry_out(state, &ground.catalogue, plan, (None, hit.by), None).await {
            Ok(_) => {
                promised.extend(promise);
                return Ok(true);
            }
            // Somebody was quicker: look again.
            Err(Stop::Refused(_)) => {}
            // It is hit no more.
            Err(Stop::Failed(Failure::NotFound)) => return Ok(false),
            Err(stop) => return Err(stop.failure(|_| Failure::Busy)),
        }
    }
    Ok(false)
}

/// The nearest place for all of it. Whoever must agree isn't asked to be ready sooner than planned.
fn whole_way(ground: &Current, one: &Movable, now: Second) -> Option<Way> {
    let was = one.placement.span().map_or(0, |span| span.start);
    let ready =
        |way: &Way| !one.needs_consent || way.offer.placement.span().is_some_and(|to| to.start >= was);
    ways(ground, one, now).into_iter().find(ready)
}

/// The ground with what is promised on it.
fn without(ground: Current, promised: &[Promised], now: Second) -> Current {
    let mut snapshot = (*ground.snapshot).clone();
    for (request, place) in promised {
        // What doesn't fit any more keeps nobody from anything.
        drop(snapshot.put(request, place, now));
    }
    Current { snapshot: std::sync::Arc::new(snapshot), ..ground }
}

//! A way out for every booking that an outage hits, one after the other, those that start first ahead.

use app::contract::Failure;
use domain::resolve::rescue::Way;
use sea_orm::ConnectionTrait;

use super::{Hit, open_hits};
use crate::{
    state::AppState,
    store::{Current, StoreError, statement},
    usecase::{
        booking::{self, Loaded},
        ground,
        protocol::Stop,
        repair::rescue::{carry_out, planned, stranded, ways},
    },
};

/// How often the place found may be gone when it is to be taken.
const TRIES: u32 = 3;

/// Looks for a way out for whoever is hit and hasn't been looked at: what may move by rule moves, others are asked. Those
/// for whom there is none, and campaigns that run, wait for an operator. Answers how many found one.
///
/// # Errors
/// The store fails; the others have been looked at all the same.
pub async fn rescue(state: &AppState) -> Result<usize, Failure> {
    let hits = open_hits(state.store.read(), None, state.clock.now()).await?;
    let (mut found, mut left) = (0, None);
    // What is only proposed holds nothing: the next ones are not proposed the same place.
    let mut promised = Vec::new();
    for hit in hits.iter().filter(|hit| hit.looked_at.is_none()) {
        match one(state, hit, &mut promised).await {
            Ok(way) => found += usize::from(way),
            Err(failure) => left = Some(failure),
        }
    }
    left.map_or(Ok(found), Err)
}

type Promised = (domain::request::Request, domain::availability::Placement);

async fn one(state: &AppState, hit: &Hit, promised: &mut Vec<Promised>) -> Result<bool, Failure> {
    let mut done = false;
    if let Some(booking) = booking::load(state.store.read(), hit.booking).await? {
        for by_rule in [true, false] {
            if by_rule && booking.plan.is_none() {
                continue;
            }
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
    let Some(one) = stranded(state, booking, (by_rule, hit.interval.end)).await? else { return Ok(false) };
    let was = one.placement.span().map_or(0, |span| span.start);
    for _ in 0..TRIES {
        let ground = without(ground::ground(state).await?, promised);
        let now = state.clock.now();
        let found = ways(&ground, &one, now);
        // Whoever must agree isn't asked to be ready sooner than planned.
        let ready =
            |way: &&Way| !one.needs_consent || way.offer.placement.span().is_some_and(|to| to.start >= was);
        let Some(way) = found.iter().find(ready) else { return Ok(false) };
        let to = way.offer.placement.clone();
        let Some(plan) = planned(&ground.catalogue, booking, to.clone(), now) else { return Ok(false) };
        match carry_out(state, &ground.catalogue, (plan, booking), (None, hit.by), None).await {
            Ok(_) => {
                if one.needs_consent {
                    promised.push((one.request.clone(), to));
                }
                return Ok(true);
            }
            // Somebody was quicker: look again.
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop.failure(|_| Failure::Busy)),
        }
    }
    Ok(false)
}

/// The ground with what is promised on it.
fn without(ground: Current, promised: &[Promised]) -> Current {
    let mut snapshot = (*ground.snapshot).clone();
    for (request, place) in promised {
        // What doesn't fit any more keeps nobody from anything.
        drop(snapshot.put(request, place));
    }
    Current { snapshot: std::sync::Arc::new(snapshot), ..ground }
}

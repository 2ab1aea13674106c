//! What an outage would come to, before it is on record. Nothing is written, and nothing is promised to anybody.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{ClosureHit, Failure, OutageOrder, StepView};
use domain::{Interval, LineId, Minute, chain::Hit, request::Request, snapshot::Snapshot};
use uuid::Uuid;

use super::{
    mark::read,
    rescue::{Promised, whole_ways, without},
};
use crate::{
    state::AppState,
    store::Current,
    usecase::{
        Caller,
        booking::{self, Loaded},
        closures, ground, place,
        protocol::Stop,
        repair::rescue::{divisible, parts, stranded, underway, ways_on},
    },
};

/// What would become of a booking, as it is told.
const MOVES: &str = "moves";
const ASKED: &str = "asked";
const NONE: &str = "none";
/// A changeover may go on while a line is down, so that what only comes after it stays.
const STAYS: &str = "stays";
/// States of bookings that an outage can hit.
const HITTABLE: [&str; 4] = ["held", "requested", "confirmed", "running"];

/// Whom the outage would hit, and what would be done for each.
///
/// # Errors
/// As marking it, but for what is on record already.
pub async fn foresee(
    state: &AppState,
    caller: &Caller,
    order: &OutageOrder,
) -> Result<Vec<ClosureHit>, Failure> {
    let ground = ground::ground(state).await?;
    let now = state.clock.now();
    let (member, _, interval) = read(caller, &ground.catalogue, order, now)?;
    let line = LineId(order.line);
    let state_of = ground.snapshot.lines.get(&line).ok_or(Failure::NotFound)?;
    let rows = state_of.overlapping(interval).iter();
    let rows = rows.filter(|row| !row.is_expired(now) && row.interval.end > now.div_euclid(60));
    let rows: Vec<Hit> = rows.map(|row| Hit { row: *row, why: None }).collect();
    let hits = closures::hits(state.store.read(), member, &rows).await;
    let mut hits = hits.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))?;
    hits.retain(|hit| hit.status.as_deref().is_some_and(|status| HITTABLE.contains(&status)));
    foretell(state, (line, interval), &mut hits).await?;
    Ok(hits)
}

/// Adds to each booking what would be done for it if the line were down then, and where it would go, those that begin
/// first ahead.
///
/// # Errors
/// The store fails.
pub(crate) async fn foretell(
    state: &AppState,
    (line, interval): (LineId, Interval),
    hits: &mut [ClosureHit],
) -> Result<(), Failure> {
    let ground = down(ground::ground(state).await?, line, interval);
    // What one would get another doesn't.
    let mut promised = Vec::new();
    let mut known: BTreeMap<Uuid, (&'static str, Vec<StepView>)> = BTreeMap::new();
    for hit in hits {
        let Some(id) = hit.booking else { continue };
        let (way, to) = match known.get(&id) {
            Some(way) => way.clone(),
            None if hit.why.is_some() => (STAYS, Vec::new()),
            None => {
                let way = way(state, &ground, (id, interval.end), &mut promised).await?;
                known.insert(id, way.clone());
                way
            }
        };
        (hit.way, hit.to) = (Some(way.to_owned()), to);
    }
    Ok(())
}

async fn way(
    state: &AppState,
    ground: &Current,
    (id, until): (Uuid, Minute),
    promised: &mut Vec<Promised>,
) -> Result<(&'static str, Vec<StepView>), Failure> {
    let now = state.clock.now();
    let nowhere = Ok((NONE, Vec::new()));
    let Some(booking) = booking::load(state.store.read(), id).await? else { return nowhere };
    for by_rule in [true, false] {
        let ground = without(ground.clone(), promised, now);
        if let Some((to, asks)) = found(state, &ground, &booking, (by_rule, until)).await? {
            let steps = place::steps(&ground.catalogue, &to.1);
            promised.push(to);
            return Ok((if asks { ASKED } else { MOVES }, steps));
        }
    }
    nowhere
}

/// Where all of it could go, or what it has ahead, or else some of its batches; and whether its owner must agree.
async fn found(
    state: &AppState,
    ground: &Current,
    booking: &Loaded,
    (by_rule, until): (bool, Minute),
) -> Result<Option<(Promised, bool)>, Failure> {
    let now = state.clock.now();
    if let Some(one) = stranded(state, booking, (by_rule, until)).await?
        && let Some(way) = whole_ways(ground, &one, now).await?.into_iter().next()
    {
        return Ok(Some(((one.request, way.offer.placement), one.needs_consent)));
    }
    if by_rule {
        return Ok(None);
    }
    if let Some(one) = underway(state, booking, until).await?
        && let Some(way) = ways_on(ground, &one, now, 0).await?.into_iter().next()
    {
        return Ok(Some(((one.request, way.offer.placement), one.needs_consent)));
    }
    let Some(one) = divisible(state, booking, until).await? else { return Ok(None) };
    let parted = parts(ground, &one, booking, now).await?;
    Ok(parted.map(|parted| {
        let goes = Request { batches: parted.goes.batches, ..one.request };
        ((goes, parted.goes.offer.placement), one.needs_consent)
    }))
}

/// The ground as it would be with the line down.
fn down(ground: Current, line: LineId, interval: Interval) -> Current {
    let mut snapshot: Snapshot = (*ground.snapshot).clone();
    if let Some(known) = snapshot.lines.get_mut(&line) {
        let mut outages = known.outages().to_vec();
        outages.push(interval);
        *known = Arc::new((**known).clone().down(outages));
    }
    Current { snapshot: Arc::new(snapshot), ..ground }
}

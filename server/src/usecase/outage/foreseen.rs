//! What an outage would come to, before it is on record. Nothing is written, and nothing is promised to anybody.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{ClosureHit, Failure, OutageOrder, PartedView, StepView};
use domain::{
    Interval, LineId, Minute,
    chain::Hit,
    request::Request,
    resolve::{parted::Parted, repair::Movable, rescue::Way},
    snapshot::Snapshot,
};
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
        repair::rescue::{divisible, parts, stranded, underway, ways, ways_on},
    },
};

/// What would become of a booking, as it is told.
const MOVES: &str = "moves";
const ASKED: &str = "asked";
const OFFERED: &str = "offered";
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
    let mut known: BTreeMap<Uuid, Fate> = BTreeMap::new();
    for hit in hits {
        let Some(id) = hit.booking else { continue };
        let fate = match known.get(&id) {
            Some(fate) => fate.clone(),
            None if hit.why.is_some() => Fate::bare(STAYS),
            None => {
                let fate = fate(state, &ground, (id, interval.end), &mut promised).await?;
                known.insert(id, fate.clone());
                fate
            }
        };
        (hit.way, hit.to, hit.parted) = (Some(fate.way.to_owned()), fate.to, fate.parted);
    }
    Ok(())
}

/// What would become of a booking, and where it would go.
#[derive(Clone)]
struct Fate {
    way: &'static str,
    to: Vec<StepView>,
    parted: Option<PartedView>,
}

impl Fate {
    const fn bare(way: &'static str) -> Self {
        Self { way, to: Vec::new(), parted: None }
    }
}

async fn fate(
    state: &AppState,
    ground: &Current,
    (id, until): (Uuid, Minute),
    promised: &mut Vec<Promised>,
) -> Result<Fate, Failure> {
    let now = state.clock.now();
    let Some(booking) = booking::load(state.store.read(), id).await? else { return Ok(Fate::bare(NONE)) };
    let ground = without(ground.clone(), promised, now);
    for by_rule in [true, false] {
        if let Some(Found { place, asks, parted }) = found(state, &ground, &booking, (by_rule, until)).await?
        {
            let to = place::steps(&ground.catalogue, &place.1);
            promised.push(place);
            return Ok(Fate { way: if asks { ASKED } else { MOVES }, to, parted });
        }
    }
    // The desk also shows what lies sooner, which nobody is asked for unless a person proposes it.
    if let Some(one) = stranded(state, &booking, (false, until)).await?
        && let Some(way) = ways(&ground, &one, now, 0).await?.into_iter().next()
    {
        let to = place::steps(&ground.catalogue, &way.offer.placement);
        return Ok(Fate { way: OFFERED, to, parted: None });
    }
    Ok(Fate::bare(NONE))
}

/// A place, whether its owner must agree to it, and both parts if not all of it would go there.
struct Found {
    place: Promised,
    asks: bool,
    parted: Option<PartedView>,
}

impl Found {
    fn whole((one, way): (Movable, Way)) -> Self {
        Self { place: (one.request, way.offer.placement), asks: one.needs_consent, parted: None }
    }
}

/// Where all of it could go, or what it has ahead, or else, where that costs less or is all there is, some of its
/// batches: just as `rescue.rs` chooses.
async fn found(
    state: &AppState,
    ground: &Current,
    booking: &Loaded,
    (by_rule, until): (bool, Minute),
) -> Result<Option<Found>, Failure> {
    let now = state.clock.now();
    let mut whole = None;
    if let Some(one) = stranded(state, booking, (by_rule, until)).await? {
        whole = whole_ways(ground, &one, now).await?.into_iter().next().map(|way| (one, way));
    }
    if by_rule {
        return Ok(whole.map(Found::whole));
    }
    if whole.is_none()
        && let Some(one) = underway(state, booking, until).await?
    {
        whole = ways_on(ground, &one, now, 0).await?.into_iter().next().map(|way| (one, way));
    }
    if let Some(one) = divisible(state, booking, until).await?
        && let Some(Parted { stays, goes, cost, .. }) = parts(ground, &one, booking, now).await?
        && whole.as_ref().is_none_or(|(_, way)| cost < way.cost)
    {
        let places = [&stays.offer.placement, &goes.offer.placement];
        let counts = [stays.batches, goes.batches];
        let parted = place::parted(&ground.catalogue, Some(&one.placement), counts, places, None);
        let request = Request { batches: goes.batches, ..one.request };
        let place = (request, goes.offer.placement);
        return Ok(Some(Found { place, asks: one.needs_consent, parted: Some(parted) }));
    }
    Ok(whole.map(Found::whole))
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

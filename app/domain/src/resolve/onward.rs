//! Tier 2 for a campaign that runs and can't go on as planned, since the line of a step ahead is down: what has begun
//! stays, and the steps that haven't go elsewhere, with the lag from the last one that has.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    Interval, Minute, RouteId, Second,
    availability::{self, Offer, PlacedStep, Placement},
    price::step_price,
    refusal::Refusal,
    request::Request,
    route::{Route, RouteStep},
    snapshot::Snapshot,
};

use super::{
    alternatives::{Wanted, alternatives},
    repair::Movable,
    rescue::{Way, candidates, way},
    setups::{Known, Setups},
};

/// The name of what follows, with its version, as the decision record gives it.
pub const RULE: &str = "onward/2";

/// How many steps of `placement`, where a campaign runs, have begun at `now`. One whose line was down when it should
/// have hasn't, nor have those behind it; the first has, for it runs.
#[must_use]
pub fn begun(snapshot: &Snapshot, placement: &Placement, now: Second) -> usize {
    let steps = placement.steps.iter().take_while(|step| step.interval.start * 60 <= now);
    steps.enumerate().take_while(|(number, step)| *number == 0 || !is_down(snapshot, step)).count()
}

/// Whether the line of `step` is down when it begins.
fn is_down(snapshot: &Snapshot, step: &PlacedStep) -> bool {
    let start = step.interval.start;
    let outages = snapshot.lines.get(&step.line).into_iter().flat_map(|line| line.outages());
    outages.into_iter().any(|outage| outage.contains(start))
}

/// `to` with the steps that have begun as they are in `from`.
#[must_use]
pub fn kept(snapshot: &Snapshot, from: &Placement, to: &Placement, now: Second) -> Placement {
    let mut kept = to.clone();
    for (step, was) in kept.steps.iter_mut().zip(&from.steps).take(begun(snapshot, from, now)) {
        *step = *was;
    }
    kept
}

/// The minute up to which a campaign that runs can go on as `to` says instead of `from`: the first start, there or
/// here, of a step that differs, but for what can't begin here since its line is down. `None` if nothing differs.
#[must_use]
pub fn latest(snapshot: &Snapshot, from: &Placement, to: &Placement) -> Option<Minute> {
    let pairs = || from.steps.iter().zip(&to.steps);
    let there = pairs().filter(|(was, is)| was != is).map(|(_, is)| is.interval.start);
    let can_begin = pairs().take_while(|(was, _)| !is_down(snapshot, was));
    let here = can_begin.filter(|(was, is)| was != is).map(|(was, _)| was.interval.start);
    there.chain(here).min()
}

/// At most `most` ways in which a campaign that runs could go on, inside its request's window: nearest first and
/// different in kind, by the cost of [`alternatives`] with set-up as its owner may know it. Empty while nothing of it
/// has begun or once all has, and where what runs now is hit itself.
#[must_use]
pub fn ways(snapshot: &Snapshot, stranded: &Movable, now: Second, most: usize) -> Vec<Way> {
    let Some(search) = Search::new(snapshot, stranded, now) else { return Vec::new() };
    let Some(request) = search.ahead(stranded.request.window.end) else { return Vec::new() };
    let steps = stranded.placement.starts().split_off(search.stays.len());
    let wanted = Wanted { route: AHEAD, steps };
    let found = candidates(&search.supposed, &request, &wanted, now);
    let fits =
        |offer: &Offer| search.is_in_time(&offer.placement) && search.leaves_well(&offer.placement).is_ok();
    let in_time = found.into_iter().filter(fits);
    let known = Known::default();
    let mut setups = Setups::new(&search.supposed, &request, &known, now);
    let all = alternatives(&mut setups, in_time, &wanted, most).into_iter();
    let whole = |found| {
        let ahead = way(found);
        Way { offer: search.whole(ahead.offer.clone()), ..ahead }
    };
    all.map(whole).collect()
}

/// Decides whether a campaign that runs may go on as `to` says: what a proposal passes before it is shown, and again
/// under the lock.
///
/// # Errors
/// The kernel's first refusal; [`Refusal::Stale`] unless just what has begun stays as it is, and where what runs now is
/// hit itself; [`Refusal::LagTooLong`] and [`Refusal::LagTooShort`] for the first step ahead.
pub fn verify(
    snapshot: &Snapshot,
    stranded: &Movable,
    to: &Placement,
    now: Second,
) -> Result<Offer, Refusal> {
    let search = Search::new(snapshot, stranded, now).ok_or(Refusal::Stale)?;
    let count = search.stays.len();
    let same = to.route == stranded.placement.route && to.steps.get(..count) == Some(&search.stays[..]);
    let steps = to.steps.get(count..).filter(|_| same).ok_or(Refusal::Stale)?;
    let ahead = Placement { route: AHEAD, steps: steps.to_vec() };
    let (start, end) = (ahead.starts(), ahead.span().ok_or(Refusal::Stale)?.end);
    let minutes = start.first().map_or(0, |(_, start)| *start) - search.ended;
    let step = u32::try_from(count).unwrap_or(u32::MAX);
    if minutes < search.lag.0 {
        return Err(Refusal::LagTooShort { step, minutes, min: search.lag.0 });
    }
    if let Some(max) = search.lag.1.filter(|max| minutes > *max) {
        return Err(Refusal::LagTooLong { step, minutes, max });
    }
    let request = search.ahead(end).ok_or(Refusal::Stale)?;
    let offer = availability::check(&search.supposed, &request, &ahead, now)?;
    search.leaves_well(&ahead)?;
    Ok(search.whole(offer))
}

/// The route of what has begun, and that of what is ahead: of this search alone.
const STAYS: RouteId = RouteId(Uuid::from_u128(1));
const AHEAD: RouteId = RouteId(Uuid::from_u128(2));

struct Search<'a> {
    stranded: &'a Movable,
    /// Without anything of the campaign, for the routes of both its parts.
    freed: Snapshot,
    /// With what has begun where it is, and nothing else of the campaign; for the route of what is ahead.
    supposed: Snapshot,
    route: Arc<Route>,
    stays: Vec<PlacedStep>,
    /// When the last of what has begun ends.
    ended: Minute,
    /// Least and most elapsed minutes from then to the first step ahead, both inclusive.
    lag: (i64, Option<i64>),
    now: Second,
}

impl<'a> Search<'a> {
    /// `None` if nothing has begun or everything has, or what runs now can't stay.
    fn new(snapshot: &Snapshot, stranded: &'a Movable, now: Second) -> Option<Self> {
        let from = &stranded.placement;
        let count = begun(snapshot, from, now);
        let (stays, next) = (from.steps.get(..count)?, from.steps.get(count)?);
        let last = stays.last()?;
        let route = Arc::clone(snapshot.routes.iter().find(|known| known.id == from.route)?);
        if route.steps.len() != from.steps.len() || next.interval.start < last.interval.end {
            return None;
        }
        let mut freed = snapshot.clone();
        freed.release(&stranded.held);
        let runs = |step: &&PlacedStep| step.interval.end * 60 > now;
        let is_down = |step: &PlacedStep| {
            freed.lines.get(&step.line).is_none_or(|line| line.down_until(step.interval).is_some())
        };
        if stays.iter().filter(runs).any(is_down) {
            return None;
        }
        let of = |id, steps: &[RouteStep]| Arc::new(Route { id, steps: steps.to_vec(), ..(*route).clone() });
        let (done, ahead) = route.steps.split_at(count);
        let lag = ahead.first().map(|step| (step.min_lag, step.max_lag))?;
        freed.routes = vec![of(STAYS, done), of(AHEAD, ahead)];
        // It was given the notice that it needs when it was booked.
        freed.forget_notice(route.platform);
        let mut supposed = freed.clone();
        supposed.put(&stranded.request, &Placement { route: STAYS, steps: stays.to_vec() }, now).ok()?;
        supposed.routes.remove(0);
        let (stays, ended) = (stays.to_vec(), last.interval.end);
        Some(Self { stranded, freed, supposed, route, stays, ended, lag, now })
    }

    /// What is asked for of the steps ahead, up to `until`.
    fn ahead(&self, until: Minute) -> Option<Request> {
        let window = Interval::new(self.ended.saturating_add(self.lag.0), until)?;
        Some(Request { window, ..self.stranded.request.clone() })
    }

    fn is_in_time(&self, ahead: &Placement) -> bool {
        let last = self.lag.1.map_or(Minute::MAX, |lag| self.ended.saturating_add(lag));
        ahead.steps.first().is_some_and(|step| step.interval.start <= last)
    }

    /// Whether what has begun still stands once the others are `ahead`: what lies behind it must find the line as it
    /// needs it, though a step between has gone. Asked as of when it began, and whatever its lines were since.
    fn leaves_well(&self, ahead: &Placement) -> Result<(), Refusal> {
        let mut ground = self.freed.clone();
        ground.put(&self.stranded.request, ahead, self.now)?;
        for step in &self.stays {
            if let Some(line) = ground.lines.get_mut(&step.line) {
                *line = Arc::new(line.as_ref().clone().down(Vec::new()));
            }
        }
        let stays = Placement { route: STAYS, steps: self.stays.clone() };
        let window = stays.span().ok_or(Refusal::Stale)?;
        let request = Request { window, ..self.stranded.request.clone() };
        availability::check(&ground, &request, &stays, self.now.min(window.start * 60)).map(drop)
    }

    /// An offer for the steps ahead as one for all of the route, with its price.
    fn whole(&self, ahead: Offer) -> Offer {
        let done = self.stays.iter().zip(&self.route.steps).filter_map(|(placed, step)| {
            let figures = step.lines.iter().find(|figures| figures.line == placed.line)?;
            let line = self.supposed.lines.get(&placed.line)?;
            Some(step_price(&line.line, &line.calendar, figures.running, placed.interval))
        });
        let price_fen = done.fold(ahead.price_fen, i64::saturating_add);
        let steps = self.stays.iter().chain(&ahead.placement.steps).copied().collect();
        Offer { placement: Placement { route: self.route.id, steps }, price_fen, ..ahead }
    }
}

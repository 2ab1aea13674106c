//! Deciding one placement, and filling in its ends.

use crate::{
    Interval, LineId, Minute, RouteId, Second,
    calendar::align_up,
    length::Length,
    refusal::Refusal,
    request::Request,
    route::{Figures, Route, RouteStep},
    snapshot::Snapshot,
};

use super::{
    Offer, PlacedStep, Placement,
    fitting::{Fitting, Range},
    gap::{Gap, Probe},
    offers::{Ground, cost},
    pools::{self, Own},
    request::{admit_request, range},
    spot::{Spot, own_row},
    view::View,
};

/// Decides whether exactly this placement of `request` fits, with the same code as [`super::search`]. The intervals
/// must be the ones that the figures give. Each step is decided beside the ones before it, and
/// the row behind it once those after it are placed.
///
/// # Errors
/// The first refusal; [`Refusal::Stale`] if the route has other steps by now.
pub fn check(
    snapshot: &Snapshot,
    request: &Request,
    placement: &Placement,
    now: Second,
) -> Result<Offer, Refusal> {
    admit_request(request)?;
    let route = route_of(snapshot, request, placement.route)?;
    let range = range(snapshot, request, route.platform, now)?;
    if placement.steps.len() != route.steps.len() {
        return Err(Refusal::Stale);
    }
    let mut fittings: Vec<Vec<Fitting<'_>>> = Vec::with_capacity(route.steps.len());
    let mut spots: Vec<Spot> = Vec::with_capacity(route.steps.len());
    let mut own: Vec<Own> = Vec::new();
    for (number, (step, placed)) in route.steps.iter().zip(&placement.steps).enumerate() {
        let mut fitting = Fitting::new(snapshot, request, step, figures(step, placed.line)?, range, now)?;
        fitting.followed_by = placement.steps.iter().rposition(|later| later.line == placed.line);
        fitting.followed_by = fitting.followed_by.filter(|later| *later > number);
        admit_lag(step, number, spots.last(), placed.interval.start)?;
        admit_start(&fitting, range, placed.interval, now, snapshot.policy(route.platform).min_notice)?;
        let view = view_beside(&fitting, fittings.iter().zip(&spots), now);
        decide(&fitting, &view, &own, placed.interval)?;
        own.extend(fitting.claims.own(placed.interval));
        fittings.push(vec![fitting]);
        spots.push(Spot { fitting: 0, start: placed.interval.start, end: placed.interval.end });
    }
    for (number, placed) in placement.steps.iter().enumerate() {
        if fittings[number][0].followed_by.take().is_some() {
            let fitting = &fittings[number][0];
            let all = fittings.iter().zip(&spots).enumerate();
            let others = all.filter(|(other, _)| *other != number).map(|(_, placed)| placed);
            let view = view_beside(fitting, others, now);
            decide(fitting, &view, &[], placed.interval)?;
        }
    }
    let cost = cost(request, &fittings, &spots);
    Ok(Ground::new(snapshot, route, &fittings).offer(&spots, cost))
}

/// The line of `fitting` with the steps among `placed` that are on it too.
fn view_beside<'s, 'a: 's>(
    fitting: &Fitting<'a>,
    placed: impl Iterator<Item = (&'s Vec<Fitting<'a>>, &'s Spot)>,
    now: Second,
) -> View<'a> {
    let mut view = View::new(fitting.state, now);
    for (other, spot) in placed {
        if other[0].state.line.id == fitting.state.line.id {
            view = view.with(own_row(&other[0], *spot));
        }
    }
    view
}

/// Fills in the ends: the placement of `request` on `route` with these lines and starts.
///
/// # Errors
/// If a line can't do its step, or no crew is there at the start; [`Refusal::Stale`] if the route has other steps by
/// now.
pub fn place(
    snapshot: &Snapshot,
    request: &Request,
    route: RouteId,
    starts: &[(LineId, Minute)],
) -> Result<Placement, Refusal> {
    let route = route_of(snapshot, request, route)?;
    if starts.len() != route.steps.len() {
        return Err(Refusal::Stale);
    }
    let mut steps = Vec::with_capacity(starts.len());
    for (step, (line, start)) in route.steps.iter().zip(starts) {
        let state = snapshot.lines.get(line).ok_or(Refusal::NotCapable { line: *line })?;
        let length = Length::new(figures(step, *line)?, request.batches);
        if length.needs_crew() && !state.calendar.is_open(*start) {
            return Err(Refusal::NoCrew { line: *line });
        }
        let interval =
            length.interval(&state.calendar, *start).ok_or(Refusal::OutsideCalendar { line: *line })?;
        steps.push(PlacedStep { line: *line, interval });
    }
    Ok(Placement { route: route.id, steps })
}

pub(super) fn route_of<'a>(
    snapshot: &'a Snapshot,
    request: &Request,
    id: RouteId,
) -> Result<&'a Route, Refusal> {
    pools::route(snapshot, id)
        .filter(|route| route.offering == request.offering && !route.steps.is_empty())
        .filter(|route| request.platform.is_none_or(|only| only == route.platform))
        .ok_or_else(|| Refusal::NotOffered { code: request.offering.clone() })
}

pub(super) fn figures(step: &RouteStep, line: LineId) -> Result<&Figures, Refusal> {
    step.lines.iter().find(|figures| figures.line == line).ok_or(Refusal::NotCapable { line })
}

/// The lag from the step before, bounds inclusive.
fn admit_lag(step: &RouteStep, number: usize, before: Option<&Spot>, start: Minute) -> Result<(), Refusal> {
    let Some(before) = before else { return Ok(()) };
    let minutes = start - before.end;
    let step_number = u32::try_from(number).unwrap_or(u32::MAX);
    if minutes < step.min_lag {
        return Err(Refusal::LagTooShort { step: step_number, minutes, min: step.min_lag });
    }
    match step.max_lag {
        Some(max) if minutes > max => Err(Refusal::LagTooLong { step: step_number, minutes, max }),
        _ => Ok(()),
    }
}

/// What a start must keep to wherever it lies: notice, window, granularity, crew, and the end by the figures.
fn admit_start(
    fitting: &Fitting<'_>,
    range: Range,
    interval: Interval,
    now: Second,
    notice: crate::Minutes,
) -> Result<(), Refusal> {
    let line = fitting.state.line.id;
    let Interval { start, end } = interval;
    if start < range.first_start {
        let earliest = now.div_euclid(60) + i64::from(now.rem_euclid(60) > 0) + notice;
        return Err(if start < earliest {
            Refusal::TooSoon { earliest }
        } else {
            Refusal::OutsideWindow { line, interval }
        });
    }
    if start > range.last_start || end > range.last_end {
        return Err(Refusal::OutsideWindow { line, interval });
    }
    let granularity = fitting.state.line.granularity;
    if align_up(start, granularity) != start {
        return Err(Refusal::NotAligned { line, granularity });
    }
    if fitting.length.needs_crew() && !fitting.state.calendar.is_open(start) {
        return Err(Refusal::NoCrew { line });
    }
    match fitting.end(start) {
        Some(due) if due == end => Ok(()),
        _ => Err(Refusal::OutsideCalendar { line }),
    }
}

fn decide(fitting: &Fitting<'_>, view: &View<'_>, own: &[Own], interval: Interval) -> Result<(), Refusal> {
    let line = fitting.state.line.id;
    let index = view.gaps.at(interval.start);
    let blocking =
        |row: &crate::occupancy::Occupancy| Refusal::Occupied { line, by: row.id, interval: row.interval };
    let Some(free) = view.gaps.free().get(index) else { return Err(Refusal::NoSlot) };
    if interval.start < free.from {
        return Err(blocking(&view.rows[index]));
    }
    if interval.end > free.until
        && let Some(next) = view.rows.get(index + 1)
    {
        return Err(blocking(next));
    }
    let gap = Gap::open(fitting, view, index)?;
    match gap.probe(fitting, own, interval.start) {
        Probe::Fits(_) => Ok(()),
        Probe::Later { why, .. } | Probe::Never(why) => Err(why),
    }
}

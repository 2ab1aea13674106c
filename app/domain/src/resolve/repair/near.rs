//! Which bookings are near enough to matter.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    Interval, LineId, PoolId, Second,
    calendar::DAY,
    occupancy::{Kind, Occupancy},
    request::Request,
    snapshot::{LineState, Snapshot},
};

use super::{Movable, routes};

/// The lines and pools of a campaign's routes, and of each line the stretch in which a row bears on its window.
#[derive(Debug)]
pub(super) struct Reach {
    lines: BTreeMap<LineId, Interval>,
    pools: BTreeSet<PoolId>,
    window: Interval,
}

impl Reach {
    pub fn of(snapshot: &Snapshot, request: &Request, now: Second) -> Self {
        let (mut lines, mut pools) = (BTreeMap::new(), BTreeSet::new());
        for step in routes(snapshot, request).flat_map(|route| &route.steps) {
            for figures in &step.lines {
                let state = snapshot.lines.get(&figures.line);
                let reach = state.map(|state| reach(state, request.window, now));
                lines.extend(reach.map(|reach| (figures.line, reach)));
            }
            pools.extend(step.uses.iter().map(|share| share.pool));
        }
        Self { lines, pools, window: request.window }
    }

    /// Whether `movable` holds a line or a pool inside.
    pub fn holds(&self, movable: &Movable) -> bool {
        let on_line = movable
            .placement
            .steps
            .iter()
            .any(|step| self.lines.get(&step.line).is_some_and(|reach| reach.overlaps(step.interval)));
        let claims = &movable.held.claims;
        on_line
            || claims.iter().any(|(pool, cell, _)| {
                let cell = Interval { start: *cell, end: *cell + DAY };
                self.pools.contains(pool) && cell.overlaps(self.window)
            })
    }
}

/// The window, with the row before it and the row behind it that aren't closures; where a cap counts the run of one
/// product, with the whole run on either side.
fn reach(state: &LineState, window: Interval, now: Second) -> Interval {
    let counts = |row: &&Occupancy| row.kind != Kind::Closure && !row.is_expired(now);
    let rows = state.rows();
    let first = rows.partition_point(|row| row.interval.end <= window.start);
    let last = rows.partition_point(|row| row.interval.start < window.end);
    let capped = state.matrix.cap.is_some();
    let before = edge(rows[..first].iter().rev().filter(counts), capped);
    let behind = edge(rows[last..].iter().filter(counts), capped);
    let start = before.map_or(window.start, |row| row.interval.start).min(window.start);
    let end = behind.map_or(window.end, |row| row.interval.end).max(window.end);
    Interval { start, end }
}

/// The first of the rows, or the last of the run of its product if that counts.
fn edge<'a>(mut rows: impl Iterator<Item = &'a Occupancy>, capped: bool) -> Option<&'a Occupancy> {
    let first = rows.next()?;
    let run = rows.take_while(|row| capped && row.product == first.product);
    Some(run.last().unwrap_or(first))
}

/// The movables that bear on the request, whose reach is `first`, those that stand where these might go, and so on, as
/// many times over as bookings may be moved, or until there are more than `enough`. Of each generation first those that
/// need no consent, of them those with the widest windows.
pub(super) fn neighbourhood<'a>(
    snapshot: &Snapshot,
    first: Reach,
    movables: &'a [Movable],
    now: Second,
    (generations, enough): (usize, usize),
) -> Vec<&'a Movable> {
    let mut reaches = vec![first];
    let mut rest: Vec<&Movable> = movables.iter().collect();
    let mut all = Vec::new();
    for _ in 0..generations {
        if all.len() > enough {
            break;
        }
        let holds = |movable: &&Movable| reaches.iter().any(|reach| reach.holds(movable));
        let (mut next, left): (Vec<&Movable>, Vec<&Movable>) = rest.into_iter().partition(holds);
        next.sort_by_key(|movable| {
            (movable.needs_consent, -movable.request.window.minutes(), movable.booking)
        });
        reaches = next.iter().map(|movable| Reach::of(snapshot, &movable.request, now)).collect();
        rest = left;
        all.extend(next);
    }
    all
}

/// The snapshot with no more of each line than bears on what may be placed, and without expired holds.
pub(in crate::resolve) fn cropped(
    snapshot: &Snapshot,
    request: &Request,
    movables: &[&Movable],
    now: Second,
) -> Snapshot {
    let mut hulls: BTreeMap<LineId, Interval> = BTreeMap::new();
    let mut widen = |line: LineId, interval: Interval| {
        let known = hulls.entry(line).or_insert(interval);
        *known = Interval { start: known.start.min(interval.start), end: known.end.max(interval.end) };
    };
    for asked in movables.iter().map(|movable| &movable.request).chain([request]) {
        let steps = routes(snapshot, asked).flat_map(|route| &route.steps);
        for figures in steps.flat_map(|step| &step.lines) {
            widen(figures.line, asked.window);
        }
    }
    for step in movables.iter().flat_map(|movable| &movable.placement.steps) {
        widen(step.line, step.interval);
    }
    let line = |(line, hull): (LineId, Interval)| {
        Some((line, Arc::new(snapshot.lines.get(&line)?.around(hull, now))))
    };
    let mut cropped = snapshot.clone();
    cropped.lines = hulls.into_iter().filter_map(line).collect();
    cropped
}

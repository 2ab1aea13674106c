//! Shares of pools: which cells a step touches and whether they have room.

use crate::{
    Interval, LineId, Minute, PoolId, RouteId, Second,
    calendar::{Calendar, DAY, day_start, plant_day},
    refusal::Refusal,
    resource::CellUnit,
    route::RouteStep,
    snapshot::{PoolState, Snapshot},
};

use super::Placement;

/// A claim to write: so much of a pool in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Index of the step in its route.
    pub step: u32,
    pub line: LineId,
    pub pool: PoolId,
    /// The cell's first minute.
    pub cell: Minute,
    pub amount: u32,
}

/// The claims that `placement` needs, by step, pool and cell. Empty for a route or pool that the snapshot lacks.
#[must_use]
pub fn claims(snapshot: &Snapshot, placement: &Placement) -> Vec<Claim> {
    let route = snapshot.routes.iter().find(|route| route.id == placement.route);
    let steps = route.into_iter().flat_map(|route| route.steps.iter()).zip(&placement.steps).zip(0..);
    let mut all = Vec::new();
    for ((step, placed), number) in steps {
        for (pool, amount) in amounts(step) {
            let Some(state) = snapshot.pools.get(&pool) else { continue };
            let cells = cells(state.pool.cell, &state.calendar, placed.interval);
            let claim = |cell| Claim { step: number, line: placed.line, pool, cell, amount };
            all.extend(cells.into_iter().map(claim));
        }
    }
    all
}

/// The first minutes of the cells of a pool by `unit` and `calendar` that `interval` touches, ascending.
#[must_use]
pub fn cells(unit: CellUnit, calendar: &Calendar, interval: Interval) -> Vec<Minute> {
    let mut all = Vec::new();
    last_cell((unit, calendar), interval, |cell| {
        all.push(cell.start);
        None::<()>
    });
    all.reverse();
    all
}

/// Part of an earlier step of the same route that a later one must count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    pub pool: PoolId,
    pub interval: Interval,
    pub amount: u32,
}

/// What one step claims.
#[derive(Debug)]
pub(super) struct Claims<'a> {
    pub uses: Vec<(&'a PoolState, u32)>,
    now: Second,
}

impl<'a> Claims<'a> {
    pub fn new(snapshot: &'a Snapshot, step: &RouteStep, now: Second) -> Result<Self, Refusal> {
        let mut uses = Vec::with_capacity(step.uses.len());
        for (id, amount) in amounts(step) {
            let unknown = || Refusal::PoolFull { pool: id, cell: 0, asked: amount, free: 0 };
            uses.push((&**snapshot.pools.get(&id).ok_or_else(unknown)?, amount));
        }
        Ok(Self { uses, now })
    }

    /// The time of which the pools' cells are on record.
    pub fn horizon(&self) -> Option<Interval> {
        let horizons = self.uses.iter().map(|(state, _)| state.calendar.horizon());
        horizons
            .reduce(|one, other| Interval { start: one.start.max(other.start), end: one.end.min(other.end) })
    }

    /// The last cell without room that `interval` touches, with its end: no start before that end can do without it.
    pub fn overrun(&self, interval: Interval, own: &[Own]) -> Option<(Refusal, Minute)> {
        let overruns = self.uses.iter().filter_map(|(state, amount)| {
            last_cell((state.pool.cell, &state.calendar), interval, |cell| {
                let taken = used(state, cell, self.now).saturating_add(owned(state, cell, own));
                let free = state.pool.capacity.saturating_sub(taken);
                let refusal =
                    Refusal::PoolFull { pool: state.pool.id, cell: cell.start, asked: *amount, free };
                (*amount > free).then_some((refusal, cell.end))
            })
        });
        overruns.max_by_key(|(_, end)| *end)
    }

    /// What this step, placed at `interval`, takes from later ones.
    pub fn own(&self, interval: Interval) -> impl Iterator<Item = Own> {
        self.uses.iter().map(move |(state, amount)| Own { pool: state.pool.id, interval, amount: *amount })
    }
}

/// Amount used of a cell at `now`: what is recorded less the claims of expired holds.
fn used(state: &PoolState, cell: Interval, now: Second) -> u32 {
    let recorded = state.used.get(&cell.start).copied().unwrap_or(0);
    if recorded == 0 {
        return 0;
    }
    let expired = state.expiring.iter().filter(|claim| claim.cell == cell.start && claim.expires_at <= now);
    recorded.saturating_sub(expired.map(|claim| claim.amount).sum())
}

/// What earlier steps of the same placement claim of a cell.
fn owned(state: &PoolState, cell: Interval, own: &[Own]) -> u32 {
    let touching = own.iter().filter(|own| own.pool == state.pool.id && own.interval.overlaps(cell));
    touching.map(|own| own.amount).sum()
}

/// What `answer` says first of the cells of a pool that `interval` touches, the last cell first.
fn last_cell<T>(
    (unit, calendar): (CellUnit, &Calendar),
    interval: Interval,
    mut answer: impl FnMut(Interval) -> Option<T>,
) -> Option<T> {
    match unit {
        CellUnit::Shift => calendar.shifts(interval).rev().find_map(answer),
        CellUnit::Day => {
            let days = plant_day(interval.start)..=plant_day(interval.end - 1);
            days.rev().find_map(|day| answer(Interval { start: day_start(day), end: day_start(day) + DAY }))
        }
    }
}

/// The amount of each pool that a step uses; a pool named twice is used for both.
fn amounts(step: &RouteStep) -> impl Iterator<Item = (PoolId, u32)> {
    step.uses.iter().enumerate().filter_map(|(index, first)| {
        let named_before = step.uses[..index].iter().any(|earlier| earlier.pool == first.pool);
        let same = step.uses[index..].iter().filter(|later| later.pool == first.pool);
        let amount = same.fold(0_u32, |sum, later| sum.saturating_add(later.amount));
        (!named_before && amount > 0).then_some((first.pool, amount))
    })
}

/// Whether two steps may claim of the same pool.
pub(super) fn share_pool(one: &RouteStep, other: &RouteStep) -> bool {
    one.uses.iter().any(|mine| other.uses.iter().any(|theirs| theirs.pool == mine.pool))
}

/// The pools that a route touches, each once.
pub(super) fn pools_of(steps: &[RouteStep]) -> impl Iterator<Item = PoolId> {
    let mut seen: Vec<PoolId> = steps.iter().flat_map(|step| amounts(step).map(|(pool, _)| pool)).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.into_iter()
}

/// The route with this id.
pub(super) fn route(snapshot: &Snapshot, id: RouteId) -> Option<&crate::route::Route> {
    snapshot.routes.iter().find(|route| route.id == id).map(|route| &**route)
}

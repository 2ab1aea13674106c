//! What a round was decided on, as plain data that outlives the state of the lines: enough to decide it again years
//! later.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    CalendarId, Interval, LineId, MatrixId, Minute, PlatformId, PoolId, Second,
    calendar::{Calendar, Holidays, Pattern},
    changeover::Matrix,
    occupancy::Occupancy,
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
    snapshot::{ExpiringClaim, LineState, PoolState, Snapshot},
};

/// A snapshot as plain data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Over which calendars are compiled.
    pub horizon: Interval,
    pub holidays: Holidays,
    pub calendars: Vec<Pattern>,
    pub matrices: Vec<Matrix>,
    pub lines: Vec<LineInput>,
    pub pools: Vec<PoolInput>,
    pub routes: Vec<Route>,
    pub policies: Vec<(PlatformId, Policy)>,
}

/// A line with its live rows, and when it is down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineInput {
    pub line: Line,
    pub version: i64,
    pub rows: Vec<Occupancy>,
    /// Half-open. Records of before they were kept have none.
    #[serde(default)]
    pub outages: Vec<Interval>,
}

/// A pool with what is used of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolInput {
    pub pool: Pool,
    pub version: i64,
    /// By the cell's first minute.
    pub used: Vec<(Minute, u32)>,
    /// Of holds: when they expire, the cell's first minute, how much.
    pub expiring: Vec<(Second, Minute, u32)>,
}

impl Snapshot {
    /// The part of it that a call on `lines` is decided on: those lines, the routes that can run wholly on them, and
    /// the pools that these share.
    #[must_use]
    pub fn of_lines(&self, lines: &BTreeSet<LineId>) -> Self {
        let on_them = |route: &Arc<Route>| {
            let mut route = (**route).clone();
            route.steps.iter_mut().for_each(|step| step.lines.retain(|able| lines.contains(&able.line)));
            route.steps.iter().all(|step| !step.lines.is_empty()).then(|| Arc::new(route))
        };
        let routes: Vec<Arc<Route>> = self.routes.iter().filter_map(on_them).collect();
        let platforms: BTreeSet<PlatformId> = routes.iter().map(|route| route.platform).collect();
        let pools: BTreeSet<PoolId> = routes
            .iter()
            .flat_map(|route| &route.steps)
            .flat_map(|step| &step.uses)
            .map(|share| share.pool)
            .collect();
        let mut part = self.clone();
        part.lines.retain(|id, _| lines.contains(id));
        part.pools.retain(|id, _| pools.contains(id));
        part.policies.retain(|id, _| platforms.contains(id));
        part.routes = routes;
        part
    }
}

impl Inputs {
    /// Writes `snapshot` down; `holidays` are those that its calendars were compiled with.
    #[must_use]
    pub fn of(snapshot: &Snapshot, holidays: &Holidays) -> Self {
        let calendars = snapshot.lines.values().map(|line| &line.calendar);
        let calendars: Vec<&Arc<Calendar>> =
            calendars.chain(snapshot.pools.values().map(|pool| &pool.calendar)).collect();
        let patterns: BTreeMap<CalendarId, Pattern> =
            calendars.iter().map(|calendar| (calendar.pattern.id, calendar.pattern.clone())).collect();
        let matrices: BTreeMap<MatrixId, Matrix> =
            snapshot.lines.values().map(|line| (line.matrix.id, (*line.matrix).clone())).collect();
        let line = |line: &Arc<LineState>| LineInput {
            line: (*line.line).clone(),
            version: line.version,
            rows: line.rows().to_vec(),
            outages: line.outages().to_vec(),
        };
        let pool = |pool: &Arc<PoolState>| PoolInput {
            pool: (*pool.pool).clone(),
            version: pool.version,
            used: pool.used.iter().map(|(cell, used)| (*cell, *used)).collect(),
            expiring: pool.expiring.iter().map(|one| (one.expires_at, one.cell, one.amount)).collect(),
        };
        Self {
            horizon: calendars.first().map_or(Interval { start: 0, end: 1 }, |calendar| calendar.horizon()),
            holidays: holidays.clone(),
            calendars: patterns.into_values().collect(),
            matrices: matrices.into_values().collect(),
            lines: snapshot.lines.values().map(line).collect(),
            pools: snapshot.pools.values().map(pool).collect(),
            routes: snapshot.routes.iter().map(|route| (**route).clone()).collect(),
            policies: snapshot.policies.iter().map(|(id, policy)| (*id, (**policy).clone())).collect(),
        }
    }

    /// The snapshot that was written down; a line or pool whose matrix or calendar is missing is left out.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let compile = |pattern: &Pattern| {
            let compiled = Calendar::compile(pattern.clone(), &self.holidays, self.horizon);
            (pattern.id, Arc::new(compiled))
        };
        let calendars: BTreeMap<CalendarId, Arc<Calendar>> = self.calendars.iter().map(compile).collect();
        let matrices: BTreeMap<MatrixId, Arc<Matrix>> =
            self.matrices.iter().map(|matrix| (matrix.id, Arc::new(matrix.clone()))).collect();
        let line = |one: &LineInput| {
            let (matrix, calendar) = (matrices.get(&one.line.matrix)?, calendars.get(&one.line.calendar)?);
            let (line, matrix, calendar) =
                (Arc::new(one.line.clone()), Arc::clone(matrix), Arc::clone(calendar));
            let state = LineState::new(line, matrix, calendar, one.version, one.rows.clone());
            Some((one.line.id, Arc::new(state.down(one.outages.clone()))))
        };
        let pool = |one: &PoolInput| {
            let calendar = Arc::clone(calendars.get(&one.pool.calendar)?);
            let expiring = one.expiring.iter().map(|(expires_at, cell, amount)| ExpiringClaim {
                expires_at: *expires_at,
                cell: *cell,
                amount: *amount,
            });
            let state = PoolState {
                pool: Arc::new(one.pool.clone()),
                calendar,
                version: one.version,
                used: one.used.iter().copied().collect(),
                expiring: expiring.collect(),
            };
            Some((one.pool.id, Arc::new(state)))
        };
        Snapshot {
            lines: self.lines.iter().filter_map(line).collect(),
            pools: self.pools.iter().filter_map(pool).collect(),
            routes: self.routes.iter().cloned().map(Arc::new).collect(),
            policies: self.policies.iter().map(|(id, policy)| (*id, Arc::new(policy.clone()))).collect(),
        }
    }
}

//! The reference data that bookings are judged by: as it is in force, and as it would be after an import.

use std::collections::BTreeMap;

use domain::{
    CalendarId, LineId, MatrixId, PoolId, RouteId,
    calendar::{Holidays, Pattern},
    changeover::Matrix,
    checker::{LinePlan, PoolPlan},
    occupancy::Occupancy,
    resource::{Line, Pool},
    route::Route,
};

use super::Difference;
use crate::store::Catalogue;

/// All that the checker reads, by id.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub holidays: Holidays,
    lines: BTreeMap<LineId, Line>,
    matrices: BTreeMap<MatrixId, Matrix>,
    calendars: BTreeMap<CalendarId, Pattern>,
    pools: BTreeMap<PoolId, Pool>,
    routes: BTreeMap<RouteId, Route>,
}

impl World {
    /// What is in force; of the routes those that `routes` names, on offer or not.
    pub fn now(catalogue: &Catalogue, routes: impl Iterator<Item = RouteId>) -> Self {
        Self {
            holidays: (*catalogue.holidays).clone(),
            lines: catalogue.lines().map(|line| (line.id, (**line).clone())).collect(),
            matrices: catalogue.matrices().map(|matrix| (matrix.id, (**matrix).clone())).collect(),
            calendars: catalogue
                .calendars()
                .map(|calendar| (calendar.pattern.id, calendar.pattern.clone()))
                .collect(),
            pools: catalogue.pools().map(|pool| (pool.id, (**pool).clone())).collect(),
            routes: routes
                .filter_map(|id| catalogue.route(id))
                .map(|route| (route.id, (**route).clone()))
                .collect(),
        }
    }

    /// The same once `difference` is written.
    pub fn after(&self, difference: &Difference) -> Self {
        let mut after = self.clone();
        after.lines.extend(difference.lines.iter().map(|(line, _)| (line.id, line.clone())));
        after.matrices.extend(difference.matrices.iter().map(|(_, matrix)| (matrix.id, matrix.clone())));
        after.calendars.extend(difference.calendars.iter().map(|(_, pattern)| (pattern.id, pattern.clone())));
        after.pools.extend(difference.pools.iter().map(|pool| (pool.id, pool.clone())));
        after.routes.extend(difference.routes.iter().map(|(route, _)| (route.id, route.clone())));
        for (date, day) in &difference.holidays {
            match day {
                Some(day) => drop(after.holidays.days.insert(*date, day.clone())),
                None => drop(after.holidays.days.remove(date)),
            }
        }
        after
    }

    /// A line with `rows`; `None` if its matrix or calendar isn't known.
    pub fn line<'a>(&'a self, id: LineId, rows: &'a [Occupancy]) -> Option<LinePlan<'a>> {
        let line = self.lines.get(&id)?;
        let (matrix, pattern) = (self.matrices.get(&line.matrix)?, self.calendars.get(&line.calendar)?);
        Some(LinePlan { line, matrix, pattern, rows, outages: &[] })
    }

    /// Every line, without rows.
    pub fn lines(&self) -> Vec<LinePlan<'_>> {
        self.lines.keys().filter_map(|id| self.line(*id, &[])).collect()
    }

    pub fn matrix_of(&self, line: LineId) -> Option<&Matrix> {
        self.matrices.get(&self.lines.get(&line)?.matrix)
    }

    pub fn pools(&self) -> Vec<PoolPlan<'_>> {
        let plan = |pool| Some(PoolPlan { pool, pattern: self.calendars.get(&pool.calendar)? });
        self.pools.values().filter_map(plan).collect()
    }

    pub fn pool(&self, id: PoolId) -> Option<PoolPlan<'_>> {
        let pool = self.pools.get(&id)?;
        Some(PoolPlan { pool, pattern: self.calendars.get(&pool.calendar)? })
    }

    pub fn route(&self, id: RouteId) -> Option<&Route> {
        self.routes.get(&id)
    }
}

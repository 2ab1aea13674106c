//! Reference data as the domain sees it: everything but the state of lines and pools.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    CalendarId, Interval, LineId, MatrixId, PlatformId, PoolId, RouteId, Second, Text,
    calendar::{Calendar, DAY, Holidays, LUNAR_YEARS, Pattern, plant_date},
    changeover::Matrix,
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};
use sea_orm::ConnectionTrait;

use super::{StoreError, reference_rows as rows};

/// Calendars are compiled over a range this long before and after now, in minutes; a policy's horizon is shorter.
const PAST: i64 = 400 * DAY;
const FUTURE: i64 = 1_100 * DAY;
/// The range moves in steps of this length, so that calendars are compiled rarely.
const STRIDE: i64 = 30 * DAY;

/// A platform as everybody may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    pub id: PlatformId,
    pub code: String,
    pub name: Text,
    /// Made up for demonstration.
    pub illustrative: bool,
    /// JSON of whatever its set-up file says besides.
    pub document: String,
}

/// A line with what it is judged by.
#[derive(Clone, Debug)]
pub struct LineParts {
    pub line: Arc<Line>,
    /// The current version; earlier ones live on in the links of rows.
    pub matrix: Arc<Matrix>,
    pub calendar: Arc<Calendar>,
}

/// All reference data at one version.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub version: i64,
    /// What calendars are compiled over.
    pub horizon: Interval,
    /// The time of the first decision on record, which stays the first.
    pub begun: Option<Second>,
    pub holidays: Arc<Holidays>,
    platforms: BTreeMap<PlatformId, Arc<Platform>>,
    calendars: BTreeMap<CalendarId, Arc<Calendar>>,
    matrices: BTreeMap<MatrixId, Arc<Matrix>>,
    lines: BTreeMap<LineId, LineParts>,
    pools: BTreeMap<PoolId, Arc<Pool>>,
    routes: BTreeMap<RouteId, (Arc<Route>, bool)>,
    policies: BTreeMap<PlatformId, Arc<Policy>>,
}

impl Catalogue {
    /// The range over which calendars are compiled at `now`.
    #[must_use]
    pub const fn horizon_at(now: Second) -> Interval {
        let start = ((now.div_euclid(60) - PAST).div_euclid(STRIDE)) * STRIDE;
        Interval { start, end: start + PAST + STRIDE + FUTURE }
    }

    /// Reads it all, calendars compiled over `horizon`.
    ///
    /// # Errors
    /// The database fails, or a document in it can't be read.
    pub async fn load(connection: &impl ConnectionTrait, horizon: Interval) -> Result<Self, StoreError> {
        // Read first: if reference data changes while it is being read, this version is outdated and read again.
        let version = super::queries::catalogue_version(connection).await?;
        let holidays = Arc::new(rows::holidays(connection).await?);
        let last = plant_date(horizon.end).year();
        if last > *LUNAR_YEARS.end() && holidays.is_provisional(last) {
            tracing::warn!(year = last, "no lunar holidays are known of this year: import its notice");
        }
        let patterns: Vec<Pattern> = rows::documents(connection, "calendar").await?;
        let compile =
            |pattern: Pattern| (pattern.id, Arc::new(Calendar::compile(pattern, &holidays, horizon)));
        let calendars: BTreeMap<_, _> = patterns.into_iter().map(compile).collect();
        let matrices: BTreeMap<_, _> = rows::matrices(connection).await?;
        let mut lines = BTreeMap::new();
        for line in rows::documents::<Line>(connection, "line").await? {
            let missing = || StoreError::Internal(format!("line {} lacks its matrix or calendar", line.code));
            let matrix = Arc::clone(matrices.get(&line.matrix).ok_or_else(missing)?);
            let calendar = Arc::clone(calendars.get(&line.calendar).ok_or_else(missing)?);
            lines.insert(line.id, LineParts { line: Arc::new(line), matrix, calendar });
        }
        let pools: Vec<Pool> = rows::documents(connection, "pool").await?;
        Ok(Self {
            version,
            horizon,
            begun: super::queries::first_decision(connection).await?,
            platforms: rows::platforms(connection).await?,
            lines,
            pools: pools.into_iter().map(|pool| (pool.id, Arc::new(pool))).collect(),
            routes: rows::routes(connection).await?,
            policies: rows::policies(connection).await?,
            holidays,
            calendars,
            matrices,
        })
    }

    #[must_use]
    pub fn platform(&self, id: PlatformId) -> Option<&Arc<Platform>> {
        self.platforms.get(&id)
    }

    /// By id.
    pub fn platforms(&self) -> impl Iterator<Item = &Arc<Platform>> {
        self.platforms.values()
    }

    #[must_use]
    pub fn line(&self, id: LineId) -> Option<&Arc<Line>> {
        self.lines.get(&id).map(|parts| &parts.line)
    }

    /// By id.
    pub fn lines(&self) -> impl Iterator<Item = &Arc<Line>> {
        self.lines.values().map(|parts| &parts.line)
    }

    /// A line with its matrix and calendar.
    #[must_use]
    pub fn parts(&self, id: LineId) -> Option<LineParts> {
        self.lines.get(&id).cloned()
    }

    /// The current version of a line's matrix.
    #[must_use]
    pub fn matrix_of(&self, id: LineId) -> Option<&Arc<Matrix>> {
        self.lines.get(&id).map(|parts| &parts.matrix)
    }

    #[must_use]
    pub fn pool(&self, id: PoolId) -> Option<&Arc<Pool>> {
        self.pools.get(&id)
    }

    /// By id.
    pub fn pools(&self) -> impl Iterator<Item = &Arc<Pool>> {
        self.pools.values()
    }

    /// A pool with its calendar.
    #[must_use]
    pub fn pool_parts(&self, id: PoolId) -> Option<(Arc<Pool>, Arc<Calendar>)> {
        let pool = self.pools.get(&id)?;
        Some((Arc::clone(pool), Arc::clone(self.calendars.get(&pool.calendar)?)))
    }

    #[must_use]
    pub fn calendar(&self, id: CalendarId) -> Option<&Arc<Calendar>> {
        self.calendars.get(&id)
    }

    /// By id.
    pub fn calendars(&self) -> impl Iterator<Item = &Arc<Calendar>> {
        self.calendars.values()
    }

    /// The current version.
    #[must_use]
    pub fn matrix(&self, id: MatrixId) -> Option<&Arc<Matrix>> {
        self.matrices.get(&id)
    }

    /// The current version of each, by id.
    pub fn matrices(&self) -> impl Iterator<Item = &Arc<Matrix>> {
        self.matrices.values()
    }

    /// A route, also one that is no longer offered: bookings stand on it.
    #[must_use]
    pub fn route(&self, id: RouteId) -> Option<&Arc<Route>> {
        self.routes.get(&id).map(|(route, _)| route)
    }

    /// The same if it is on offer.
    #[must_use]
    pub fn offered(&self, id: RouteId) -> Option<&Arc<Route>> {
        self.routes.get(&id).filter(|(_, active)| *active).map(|(route, _)| route)
    }

    /// The routes on offer, by id.
    pub fn routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.routes.values().filter(|(_, active)| *active).map(|(route, _)| route)
    }

    /// Every route, on offer or not, by id.
    pub fn all_routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.routes.values().map(|(route, _)| route)
    }

    /// A platform's current policy, if it has its own.
    #[must_use]
    pub fn policy(&self, platform: PlatformId) -> Option<&Arc<Policy>> {
        self.policies.get(&platform)
    }

    /// Each platform's current policy.
    #[must_use]
    pub fn policies(&self) -> BTreeMap<PlatformId, Arc<Policy>> {
        self.policies.clone()
    }
}

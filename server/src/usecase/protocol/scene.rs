//! What a change looks at: the locked lines and pools as they are now, and the bookings on them that have expired.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Interval, LineId, PoolId, Second,
    route::Route,
    snapshot::{LineState, PoolState, Snapshot},
};

use super::{Stop, lapse::Lapsed};
use crate::store::{Catalogue, Tx, queries};
use crate::usecase::booking::Loaded;

/// The stretches of lines and pools that a change concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Touched {
    pub lines: BTreeMap<LineId, Interval>,
    pub pools: BTreeMap<PoolId, Interval>,
}

impl Touched {
    /// Adds a stretch of a line; of several the hull counts.
    pub fn line(&mut self, line: LineId, interval: Interval) {
        let known = self.lines.entry(line).or_insert(interval);
        *known = hull(*known, interval);
    }

    /// Adds a stretch of a pool.
    pub fn pool(&mut self, pool: PoolId, interval: Interval) {
        let known = self.pools.entry(pool).or_insert(interval);
        *known = hull(*known, interval);
    }

    /// Adds all that `more` touches.
    pub fn widen(&mut self, more: &Self) {
        for (line, interval) in &more.lines {
            self.line(*line, *interval);
        }
        for (pool, interval) in &more.pools {
            self.pool(*pool, *interval);
        }
    }

    /// Whether all that `other` touches lies in this.
    fn covers(&self, other: &Self) -> bool {
        let mut wider = self.clone();
        wider.widen(other);
        wider == *self
    }
}

fn hull(one: Interval, other: Interval) -> Interval {
    Interval { start: one.start.min(other.start), end: one.end.max(other.end) }
}

/// Locked, and read after the lock.
#[derive(Debug)]
pub(crate) struct Scene {
    pub catalogue: Arc<Catalogue>,
    pub lines: BTreeMap<LineId, Arc<LineState>>,
    pub pools: BTreeMap<PoolId, Arc<PoolState>>,
    pub now: Second,
    touched: Touched,
    /// Bookings whose time ran out; whatever is written next releases them first.
    pub lapsed: Vec<Lapsed>,
}

impl Scene {
    /// Locks lines, then pools, in the order of their ids, and reads them.
    ///
    /// # Errors
    /// [`Stop::Outdated`] if the database has a newer catalogue, [`Stop::Widen`] if what has expired there holds more
    /// than is locked; the database's failure, also for a line or pool that doesn't exist.
    pub async fn enter(
        tx: &Tx<'_>,
        catalogue: Arc<Catalogue>,
        touched: &Touched,
        now: Second,
    ) -> Result<Self, Stop> {
        let ids: Vec<LineId> = touched.lines.keys().copied().collect();
        let locked = queries::lock_lines(tx, &ids).await?;
        if locked.catalogue > catalogue.version {
            return Err(Stop::Outdated);
        }
        let mut lines = BTreeMap::new();
        for (line, version) in locked.lines.clone() {
            let Some(interval) = touched.lines.get(&line) else { continue };
            let mut state = queries::neighbourhood(tx, &catalogue, line, *interval, version).await?;
            if locked.down.get(&line).is_some_and(|until| *until > interval.start) {
                let mut outages = queries::outages(tx, &[line], interval.start).await?;
                state = state.down(outages.remove(&line).unwrap_or_default());
            }
            lines.insert(line, Arc::new(state));
        }
        let mut pools = BTreeMap::new();
        if !touched.pools.is_empty() {
            let ids: Vec<PoolId> = touched.pools.keys().copied().collect();
            for (pool, version) in queries::lock_pools(tx, &ids).await? {
                let Some(interval) = touched.pools.get(&pool) else { continue };
                let state = queries::pool_state(tx, &catalogue, pool, *interval, version).await?;
                pools.insert(pool, Arc::new(state));
            }
        }
        let touched = touched.clone();
        let mut scene = Self { catalogue, lines, pools, now, touched, lapsed: Vec::new() };
        scene.find_lapsed(tx).await?;
        Ok(scene)
    }

    async fn find_lapsed(&mut self, tx: &Tx<'_>) -> Result<(), Stop> {
        let rows = self.lines.values().flat_map(|line| line.rows());
        let mut expired: Vec<_> = rows.filter(|row| row.is_expired(self.now)).map(|row| row.id).collect();
        // The kernel counts their shares of pools as free too, wherever else their lines are.
        for (pool, state) in &self.pools {
            let Some(interval) = self.touched.pools.get(pool) else { continue };
            if state.expiring.iter().any(|claim| claim.expires_at <= self.now) {
                expired.extend(queries::expired_holders(tx, *pool, *interval, self.now).await?);
            }
        }
        if expired.is_empty() {
            return Ok(());
        }
        self.lapsed = Lapsed::holding(tx, &expired).await?;
        let needed = Lapsed::touched(tx, &self.lapsed).await?;
        self.covers(&needed)
    }

    /// Whether all of `needed` is locked and read.
    ///
    /// # Errors
    /// [`Stop::Widen`] if it isn't.
    pub fn covers(&self, needed: &Touched) -> Result<(), Stop> {
        if self.touched.covers(needed) { Ok(()) } else { Err(Stop::Widen(needed.clone())) }
    }

    /// What the kernel decides on: the locked lines and pools, and `route` alone.
    pub fn snapshot(&self, route: &Arc<Route>) -> Snapshot {
        Snapshot { routes: vec![Arc::clone(route)], ..self.bare() }
    }

    /// The locked lines and pools, without routes.
    pub fn bare(&self) -> Snapshot {
        Snapshot {
            lines: self.lines.clone(),
            pools: self.pools.clone(),
            routes: Vec::new(),
            policies: self.catalogue.policies(),
        }
    }

    /// Sets until when the rows of a booking are held; `None`: they are firm.
    ///
    /// # Errors
    /// The database's failure, also if one of the rows isn't live any more.
    pub async fn keep_until(
        &self,
        tx: &Tx<'_>,
        booking: &Loaded,
        expires_at: Option<Second>,
    ) -> Result<(), Stop> {
        let rows: Vec<_> = booking.live().map(|piece| piece.occupancy).collect();
        Ok(queries::set_expiry(tx, &rows, expires_at).await?)
    }

    /// The same scene once what had expired on it is released.
    pub fn swept(self) -> Self {
        Self { lapsed: Vec::new(), ..self }
    }

    /// Version of every locked line, after the lock.
    pub fn versions(&self) -> Vec<(LineId, i64)> {
        self.lines.iter().map(|(line, state)| (*line, state.version)).collect()
    }
}

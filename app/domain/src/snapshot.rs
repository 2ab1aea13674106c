//! What the kernel decides on: reference data and the state of every line and pool at one version each.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use crate::{
    Interval, LineId, Minute, PlatformId, PoolId, Second,
    calendar::Calendar,
    changeover::Matrix,
    gaps::{Gaps, mark},
    occupancy::{Kind, Occupancy},
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};

/// One line with its rows. Held whole by search, as a neighbourhood by the write path: the rows given are then a
/// contiguous part of the line's chain, and the first of them stands for everything before it.
///
/// A neighbourhood of a change reaches, on each side of everything released or added, to the first row that isn't a
/// closure, and if the line's matrix has a campaign cap further on to the first such row of another product than that
/// one's (the run that the cap counts); or to the line's head or end.
#[derive(Clone, Debug)]
pub struct LineState {
    pub line: Arc<Line>,
    pub matrix: Arc<Matrix>,
    pub calendar: Arc<Calendar>,
    /// Number of the line's last commit that these rows show.
    pub version: i64,
    rows: Vec<Occupancy>,
    /// The free time after each row; it is what a scan reads.
    gaps: Gaps,
    /// The marks of the products that ran or will run here, ascending.
    marks: Vec<u32>,
    /// When the first of the holds expires.
    first_expiry: Option<Second>,
    /// When the line is down, ascending by start.
    outages: Arc<[Interval]>,
}

impl LineState {
    /// `rows` are live, head first, ascending and disjoint.
    #[must_use]
    pub fn new(
        line: Arc<Line>,
        matrix: Arc<Matrix>,
        calendar: Arc<Calendar>,
        version: i64,
        rows: Vec<Occupancy>,
    ) -> Self {
        debug_assert!(rows.windows(2).all(|pair| pair[0].interval.end <= pair[1].interval.start));
        let gaps = Gaps::after(&rows);
        let mut marks: Vec<_> = rows.iter().map(|row| mark(row.product)).collect();
        marks.sort_unstable();
        marks.dedup();
        let first_expiry = rows.iter().filter_map(|row| row.expires_at).min();
        let outages = Arc::default();
        Self { line, matrix, calendar, version, rows, gaps, marks, first_expiry, outages }
    }

    /// The same with the times at which the line is down. Rows may stand in them, for an outage asks nobody; none is
    /// put there any more.
    #[must_use]
    pub fn down(self, mut outages: Vec<Interval>) -> Self {
        outages.sort_unstable_by_key(|outage| (outage.start, outage.end));
        Self { outages: outages.into(), ..self }
    }

    /// The same line with other rows.
    #[must_use]
    pub(crate) fn with(&self, rows: Vec<Occupancy>) -> Self {
        let (line, matrix, calendar) = (&self.line, &self.matrix, &self.calendar);
        let bare = Self::new(Arc::clone(line), Arc::clone(matrix), Arc::clone(calendar), self.version, rows);
        Self { outages: Arc::clone(&self.outages), ..bare }
    }

    /// When the line is down, half-open, ascending by start; they may overlap.
    #[must_use]
    pub fn outages(&self) -> &[Interval] {
        &self.outages
    }

    /// When the line is up again of all the outages that `interval` meets; `None` if it meets none.
    #[must_use]
    pub fn down_until(&self, interval: Interval) -> Option<Minute> {
        let met = self.outages.iter().filter(|outage| outage.overlaps(interval));
        met.map(|outage| outage.end).max()
    }

    /// Live rows, head first, ascending and disjoint.
    #[must_use]
    pub fn rows(&self) -> &[Occupancy] {
        &self.rows
    }

    /// The row with this id.
    #[must_use]
    pub fn row(&self, id: crate::OccupancyId) -> Option<&Occupancy> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The rows that overlap `interval`, the head never among them.
    #[must_use]
    pub fn overlapping(&self, interval: Interval) -> &[Occupancy] {
        let first = self.rows.partition_point(|row| row.interval.end <= interval.start);
        let last = self.rows.partition_point(|row| row.interval.start < interval.end);
        let skip = usize::from(self.rows.first().is_some_and(|row| row.kind == Kind::Head));
        let first = first.max(skip);
        &self.rows[first..last.max(first)]
    }

    /// The time that `interval` opens with its set-ups on either side, once the rows that it holds are gone: up to the
    /// nearest rows that neither go nor are closures, which carry through what they found. On, without such a row, to
    /// the calendar's end: behind a row that may not follow it, a campaign is refused however much later it begins.
    #[must_use]
    pub fn opened_around(&self, interval: Interval, goes: impl Fn(&Occupancy) -> bool) -> Interval {
        let stays = |row: &&Occupancy| row.kind != Kind::Closure && !goes(row);
        let mut before = self.rows.iter().rev().filter(stays);
        let mut behind = self.rows.iter().filter(stays);
        let before = before.find(|row| row.interval.end <= interval.start);
        let behind = behind.find(|row| row.interval.start >= interval.end);
        let last = self.calendar.horizon().end.max(interval.end);
        Interval {
            start: before.map_or(interval.start, |row| row.interval.end),
            end: behind.map_or(last, |row| row.interval.start),
        }
    }

    pub(crate) const fn gaps(&self) -> &Gaps {
        &self.gaps
    }

    /// Whether some row may be of the product with this mark.
    pub(crate) fn carries(&self, mark: u32) -> bool {
        self.marks.binary_search(&mark).is_ok()
    }

    /// Whether some hold has expired at `now`, so that the rows can't be taken as they are.
    pub(crate) fn has_expired(&self, now: Second) -> bool {
        self.first_expiry.is_some_and(|expiry| expiry <= now)
    }
}

/// One pool with what is used of it. Cells that nobody uses are absent.
#[derive(Clone, Debug)]
pub struct PoolState {
    pub pool: Arc<Pool>,
    pub calendar: Arc<Calendar>,
    pub version: i64,
    /// Amount used, by the cell's start, claims of expiring holds included.
    pub used: BTreeMap<Minute, u32>,
    /// The claims of holds, so that an expired one can be counted as free.
    pub expiring: Vec<ExpiringClaim>,
}

/// A hold's share of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiringClaim {
    /// Free from this second on.
    pub expires_at: Second,
    /// Start of the cell.
    pub cell: Minute,
    pub amount: u32,
}

/// Everything that a decision reads.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub lines: BTreeMap<LineId, Arc<LineState>>,
    pub pools: BTreeMap<PoolId, Arc<PoolState>>,
    pub routes: Vec<Arc<Route>>,
    /// Each platform's current policy.
    pub policies: BTreeMap<PlatformId, Arc<Policy>>,
}

impl Snapshot {
    /// The platform's policy, the default one if it has none.
    #[must_use]
    pub fn policy(&self, platform: PlatformId) -> &Policy {
        static DEFAULT: LazyLock<Policy> = LazyLock::new(Policy::default);
        self.policies.get(&platform).map_or(&DEFAULT, |policy| policy)
    }

    /// Asks for no notice on `platform`: of what was given it when it was booked or proposed it isn't asked again.
    pub fn forget_notice(&mut self, platform: PlatformId) {
        let policy = Policy { min_notice: 0, ..self.policy(platform).clone() };
        self.policies.insert(platform, Arc::new(policy));
    }
}

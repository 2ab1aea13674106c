//! What the kernel decides on: reference data and the state of every line and pool at one version each.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    LineId, Minute, PoolId, Second,
    calendar::Calendar,
    changeover::Matrix,
    occupancy::Occupancy,
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};

/// One line with its rows. Held whole by search, as a neighbourhood by the write path: the rows given are then a
/// contiguous part of the line's chain, and the first of them may stand for everything before it.
#[derive(Clone, Debug)]
pub struct LineState {
    pub line: Arc<Line>,
    pub matrix: Arc<Matrix>,
    pub calendar: Arc<Calendar>,
    /// Number of the line's last commit that these rows show.
    pub version: i64,
    /// Live rows, head first, ascending and disjoint.
    pub rows: Vec<Occupancy>,
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
    pub policy: Arc<Policy>,
}

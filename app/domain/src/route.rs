//! Routes: how one platform makes one offering.

use serde::{Deserialize, Serialize};

use crate::{LineId, Minutes, PlatformId, PoolId, RouteId, Text};

/// Who must be there while a batch runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Running {
    /// Batch time passes only in the line's open hours.
    Crew,
    /// Equipment runs on day and night, through holidays (lyophilisation, SPPS, culture).
    Unattended,
}

/// What a step takes on one of its lines:
/// `setup` (open minutes) + `batches × batch` (open or elapsed minutes, by `running`) + `wait` (elapsed minutes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub line: LineId,
    pub setup: Minutes,
    pub batch: Minutes,
    pub running: Running,
    pub wait: Minutes,
}

/// A share of a pool, claimed in every cell that the step's interval touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolUse {
    pub pool: PoolId,
    pub amount: u32,
}

/// One step of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteStep {
    pub code: String,
    pub name: Text,
    /// The lines able to do it, with their figures.
    pub lines: Vec<Figures>,
    pub uses: Vec<PoolUse>,
    /// Least and most elapsed minutes from the end of the step before, both inclusive; of no meaning on the first.
    pub min_lag: Minutes,
    pub max_lag: Option<Minutes>,
}

/// A route of one or several steps, placed all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub id: RouteId,
    pub platform: PlatformId,
    pub offering: String,
    pub code: String,
    pub name: Text,
    pub steps: Vec<RouteStep>,
}

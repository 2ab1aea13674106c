//! The kernel: one code path for search, the check inside the transaction, and repair.

use serde::{Deserialize, Serialize};

use crate::{
    Interval, LineId, Minute, RouteId, Second, refusal::Refusal, request::Request, snapshot::Snapshot,
};

/// A step put on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedStep {
    pub line: LineId,
    /// Half-open; the end follows from the route's figures.
    pub interval: Interval,
}

/// A whole route put on lines, all or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    pub route: RouteId,
    pub steps: Vec<PlacedStep>,
}

/// A placement that fits, with what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub placement: Placement,
    /// Price in fen, see [`crate::price`]; never depends on a neighbour.
    pub price_fen: i64,
    /// What offers are ranked by, ascending, see [`Cost`].
    pub cost: Cost,
    /// Version of each touched line, in the order of the steps' lines.
    pub versions: Vec<(LineId, i64)>,
}

/// The stated cost of an offer: lexicographic, so that the reason for a rank can be said in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cost {
    /// Minutes from the window's start to the end of the last step.
    pub finish: i64,
    /// Price in fen.
    pub price_fen: i64,
    /// Minutes between steps that are not running.
    pub waiting: i64,
}

/// Why one line was left out. The first refusal that holds, in the order of [`Refusal`]'s variants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRefusal {
    pub line: LineId,
    pub route: RouteId,
    pub step: u32,
    pub refusal: Refusal,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Feasible placements by ascending cost: for every route, first line and gap the earliest one.
    pub offers: Vec<Offer>,
    /// For every line of every route that could not take its step in the window: why.
    pub refusals: Vec<LineRefusal>,
}

/// Finds every feasible placement of `request`: for each route, each line of its first step and each gap of that line,
/// the placement that starts earliest there (and of those the one that ends first).
///
/// # Errors
/// What makes the request itself impossible, before any line is looked at: an unknown or nowhere offered form, a
/// reversed window, an unclassified hazard, no batches.
pub fn search(_snapshot: &Snapshot, _request: &Request, _now: Second) -> Result<Outcome, Refusal> {
    Err(Refusal::NoSlot)
}

/// Decides whether exactly this placement of `request` fits, with the same code as [`search`]. The intervals must be
/// the ones that the figures give.
///
/// # Errors
/// The first refusal.
pub fn check(
    _snapshot: &Snapshot,
    _request: &Request,
    _placement: &Placement,
    _now: Second,
) -> Result<Offer, Refusal> {
    Err(Refusal::NoSlot)
}

/// Fills in the ends: the placement of `request` on `route` with these lines and starts.
///
/// # Errors
/// If a line can't do its step, or no crew is there at the start.
pub fn place(
    _snapshot: &Snapshot,
    _request: &Request,
    _route: RouteId,
    _starts: &[(LineId, Minute)],
) -> Result<Placement, Refusal> {
    Err(Refusal::NoSlot)
}

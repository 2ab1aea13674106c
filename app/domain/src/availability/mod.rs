//! The kernel: one code path for search, the check inside the transaction, and repair.
//!
//! [`search`], [`check`], [`starts`] and [`SameFinish`] all decide a start by the same probe of the same gap; they
//! differ only in which starts they try.

mod able;
mod around;
mod between;
mod check;
mod complete;
mod fitting;
mod gap;
mod offers;
mod pools;
mod request;
mod rows;
mod same_finish;
mod search;
mod spot;
mod starts;
mod taken;
mod view;

use serde::{Deserialize, Serialize};

use crate::{Interval, LineId, Minute, PoolId, RouteId, refusal::Refusal};

pub use able::{batch_sizes, is_able};
pub use around::around;
pub use between::{Between, Setup, between};
pub use check::{check, place};
pub use offers::Offers;
pub use pools::{Claim, cells, claims};
pub use rows::rows;
pub use same_finish::{STARTS, SameFinish};
pub(crate) use search::search_open;
pub use search::{ATTEMPTS, search, search_within};
pub use starts::starts;
pub use taken::{Newcomer, taken};

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

impl Placement {
    /// First start and last end of a placement, which has at least one step.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        let start = self.steps.iter().map(|step| step.interval.start).min()?;
        let end = self.steps.iter().map(|step| step.interval.end).max()?;
        Interval::new(start, end)
    }

    /// Lines and starts, as [`place`] takes them.
    #[must_use]
    pub fn starts(&self) -> Vec<(LineId, Minute)> {
        self.steps.iter().map(|step| (step.line, step.interval.start)).collect()
    }
}

/// A placement that fits, with what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub placement: Placement,
    /// Price in fen, see [`crate::price`]; never depends on a neighbour.
    pub price_fen: i64,
    /// What offers are ranked by, ascending, see [`Cost`].
    pub cost: Cost,
    /// Version of each touched line, each once, by the first step on it.
    pub versions: Vec<(LineId, i64)>,
    /// Version of each touched pool, by id.
    pub pools: Vec<(PoolId, i64)>,
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

/// Why one line was left out: what rules it out altogether, else what stopped the attempt that came furthest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRefusal {
    pub line: LineId,
    pub route: RouteId,
    /// Index of the step in its route.
    pub step: u32,
    pub refusal: Refusal,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Feasible placements by ascending cost: for every route, first line and gap the earliest one, until
    /// [`Offers::cheapen`] puts a cheaper one with the same finish in its place.
    pub offers: Offers,
    /// For every line of every route that could not take its step in the window: why. For every line of which not
    /// all was tried: [`Refusal::SearchCutShort`], be there offers or not.
    pub refusals: Vec<LineRefusal>,
}

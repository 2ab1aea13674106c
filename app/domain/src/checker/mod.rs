//! An independent verifier of a whole plan; the oracle of the tests. Shares no code with `availability` or `chain`: it
//! evaluates patterns day by day, and every rule by its own words.

mod campaign;
mod crew;
mod line;
mod pool;
mod sharing;

use serde::{Deserialize, Serialize};

use crate::{
    BookingId, Interval, LineId, Minute, OccupancyId, PoolId,
    availability::Placement,
    calendar::{Holidays, Pattern},
    changeover::Matrix,
    occupancy::Occupancy,
    request::Request,
    resource::{Line, Pool},
    route::Route,
};

pub use crew::Crew;
pub use pool::cells_of as cells;

/// A line with all its live rows.
#[derive(Clone, Copy, Debug)]
pub struct LinePlan<'a> {
    pub line: &'a Line,
    pub matrix: &'a Matrix,
    pub pattern: &'a Pattern,
    /// Head first, in order.
    pub rows: &'a [Occupancy],
    /// When the line is down.
    pub outages: &'a [Interval],
}

/// A booking that holds capacity.
#[derive(Clone, Copy, Debug)]
pub struct CampaignPlan<'a> {
    pub booking: BookingId,
    pub request: &'a Request,
    pub route: &'a Route,
    pub placement: &'a Placement,
}

/// A pool; what is used of it follows from the campaigns.
#[derive(Clone, Copy, Debug)]
pub struct PoolPlan<'a> {
    pub pool: &'a Pool,
    pub pattern: &'a Pattern,
}

/// Everything to verify.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    pub holidays: &'a Holidays,
    pub lines: &'a [LinePlan<'a>],
    pub pools: &'a [PoolPlan<'a>],
    pub campaigns: &'a [CampaignPlan<'a>],
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "violation")]
pub enum Violation {
    /// The line's first row isn't its only head.
    Head { line: LineId },
    /// A row that ends before it starts, or on another line.
    Malformed { row: OccupancyId },
    /// It begins before the row ahead of it ends.
    Overlap { row: OccupancyId, ahead: OccupancyId },
    /// What it remembers of the row ahead isn't so.
    Link { row: OccupancyId },
    /// A closure that doesn't leave what it found.
    Carried { row: OccupancyId },
    /// The pair has no cell in the matrix.
    Forbidden { row: OccupancyId },
    /// The set-up isn't the cell's.
    Setup { row: OccupancyId },
    /// The changeover isn't done before it starts.
    Changeover { row: OccupancyId, done: Option<Minute> },
    /// The clean-hold time ran out, and no re-clean fits.
    CleanHold { row: OccupancyId },
    /// A campaign stands where the line is down.
    Down { row: OccupancyId },
    /// The run that begins with this row is longer than the campaign cap.
    CampaignCap { first: OccupancyId },
    /// The line can't make the batch.
    Capability { booking: BookingId, step: u32 },
    /// A segregation rule forbids it.
    Segregation { booking: BookingId, step: u32 },
    /// The route, its number of steps or a step's line isn't right.
    Route { booking: BookingId },
    /// The interval doesn't end when the figures say, which is `due`; `None`: nobody is there at the start.
    Length { booking: BookingId, step: u32, due: Option<Minute> },
    /// Not at a multiple of the line's granularity.
    Granularity { booking: BookingId, step: u32 },
    /// Outside the window asked for.
    Window { booking: BookingId, step: u32 },
    /// Too short or too long after the step before.
    Lag { booking: BookingId, step: u32, minutes: i64 },
    /// No live row holds this step's time, or another row of the booking does.
    NotHeld { booking: BookingId, step: u32, interval: Interval },
    /// More used than there is.
    Pool { pool: PoolId, cell: Minute, used: u64 },
}

/// Everything that is wrong with a plan, lines first.
#[must_use]
pub fn verify(plan: &Plan<'_>) -> Vec<Violation> {
    let mut violations = Vec::new();
    for line in plan.lines {
        line::verify(line, plan.holidays, &mut violations);
    }
    for campaign in plan.campaigns {
        campaign::verify(campaign, plan, &mut violations);
    }
    for pool in plan.pools {
        pool::verify(pool, plan, &mut violations);
    }
    violations
}

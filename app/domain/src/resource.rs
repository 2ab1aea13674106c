//! Lines and pools: what can be booked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    CalendarId, LineId, MatrixId, Minute, Minutes, PlatformId, PoolId, Text, hazard::Hazard, offering::Unit,
};

/// What a line can make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capability {
    /// Code of the offering.
    pub offering: String,
    /// Batch size, both bounds inclusive, in thousandths of `unit` (so that 0.5 kg is exact).
    pub batch_min: i64,
    pub batch_max: i64,
    pub unit: Unit,
}

impl Capability {
    /// The bounds in thousandths of `unit`, in which a client asks; `None` where that measures something else, or has
    /// no size between them.
    #[must_use]
    pub fn bounds_in(&self, unit: Unit) -> Option<(i64, i64)> {
        let (min, max) = (self.batch_min, self.batch_max);
        let (min, max) = match (self.unit, unit) {
            (Unit::Kilogram, Unit::Gram) => (min.saturating_mul(1000), max.saturating_mul(1000)),
            // Rounded inwards: a size is whole thousandths.
            (Unit::Gram, Unit::Kilogram) => (min.saturating_add(999).div_euclid(1000), max.div_euclid(1000)),
            (own, other) if own == other => (min, max),
            _ => return None,
        };
        (min <= max).then_some((min, max))
    }
}

/// QA's approval to share the line with a hazard that may be shared only under one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    pub hazard: Hazard,
    /// Valid while the campaign's end is at or before this minute.
    pub valid_until: Minute,
}

/// An exclusive line: one campaign at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: LineId,
    pub platform: PlatformId,
    pub code: String,
    pub name: Text,
    pub matrix: MatrixId,
    pub calendar: CalendarId,
    pub capabilities: Vec<Capability>,
    /// Hazards that the line admits at all.
    pub admits: BTreeSet<Hazard>,
    /// Dedicated equipment: runs only products that carry this hazard.
    pub dedicated_to: Option<Hazard>,
    pub approvals: Vec<Approval>,
    /// Highest exposure band that the line contains; `None`: no limit stated.
    pub oeb_max: Option<u8>,
    /// Fit for GMP batches.
    pub gmp: bool,
    /// A sterile line: a campaign must end at or before the media fill's validity. `None`: not sterile.
    pub media_fill_valid_until: Option<Minute>,
    /// Price of one plant day on which the line is open, in fen.
    pub day_rate_fen: i64,
    /// Starts are offered only at multiples of this many minutes from plant midnight, so that a gap's length tells
    /// nothing of the neighbour. Divides 1440.
    pub granularity: Minutes,
}

/// How a pool's capacity is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellUnit {
    /// Every shift of the pool's calendar; time between shifts belongs to no cell and needs no capacity.
    Shift,
    /// Every plant day, midnight to midnight.
    Day,
}

/// Shared capacity: crew, QC hours, chamber positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    pub id: PoolId,
    pub platform: PlatformId,
    pub code: String,
    pub name: Text,
    pub calendar: CalendarId,
    pub cell: CellUnit,
    /// Amount available in each cell.
    pub capacity: u32,
}

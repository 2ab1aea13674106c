//! Lines, when they are free, and how full they are.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, TextView};

/// A line, as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LineView {
    pub id: Uuid,
    pub code: String,
    pub name: TextView,
    pub platform: Uuid,
    pub platform_name: TextView,
    pub gmp: bool,
    pub day_rate_fen: i64,
    /// Starts are offered at multiples of this many minutes from plant midnight.
    pub granularity_minutes: i64,
    pub capabilities: Vec<CapabilityView>,
    /// Hazard tags that the line admits.
    pub admits: Vec<String>,
}

/// What a line can make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CapabilityView {
    pub offering: String,
    /// Decimals, in `unit`, both inclusive.
    pub batch_min: String,
    pub batch_max: String,
    pub unit: String,
}

/// A period of plant days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct Period {
    /// First plant day, `YYYY-MM-DD`.
    pub from: String,
    /// Last plant day, inclusive, `YYYY-MM-DD`.
    pub to: String,
}

/// Time that is taken, rounded outwards to the line's granularity; touching pieces are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BusyView {
    pub start: Instant,
    /// Half-open.
    pub end: Instant,
}

/// When a line is taken. Says neither by whom nor why, and shows no set-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FreeBusyView {
    pub line: Uuid,
    pub granularity_minutes: i64,
    pub busy: Vec<BusyView>,
    /// What each piece is, for the operators of the line's platform only.
    pub rows: Vec<RowView>,
    pub now: Instant,
}

/// A piece of a line's time, as its operators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RowView {
    pub id: Uuid,
    /// `campaign`, `cleaning`, `closure`.
    pub kind: String,
    pub start: Instant,
    pub end: Instant,
    /// Elapsed minutes of set-up that it needs after its predecessor.
    pub setup_minutes: i64,
    pub booking: Option<Uuid>,
    pub reference: Option<String>,
    pub status: Option<String>,
    pub expires_at: Option<Instant>,
}

/// How full one platform, or the lines able to make one offering, are in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OccupancyCell {
    /// Code of the platform or of the offering.
    pub code: String,
    pub name: TextView,
    /// Bookable minutes: opened by the operator, less planned downtime.
    pub bookable_minutes: i64,
    /// Confirmed process and changeover minutes inside bookable time; absent where fewer than three clients, or
    /// subtraction, would tell about one of them.
    pub committed_minutes: Option<i64>,
    /// Held and requested minutes, apart; absent for the same reason.
    pub held_minutes: Option<i64>,
}

/// Committed occupancy of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OccupancyReport {
    pub from: String,
    pub to: String,
    pub platforms: Vec<OccupancyCell>,
    /// Never to be summed: lines that can make several offerings count in each.
    pub offerings: Vec<OccupancyCell>,
    /// Absent where a cell is suppressed and the sum would give it away.
    pub committed_minutes: Option<i64>,
    pub bookable_minutes: i64,
    pub now: Instant,
}

/// What a line's hours went into, over a period that may reach into the future.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct UtilisationView {
    pub line: Uuid,
    pub line_name: TextView,
    /// All minutes of the period (CT).
    pub calendar_minutes: i64,
    /// Minutes that the operator opened (AT).
    pub available_minutes: i64,
    /// Planned downtime inside them (PD).
    pub downtime_minutes: i64,
    /// AT − PD (BT).
    pub bookable_minutes: i64,
    /// Process time inside bookable time (PT).
    pub process_minutes: i64,
    /// Changeover time inside bookable time (CO).
    pub changeover_minutes: i64,
    /// Process time on the 24 × 7 base.
    pub running_minutes: i64,
}

/// What the district learns of demand in a period: searches by offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DemandView {
    pub offering: String,
    pub name: TextView,
    pub searches: i64,
    /// Searches that found nothing.
    pub unmet: i64,
    /// Minutes asked for, and asked for without finding a place.
    pub asked_minutes: i64,
    pub unmet_minutes: i64,
    /// Minutes from asking to the earliest feasible start, where one was found.
    pub lead_median_minutes: Option<i64>,
    pub lead_p90_minutes: Option<i64>,
}

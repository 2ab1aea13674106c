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

/// A line's time in a period, as a firm may know it for what it has searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTimes {
    pub taken: Vec<BusyView>,
    /// Where the booking stands that is to move: free for it.
    pub own: Vec<BusyView>,
    /// When nobody works there by the line's calendar: outside of its shifts, on days of rest and holidays. What an
    /// operator has closed is taken.
    pub closed: Vec<BusyView>,
}

/// When a line is taken, as a product finds it that isn't there yet: changeovers beside what is booked are taken too.
/// Says neither by whom nor why, nor what of it is set-up.
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
    /// Least elapsed minutes of set-up that it needs after its predecessor: it takes longer where the crew's part of it
    /// doesn't fit into one shift.
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

/// Which quarter a report is about. Reports have fixed quarters: if periods could overlap, what a small cell hides
/// could be computed by subtracting one report from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct QuarterQuery {
    /// Year and quarter, such as `2026-4`; the current one when left out.
    #[serde(default)]
    pub quarter: Option<String>,
}

/// Thirteen whole weeks, Monday to Sunday in plant time; a year of 53 weeks has fourteen in its last quarter. Weeks are
/// counted as ISO 8601 does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct QuarterView {
    /// Such as `2026-4`.
    pub quarter: String,
    /// First and last plant day, `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub weeks: Vec<WeekView>,
}

/// A week of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WeekView {
    /// Its number in the year, 1 to 53.
    pub number: u8,
    /// Its Monday, `YYYY-MM-DD`.
    pub from: String,
}

/// How full one platform is in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WeekCell {
    pub bookable_minutes: i64,
    /// Absent where it would tell about one of fewer than three clients.
    pub committed_minutes: Option<i64>,
}

/// How full one platform is, over the quarter and week by week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PlatformOccupancy {
    pub quarter: OccupancyCell,
    /// In the order of the quarter's weeks.
    pub weeks: Vec<WeekCell>,
}

/// Committed occupancy of a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OccupancyReport {
    pub quarter: QuarterView,
    pub platforms: Vec<PlatformOccupancy>,
    /// All platforms together, in the order of the quarter's weeks.
    pub weeks: Vec<WeekCell>,
    /// Never to be summed: lines that can make several offerings count in each.
    pub offerings: Vec<OccupancyCell>,
    /// All platforms together; absent where a cell is suppressed and the sum would give it away.
    pub committed_minutes: Option<i64>,
    pub held_minutes: Option<i64>,
    pub bookable_minutes: i64,
    pub now: Instant,
}

/// What is free of the lines able to make an offering, as their public calendars say it: no more than anybody signed in
/// could add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FreeCapacityView {
    /// Code of the offering.
    pub code: String,
    pub name: TextView,
    /// How many lines are able to make it.
    pub lines: u32,
    /// Three times thirty days, the first beginning today.
    pub parts: Vec<FreePart>,
}

/// Thirty days of the lines able to make an offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FreePart {
    pub bookable_minutes: i64,
    pub free_minutes: i64,
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
    /// Of the bookable time, when the line was or is down: SEMI E10's unscheduled down. Nothing counts as run in it.
    pub unscheduled_down_minutes: i64,
    /// Process time inside bookable time (PT).
    pub process_minutes: i64,
    /// Changeover time inside bookable time (CO).
    pub changeover_minutes: i64,
    /// Process time on the 24 × 7 base.
    pub running_minutes: i64,
}

/// What the district learns of demand in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DemandReport {
    pub quarter: QuarterView,
    /// Whether anybody searched at all: that nobody did tells about nobody.
    pub searched: bool,
    pub offerings: Vec<DemandView>,
}

/// Searches for one offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DemandView {
    pub offering: String,
    pub name: TextView,
    pub searches: i64,
    /// Searches that found nothing; absent where it would tell about fewer than three clients.
    pub unmet: Option<i64>,
    /// Minutes asked for, and asked for without finding a place; the latter absent as `unmet` is.
    pub asked_minutes: i64,
    pub unmet_minutes: Option<i64>,
    /// Weeks from asking to the earliest feasible start, rounded to whole ones: of searches of firms that were signed
    /// in alone, where five of them or more found one.
    pub lead_median_weeks: Option<i64>,
    pub lead_p90_weeks: Option<i64>,
    /// Why nothing was found, the most frequent reason first.
    pub reasons: Vec<UnmetReason>,
}

/// One reason for which lines were left out of searches that found nothing. A search counts in each of its reasons, so
/// they don't add up to the searches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct UnmetReason {
    /// The refusal's stable name.
    pub reason: String,
    /// Absent where it would tell about one of fewer than three clients.
    pub searches: Option<i64>,
}

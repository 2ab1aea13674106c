//! Every reason for which a request can be refused, named, with what blocks it.

use serde::{Deserialize, Serialize};

use crate::{
    Interval, LineId, Minute, Minutes, OccupancyId, PoolId, Second, booking::Action, booking::Status,
    hazard::Hazard, offering::Unit,
};

/// Why not. What a viewer may see of it (a rival is "busy", never an id or a set-up length) is decided by the use case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Refusal {
    // What is asked for
    UnknownOffering {
        code: String,
    },
    NotOffered {
        code: String,
    },
    /// Another platform makes it, the one that was asked for doesn't.
    NotOfferedHere {
        code: String,
    },
    WindowReversed,
    WindowOutsideHorizon {
        earliest: Minute,
        latest: Minute,
    },
    NoBatches,
    /// The window is shorter than the step takes, wherever in it that begins.
    TooLong {
        minutes: Minutes,
    },
    /// The window is long enough, but what is left of it from `earliest` on, the first minute at which the step could
    /// start by notice, calendar and crew, is not.
    RestTooShort {
        earliest: Minute,
        minutes: Minutes,
    },
    // What the line can do
    NotCapable {
        line: LineId,
    },
    /// Both bounds inclusive, in thousandths of `unit`, in which the request is too.
    BatchOutOfRange {
        line: LineId,
        min: i64,
        max: i64,
        unit: Unit,
    },
    /// The line measures batches of the offering in another unit, `unit`.
    UnitMismatch {
        line: LineId,
        unit: Unit,
    },
    /// The campaign alone has more batches than the line runs of one product between two full cleans.
    TooManyBatches {
        line: LineId,
        max: u32,
    },
    /// The campaign alone takes longer than the line runs one product between two full cleans.
    LongerThanCap {
        line: LineId,
        minutes: Minutes,
        max: Minutes,
    },
    NotGmp {
        line: LineId,
    },
    // Hazards: hard rules, never priced
    HazardUnclassified,
    HazardNotAdmitted {
        line: LineId,
        hazard: Hazard,
    },
    DedicatedLine {
        line: LineId,
        hazard: Hazard,
    },
    DedicatedOnly {
        line: LineId,
        hazard: Hazard,
    },
    ApprovalMissing {
        line: LineId,
        hazard: Hazard,
    },
    ApprovalExpires {
        line: LineId,
        hazard: Hazard,
        valid_until: Minute,
    },
    ExposureBandTooHigh {
        line: LineId,
        band: u8,
        max: u8,
    },
    /// A product of high activity without a band, on a line that states up to which band it runs.
    ExposureBandMissing {
        line: LineId,
        max: u8,
    },
    MediaFillExpires {
        line: LineId,
        valid_until: Minute,
    },
    NoClass {
        line: LineId,
    },
    // Time
    NotAligned {
        line: LineId,
        granularity: Minutes,
    },
    NoCrew {
        line: LineId,
    },
    OutsideWindow {
        line: LineId,
        interval: Interval,
    },
    OutsideCalendar {
        line: LineId,
    },
    TooSoon {
        earliest: Minute,
    },
    /// The line is out of order, until then as far as is known.
    LineDown {
        line: LineId,
        until: Minute,
    },
    // Neighbours
    Occupied {
        line: LineId,
        by: OccupancyId,
        interval: Interval,
    },
    ChangeoverForbidden {
        line: LineId,
        neighbour: OccupancyId,
    },
    ChangeoverBefore {
        line: LineId,
        neighbour: OccupancyId,
        earliest: Minute,
    },
    ChangeoverAfter {
        line: LineId,
        neighbour: OccupancyId,
        latest_end: Minute,
    },
    /// The clean-hold time ran out and the re-clean doesn't fit before this start.
    RecleanBefore {
        line: LineId,
        earliest: Minute,
    },
    /// The same on the other side: the neighbour's clean-hold time would run out.
    RecleanAfter {
        line: LineId,
        neighbour: OccupancyId,
    },
    /// With what runs beside it the campaign would exceed the line's campaign cap, with no time for a full clean.
    CampaignCap {
        line: LineId,
    },
    // Routes and pools
    LagTooShort {
        step: u32,
        minutes: Minutes,
        min: Minutes,
    },
    LagTooLong {
        step: u32,
        minutes: Minutes,
        max: Minutes,
    },
    PoolFull {
        pool: PoolId,
        cell: Minute,
        asked: u32,
        free: u32,
    },
    /// No start in the window ends inside it. A search names what made it so instead: how long the campaign takes,
    /// the crew's hours, or the line's rows.
    NoSlot,
    /// No free stretch of the line takes the step, which is at least this long, with the changeovers around it.
    NoRoom {
        line: LineId,
        minutes: Minutes,
    },
    /// Where the booking that is to go stands now, its neighbours on the line don't fit each other without it.
    NeighboursUnfit {
        line: LineId,
    },
    /// The line has room for the first step, but behind it none for this one within the lags.
    LaterStepUnplaced {
        step: u32,
    },
    /// The route's steps crowd each other out in so many ways that not all were tried.
    SearchCutShort {
        line: LineId,
    },
    // Bookings
    WrongState {
        status: Status,
        action: Action,
    },
    HoldExpired,
    TooManyHolds {
        max: u32,
    },
    /// Of holds and of requests that nobody has answered, together.
    TooManyUnconfirmed {
        max: u32,
    },
    /// The firm has given up `times` confirmed bookings late on the platform, so that it holds there only what begins
    /// at `latest` or before, in UTC minutes, until `until`, in seconds since 1970.
    UseOrLose {
        times: u32,
        latest: Minute,
        until: Second,
    },
    /// Nobody vouches for the firm any more: it can't hold.
    Unverified,
    HazardsUnconfirmed,
    Stale,
}

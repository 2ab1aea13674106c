//! What the operator's pages show in one look.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BookingView, BusyView, CleaningView, EventView, Instant, RefusalView, TextView, WaitView};

/// What needs a platform's people now, the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// Requests that wait for an answer, by deadline.
    pub requests: Vec<BookingView>,
    /// Holds that expire within a day.
    pub lapsing: Vec<BookingView>,
    /// Confirmed campaigns whose first day is today or past, then those that run, then those that are over and not
    /// settled yet.
    pub runs: Vec<BookingView>,
    /// Cleanings that cancellations left.
    pub cleanings: Vec<CleaningView>,
    /// Bookings that a late change left where they no longer fit.
    pub flags: Vec<FlagView>,
    /// Firms that wait for what the platform's lines could make, the newest first.
    pub waiters: Vec<WaitView>,
    pub counts: DeskCounts,
    /// The end of the plant's day.
    pub day_ends: Instant,
    pub now: Instant,
}

/// How many there are, of which the most urgent are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskCounts {
    pub requests: usize,
    /// Requests whose hazards nobody has confirmed yet.
    pub unconfirmed: usize,
    pub lapsing: usize,
    pub runs: usize,
    pub flags: usize,
}

/// A booking that no longer fits where it stands, until somebody has looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagView {
    pub id: Uuid,
    pub booking: BookingView,
    /// When the change came.
    pub at: Instant,
    pub troubles: Vec<TroubleView>,
}

/// What is wrong with a flagged booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TroubleView {
    /// `route`, `capability`, `hazard`, `length`, `lag`, `changeover`, `forbidden`, `clean_hold`, `campaign_cap`,
    /// `pool`.
    pub trouble: String,
    pub line: Option<Uuid>,
    pub line_name: TextView,
    /// Start of the step that doesn't fit.
    pub start: Instant,
}

/// A booking on one screen, for its platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDesk {
    pub booking: BookingView,
    /// What quality assurance noted when it confirmed the hazards.
    pub hazard_note: Option<String>,
    pub checks: Vec<CheckView>,
    pub history: Vec<EventView>,
    /// The campaign's lines in the weeks around it.
    pub boards: Vec<LineBoard>,
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    Passed,
    /// Somebody still has to do it.
    Open,
    Failed,
    /// This booking doesn't call for it.
    NotNeeded,
}

/// One check of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckView {
    /// `classified`, `evidence`, `hazards_confirmed`, `licences`, `agreements`, `materials`, `schedule`.
    pub name: String,
    pub outcome: CheckOutcome,
    /// Why not, where the kernel said so.
    pub refusal: Option<RefusalView>,
    /// The day or moment that it is about.
    pub at: Option<Instant>,
}

/// A line's time in a period, for its platform's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineBoard {
    pub line: Uuid,
    pub code: String,
    pub name: TextView,
    pub gmp: bool,
    /// Codes of what it makes.
    pub offerings: Vec<String>,
    pub from: Instant,
    /// Half-open.
    pub to: Instant,
    /// When crew is there.
    pub open: Vec<BusyView>,
    pub pieces: Vec<PieceView>,
    /// Open minutes of the period, from now on, that nothing takes.
    pub free_minutes: i64,
    /// The first open minute from now on that neither a piece nor its set-up holds.
    pub next_free: Option<Instant>,
    pub now: Instant,
}

/// A piece of a line's time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceView {
    pub id: Uuid,
    /// `campaign`, `cleaning`, `closure`.
    pub kind: String,
    pub start: Instant,
    /// Half-open.
    pub end: Instant,
    /// When the set-up before it can begin: the end of what runs before.
    pub setup_start: Option<Instant>,
    pub setup_minutes: i64,
    pub booking: Option<Uuid>,
    pub reference: Option<String>,
    pub status: Option<String>,
    pub offering: Option<String>,
    /// The client's code for the product, where it has one.
    pub product: Option<String>,
    /// Whose it is; absent on the platform's own production.
    pub company: Option<TextView>,
    /// Of a hold or a request.
    pub expires_at: Option<Instant>,
    pub closure: Option<Uuid>,
    /// Of a closure: `maintenance`, `requalification`, … Of the time that a line is down: `planned` if that was
    /// announced.
    pub reason: Option<String>,
    pub note: Option<String>,
    /// Of a cleaning: whether it can go.
    pub removable: bool,
}

impl PieceView {
    /// From when until when the line is prepared for it, if that takes any time.
    #[must_use]
    pub fn setup(&self) -> Option<(Instant, Instant)> {
        let start = self.setup_start.filter(|_| self.setup_minutes > 0)?;
        Some((start, Instant(start.0 + self.setup_minutes * 60)))
    }
}

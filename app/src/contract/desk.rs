//! What the operator's pages show in one look.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    BookingView, BusyView, CleaningView, ConflictView, EventView, FreedView, Instant, RefusalView, TextView,
    WaitView,
};

/// What needs a platform's people now, the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// Requests that wait for an answer, by deadline.
    pub requests: Vec<BookingView>,
    /// Holds that expire within a day.
    pub lapsing: Vec<BookingView>,
    /// Confirmed campaigns whose first day is today or past, then those that run.
    pub runs: Vec<BookingView>,
    /// Which of them stand where a line is down, now or ahead.
    pub down: Vec<DownView>,
    /// Those that are over and not settled yet.
    pub to_settle: Vec<BookingView>,
    /// Cleanings that cancellations left.
    pub cleanings: Vec<CleaningView>,
    /// Bookings that a late change left where they no longer fit.
    pub flags: Vec<FlagView>,
    /// Firms that wait for what the platform's lines could make, the newest first.
    pub waiters: Vec<WaitView>,
    pub counts: DeskCounts,
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
    pub to_settle: usize,
    pub flags: usize,
}

/// That a line is down in the time of a campaign that is to start or runs, where nobody let it stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DownView {
    pub booking: Uuid,
    pub line_name: TextView,
    pub from: Instant,
    /// Half-open, as far as is known.
    pub until: Instant,
}

/// The conflict desk in short, for the home of a platform's people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictsBrief {
    /// How many are open.
    pub open: usize,
    /// How many of them nothing else on the home tells of: bookings where a line is down, and room that nobody made.
    pub untold: usize,
    /// The most urgent of these.
    pub first: Vec<ConflictView>,
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
    /// What finishing it now would free of its lines, if it may be finished before its planned end.
    pub frees: Vec<FreedView>,
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
    /// What neither a piece nor its set-up needs of the period, from now on.
    pub free: Vec<FreeView>,
    /// The first open minute from now on that is free.
    pub next_free: Option<Instant>,
    pub now: Instant,
}

/// A stretch of a line's time that nothing on it needs: a closure in it hits nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeView {
    /// The first open minute.
    pub start: Instant,
    /// The end of the last one.
    pub end: Instant,
    /// Open minutes in between.
    pub minutes: i64,
}

impl LineBoard {
    /// Open minutes of the period, from now on, that are free.
    #[must_use]
    pub fn free_minutes(&self) -> i64 {
        self.free.iter().map(|free| free.minutes).sum()
    }
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
    /// When the line is made ready for it, from the end of what is ahead: by the crew in its shifts, then by waiting,
    /// day and night. Absent where that takes no time.
    pub setup_start: Option<Instant>,
    pub setup_end: Option<Instant>,
    /// From when on, behind its set-up, the time up to it isn't free though nothing goes on: were anything put in
    /// between, the line would have to be made ready again.
    pub kept_from: Option<Instant>,
    pub booking: Option<Uuid>,
    pub reference: Option<String>,
    /// The campaign's, or `broken_off`; of one that runs the step's own: `confirmed` before it begins, `completed` once
    /// it is over.
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
    /// One of which nothing more is known.
    #[must_use]
    pub fn bare(id: Uuid, kind: &str, start: Instant, end: Instant) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            start,
            end,
            setup_start: None,
            setup_end: None,
            kept_from: None,
            booking: None,
            reference: None,
            status: None,
            offering: None,
            product: None,
            company: None,
            expires_at: None,
            closure: None,
            reason: None,
            note: None,
            removable: false,
        }
    }

    /// From when until when the line is prepared for it, if that takes any time.
    #[must_use]
    pub fn setup(&self) -> Option<(Instant, Instant)> {
        self.setup_start.zip(self.setup_end)
    }

    /// From when until when time is kept for it, beside its set-up.
    #[must_use]
    pub fn kept(&self) -> Option<(Instant, Instant)> {
        self.kept_from.map(|from| (from, self.start))
    }
}

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
    /// Open minutes of the period, from now on, that nothing takes.
    pub free_minutes: i64,
    /// The first open minute from now on that neither a piece nor its set-up holds.
    pub next_free: Option<Instant>,
    pub now: Instant,
}

/// A stretch of a line's time that nothing takes.
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
    /// What neither a piece nor its set-up takes of the period, from now on.
    #[must_use]
    pub fn free(&self) -> Vec<FreeView> {
        let now = Instant::from_minute((self.now.0 + 59).div_euclid(60));
        let mut at = self.from.max(now);
        let mut free = Vec::new();
        for piece in &self.pieces {
            for (start, end) in piece.setup().into_iter().chain([(piece.start, piece.end)]) {
                free.extend(self.open_between(at, start.min(self.to)));
                at = at.max(end);
            }
        }
        free.extend(self.open_between(at, self.to));
        free
    }

    /// The open time from `from` to `until` as one stretch, if there is any.
    fn open_between(&self, from: Instant, until: Instant) -> Option<FreeView> {
        let open = self.open.iter().map(|open| (open.start.max(from), open.end.min(until)));
        let mut open = open.filter(|(start, end)| start < end);
        let (start, end) = open.next()?;
        let first = FreeView { start, end, minutes: end.minute() - start.minute() };
        Some(open.fold(first, |whole, (start, end)| FreeView {
            end,
            minutes: whole.minutes + end.minute() - start.minute(),
            ..whole
        }))
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
    /// When the set-up before it can begin: the end of what runs before.
    pub setup_start: Option<Instant>,
    pub setup_minutes: i64,
    pub booking: Option<Uuid>,
    pub reference: Option<String>,
    /// The campaign's; of one that runs the step's own: `confirmed` before it begins, `completed` once it is over.
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
            setup_minutes: 0,
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
        let start = self.setup_start.filter(|_| self.setup_minutes > 0)?;
        Some((start, Instant(start.0 + self.setup_minutes * 60)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Instant {
        Instant(hour * 3600)
    }

    fn piece(start: i64, end: i64, setup_hours: i64) -> PieceView {
        PieceView {
            setup_start: (setup_hours > 0).then(|| at(start - setup_hours)),
            setup_minutes: setup_hours * 60,
            ..PieceView::bare(Uuid::nil(), "campaign", at(start), at(end))
        }
    }

    #[test]
    fn free_is_what_is_open_and_neither_taken_nor_past() {
        let shift = |day: i64| BusyView { start: at(24 * day + 8), end: at(24 * day + 16) };
        let board = LineBoard {
            line: Uuid::nil(),
            code: String::new(),
            name: TextView { zh: String::new(), en: String::new() },
            gmp: true,
            offerings: Vec::new(),
            from: at(0),
            to: at(5 * 24),
            open: (0..5).map(shift).collect(),
            pieces: vec![piece(34, 58, 2), piece(106, 110, 0)],
            free_minutes: 0,
            next_free: None,
            now: Instant(at(10).0 - 1),
        };
        let stretch =
            |start, end, hours: i64| FreeView { start: at(start), end: at(end), minutes: hours * 60 };
        // From now to the end of the first shift; then from the end of a campaign, over a night, to the next one.
        assert_eq!(board.free(), [stretch(10, 16, 6), stretch(58, 106, 6 + 8 + 2), stretch(110, 112, 2)]);
        let shut = LineBoard { open: Vec::new(), ..board };
        assert!(shut.free().is_empty());
    }
}

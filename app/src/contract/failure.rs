//! The one error that leaves the server. Internal causes are in the log, never in here.

use serde::{Deserialize, Serialize};

use super::{ClosureHit, Faults, Instant, LineRefusalView, OfferView, SplitView, TextView};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "problem")]
pub enum FieldProblem {
    Missing,
    /// Not of the form that `example` shows.
    Malformed {
        example: String,
    },
    OutOfRange {
        min: String,
        max: String,
    },
    TooLong {
        max: u32,
    },
    /// A secret that could be guessed.
    TooShort {
        min: u32,
    },
    /// None of the known values.
    Unknown {
        value: String,
    },
    /// Holds characters that are not seen, or breaks a line where one line is asked for.
    Invisible,
    /// What was given fits several, each named in both languages.
    Several {
        names: Vec<TextView>,
    },
    /// A company for which nothing can be booked before somebody has verified it.
    Unverified {
        name: TextView,
    },
    /// Already in use by another.
    Taken,
    /// The window must have so many minutes for it.
    TooNarrow {
        minutes: i64,
    },
    /// So many days ahead it is final; what is left of the window leaves nothing to move in.
    Frozen {
        days: i64,
    },
    /// Must not be after this plant day.
    TooLate {
        latest: String,
    },
    /// A day that is past.
    DayPast,
    /// Must not be after this plant day: later it would leave nothing to move in of the plan window.
    PinsWindow {
        latest: String,
    },
    /// Must not be before this minute.
    TooEarly {
        earliest: Instant,
    },
    /// Must be later than the field `start`, or than `now`.
    Reversed {
        start: String,
    },
    /// It would leave the organisation without an administrator.
    LastAdministrator,
    /// No line that it is for takes it so: why not, of each.
    Refused {
        refusals: Vec<RefusalView>,
    },
}

/// A domain refusal worded for the viewer's rights: a rival is "busy", never a name, a product or a set-up length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RefusalView {
    /// Stable name, such as `hazard_not_admitted`.
    pub reason: String,
    /// The line that it is about.
    pub line: Option<TextView>,
    /// What blocks it or would be needed, by name, already formatted for reading (a hazard tag, a bound, an instant).
    pub facts: Vec<(String, String)>,
}

impl RefusalView {
    /// The name of the refusal of whoever finds a booking of the own company in the way: the fact `booking` is its id.
    pub const OWN_BOOKING: &'static str = "own_booking";

    /// The name of the refusal of whoever asks others something already that is in the way: the fact `repair` is the id
    /// of that; where a swap is asked for, the fact `booking` is that of the own campaign.
    pub const OWN_ASK: &'static str = "own_ask";

    /// The name of the refusal of a form that was filled in for another organisation than the one for which whoever
    /// sends it acts by then.
    pub const OTHER_ORGANISATION: &'static str = "other_organisation";

    /// The refusal of this name, of no line in particular.
    #[must_use]
    pub fn named(reason: &str) -> Self {
        Self { reason: reason.to_owned(), line: None, facts: Vec::new() }
    }

    /// The same with one fact more.
    #[must_use]
    pub fn with(mut self, name: &str, fact: impl ToString) -> Self {
        self.facts.push((name.to_owned(), fact.to_string()));
        self
    }

    /// The fact of this name, if it is told.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(known, _)| known == name).map(|(_, fact)| fact.as_str())
    }
}

/// What the search for something instead tells besides what fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LeftOut {
    /// Every line that takes the campaign nowhere in the window, and why.
    pub refusals: Vec<LineRefusalView>,
    /// Whether nothing fits whole, but one may wait for a place, or ask others to make room.
    pub may_free: bool,
}

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "failure")]
pub enum Failure {
    /// Not JSON, or cut off.
    #[error("unreadable: {cause}")]
    Unreadable { cause: String },
    #[error("not signed in")]
    Unauthenticated,
    #[error("wrong e-mail address or password")]
    WrongCredentials,
    #[error("not allowed")]
    Forbidden,
    #[error("the organisation is not verified yet")]
    Unverified,
    #[error("not found")]
    NotFound,
    /// Every field that is wrong.
    #[error("{faults}")]
    Invalid { faults: Faults },
    #[error("refused: {}", refusal.reason)]
    Refused { refusal: RefusalView },
    /// Taken meanwhile, with what is free instead, best first.
    #[error("conflict: {}", refusal.reason)]
    Conflict {
        refusal: RefusalView,
        alternatives: Vec<OfferView>,
        /// Two runs instead of one, where that costs less than every alternative.
        #[serde(default)]
        split: Option<Box<SplitView>>,
        #[serde(default)]
        left_out: Box<LeftOut>,
    },
    /// Taken meanwhile, and whoever asked has searched so often that nothing is looked for instead.
    #[error("conflict, and no more searches: {}", refusal.reason)]
    Unsearched { refusal: RefusalView, retry_after_seconds: u32 },
    /// A closure that would hit bookings or holds: nothing was closed.
    #[error("{} bookings are in the way", hits.len())]
    InTheWay { hits: Vec<ClosureHit> },
    #[error("the idempotency key was used with another request")]
    KeyReused,
    #[error("too many requests")]
    TooMany { retry_after_seconds: u32 },
    #[error("the request came from another site")]
    ForeignOrigin,
    #[error("too large")]
    TooLarge,
    #[error("method not supported here")]
    WrongMethod,
    #[error("content type not supported")]
    WrongMedia,
    #[error("busy, try again")]
    Busy,
    /// The request id finds the cause in the log.
    #[error("internal error, request {request}")]
    Internal { request: String },
}

impl Failure {
    /// The refusal of this name.
    #[must_use]
    pub fn refused(reason: &str) -> Self {
        Self::Refused { refusal: RefusalView::named(reason) }
    }
}

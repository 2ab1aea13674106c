//! The conflict desk: what doesn't fit, what can be done about it, and what that would mean.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    BookingView, CleaningView, Instant, PartedView, ProposedView, RefusalView, StepView, TextView,
    TroubleView, WaitView,
};

/// Something on a platform that doesn't fit together, until somebody has resolved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConflictView {
    pub id: Uuid,
    /// `outage`: a booking where its line is down; `flag`: one that a late change left where it doesn't fit;
    /// `cleaning`: one without an owner; `waiters`: several firms wait for the same time; `repair`: room that was asked
    /// for and that nobody made; `waiter`: one firm waits for what no other waits for.
    pub kind: String,
    /// `open`; `asked`: its owner has a proposal to answer; `declined`, `expired` or `overtaken`: it had one.
    pub state: String,
    /// Since when.
    pub at: Instant,
    /// Until when the owner who is asked can answer, exclusive.
    pub answer_by: Option<Instant>,
    /// What it is asked, which the platform's operators can take back at `/repairs/{id}`.
    pub proposal: Option<Uuid>,
    /// Where it is asked to go.
    pub asked: Option<ProposedView>,
    /// How the firm is reached whose booking it is about: as it said for that booking, else as it is registered.
    pub contact: Option<String>,
    /// The booking that it is about.
    pub booking: Option<BookingView>,
    pub line: Option<Uuid>,
    pub line_name: Option<TextView>,
    /// The time that it is about: of the outage, the cleaning, or what is wanted.
    pub from: Option<Instant>,
    /// Half-open.
    pub until: Option<Instant>,
    /// Of an outage: `breakdown`, …; and in words.
    pub outage_kind: Option<String>,
    pub reason: Option<String>,
    pub troubles: Vec<TroubleView>,
    pub cleaning: Option<CleaningView>,
    /// Who waits, in the order of their turns: for the same `line`, which could take each of them, and in windows that
    /// have a minute in common. One that meets others who don't meet each other is in several conflicts.
    pub waiters: Vec<WaitView>,
    /// Of a repair that failed: who wanted it; of a cleaning: who is asked to go, so that it can; of one who waits
    /// alone: that firm.
    pub company_name: Option<TextView>,
    /// What is wanted there; absent where those who wait want several things.
    pub offering_name: Option<TextView>,
}

/// A page of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConflictList {
    pub items: Vec<ConflictView>,
    /// Opaque; absent on the last page.
    pub next: Option<String>,
    /// How many are open, on all pages, of each kind of which there are any.
    pub counts: Vec<ConflictCount>,
}

/// How many conflicts of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConflictCount {
    pub kind: String,
    pub count: u32,
}

/// A conflict with what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConflictDesk {
    pub conflict: ConflictView,
    pub options: Vec<OptionView>,
    /// How far a place was looked for, where a booking can't stay.
    pub searched: Option<SearchedView>,
    pub now: Instant,
}

/// How far a place was looked for, from where a booking or the outage that hits it ends, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchedView {
    /// As far as the platform's policy has anybody asked to move; absent for its own production, for which nobody is
    /// asked.
    pub reach_minutes: Option<i64>,
    /// As far as it is looked where nothing is free within that: as far ahead as the platform takes bookings.
    pub horizon_minutes: i64,
}

/// One way out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OptionView {
    /// What to send to take it.
    pub key: String,
    /// `sooner`, `later`, `another_line`, `as_now`: the booking moves; `among`: it moves, and others by rule to make
    /// room for it; `part`: some of its batches stay, the others go; `remove`: the cleaning goes; `give`: a firm gets a
    /// hold in the time that it wants; `elsewhere`: in another time soon after it; `room`: others move for it.
    pub kind: String,
    /// Who gets the hold, of `give`, `elsewhere` and `room`.
    pub company: Option<TextView>,
    /// The reference of the booking that goes elsewhere, of a cleaning's neighbour; it needn't for itself.
    pub reference: Option<String>,
    /// Whose turn it would be among those who wait, from 1.
    pub rank: Option<u32>,
    /// Whether a reason must be given, since another's turn comes first, or whoever is asked has declined just this.
    pub needs_reason: bool,
    /// Whether the firm whose booking would move has declined to go there, since it can't stay or for the cleaning.
    /// Such options come last.
    pub declined: bool,
    /// Whether it lies farther away than the platform's policy has anybody asked to move: shown where nothing nearer is
    /// free, and never done without the owner's consent.
    pub beyond: bool,
    /// Bookings that move by rule or with consent.
    pub moves: u32,
    /// These, one by one.
    pub moved: Vec<OtherMoveView>,
    /// Why it can't be taken now: of `give`, `elsewhere` and `room`, what keeps the firm itself from a hold.
    pub blocked: Option<RefusalView>,
    /// Where the booking would be.
    pub steps: Vec<StepView>,
    /// Of `part`: what stays and what goes.
    pub parted: Option<PartedView>,
    /// By how much it starts later, or its batches that go, in minutes.
    pub shift_minutes: i64,
    /// What the same costs there by today's figures, in fen; the booking keeps the price that it has.
    pub price_fen: i64,
    /// What the firm would pay for the move.
    pub fee_fen: i64,
    /// Set-up before it, in minutes, of all its steps.
    pub changeover_minutes: i64,
    /// Who has to agree; nobody: it happens at once.
    pub asks: Vec<TextView>,
}

/// A booking that moves for another, as the people of its platform see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OtherMoveView {
    pub booking: Uuid,
    pub reference: String,
    /// Absent: the platform's own production.
    pub company: Option<TextView>,
    pub offering_name: TextView,
    pub from: Vec<StepView>,
    pub to: Vec<StepView>,
    /// By how much it starts later (or, negative, sooner), in minutes.
    pub shift_minutes: i64,
    /// Set-up before it there, in minutes, of all its steps.
    pub changeover_minutes: i64,
    /// Whether its owner has to agree first; else it moves by the rule that its owner has agreed to.
    pub asked: bool,
}

/// Takes one way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConflictOrder {
    /// An option's key.
    pub option: String,
    /// Why, where the option needs a reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConflictAnswer {
    /// `done`; `asked`: those who have to agree are asked.
    pub state: String,
}

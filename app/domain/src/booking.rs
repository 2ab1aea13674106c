//! The states of a booking and what may happen in each. Who may do it is the use case's matter.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// `draft → held → requested → confirmed → running → completed → closed`, and the ways out. A move is an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Before the first row: a hold is the beginning of every booking that is stored.
    Draft,
    Held,
    Requested,
    Confirmed,
    Running,
    Completed,
    Closed,
    Expired,
    Declined,
    Withdrawn,
    Cancelled,
    NoShow,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::Held,
        Self::Requested,
        Self::Confirmed,
        Self::Running,
        Self::Completed,
        Self::Closed,
        Self::Expired,
        Self::Declined,
        Self::Withdrawn,
        Self::Cancelled,
        Self::NoShow,
    ];

    /// The name in the store and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Held => "held",
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Closed => "closed",
            Self::Expired => "expired",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
        }
    }

    /// The status with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether its rows hold capacity. Completed ones do: they are the line's state.
    #[must_use]
    pub const fn holds_capacity(self) -> bool {
        matches!(
            self,
            Self::Held | Self::Requested | Self::Confirmed | Self::Running | Self::Completed | Self::Closed
        )
    }

    /// Whether nothing can happen to it any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Expired | Self::Declined | Self::Withdrawn | Self::Cancelled | Self::NoShow
        )
    }
}

/// What somebody does to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Hold,
    Request,
    /// The platform asks the client something; nothing changes but the record.
    Ask,
    /// The client answers.
    Answer,
    ConfirmHazards,
    /// Quality assurance takes its confirmation back, before anything is approved on it.
    RecallHazards,
    Approve,
    Decline,
    Withdraw,
    /// Time ran out: a hold's, or the reply deadline of a request, which then is declined.
    Expire,
    Move,
    Cancel,
    Start,
    /// Done. What ran is the line's state, so it stays; before the planned end the rest of its time is free again.
    Complete,
    /// Broken off by the platform. What ran is the line's state, so it stays; the rest of its time is free again.
    Abort,
    Close,
    NoShow,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 17] = [
        Self::Hold,
        Self::Request,
        Self::Ask,
        Self::Answer,
        Self::ConfirmHazards,
        Self::RecallHazards,
        Self::Approve,
        Self::Decline,
        Self::Withdraw,
        Self::Expire,
        Self::Move,
        Self::Cancel,
        Self::Start,
        Self::Complete,
        Self::Abort,
        Self::Close,
        Self::NoShow,
    ];
}

/// The status that `action` leads to from `status`.
///
/// # Errors
/// [`Refusal::WrongState`] if it can't be done in this status.
pub const fn transition(status: Status, action: Action) -> Result<Status, Refusal> {
    Ok(match (status, action) {
        (Status::Draft, Action::Hold) | (Status::Held, Action::Ask | Action::Answer | Action::Move) => {
            Status::Held
        }
        // Hazards are confirmed on a request, for only that brings the evidence.
        (Status::Held, Action::Request)
        | (
            Status::Requested,
            Action::Ask | Action::Answer | Action::ConfirmHazards | Action::RecallHazards | Action::Move,
        ) => Status::Requested,
        (Status::Requested, Action::Approve) | (Status::Confirmed, Action::Move) => Status::Confirmed,
        (Status::Confirmed, Action::Start) => Status::Running,
        (Status::Running, Action::Complete | Action::Abort) => Status::Completed,
        (Status::Completed, Action::Close) => Status::Closed,
        (Status::Held, Action::Expire) => Status::Expired,
        (Status::Requested, Action::Decline | Action::Expire) => Status::Declined,
        (Status::Draft | Status::Held | Status::Requested, Action::Withdraw) => Status::Withdrawn,
        (Status::Confirmed, Action::Cancel) => Status::Cancelled,
        (Status::Confirmed, Action::NoShow) => Status::NoShow,
        (status, action) => return Err(Refusal::WrongState { status, action }),
    })
}

/// What the actions of this status lead to, for the buttons of a page.
pub fn actions(status: Status) -> impl Iterator<Item = Action> {
    Action::ALL.into_iter().filter(move |action| transition(status, *action).is_ok())
}

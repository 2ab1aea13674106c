//! The states of a booking and what may happen in each.

use serde::{Deserialize, Serialize};

/// `draft → held → requested → confirmed → running → completed → closed`, and the ways out. A move is an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
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

/// What somebody does to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Hold,
    Request,
    ConfirmHazards,
    Approve,
    Decline,
    Withdraw,
    Expire,
    Move,
    Cancel,
    Start,
    Complete,
    Close,
    NoShow,
}

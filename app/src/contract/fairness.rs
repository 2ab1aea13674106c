//! How firms fare: what they asked for and got, and what others asked of them.

use serde::{Deserialize, Serialize};

use super::TextView;

/// One firm's figures, since the beginning: on one platform for its people, on all of them for the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FairnessView {
    pub company_name: TextView,
    /// `micro`, `small`, `medium`, `large`; absent: not stated.
    pub size: Option<String>,
    /// Bookings that were requested.
    pub requests: i64,
    /// Bookings that were confirmed, of these and of those that an operator made for it.
    pub placed: i64,
    /// Moves that it was asked to agree to.
    pub shifts_asked: i64,
    /// Of these, those that it agreed to.
    pub shifts_granted: i64,
    /// Confirmed bookings that it gave up, or didn't come to.
    pub given_up: i64,
}

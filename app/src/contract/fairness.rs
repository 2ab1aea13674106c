//! How firms fare: what they asked for and got, and what others asked of them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{QuarterView, TextView};

/// One firm's figures, since the beginning: on one platform for its people, on all of them for the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FairnessView {
    pub company_name: TextView,
    /// `micro`, `small`, `medium`, `large`; absent: not stated.
    pub size: Option<String>,
    /// Bookings that it requested, and those that an operator made for it once they were confirmed.
    pub requests: i64,
    /// Of these, those that were confirmed.
    pub placed: i64,
    /// What ended with nothing: requests that the platform declined or didn't answer in time, wishes that a published
    /// call gave no place, waits whose window went by, asks that others make room which they didn't. Not what the firm
    /// took back.
    pub unmet: i64,
    /// Moves that it was asked to agree to, but for those taken back before it had answered.
    pub shifts_asked: i64,
    /// Of these, those that it agreed to and that were made.
    pub shifts_granted: i64,
    /// Moves of its bookings that were made without asking it, for others' sake or since a line was down: by the rule
    /// of a plan window, or inside the window that it had asked for.
    pub moved_by_rule: i64,
    /// Confirmed bookings that it gave up, or didn't come to; batches that were parted off count with their campaign.
    pub given_up: i64,
    /// How often a confirmed booking was given up for a fee: cancelled, not come to, or moved away; not what was sold
    /// again whole or what the platform's own doing went before, nor what was forgiven.
    pub given_up_late: i64,
}

/// How firms fare by their size, on each platform that the reader may know of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FairnessReport {
    /// In which the bookings were made, whatever became of them since, the moves asked for or made, and others ended
    /// with nothing; absent: since the beginning.
    pub quarter: Option<QuarterView>,
    /// By name.
    pub platforms: Vec<PlatformFairness>,
    /// Of all of them together.
    pub total: Vec<SizeFairness>,
}

/// A platform's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PlatformFairness {
    pub platform: Uuid,
    pub name: TextView,
    pub sizes: Vec<SizeFairness>,
}

/// The figures of firms of one size, as [`FairnessView`] counts them. What would tell of fewer than three firms is
/// absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SizeFairness {
    /// `micro`, `small`, `medium`, `large`, `unstated`, `all`, in this order.
    pub size: String,
    pub requests: Option<i64>,
    pub placed: Option<i64>,
    pub unmet: Option<i64>,
    pub shifts_asked: Option<i64>,
    pub shifts_granted: Option<i64>,
    pub moved_by_rule: Option<i64>,
    pub given_up: Option<i64>,
    pub given_up_late: Option<i64>,
}

//! What the resolver considered before it moved a campaign, or made room for one: kept with the decision that it led
//! to.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, PartedView, RepairCostView, StepView};

/// What was considered, as far as the reader may know it: a firm what it was shown when it asked for room, of what a
/// platform's desk looked at for it the place that it was given, and of a campaign that couldn't stay where that went;
/// a platform all of it on its own lines. It is of that moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConsideredView {
    /// The rule's name with its version, such as `repair/2`.
    pub rule: String,
    /// How much was looked at: `whole`: every set of moves and every start; `sets`: every set, and of each free stretch
    /// the earliest places and those nearest to where a campaign was; `neighbourhood`: not all campaigns that are near;
    /// `searches`: it was given up, since it took too many searches.
    pub extent: String,
    /// How many sets of moves it was tried to arrange; of a campaign that went by itself, in how many manners it was
    /// tried to. For the platform alone, as are the next three.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<u32>,
    /// How many searches all of it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub searches: Option<u32>,
    /// How many campaigns were near, as far as they were counted, and how many of them were looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_at: Option<u32>,
    /// The ways that were found, the least costly first.
    pub ways: Vec<ConsideredWay>,
    /// How many more were found that aren't the reader's to know; 0 for a firm where a platform's desk looked.
    pub others: u32,
}

/// A way that was found, and what it was ranked by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConsideredWay {
    /// Whether it was taken.
    pub chosen: bool,
    /// Where the campaign would be, or what stays of it.
    pub steps: Vec<StepView>,
    /// If not all of it goes together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted: Option<PartedView>,
    pub price_fen: i64,
    /// What it costs others: fewest consents, then fewest moves, then least shift come first.
    pub cost: RepairCostView,
    /// Of ways that cost others the same: minutes from the window's start to the end of the last step, and minutes
    /// between steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finish_minutes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_minutes: Option<i64>,
    /// Of a campaign that couldn't stay: by how many minutes it begins later, or sooner if negative; and what the way
    /// was ranked by, in minutes of shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_minutes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reckoned_minutes: Option<i64>,
    /// Which campaigns would move for it; for the platform alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<ConsideredMove>,
}

/// A campaign that would move for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ConsideredMove {
    pub booking: Uuid,
    pub reference: String,
    /// When its first step began, and would begin.
    pub from: Instant,
    pub to: Instant,
    /// Whether its owner had to agree; else it moves by the rule that its owner agreed to beforehand.
    pub asked: bool,
}

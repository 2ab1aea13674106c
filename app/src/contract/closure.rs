//! Closures of a line, and the owner-less cleanings that cancellations leave.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CampaignName, Instant, PartedView, StepView, TextView};

/// Closes a line for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ClosureOrder {
    pub line: Uuid,
    pub start: Instant,
    /// Half-open.
    pub end: Instant,
    /// `maintenance`, `requalification`, `media_fill`, `fumigation`, `hvac`, `other`.
    pub kind: String,
    #[serde(default)]
    pub note: String,
    /// Only say what it would hit.
    #[serde(default)]
    pub dry_run: bool,
}

/// Which part of its time a closure keeps: it ends sooner, begins later, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ShorterClosure {
    /// As it is when left out; no sooner.
    #[serde(default)]
    pub start: Option<Instant>,
    /// Half-open. As it is when left out; no later, and not past.
    #[serde(default)]
    pub end: Option<Instant>,
}

/// A closure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ClosureView {
    pub id: Uuid,
    pub line: Uuid,
    pub line_name: TextView,
    pub start: Instant,
    /// Half-open. Of one that was lifted after it had begun: when it ended by that.
    pub end: Instant,
    pub kind: String,
    pub note: String,
    pub created_at: Instant,
    /// What had passed by then was closed. One that was lifted before it began has closed nothing.
    pub lifted_at: Option<Instant>,
}

/// Something on the line that a closure would hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ClosureHit {
    /// `campaign`, `cleaning`, `closure`.
    pub kind: String,
    /// The booking that it belongs to, if any.
    pub booking: Option<Uuid>,
    pub reference: Option<String>,
    /// What that booking is of.
    #[serde(default)]
    pub campaign: Option<CampaignName>,
    pub status: Option<String>,
    pub start: Instant,
    pub end: Instant,
    /// What keeps it from following, where the times don't overlap: `changeover`, `clean_hold` or `forbidden`, as of a
    /// booking that no longer fits.
    #[serde(default)]
    pub why: Option<String>,
    /// Where that is `changeover`: when its set-up has to begin at the latest, so that a closure must end by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_end: Option<Instant>,
    /// Of a booking, and before anything is done, what would become of it if the line were down then: `moves` by rule,
    /// `asked`: its owner would be, `offered`: a person could propose it, and nothing is asked before that, `none`:
    /// there is no place for it, and a person decides; `stays`, since a changeover may go on meanwhile.
    #[serde(default)]
    pub way: Option<String>,
    /// Of what `moves`, is `offered`, and of what its owner would be `asked`: where it would go, all of it or what
    /// can't stay, as far as is known now. Nothing is held there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<StepView>,
    /// If not all of it would go together: both parts, as its owner would be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted: Option<PartedView>,
}

/// What closing did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ClosureAnswer {
    /// The closure made; absent on a dry run.
    pub closure: Option<ClosureView>,
    pub hits: Vec<ClosureHit>,
}

/// A cleaning without an owner: a conflict for the operator to resolve. It keeps the time of a campaign that was
/// released because its neighbours don't fit each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CleaningView {
    pub id: Uuid,
    pub line: Uuid,
    pub line_name: TextView,
    pub start: Instant,
    pub end: Instant,
    /// Whether its neighbours fit each other by now, so that it can be removed.
    pub removable: bool,
}

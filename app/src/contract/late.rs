//! Use it or lose it: a platform's rule, and where firms stand by it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, TextView};

/// The rule: who has given up so many confirmed bookings late holds, on that platform, only what begins soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct UseOrLoseView {
    /// So many that count limit a firm.
    pub times: u32,
    /// How long one counts.
    pub within_minutes: i64,
    /// Within how long from now that must begin which a limited firm holds, inclusive.
    pub horizon_minutes: i64,
}

impl From<domain::use_or_lose::UseOrLose> for UseOrLoseView {
    fn from(rule: domain::use_or_lose::UseOrLose) -> Self {
        Self { times: rule.times, within_minutes: rule.within, horizon_minutes: rule.horizon }
    }
}

/// Where a firm stands on a platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LateStandingView {
    pub company: Uuid,
    pub company_name: TextView,
    pub platform: Uuid,
    pub platform_name: TextView,
    pub rule: UseOrLoseView,
    /// How many count now.
    pub counted: u32,
    /// Until when the firm is limited; absent: it isn't.
    pub until: Option<Instant>,
    /// As far as the rule looks back, the newest first.
    pub leavings: Vec<LateLeavingView>,
}

/// A confirmed booking that was given up late. One that was moved away late and then given up is there twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LateLeavingView {
    /// Its own, by which it is forgiven.
    pub id: Uuid,
    pub booking: Uuid,
    pub reference: String,
    pub at: Instant,
    /// It was moved to another time for a fee, so late; else it was cancelled, or nobody came.
    #[serde(default)]
    pub moved: bool,
    /// Until when it counts; absent: it doesn't.
    pub counts_until: Option<Instant>,
    /// It doesn't count, since its slot was sold again whole.
    pub resold: bool,
    pub forgiven_at: Option<Instant>,
    /// Why it was forgiven.
    pub reason: Option<String>,
}

//! Lines that are down.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, TextView};

/// Marks a line as down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OutageOrder {
    pub line: Uuid,
    /// From now on when left out; at most a day ago.
    #[serde(default)]
    pub from: Option<Instant>,
    /// Half-open, as far as is known.
    pub until: Instant,
    /// `breakdown`, `utilities`, `contamination`, `safety`, `other`; or `planned`: work over bookings, which are to be
    /// found another place.
    pub kind: String,
    /// Told to the firms whom it hits.
    pub reason: String,
}

/// Until when an outage lasts after all; past or now: it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OutageEnd {
    pub until: Instant,
}

/// A time at which a line is down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OutageView {
    pub id: Uuid,
    pub line: Uuid,
    pub line_name: TextView,
    pub kind: String,
    pub reason: String,
    pub from: Instant,
    /// Half-open: as far as is known, or when it ended.
    pub until: Instant,
    pub marked_at: Instant,
    /// When it was said to be over.
    pub ended_at: Option<Instant>,
}

/// What has become of the bookings that an outage hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutageReach {
    pub hit: u32,
    /// By rule.
    pub moved: u32,
    /// Their owners are asked.
    pub asked: u32,
    /// For which there is no place: a person decides.
    pub left: u32,
}

/// An outage as it is on record now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OutageAnswer {
    pub outage: OutageView,
    /// Bookings that it hits and that weren't known to be hit.
    pub hit: u32,
}

//! In-app notices of what concerns one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CampaignName, Instant, MovedView, OfferQuery};

/// A notice to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NoticeView {
    pub id: Uuid,
    pub at: Instant,
    /// What happened: `booking_requested`, `booking_confirmed`, `hold_expired`, `cleaning_left`, …
    pub kind: String,
    /// The booking that it is about, if the reader may see it.
    pub booking: Option<Uuid>,
    /// What people call that booking; where there is none, the call that it is about.
    pub reference: Option<String>,
    /// What that booking is of.
    #[serde(default)]
    pub campaign: Option<CampaignName>,
    /// The search that it is about: of room that was asked for, or of what was waited for.
    #[serde(default)]
    pub search: Option<OfferQuery>,
    /// Of a move, made or asked for: when the first step of the campaign began before, and begins then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedView>,
    /// Of a place that is held or booked: when it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Instant>,
    /// And until when it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Instant>,
    /// What is due with it, in fen: of what is confirmed, the reservation fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_fen: Option<i64>,
    /// In words, where the other side gave any.
    pub reason: Option<String>,
    pub read_at: Option<Instant>,
}

/// Up to which notice all is marked as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReadUntil {
    /// The newest notice that the reader has seen.
    pub until: Uuid,
}

/// What a list of notices is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct NoticeFilter {
    /// Only unread ones.
    #[serde(default)]
    pub unread: bool,
    #[serde(default)]
    pub cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

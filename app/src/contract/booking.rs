//! Bookings as their owner sees them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, OfferQuery, TextView};

/// Holds one offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HoldOrder {
    /// The search that the offer came from.
    pub query: OfferQuery,
    /// [`super::OfferView::key`].
    pub offer: String,
    /// The client's own code for the product; created on first use.
    #[serde(default)]
    pub product_code: Option<String>,
}

/// One step of a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct StepView {
    pub name: TextView,
    pub line: Uuid,
    pub line_name: TextView,
    pub start: Instant,
    /// Half-open.
    pub end: Instant,
}

/// A booking, for its owner and the platform that runs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BookingView {
    pub id: Uuid,
    /// A short reference for people; not a sequence.
    pub reference: String,
    /// `draft`, `held`, `requested`, … see the booking's states.
    pub status: String,
    pub platform: Uuid,
    pub platform_name: TextView,
    pub offering: String,
    pub product_code: Option<String>,
    pub steps: Vec<StepView>,
    pub price_fen: i64,
    pub hold_expires_at: Option<Instant>,
    pub reply_by: Option<Instant>,
    pub hazards_confirmed: bool,
    pub created_at: Instant,
    /// The server's time, for the countdown.
    pub now: Instant,
}

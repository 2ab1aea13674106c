//! What booking costs and binds to, before anything is booked.

use serde::{Deserialize, Serialize};

use super::{Instant, TextView, UseOrLoseView};

/// One step of the cancellation fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FeeStepView {
    /// Plant dates between the day of cancelling and that of the first start, inclusive: the least to which it applies.
    pub from_days: u32,
    /// The most, inclusive; absent: however many.
    pub to_days: Option<u32>,
    /// Of the price.
    pub percent: u8,
}

/// What a step costs: a line's day rate for so many days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChargeView {
    pub line_name: TextView,
    pub days: i64,
    pub day_rate_fen: i64,
}

/// A platform's policy as it applies to an offer or a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TermsView {
    pub version: i32,
    pub hold_minutes: i64,
    /// Working days in which the platform answers a request.
    pub reply_working_days: u32,
    /// By when it does, where that is settled, or sooner than after so many: nothing is answered once it has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Instant>,
    /// Part of the price that is due on confirmation and credited, in percent.
    pub reservation_percent: u8,
    /// The same in fen.
    pub reservation_fen: i64,
    /// Longest notice first, down to none; not showing up costs as much as the last.
    pub cancellation: Vec<FeeStepView>,
    /// The first move is free with at least so many days of notice.
    pub free_move_days: i64,
    /// What giving up late again and again leads to; absent: nothing but the fees.
    pub use_or_lose: Option<UseOrLoseView>,
    /// What agreeing to a plan window changes, on an offer of a platform that offers it.
    pub plan: Option<PlanTermsView>,
    /// By how much the price is lower already, in percent, for a plan window that was agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowered_percent: Option<u8>,
    /// What the price is made of, before anything is taken off for a plan window: step by step, by the day rates and
    /// calendars of now. Of what was agreed to for another place, or at other rates, it comes to another sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<ChargeView>,
}

/// What agreeing to a plan window would change at one platform, of what has no place yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PlanOfferView {
    pub platform_name: TextView,
    /// Days before the first start at which it is frozen.
    pub freeze_days: i64,
    /// By which the price is lower.
    pub percent: u8,
}

/// A plan window's worth: the campaign may be moved inside the window searched, and costs less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PlanTermsView {
    /// Days before the first start at which it is frozen.
    pub freeze_days: i64,
    pub percent: u8,
    /// The price then.
    pub price_fen: i64,
}

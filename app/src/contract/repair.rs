//! Making room where nothing fits: what others are asked for, and what they are shown.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BookingView, Instant, OfferQuery, OfferView, StepView, TextView};

/// To have room made in the window of `query`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RepairOrder {
    pub query: OfferQuery,
    /// The very place that is wanted, an offer's key: that one or none; else any in the window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// The client's own code of the product, as for a hold.
    #[serde(default)]
    pub product_code: Option<String>,
    /// As for a hold; where no place is named, as far as the platform on which room is made offers it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flexible: bool,
    /// So many owners may be asked, as was shown, and no more; 0: only what happens at once. Else as many as must be.
    /// Where the place that is named can be freed in two ways, by several moves or by fewer to which more owners must
    /// agree, it is the one that asks so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consents: Option<u32>,
}

/// What came of it: either there is a hold, since all that had to move could be moved by rule, or others are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RepairAnswer {
    pub booking: Option<BookingView>,
    pub repair: Option<RepairView>,
}

/// What a proposal costs those who make room, by which the least of all proposals was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RepairCostView {
    /// Campaigns whose owners have to agree.
    pub consents: u32,
    /// Campaigns that would move in all, those by rule among them.
    pub moves: u32,
    /// By how much they would move at most, in days, summed: each by as much as that of its steps that moves most,
    /// rounded up, without the days between on which its line is closed. The minutes would tell how long the lines take
    /// to change, and so would what lies between.
    pub shift_days: i64,
}

/// A place that others could make room for, before anybody is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomView {
    /// Its key asks for it: [`RepairOrder::offer`].
    pub offer: OfferView,
    pub cost: RepairCostView,
}

/// A place for which others are asked to make room, as whoever wants it sees it. Who is asked and what they say isn't
/// told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RepairView {
    pub id: Uuid,
    pub query: OfferQuery,
    pub offering_name: TextView,
    pub platform_name: TextView,
    /// The firm's own code of the product, if it named one.
    pub product_code: Option<String>,
    /// Where it would be.
    pub steps: Vec<StepView>,
    pub price_fen: i64,
    pub cost: RepairCostView,
    /// `asking`; `made`: it is held; `declined`, `expired`, `withdrawn`; `overtaken`: it couldn't be made any more,
    /// since the calendar had changed, or when all had agreed the asker's own right to hold; the notice says which. But
    /// for `made`, nothing has moved.
    pub state: String,
    pub asked_at: Instant,
    /// Answers count until then, exclusive.
    pub answer_by: Instant,
    /// The hold that came of it.
    pub booking: Option<Uuid>,
}

/// A move that a firm is asked to agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AskView {
    pub id: Uuid,
    /// What it is for: `room` for another campaign; `rescue`: it can't run where it is; `swap` with another's;
    /// `platform`: it can run where it is, and its platform would use the line better.
    pub kind: String,
    /// The firm's own campaign.
    pub booking: Uuid,
    pub reference: String,
    pub offering_name: TextView,
    pub platform_name: TextView,
    /// The firm's own code of the product, once it has one.
    pub product_code: Option<String>,
    pub from: Vec<StepView>,
    /// Where it would go or has gone. Of a `swap` nothing until both have `moved`, for the place is the other firm's.
    pub to: Vec<StepView>,
    /// The first plant day on which it would run there or does, `YYYY-MM-DD`.
    #[serde(default)]
    pub first_day: String,
    /// The last one, inclusive.
    #[serde(default)]
    pub last_day: String,
    /// The plant day on which its materials arrive; empty: none was told, or it isn't asked for yet.
    pub materials_on: String,
    /// What cancelling it there would cost today, if that is more than it is now.
    pub leaving_fen: Option<i64>,
    /// Of a `swap` that isn't over, what it costs where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_fen: Option<i64>,
    /// And what it would cost there, at most: the firm's own price, and never the other's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_there_fen: Option<i64>,
    /// If not all of it goes together: what stays at `to`, and what goes elsewhere.
    pub parted: Option<PartedView>,
    /// `open`: waits for the answer; `accepted`: others are still asked; `moved`; `declined`; `lapsed`: it can't be
    /// made any more, and nothing has moved; `over`: it was not needed, came too late or the calendar had changed, and
    /// nothing has moved.
    pub state: String,
    /// Why it is `lapsed`, or `over` though it was agreed to or not answered yet: `withdrawn`: whoever asked took it
    /// back; `moved`, `ended`, `begun`, `frozen` or `route` of the firm's own campaign, `other`: of somebody else's;
    /// `place`: one that it needs was taken; `asker`: whoever asked can't have it any more; `needless`: its platform
    /// doesn't need it any more; `replaced`: another time is proposed, since the campaign can't stay; `expired`.
    pub lapse: Option<String>,
    pub asked_at: Instant,
    /// The answer counts until then, exclusive.
    pub answer_by: Instant,
}

/// A move that a platform asks a firm to agree to, as the platform's people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ProposedView {
    pub asked_at: Instant,
    pub from: Vec<StepView>,
    pub to: Vec<StepView>,
    /// If not all of it goes together: what stays at `to`, and what goes elsewhere.
    pub parted: Option<PartedView>,
    /// By how much its first step, or that of what goes elsewhere, starts later (or, negative, sooner), in minutes.
    pub shift_minutes: i64,
}

/// A campaign whose batches don't all run together: both parts are campaigns of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PartedView {
    /// Batches that have run where it stands, or can still run there.
    pub stays_batches: u32,
    pub stays: Vec<StepView>,
    /// Whether each step of those begins on the minute, and on the line, where it began for all.
    #[serde(default)]
    pub in_place: bool,
    /// The others.
    pub goes_batches: u32,
    pub goes: Vec<StepView>,
    /// The booking that those became, once that is so.
    pub booking: Option<Uuid>,
}

/// To swap the time of one of the firm's own confirmed campaigns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SwapOrder {
    pub booking: Uuid,
    /// The time in which it would rather run, all of it: half-open, and as far as it is tomorrow or later.
    pub from: Instant,
    pub to: Instant,
}

/// A swap that a firm has offered, as it sees it: nothing of the partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SwapView {
    pub id: Uuid,
    /// The firm's own campaign.
    pub booking: Uuid,
    pub reference: String,
    pub from: Vec<StepView>,
    /// Where it has gone, once the swap is `made`; until then nothing, for the place is the partner's.
    pub to: Vec<StepView>,
    /// The first plant day on which it would run there or does, `YYYY-MM-DD`.
    #[serde(default)]
    pub first_day: String,
    /// The last one, inclusive.
    #[serde(default)]
    pub last_day: String,
    /// While it isn't over, what the campaign costs where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_fen: Option<i64>,
    /// And what it would cost there, at most: the firm's own price, and never the partner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_there_fen: Option<i64>,
    /// `asking`; `made`: both have moved; `declined`, `expired`, `withdrawn`; `overtaken`: one side had changed;
    /// `lapsed`: one side has changed, and it can only be taken back. But for `made`, nothing has moved.
    pub state: String,
    /// Why it is `lapsed`, as of [`AskView`].
    pub lapse: Option<String>,
    pub asked_at: Instant,
    /// The partner's answer counts until then, exclusive.
    pub answer_by: Instant,
}

//! Bookings as their owner and the platform that runs them see them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ConsideredView, Instant, OfferQuery, RequestDetails, TermsView, TextView};

/// By what people know a campaign whose reference they don't remember.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CampaignName {
    /// The offering's code.
    pub offering: String,
    /// The client's own code of the product; absent while it has none.
    pub product_code: Option<String>,
    /// Whose it is, for its platform only; absent: the platform's own production.
    pub company_name: Option<TextView>,
}

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
    /// Whether the search's window is agreed to as a plan window: the campaign may be moved inside it, by rule, until
    /// it is frozen; for a lower price, where the platform offers that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flexible: bool,
}

/// Holds both runs of a split, or neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SplitOrder {
    /// The search of all batches that the split came from.
    pub query: OfferQuery,
    /// The two of [`super::SplitView::parts`], in their order; their batches are those of the search.
    pub parts: Vec<SplitPartOrder>,
    /// The client's own code for the product, which both runs are of; needed unless the search names the product.
    #[serde(default)]
    pub product_code: Option<String>,
    /// Whether the search's window is agreed to as a plan window of both; as of a [`HoldOrder`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flexible: bool,
}

/// One run of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SplitPartOrder {
    pub batches: u32,
    /// [`super::OfferView::key`].
    pub offer: String,
}

/// Both holds of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SplitHeld {
    /// In the order of the parts.
    pub bookings: Vec<BookingView>,
}

/// What was agreed to for a campaign with a window wider than its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PlanView {
    /// Half-open; the campaign stays inside.
    pub from: Instant,
    pub until: Instant,
    /// From then on it moves no more.
    pub freezes_at: Instant,
    pub frozen: bool,
    /// By which its price is lower.
    pub percent: u8,
}

/// An operator's booking, for a company that phoned or for the platform's own production.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OperatorOrder {
    pub query: OfferQuery,
    pub offer: String,
    #[serde(default)]
    pub product_code: Option<String>,
    /// The company's unified social credit code, or a name or part of one that only one verified company has; absent:
    /// the platform's own production.
    #[serde(default)]
    pub company: Option<String>,
    #[serde(default)]
    pub details: RequestDetails,
    /// Why it goes ahead of those who wait for what has just become free, which is kept on record; absent or empty:
    /// they have their turn first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<String>,
}

/// Moves a booking to another offer of a search with `moving` set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MoveOrder {
    pub query: OfferQuery,
    pub offer: String,
    /// The fee that the mover was shown, in fen; another one now refuses the move.
    pub quoted_fee_fen: i64,
    /// [`BookingView::version`] of the state that the mover was shown; another one now refuses the move. Absent: of
    /// whatever state it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// For the platform's people, as of an [`OperatorOrder`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead: Option<String>,
}

/// Why something is done, in words for the other side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Reason {
    #[serde(default)]
    pub reason: String,
}

/// What the platform makes of a request: its hazards are confirmed, or that is taken back, it is approved, or it is
/// declined.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReviewOrder {
    /// In words: the evidence that was looked at, why that is taken back, why it is approved though it lacks something,
    /// or why it is declined.
    #[serde(default)]
    pub reason: String,
    /// [`BookingView::version`] of the state that was looked at; another one now refuses the review. Absent: of
    /// whatever state it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

/// The client's answer to a question of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AnswerOrder {
    /// [`QuestionView::id`].
    pub question: Uuid,
    #[serde(default)]
    pub answer: String,
    /// The plant day on which materials arrive, if it is another by now; absent or empty: it stays.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "super::plant_day::text")]
    pub materials_on: String,
}

/// Names another day on which materials arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MaterialsOrder {
    /// The plant day, `YYYY-MM-DD`; that of the first step at the latest.
    #[serde(default, deserialize_with = "super::plant_day::text")]
    pub materials_on: String,
}

/// Cancels for the fee that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CancelOrder {
    /// [`FeeQuote::fee_fen`] as shown; another fee now refuses the cancellation.
    pub quoted_fee_fen: i64,
    /// As of a [`MoveOrder`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    #[serde(default)]
    pub reason: String,
}

/// What leaving or moving a booking costs if done today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FeeQuote {
    /// In fen, before any reduction for the share of the slot that is resold.
    pub fee_fen: i64,
    pub price_fen: i64,
    /// Notice in plant calendar days.
    pub notice_days: i64,
    /// The start to which they are counted, if it isn't its own: that from which others have moved it lately.
    pub notice_from: Option<Instant>,
    /// Until when, exclusive, they are counted to that: a week from the move that others made, and not beyond its own
    /// start.
    pub notice_until: Option<Instant>,
    /// The rung of the policy that applies, in percent of the price.
    pub percent: u8,
    /// What leaving costs at least: most of what it would have cost at the places that the booking left by a move for
    /// nothing, or was moved from for others, of each without what was paid for moving since. Of a move: what it will
    /// then be.
    pub left_fee_fen: i64,
    /// Nothing is charged since it can't run where it stands for what the platform did: its line is down, or its set-up
    /// changed.
    pub waived: bool,
    pub policy_version: i32,
    pub now: Instant,
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

/// What the platform asked the client about a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct QuestionView {
    pub id: Uuid,
    pub at: Instant,
    pub question: String,
    /// What the client said to it, oldest first; none while it is open.
    pub answers: Vec<AnswerView>,
}

/// An answer to such a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AnswerView {
    pub at: Instant,
    pub answer: String,
}

impl QuestionView {
    /// Whether it waits for an answer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answers.is_empty()
    }
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
    /// Whether it is over since its run was broken off.
    #[serde(default)]
    pub broken_off: bool,
    pub platform: Uuid,
    pub platform_name: TextView,
    /// How to reach the platform, as its set-up says; absent where it doesn't.
    #[serde(default)]
    pub platform_contact: Option<String>,
    /// Whose campaign it is, for the platform's people; absent on the platform's own production.
    pub company_name: Option<TextView>,
    pub offering: String,
    pub product_code: Option<String>,
    /// A decimal, in `unit`.
    pub batch_size: String,
    pub unit: String,
    pub batches: u32,
    /// The first and the last plant day of the window that was searched when it was booked or moved last.
    pub from: String,
    pub to: String,
    /// The platform that the search was narrowed to.
    pub searched_platform: Option<Uuid>,
    pub gmp: bool,
    pub stage: String,
    /// Hazard tags as declared, comma-separated.
    pub hazards: String,
    pub oeb: Option<u8>,
    pub details: RequestDetails,
    /// What the platform asked about it, oldest first.
    pub questions: Vec<QuestionView>,
    pub steps: Vec<StepView>,
    pub price_fen: i64,
    /// Where it may still be moved by rule; absent: nowhere.
    pub plan: Option<PlanView>,
    /// Those copied into it when it was confirmed; before that, those that would be.
    pub terms: TermsView,
    /// Fees charged, for moves and on leaving.
    pub fee_fen: Option<i64>,
    /// That of them for leaving; the rest is for moves.
    #[serde(default)]
    pub leaving_fee_fen: Option<i64>,
    /// What is owed of them: the fee for leaving is reduced by the share of the freed slot that is sold again.
    pub fee_due_fen: Option<i64>,
    /// That share in whole percent, once the booking was left for a fee.
    pub resold_percent: Option<u8>,
    /// How often it was moved.
    pub moves: u32,
    /// Rises with every change to it.
    pub version: i64,
    pub hold_expires_at: Option<Instant>,
    pub reply_by: Option<Instant>,
    /// Whether the day on which materials arrive was said before the campaign was moved, by whomever.
    #[serde(default)]
    pub materials_before_move: bool,
    pub hazards_confirmed: bool,
    /// Of a request: the checks of what it says that aren't met, `evidence`, `licences`, `agreements`, `materials`. It
    /// isn't approved before but for a reason, which is kept on record.
    #[serde(default)]
    pub unmet: Vec<String>,
    pub created_at: Instant,
    /// What the viewer may do now: `request`, `ask`, `answer`, `confirm_hazards`, `recall_hazards`, `approve`,
    /// `decline`, `withdraw`, `move`, `cancel`, `fill_in`, …
    pub actions: Vec<String>,
    /// The server's time, for the countdown.
    pub now: Instant,
}

impl BookingView {
    /// More of a period are not shown at once, but the newest.
    pub const MOST_DURING: u64 = 100;

    /// Of a campaign that runs: the step that is still ahead, of several the last one. The first isn't, for the run has
    /// been started.
    #[must_use]
    pub fn step_ahead(&self) -> Option<&StepView> {
        let ahead = self.steps.iter().skip(1).filter(|step| step.start > self.now);
        ahead.max_by_key(|step| step.start)
    }

    /// By when a request is to be decided: a firm's by its deadline, what an operator booked before it begins.
    #[must_use]
    pub fn decide_by(&self) -> Option<Instant> {
        self.reply_by.or_else(|| self.steps.iter().map(|step| step.start).min())
    }

    /// Whether it is a request that an operator booked and of which something is still to be filled in.
    #[must_use]
    pub fn is_unfilled(&self) -> bool {
        self.status == "requested" && self.reply_by.is_none() && !self.unmet.is_empty()
    }

    /// Whether the viewer may do `action` now.
    #[must_use]
    pub fn may(&self, action: &str) -> bool {
        self.actions.iter().any(|known| known == action)
    }
}

/// What a list of bookings is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct BookingFilter {
    /// One state; or `broken_off`: what is over since its run was.
    #[serde(default)]
    pub status: Option<String>,
    /// `true`: only those to which nothing more can happen; `false`: only the others.
    #[serde(default)]
    pub over: Option<bool>,
    #[serde(default)]
    pub platform: Option<Uuid>,
    #[serde(default)]
    pub offering: Option<String>,
    /// What the reference or the code of the product has in it; for a platform also the company's name.
    #[serde(default)]
    pub find: Option<String>,
    /// Only those that begin in this plant month, `2026-12`; what was given up, by where it stood last.
    #[serde(default)]
    pub month: Option<String>,
    /// `true`: the latest start first, instead of what was booked last.
    #[serde(default)]
    pub by_start: Option<bool>,
    /// `true`: of `by_start`, the earliest start first.
    #[serde(default)]
    pub earliest_first: Option<bool>,
    /// [`super::Page::next`] of the page before.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// Something that happened to a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct EventView {
    pub at: Instant,
    /// `hold`, `request`, `approve`, …
    pub action: String,
    /// `company`, `platform` or `system`: which side acted, as it was then.
    pub by: String,
    /// Who of that side it was, for its own people alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// In words, where the action carries any.
    pub reason: Option<String>,
    /// Of a move: when its first step began before, and since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedView>,
    /// The fee that it cost, in fen; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_fen: Option<i64>,
    /// Where the resolver found the place: what it considered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub considered: Option<ConsideredView>,
    /// The call that gave the hold, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallName>,
    /// The booking of the other batches, where a campaign was split or parted; for its firm alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_with: Option<Uuid>,
    /// Of a run that was over before its planned end: what that freed of its lines, but for when they are down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freed: Vec<FreedView>,
}

/// Time of a line that is free again since a campaign is over sooner than planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FreedView {
    pub line_name: TextView,
    pub from: Instant,
    /// Half-open.
    pub until: Instant,
}

/// A call, as what came of it names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CallName {
    pub id: Uuid,
    pub title: String,
}

/// From when to when a campaign was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MovedView {
    pub from: Instant,
    pub to: Instant,
}

//! Calls: wishes are collected until a closing date and decided together by a published rule.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CallRule, Instant, OfferQuery, PlanOfferView, RefusalView, StepView, TextView};

/// To open a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CallOrder {
    pub title: String,
    /// First and last plant day of the period for which it is, inclusive, `YYYY-MM-DD`.
    #[serde(deserialize_with = "super::plant_day::text")]
    pub from: String,
    #[serde(deserialize_with = "super::plant_day::text")]
    pub to: String,
    /// Lines of the own platform.
    pub lines: Vec<Uuid>,
    /// From when on wishes count; at once when left out.
    #[serde(default)]
    pub opens_at: Option<Instant>,
    /// Until when, exclusive.
    pub closes_at: Instant,
    /// By when the result is to be published, after the closing. When left out: a week after that, sooner where the
    /// period begins before, but no less than a day.
    #[serde(default)]
    pub result_by: Option<Instant>,
    pub rule: CallRule,
    /// By which points are given; needed where the rule counts points.
    #[serde(default)]
    pub criteria: String,
    /// How long what it gives is held, 1 to 60 days.
    pub hold_days: u32,
}

/// A line that a call is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CallLine {
    pub id: Uuid,
    pub name: TextView,
}

/// A call as everybody who is signed in may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CallView {
    pub id: Uuid,
    pub title: String,
    pub platform: Uuid,
    pub platform_name: TextView,
    /// First and last plant day, inclusive.
    pub from: String,
    pub to: String,
    pub lines: Vec<CallLine>,
    /// Codes of the offerings that can be made wholly on these lines.
    pub offerings: Vec<String>,
    pub opens_at: Instant,
    /// Wishes count until then, exclusive.
    pub closes_at: Instant,
    /// By when its platform is to publish the result; absent of calls from before that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_by: Option<Instant>,
    pub rule: CallRule,
    /// Line time on offer of which shares are counted, in minutes.
    pub offered_minutes: Option<i64>,
    pub criteria: String,
    /// How long what it gives is held, in days.
    pub hold_days: i64,
    /// SHA-256 of `SEED:SALT` in hexadecimal digits: whoever keeps it can check the seed once that is told.
    pub commitment: String,
    /// Told once the call has ended.
    pub seed: Option<String>,
    pub salt: Option<String>,
    /// `announced`, `open`, `closed`, `drafted` (to the platform only), `published`, `cancelled`.
    pub state: String,
    pub ended_at: Option<Instant>,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// What agreeing to a window as a plan window changes, where its platform offers that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanOfferView>,
    /// How many wishes there are, for the platform only.
    pub wishes: Option<u32>,
    /// What the viewer may do now: `wish`, `score`, `draft`, `adjust`, `publish`, `cancel`.
    pub may: Vec<String>,
    pub now: Instant,
}

impl CallView {
    /// Whether the viewer may do this now.
    #[must_use]
    pub fn may(&self, action: &str) -> bool {
        self.may.iter().any(|may| may == action)
    }

    /// Whether its rule counts points.
    #[must_use]
    pub const fn counts_points(&self) -> bool {
        matches!(self.rule, CallRule::ScoreWithAgeing { .. } | CallRule::Shares { .. })
    }
}

/// Which calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::IntoParams))]
pub struct CallFilter {
    /// The `next` of the page before; the first page when left out. Opaque.
    pub cursor: Option<String>,
    /// Calls at most, 1 to 200; 50 when left out.
    pub limit: Option<u32>,
}

/// Days that would do as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OtherDays {
    /// First and last plant day, inclusive, `YYYY-MM-DD`.
    #[serde(deserialize_with = "super::plant_day::text")]
    pub from: String,
    #[serde(deserialize_with = "super::plant_day::text")]
    pub to: String,
}

/// A wish: one campaign that a firm would run. It gets it within one of the windows, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WishOrder {
    /// What is to be run; its days are the most wanted window, inside the call's period.
    pub query: OfferQuery,
    /// Windows that would do as well, the better one first; two at most.
    #[serde(default)]
    pub otherwise: Vec<OtherDays>,
    /// The client's own code of the product. Without one it counts as a product of its own, which no line has just run.
    #[serde(default)]
    pub product_code: Option<String>,
    /// Among the firm's wishes in this call: 1, the most wanted, to 20.
    pub rank: u16,
    /// Whether the window in which it gets a place is agreed to as a plan window, as for a hold: if the platform offers
    /// them, and the place leaves something to move in. It decides nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flexible: bool,
}

/// What became of a wish, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WishResult {
    /// `placed` by the rule; `filled`: the same, after the platform had changed others by hand; `moved`: put there by
    /// the platform; `taken_out` by the platform; `outranked`: other wishes took what it could have had, which rank
    /// before it under the published rule, or where points count are worth as much at least together; `own_wish`: the
    /// same of other wishes of its own firm; `put_before`: the platform has put other wishes by hand where it could
    /// have been; `share_firm`, `share_unreserved`: what is left of that share is too little for it; `beyond_share`: it
    /// would take more than a firm's whole share; `booked`: what was booked before the round left no room; `closed`:
    /// closures and outages left none; `impossible`.
    pub outcome: String,
    /// Which window it got, counted from 1.
    pub choice: Option<u32>,
    pub steps: Vec<StepView>,
    /// What kept each line from taking it, for `booked`, `closed` and `impossible`, worded for the viewer's rights.
    pub refusals: Vec<RefusalView>,
    /// The platform's own words, where it changed something.
    pub reason: Option<String>,
    /// The hold that it was given.
    pub booking: Option<Uuid>,
    /// What counted for it.
    #[serde(default)]
    pub counted: Option<WishCounted>,
}

/// What counted for a wish under its call's rule: of its own firm alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WishCounted {
    /// Its place in the order in which the wishes were decided, from 1; where first come or a lot decides.
    pub place: Option<u32>,
    /// The points with which it counted, those for earlier calls included; where points count.
    pub points: Option<u32>,
    /// In how many earlier calls of the platform its firm got nothing since other wishes went first; where that counts.
    pub waited: Option<u16>,
    /// Points for those.
    pub waited_points: Option<u32>,
    /// Whether its firm counted as a newcomer to these lines; where a part is reserved.
    pub newcomer: Option<bool>,
    /// Whether it counted as a small firm.
    pub small: Option<bool>,
    /// The innovation score that decides between equals, 0 without one: for its firm alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub innovation: Option<u16>,
}

/// What points may be given by, of a wish's firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WishFirm {
    /// `micro`, `small`, `medium`, `large`, as it was when the wish was handed in or changed last, and as it counts;
    /// absent: not stated.
    pub size: Option<String>,
    /// Whether it hasn't had a confirmed campaign on any of the call's lines.
    pub first_use: bool,
}

/// A wish as its firm sees it, and after the closing the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WishView {
    pub id: Uuid,
    pub call: Uuid,
    pub rank: u16,
    pub query: OfferQuery,
    pub otherwise: Vec<OtherDays>,
    pub product_code: Option<String>,
    /// As it was handed in.
    #[serde(default)]
    pub flexible: bool,
    pub offering_name: TextView,
    /// Whose it is; only told to the platform.
    pub company: Option<TextView>,
    /// Of that firm; only told to the platform, from the closing until the call has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<WishFirm>,
    /// When it was handed in, or what it asks for was changed.
    pub asked_at: Instant,
    /// What the platform gave it; told to its firm once the result is published.
    pub points: Option<u32>,
    /// Once the call is published.
    pub result: Option<WishResult>,
}

/// Points for a wish, by the call's criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PointsOrder {
    /// 0 to 100. A wish without points counts as one with 1.
    pub points: u32,
    /// How many of the platform's own changes of the draft that stands may be lost by it, for other points end that
    /// draft; none when left out. Where there are more it is refused as [`DecideOrder::discard`] says.
    #[serde(default)]
    pub discard: Option<u32>,
}

/// A place that a wish could have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct WishPlace {
    /// Opaque; to be sent back with [`AdjustOrder`].
    pub key: String,
    /// Which of its windows that is, counted from 1.
    pub choice: u32,
    pub steps: Vec<StepView>,
}

/// To put a wish elsewhere, or to take it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AdjustOrder {
    /// [`WishPlace::key`]; left out: it is taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The firm reads it.
    pub reason: String,
}

/// To decide a call, for the first time or anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::IntoParams))]
pub struct DecideOrder {
    /// How many of the platform's own changes of the draft that stands may be lost by it; none when left out. Where
    /// there are more it is refused with the reason `draft_adjusted`, and the fact `changes` says how many.
    pub discard: Option<u32>,
}

/// To publish the draft of a call as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct PublishOrder {
    /// [`DraftView::version`] of the draft that was seen. If it has changed since, nothing is published, and the
    /// refusal with the reason `call_draft_changed` says what has.
    pub version: i64,
}

/// What the platform changed of a draft, or what the rule then made of the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AdjustmentView {
    pub wish: Uuid,
    pub company: TextView,
    pub offering_name: TextView,
    /// `put` or `take_out` by the platform. By the call's rule `filled`: it had no place; `lifted` to a window that it
    /// wants more; `shifted` elsewhere; `displaced`: it has no place any more.
    pub kind: String,
    /// The platform's; none of what the rule made.
    pub reason: Option<String>,
    pub at: Instant,
}

/// A decided call before it is published. Nothing is held meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DraftView {
    pub call: CallView,
    /// Rises with every change of it; to be sent back with [`PublishOrder`].
    pub version: i64,
    pub drafted_at: Instant,
    /// Every wish with what it would get.
    pub wishes: Vec<WishView>,
    pub adjustments: Vec<AdjustmentView>,
    /// Why it can't be published as it is, since the calendar has changed.
    pub unfit: Option<RefusalView>,
}

impl DraftView {
    /// What a refusal says was changed of a draft that was decided anew.
    pub const DECIDED: &'static str = "decided";

    /// How many changes the platform has made of it itself: what deciding anew would lose.
    #[must_use]
    pub fn own_changes(&self) -> u32 {
        let own = self.adjustments.iter().filter(|change| matches!(change.kind.as_str(), "put" | "take_out"));
        u32::try_from(own.count()).unwrap_or(u32::MAX)
    }
}

//! Search and its answer.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Instant, PlanOfferView, RefusalView, TermsView, TextView};

/// A search: state of the search form, of its URL and of `GET /api/v1/offers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct OfferQuery {
    /// Code of the offering, such as `TAB`.
    pub offering: String,
    /// Batch size as a decimal, such as `12.5`.
    pub batch_size: String,
    /// `kilogram`, `gram`, `litre`, `piece`, `vial`, `lot`.
    pub unit: String,
    pub batches: u32,
    /// First plant day, `YYYY-MM-DD`.
    #[serde(deserialize_with = "super::plant_day::text")]
    pub from: String,
    /// Last plant day, inclusive, `YYYY-MM-DD`.
    #[serde(deserialize_with = "super::plant_day::text")]
    pub to: String,
    /// Comma-separated hazard tags; empty: classified as without special hazards; `unclassified`: not yet classified.
    #[serde(default)]
    pub hazards: String,
    /// Occupational exposure band 1 to 5, if known.
    #[serde(default)]
    pub oeb: Option<u8>,
    #[serde(default)]
    pub gmp: bool,
    /// `sample_trial`, `scale_up`, … see the stages.
    #[serde(default)]
    pub stage: Option<String>,
    /// Only this platform.
    #[serde(default)]
    pub platform: Option<Uuid>,
    /// The client's own product, when known: a run after the same product needs less set-up.
    #[serde(default)]
    pub product: Option<Uuid>,
    /// A booking of one's own that is to move: what it holds now counts as free.
    #[serde(default)]
    pub moving: Option<Uuid>,
}

/// One step of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OfferStepView {
    pub name: TextView,
    pub line: Uuid,
    pub line_name: TextView,
    pub start: Instant,
    /// Half-open.
    pub end: Instant,
}

/// A placement that fits now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OfferView {
    /// Opaque: what to send back to hold exactly this offer.
    pub key: String,
    pub route: Uuid,
    pub platform: Uuid,
    pub platform_name: TextView,
    pub steps: Vec<OfferStepView>,
    pub price_fen: i64,
    pub terms: TermsView,
    /// Place in the ranking, from 1.
    pub rank: u32,
    /// Minutes from the window's start, or from the beginning of today where that is past, to the end of the last step:
    /// what offers are ranked by first, then price, then waiting between steps.
    pub finish_minutes: i64,
    pub waiting_minutes: i64,
    /// Of an alternative to a place that was taken: how it differs from that.
    #[serde(default)]
    pub instead: Option<InsteadView>,
}

/// How an alternative differs from the place that was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct InsteadView {
    /// `as_now` (the same place by today's rules), `sooner` or `later` on the same lines, `another_line`,
    /// `another_platform`.
    pub kind: String,
    /// By how much the first start lies later (or, negative, sooner), in minutes.
    pub shift_minutes: i64,
    /// By how much longer a changeover is reckoned for it than for the alternative with the shortest, in minutes. Where
    /// what runs before is neither of the asker's company nor on its platform's lines, the longest is reckoned that the
    /// line can need for the product: whoever runs there, the figure is the same.
    #[serde(default)]
    pub changeover_minutes: i64,
    /// What alternatives are ranked by, in minutes of shift: the shift, a day for another line or five for another
    /// platform, a quarter of a day for each percent of price above the cheapest, and a quarter of
    /// `changeover_minutes`.
    pub cost_minutes: i64,
}

/// Why a line was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LineRefusalView {
    pub platform_name: TextView,
    pub line_name: TextView,
    pub step: u32,
    pub refusal: RefusalView,
    /// Whether what the refusal asks for would fit nowhere either, even if nobody had anything booked.
    #[serde(default)]
    pub in_vain: bool,
}

/// Of a search without an offer: one outside its window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NearestView {
    /// The search with the wider window that it is an offer of: what to hold it with.
    pub query: OfferQuery,
    pub offer: OfferView,
}

/// One of the two runs of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SplitPartView {
    pub batches: u32,
    /// Its key holds nothing by itself: both parts are held together, by `POST /api/v1/holds/split`.
    pub offer: OfferView,
}

/// Two runs that fit together, instead of one of all batches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SplitView {
    /// Two, in the order in which they are to be sent back.
    pub parts: Vec<SplitPartView>,
    /// Of both.
    pub price_fen: i64,
    /// In minutes of shift, as an alternative's: two days for the split, what each part costs, and a quarter of how
    /// much longer the changeovers before both are than the shortest before one run. Of a search in which nothing fits
    /// whole: two days, the minutes from the window's start to each part's end, five days for parts on two platforms,
    /// and a quarter of the changeovers before both.
    pub cost_minutes: i64,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchAnswer {
    /// The server's time, for everything that the pages say relative to now.
    pub now: Instant,
    pub offers: Vec<OfferView>,
    /// Offers found in all, of each route, first line and free stretch one; `offers` holds the best of them.
    pub found: u32,
    pub refusals: Vec<LineRefusalView>,
    /// At a platform's own desk: what begins first on each of the next days after the earliest of `offers`, which are
    /// the earliest of each free stretch. Unranked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<OfferView>,
    /// Where nothing fits: the nearest offers before and after the window.
    pub nearest: Vec<NearestView>,
    /// Where nothing fits whole: two runs inside the window that do.
    #[serde(default)]
    pub split: Option<SplitView>,
    /// Where nothing fits: whether something would if nobody had anything booked and the firm were not limited, so that
    /// room may come free, be made, or be the firm's later.
    #[serde(default)]
    pub may_free: bool,
    /// Where nothing fits: whether no other days would help, since no route takes such batches with these hazards for
    /// all of its steps.
    #[serde(default)]
    pub in_vain: bool,
    /// What agreeing to the window as a plan window would change then, at each platform that could take it and offers
    /// that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<PlanOfferView>,
}

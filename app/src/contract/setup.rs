//! A platform's set-up, for its people: what it is made of, and what a change of a part would touch.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CampaignName, CapabilityView, Instant, TextView, UseOrLoseView, setup_form::NamedCode};

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    pub code: String,
    pub name: TextView,
    pub lines: Vec<LineSetup>,
    pub pools: Vec<PoolSetup>,
    pub calendars: Vec<CalendarSetup>,
    pub matrices: Vec<MatrixSetup>,
    pub routes: Vec<RouteSetup>,
    pub policy: PolicySetup,
    /// Routes that are switched off.
    pub retired: Vec<NamedCode>,
}

/// A line, its capabilities and its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineSetup {
    pub code: String,
    pub name: TextView,
    pub gmp: bool,
    pub day_rate_fen: i64,
    pub start_every_minutes: i64,
    pub calendar: TextView,
    pub matrix: TextView,
    pub makes: Vec<CapabilityView>,
    /// Hazard tags.
    pub admits: Vec<String>,
    pub oeb_max: Option<u8>,
    /// A sterile line's media fill counts until then.
    pub media_fill_until: Option<Instant>,
}

/// Shared capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolSetup {
    pub code: String,
    pub name: TextView,
    pub calendar: TextView,
    /// `shift` or `day`.
    pub per: String,
    pub capacity: u32,
}

/// Shifts by weekday, Monday first, as `08:00-16:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSetup {
    pub code: String,
    pub name: TextView,
    pub week: Vec<Vec<String>>,
    pub observes_holidays: bool,
}

/// Changeover times: rows are what was left, columns what is needed; a cell reads `16h + 1d`, `-` is forbidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixSetup {
    pub code: String,
    pub name: TextView,
    pub version: i32,
    pub classes: Vec<TextView>,
    pub same_product: Vec<Vec<String>>,
    pub other_product: Vec<Vec<String>>,
}

/// How something is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteSetup {
    pub code: String,
    pub name: TextView,
    /// Codes of what it makes.
    pub offerings: Vec<String>,
    pub steps: Vec<StepSetup>,
}

/// A step on each line that can do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSetup {
    pub name: TextView,
    pub lines: Vec<FiguresSetup>,
    /// Such as `≤ 24h`; absent: any time after the step before.
    pub lag: Option<String>,
}

/// What a step takes on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiguresSetup {
    pub line: TextView,
    pub setup_minutes: i64,
    pub batch_minutes: i64,
    pub wait_minutes: i64,
    /// Whether batches run without crew.
    pub unattended: bool,
}

/// Holds, fees and notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySetup {
    pub version: i32,
    pub hold_minutes: i64,
    pub max_holds: u32,
    pub reply_working_days: u32,
    pub reservation_percent: u8,
    pub free_move_days: i64,
    pub min_notice_minutes: i64,
    /// Nothing starts later than this after asking.
    pub horizon_minutes: i64,
    /// So long whoever is asked to move has to answer, and so far a campaign is asked to move at most.
    pub ask_answer_minutes: i64,
    pub ask_reach_minutes: i64,
    /// Most campaigns moved to make room for one, and of them those whose owner is asked.
    pub move_most: u8,
    pub ask_most: u8,
    /// Days before the start at which a plan window freezes, and the discount in percent that it gives; 0: none
    /// offered.
    pub plan_freeze_days: i64,
    pub plan_discount_percent: u8,
    pub use_or_lose: Option<UseOrLoseView>,
    /// Notice in days and the fee in percent, longest notice first.
    pub ladder: Vec<(i64, u8)>,
}

/// One part as text, in the notation of the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupPart {
    /// `platform`, `calendar`, `matrix`, `pool`, `line`, `route`, `policy`.
    pub sort: String,
    pub code: String,
    pub name: TextView,
    pub text: String,
}

/// What writing a part would do, or why it can't be written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupPlan {
    /// Everything that is wrong.
    pub problems: Vec<SetupProblem>,
    pub changes: Vec<SetupChange>,
    /// What becomes of the fields of the part itself, in the order of their paths; none of a part that is new or goes.
    pub fields: Vec<FieldChange>,
    /// Where future bookings would no longer fit. They are named, never moved.
    pub affected: Vec<SetupHit>,
    /// Holds and requests of firms that would be confirmed on other terms, since the policy changes; each is told.
    #[serde(default)]
    pub on_new_terms: u32,
    /// Firms that the rule "use it or lose it" as it would be limits today; absent where the rule stays, or goes.
    #[serde(default)]
    pub limited: Option<u32>,
}

/// What is wrong with a part, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupProblem {
    /// Path of the field in the part's form; absent: the part as a whole, or its text.
    pub field: Option<String>,
    pub words: TextView,
}

/// A part that would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupChange {
    pub what: TextView,
    pub code: String,
    pub name: TextView,
    /// `added`, `changed` or `switched_off`.
    pub change: String,
}

/// A field of a part before and after, both in the format's notation; empty: there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// As in [`super::setup_form::Values`]; a cell of a matrix is one, crew and wait together:
    /// `cells.plain.plain.same`.
    pub path: String,
    pub was: String,
    pub is: String,
}

/// A booking that would no longer fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupHit {
    pub booking: Uuid,
    pub reference: String,
    #[serde(default)]
    pub campaign: Option<CampaignName>,
    /// Name of the line.
    pub line: TextView,
    /// Of the step that doesn't fit.
    pub start: Instant,
    /// As in [`super::TroubleView`].
    pub trouble: String,
}

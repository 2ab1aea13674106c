//! Booking policy: versioned, and copied into a booking when it is confirmed.

use serde::{Deserialize, Serialize};

use crate::{
    Interval, Minute, Minutes,
    calendar::{DAY, days_between, plant_date},
    plan::PlanWindow,
    use_or_lose::UseOrLose,
};

/// One rung of the cancellation ladder: with at least `min_notice_days` of notice the fee is `percent` of the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Notice in Asia/Shanghai calendar dates from the day of cancelling to the day of the first start, inclusive.
    pub min_notice_days: i64,
    pub percent: u8,
}

/// A platform's booking policy. The defaults are demonstration values, published fee ladders of CDMO agreements being
/// their model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub version: i32,
    /// How long a hold lasts.
    pub hold_minutes: Minutes,
    /// Most holds that one company may have at once.
    pub max_holds: u32,
    /// Working days that the operator has to answer a request, after which it is declined.
    pub reply_working_days: u32,
    /// Part of the price due on confirmation and credited, in percent.
    pub reservation_percent: u8,
    /// Longest notice first; below the last rung, and on a no-show, 100 %.
    pub ladder: Vec<Rung>,
    /// One move is free with at least this notice.
    pub free_move_days: i64,
    /// Least notice between asking and the first start.
    pub min_notice: Minutes,
    /// Nothing starts later than this after asking.
    pub horizon: Minutes,
    /// So long whoever is asked to move has to answer.
    #[serde(default = "ask_answer")]
    pub ask_answer: Minutes,
    /// So far from where it is, to either side, a campaign is asked to move at most.
    #[serde(default = "ask_reach")]
    pub ask_reach: Minutes,
    /// Most campaigns that are moved to make room for one; 0: no room is made.
    #[serde(default = "move_most")]
    pub move_most: u8,
    /// Most of them whose owner must be asked; 0: only those are moved that may be by rule.
    #[serde(default = "ask_most")]
    pub ask_most: u8,
    /// Whether a request is confirmed as soon as quality assurance has confirmed its hazards, without an operator.
    #[serde(default)]
    pub auto_confirm: bool,
    /// A campaign booked with a plan window moves no more so many days before its first start.
    #[serde(default = "plan_freeze_days")]
    pub plan_freeze_days: i64,
    /// By how much its price is lower, in percent; 0: there are no plan windows.
    #[serde(default)]
    pub plan_discount_percent: u8,
    /// What giving up late again and again leads to; `None`: nothing but the fees.
    #[serde(default)]
    pub use_or_lose: Option<UseOrLose>,
}

// Of policies on record from before the platforms could say so.

const fn ask_answer() -> Minutes {
    72 * 60
}

const fn ask_reach() -> Minutes {
    21 * DAY
}

const fn move_most() -> u8 {
    3
}

const fn ask_most() -> u8 {
    3
}

/// Policies on record from before there were plan windows.
const fn plan_freeze_days() -> i64 {
    14
}

impl Default for Policy {
    fn default() -> Self {
        let rung = |min_notice_days, percent| Rung { min_notice_days, percent };
        Self {
            version: 1,
            hold_minutes: 72 * 60,
            max_holds: 5,
            reply_working_days: 3,
            reservation_percent: 10,
            ladder: vec![rung(121, 0), rung(61, 25), rung(31, 50), rung(15, 75)],
            free_move_days: 60,
            min_notice: DAY,
            horizon: 550 * DAY,
            ask_answer: ask_answer(),
            ask_reach: ask_reach(),
            move_most: move_most(),
            ask_most: ask_most(),
            auto_confirm: false,
            plan_freeze_days: plan_freeze_days(),
            plan_discount_percent: 0,
            use_or_lose: None,
        }
    }
}

/// Notice in Asia/Shanghai calendar dates from the day of `asked` to the day of `first_start`; negative once it began.
#[must_use]
pub fn notice_days(first_start: Minute, asked: Minute) -> i64 {
    days_between(plant_date(asked), plant_date(first_start))
}

impl Policy {
    /// What a firm agrees to that books a campaign with `window`; `None` if the platform offers no plan windows.
    #[must_use]
    pub fn plan(&self, window: Interval) -> Option<PlanWindow> {
        let percent = self.plan_discount_percent.min(100);
        (percent > 0).then_some(PlanWindow { window, freeze_days: self.plan_freeze_days, percent })
    }

    /// The part of the price, in percent, that cancelling costs with this much notice.
    #[must_use]
    pub fn cancellation_percent(&self, notice_days: i64) -> u8 {
        self.ladder
            .iter()
            .filter(|rung| rung.min_notice_days <= notice_days)
            .max_by_key(|rung| rung.min_notice_days)
            .map_or(100, |rung| rung.percent.min(100))
    }

    /// The fee in fen for cancelling at `cancelled_at` a booking of `price_fen` that would first start at
    /// `first_start`. Fractions of a fen are dropped, in the client's favour.
    #[must_use]
    pub fn cancellation_fee(&self, price_fen: i64, first_start: Minute, cancelled_at: Minute) -> i64 {
        percent_of(price_fen, self.cancellation_percent(notice_days(first_start, cancelled_at)))
    }

    /// The fee in fen for not showing up: the whole price.
    #[must_use]
    pub const fn no_show_fee(&self, price_fen: i64) -> i64 {
        price_fen
    }

    /// The fee in fen for moving what costs `price_fen` and would first start at `first_start`: nothing if the one
    /// free move is unused and there is notice enough for it, else what cancelling costs by its notice.
    #[must_use]
    pub fn move_fee(
        &self,
        free_move_used: bool,
        price_fen: i64,
        first_start: Minute,
        moved_at: Minute,
    ) -> i64 {
        if !free_move_used && notice_days(first_start, moved_at) >= self.free_move_days {
            0
        } else {
            self.cancellation_fee(price_fen, first_start, moved_at)
        }
    }

    /// The part of the price due on confirmation and credited, in fen, fractions dropped.
    #[must_use]
    pub fn reservation_fee(&self, price_fen: i64) -> i64 {
        percent_of(price_fen, self.reservation_percent.min(100))
    }
}

/// A cancellation fee reduced by the share of the slot that was resold: `resold` of its `total` minutes. Fractions of
/// a fen are dropped.
#[must_use]
pub fn after_resale(fee_fen: i64, resold: Minutes, total: Minutes) -> i64 {
    if total <= 0 {
        return fee_fen;
    }
    share_of(fee_fen, total - resold.clamp(0, total), total)
}

fn percent_of(fen: i64, percent: u8) -> i64 {
    share_of(fen, i64::from(percent), 100)
}

/// `fen × part / whole` for 0 ≤ part ≤ whole, rounded towards zero; computed wide so that no price overflows.
fn share_of(fen: i64, part: i64, whole: i64) -> i64 {
    let exact = i128::from(fen) * i128::from(part) / i128::from(whole);
    i64::try_from(exact).unwrap_or(fen)
}

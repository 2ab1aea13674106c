//! Booking policy: versioned, and copied into a booking when it is confirmed.

use serde::{Deserialize, Serialize};

use crate::Minutes;

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
            min_notice: 24 * 60,
            horizon: 550 * 24 * 60,
        }
    }
}

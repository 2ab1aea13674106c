//! Plan windows: a campaign booked with a window wider than its run may still be moved inside it, until it is frozen.

use serde::{Deserialize, Serialize};

use crate::{Interval, Minute, Minutes, Second, calendar::DAY};

/// A plan window is at least so much longer than the campaign, from first start to last end: else there is nothing to
/// move it in, and nothing to lower a price for.
pub const LEAST_SLACK: Minutes = DAY;

/// What a firm agreed to when it booked, for a lower price. The figures are those of the policy of that day, whatever
/// becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanWindow {
    /// Half-open; every step stays inside.
    pub window: Interval,
    /// So many days of 24 hours before its first start, the place is final.
    pub freeze_days: i64,
    /// By which the price was lowered, in percent.
    pub percent: u8,
}

impl PlanWindow {
    /// The first minute at which a campaign that starts at `first_start` moves no more.
    #[must_use]
    pub const fn freezes_at(&self, first_start: Minute) -> Minute {
        first_start - self.freeze_days * DAY
    }

    /// Whether a campaign that starts at `first_start` stays where it is: from that minute on, inclusive.
    #[must_use]
    pub const fn is_frozen(&self, first_start: Minute, now: Second) -> bool {
        now >= self.freezes_at(first_start) * 60
    }

    /// The part of the window in which a campaign can be put at `now` without being frozen there, half-open; `None`: no
    /// minute of it.
    #[must_use]
    pub fn open(&self, now: Second) -> Option<Interval> {
        let first = now.div_euclid(60) + 1 + self.freeze_days * DAY;
        Interval::new(self.window.start.max(first), self.window.end)
    }

    /// Whether a campaign over `span` that is booked at `now` can still be moved: it isn't frozen there, and what is
    /// open of the window leaves [`LEAST_SLACK`].
    #[must_use]
    pub fn leaves_room(&self, span: Interval, now: Second) -> bool {
        !self.is_frozen(span.start, now) && self.has_room(span.minutes(), now)
    }

    /// Whether a campaign that takes `length` could be booked somewhere in it at `now` and still be moved.
    #[must_use]
    pub fn has_room(&self, length: Minutes, now: Second) -> bool {
        self.open(now).is_some_and(|open| open.minutes() >= length + LEAST_SLACK)
    }

    /// Whether all of `interval` lies in the window.
    #[must_use]
    pub const fn holds(&self, interval: Interval) -> bool {
        self.window.holds(interval)
    }

    /// The price in fen of what would cost `price_fen` at a fixed place; fractions of a fen are dropped from what is
    /// taken off.
    #[must_use]
    pub fn price(&self, price_fen: i64) -> i64 {
        let off = i128::from(price_fen) * i128::from(self.percent.min(100)) / 100;
        price_fen - i64::try_from(off).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: PlanWindow =
        PlanWindow { window: Interval { start: 0, end: 100 * DAY }, freeze_days: 14, percent: 8 };

    #[test]
    fn it_freezes_at_the_minute() {
        let start = 50 * DAY;
        assert!(!PLAN.is_frozen(start, 36 * DAY * 60 - 1));
        assert!(PLAN.is_frozen(start, 36 * DAY * 60));
    }

    #[test]
    fn what_is_open_begins_where_nothing_is_frozen() {
        for now in [36 * DAY * 60 - 1, 36 * DAY * 60, 36 * DAY * 60 + 59] {
            let open = PLAN.open(now).expect("fifty days are left");
            assert!(!PLAN.is_frozen(open.start, now) && PLAN.is_frozen(open.start - 1, now), "{now}");
            assert_eq!(open.end, PLAN.window.end);
        }
        assert_eq!(PLAN.open(-20 * DAY * 60), Some(PLAN.window));
        assert_eq!(PLAN.open((86 * DAY - 1) * 60), None);
    }

    #[test]
    fn what_is_frozen_or_fills_the_rest_of_its_window_leaves_no_room() {
        let span = |start| Interval { start, end: start + 5 * DAY };
        let frozen_from = 36 * DAY * 60;
        assert!(PLAN.leaves_room(span(50 * DAY), frozen_from - 60));
        assert!(!PLAN.leaves_room(span(50 * DAY), frozen_from));
        // The window ends on day 100: from the minute on that leaves less than six days of it, nothing can move.
        let last = (80 * DAY - 1) * 60;
        assert!(PLAN.leaves_room(span(95 * DAY), last));
        assert!(!PLAN.leaves_room(span(95 * DAY), last + 60));
        // A window that is nearly over is as good as a short one.
        let short = PlanWindow { window: Interval { start: -400 * DAY, end: 20 * DAY }, ..PLAN };
        assert!(!short.leaves_room(span(15 * DAY), 0), "behind the freeze it is just under six days");
    }

    #[test]
    fn the_window_is_half_open() {
        assert!(PLAN.holds(Interval { start: 0, end: 100 * DAY }));
        assert!(!PLAN.holds(Interval { start: -1, end: 5 }));
        assert!(!PLAN.holds(Interval { start: 0, end: 100 * DAY + 1 }));
    }

    #[test]
    fn the_price_falls_by_whole_fen() {
        assert_eq!(PLAN.price(10_000), 9_200);
        assert_eq!(PLAN.price(99), 92, "7.92 fen off are 7");
        assert_eq!(PLAN.price(i64::MAX), i64::MAX - 737_869_762_948_382_064);
    }
}

//! When crew is there, straight from pattern and holiday table, day by day.

use time::{Date, Duration, Month};

use crate::{
    Interval, Minute, Minutes,
    calendar::{DayKind, Holidays, Pattern},
};

/// No work is followed further than this many days.
const MOST_DAYS: i64 = 6_000;

/// One pattern with its holidays.
#[derive(Clone, Copy, Debug)]
pub struct Crew<'a> {
    pub pattern: &'a Pattern,
    pub holidays: &'a Holidays,
}

impl Crew<'_> {
    /// The shifts that begin on the day that is `day` days after 1970-01-01.
    pub fn shifts(&self, day: i64) -> Vec<Interval> {
        let Ok(first) = Date::from_calendar_date(1970, Month::January, 1) else { return Vec::new() };
        let Some(date) = first.checked_add(Duration::days(day)) else { return Vec::new() };
        let entry = self.holidays.days.get(&date).filter(|_| self.pattern.observes_holidays);
        let weekday = match entry.map(|holiday| holiday.kind) {
            Some(DayKind::Off) => return Vec::new(),
            Some(DayKind::Work) => usize::from(self.pattern.working_weekend_as),
            None => usize::from(date.weekday().number_days_from_monday()),
        };
        let midnight = day * 1440 - 480;
        let shifts = self.pattern.week[weekday].iter();
        shifts
            .map(|shift| Interval {
                start: midnight + i64::from(shift.start),
                end: midnight + i64::from(shift.end),
            })
            .collect()
    }

    /// Whether crew is there in the minute that begins at `minute`.
    #[must_use]
    pub fn is_there(&self, minute: Minute) -> bool {
        let day = day_of(minute);
        (day - 1..=day).flat_map(|day| self.shifts(day)).any(|s| s.start <= minute && minute < s.end)
    }

    /// When `work` minutes of crew time are done that begin at `from` at the earliest.
    #[must_use]
    pub fn done(&self, from: Minute, work: Minutes) -> Option<Minute> {
        let (mut left, mut worked_until) = (work, from);
        if left == 0 {
            return Some(from);
        }
        for day in day_of(from) - 1..day_of(from) + MOST_DAYS {
            for shift in self.shifts(day) {
                let begin = shift.start.max(worked_until);
                if begin >= shift.end {
                    continue;
                }
                if left <= shift.end - begin {
                    return Some(begin + left);
                }
                left -= shift.end - begin;
                worked_until = shift.end;
            }
        }
        None
    }
}

/// Plant days since 1970-01-01.
pub(super) fn day_of(minute: Minute) -> i64 {
    (minute + 480).div_euclid(1440)
}

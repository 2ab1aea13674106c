//! The district's quarters: thirteen whole weeks each, so that no two reports overlap.

use app::contract::{Failure, FieldProblem, QuarterQuery, QuarterView, WeekView, field};
use domain::{Interval, Second, calendar::DAY};
use time::{Date, Duration, Weekday};

use crate::store::Catalogue;

/// Weeks of a quarter; the last one of a long year has one more.
const WEEKS: u8 = 13;

/// A quarter of a year of whole weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quarter {
    /// Of ISO 8601, whose weeks belong to the year of their Thursday.
    year: i32,
    /// 1 to 4.
    number: u8,
}

impl Quarter {
    /// The quarter asked for, or the one that `now` is in.
    ///
    /// # Errors
    /// [`Failure::Invalid`] naming `quarter`.
    pub fn read(asked: &QuarterQuery, now: Second) -> Result<Self, Failure> {
        match asked.quarter.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            None => Ok(Self::of(field::plant_date(now.div_euclid(60)))),
            Some(text) => Self::parse(text).ok_or_else(|| {
                field::invalid("quarter", FieldProblem::Malformed { example: "2026-4".to_owned() })
            }),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let is_plain = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let quarter = Self { year: year.parse().ok().filter(|_| is_plain)?, number: number.parse().ok()? };
        quarter.is_known().then_some(quarter)
    }

    /// The quarter that `date` is in.
    fn of(date: Date) -> Self {
        let (year, week, _) = date.to_iso_week_date();
        Self { year, number: ((week - 1) / WEEKS + 1).min(4) }
    }

    /// Whether every day of it is one that fields accept.
    fn is_known(self) -> bool {
        (2001..=2198).contains(&self.year) && (1..=4).contains(&self.number)
    }

    /// Its weeks' numbers.
    fn numbers(self) -> std::ops::RangeInclusive<u8> {
        let first = (self.number - 1) * WEEKS + 1;
        let last = if self.number == 4 { time::util::weeks_in_year(self.year) } else { first + WEEKS - 1 };
        first..=last
    }

    fn monday(self, week: u8) -> Date {
        Date::from_iso_week_date(self.year, week, Weekday::Monday).unwrap_or(Date::MAX)
    }

    /// Its weeks as half-open intervals.
    pub fn weeks(self) -> impl Iterator<Item = Interval> {
        self.numbers().map(move |week| {
            let start = field::midnight(self.monday(week));
            Interval { start, end: start + 7 * DAY }
        })
    }

    /// From its first Monday to the Monday after its last week.
    pub fn interval(self) -> Interval {
        let start = field::midnight(self.monday(*self.numbers().start()));
        Interval { start, end: field::midnight(self.monday(*self.numbers().end())) + 7 * DAY }
    }

    fn neighbour(self, forward: bool) -> Option<Self> {
        let index = self.year * 4 + i32::from(self.number) - 1 + if forward { 1 } else { -1 };
        let number = u8::try_from(index.rem_euclid(4)).ok()? + 1;
        Some(Self { year: index.div_euclid(4), number }).filter(|quarter| quarter.is_known())
    }

    /// With its neighbours as far as they meet `reach`.
    pub fn view(self, reach: Interval) -> QuarterView {
        let near = |quarter: Option<Self>| {
            quarter.filter(|quarter| quarter.interval().overlaps(reach)).map(|quarter| quarter.to_string())
        };
        let week = |number: u8| WeekView { number, from: self.monday(number).to_string() };
        QuarterView {
            quarter: self.to_string(),
            from: self.monday(*self.numbers().start()).to_string(),
            to: self.monday(*self.numbers().end()).saturating_add(Duration::days(6)).to_string(),
            previous: near(self.neighbour(false)),
            next: near(self.neighbour(true)),
            weeks: self.numbers().map(week).collect(),
        }
    }
}

/// The minutes of which there is anything to report: from the first decision on record, or as far back as calendars are
/// compiled, until nothing begins yet by any platform's horizon.
pub(crate) fn reach(catalogue: &Catalogue, now: Second) -> Interval {
    let known = catalogue.horizon.start;
    let start = catalogue.begun.map_or(known, |begun| known.min(begun.div_euclid(60)));
    let farthest = catalogue.policies().values().map(|policy| policy.horizon).max().unwrap_or_default();
    Interval { start, end: now.div_euclid(60) + farthest.max(1) }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVER: Interval = Interval { start: i64::MIN, end: i64::MAX };

    fn quarter(text: &str) -> Quarter {
        Quarter::parse(text).expect("a quarter")
    }

    #[test]
    fn quarters_follow_each_other_without_gap_or_overlap() {
        let mut one = quarter("2019-1");
        for _ in 0..60 {
            let next = one.neighbour(true).expect("a next one");
            assert_eq!(one.interval().end, next.interval().start, "{one}");
            assert_eq!(next.neighbour(false), Some(one));
            let weeks: Vec<_> = one.weeks().collect();
            assert!(weeks.windows(2).all(|pair| pair[0].end == pair[1].start), "{one}");
            assert_eq!(weeks.len(), one.view(EVER).weeks.len());
            for week in weeks {
                assert_eq!(Quarter::of(field::plant_date(week.start)), one);
                assert_eq!(Quarter::of(field::plant_date(week.end - 1)), one);
            }
            one = next;
        }
    }

    #[test]
    fn a_long_year_ends_with_fourteen_weeks() {
        assert_eq!(quarter("2026-4").view(EVER).weeks.len(), 14);
        assert_eq!(quarter("2026-4").view(EVER).to, "2027-01-03");
        assert_eq!(quarter("2025-4").view(EVER).weeks.len(), 13);
        assert_eq!(quarter("2027-1").view(EVER).from, "2027-01-04");
    }

    #[test]
    fn what_is_no_quarter_is_refused() {
        for wrong in ["2026", "2026-0", "2026-5", "26-1", "+026-1", "1999-1", "2026-04-01", "x"] {
            let asked = QuarterQuery { quarter: Some(wrong.to_owned()) };
            assert!(Quarter::read(&asked, 0).is_err(), "{wrong}");
        }
        let now = QuarterQuery { quarter: Some(" ".to_owned()) };
        assert_eq!(Quarter::read(&now, 1_795_392_000).expect("now"), quarter("2026-4"));
    }

    #[test]
    fn nothing_is_reported_beyond_what_there_can_be() {
        let [first, last] = ["2026-4", "2027-2"].map(|text| quarter(text).interval());
        let view = |text: &str| quarter(text).view(Interval { start: first.end - 1, end: last.start + 1 });
        assert_eq!(view("2026-4").previous, None);
        assert_eq!(view("2027-1").previous.as_deref(), Some("2026-4"));
        assert_eq!(view("2027-1").next.as_deref(), Some("2027-2"));
        assert_eq!(view("2027-2").next, None);
    }
}

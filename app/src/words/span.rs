//! Days and spans of time as calendars show them: short, the year left to the heading.

use domain::calendar::plant_date;
use time::{Date, Month};

use super::{format::clock, say};
use crate::{contract::Instant, language::Language};

/// `周二` or `Tue`.
#[must_use]
pub fn weekday(language: Language, day: Date) -> &'static str {
    weekday_name(language, day.weekday().number_days_from_monday().into())
}

/// The same by its number, Monday being 0.
#[must_use]
pub fn weekday_name(language: Language, day: usize) -> &'static str {
    match day % 7 {
        0 => say!(language, time.weekday.monday),
        1 => say!(language, time.weekday.tuesday),
        2 => say!(language, time.weekday.wednesday),
        3 => say!(language, time.weekday.thursday),
        4 => say!(language, time.weekday.friday),
        5 => say!(language, time.weekday.saturday),
        _ => say!(language, time.weekday.sunday),
    }
}

/// `周二` or `Tuesday`, within a sentence.
#[must_use]
pub fn whole_weekday(language: Language, day: usize) -> &'static str {
    match day % 7 {
        0 => say!(language, time.weekday_whole.monday),
        1 => say!(language, time.weekday_whole.tuesday),
        2 => say!(language, time.weekday_whole.wednesday),
        3 => say!(language, time.weekday_whole.thursday),
        4 => say!(language, time.weekday_whole.friday),
        5 => say!(language, time.weekday_whole.saturday),
        _ => say!(language, time.weekday_whole.sunday),
    }
}

/// `12月` or `Dec`.
fn month_name(language: Language, month: Month) -> &'static str {
    match month {
        Month::January => say!(language, time.month.january),
        Month::February => say!(language, time.month.february),
        Month::March => say!(language, time.month.march),
        Month::April => say!(language, time.month.april),
        Month::May => say!(language, time.month.may),
        Month::June => say!(language, time.month.june),
        Month::July => say!(language, time.month.july),
        Month::August => say!(language, time.month.august),
        Month::September => say!(language, time.month.september),
        Month::October => say!(language, time.month.october),
        Month::November => say!(language, time.month.november),
        Month::December => say!(language, time.month.december),
    }
}

/// `12月1日` or `1 Dec`.
#[must_use]
pub fn short_day(language: Language, day: Date) -> String {
    let month = month_name(language, day.month());
    say!(language, time.day, month = month, day = day.day()).to_string()
}

/// `2026年12月` or `Dec 2026`.
#[must_use]
pub fn month(language: Language, day: Date) -> String {
    let month = month_name(language, day.month());
    say!(language, time.month_of_year, month = month, year = day.year()).to_string()
}

/// `2026年12月1日` or `1 Dec 2026`.
fn dated(language: Language, day: Date) -> String {
    say!(language, time.day_of_year, day = short_day(language, day), year = day.year()).to_string()
}

/// A week from `first` to `last`: `2026年11月23日 – 11月29日` or `23 Nov – 29 Nov 2026`.
#[must_use]
pub fn week(language: Language, first: Date, last: Date) -> String {
    let (from, to) = (short_day(language, first), short_day(language, last));
    let (first_year, last_year) = (first.year(), last.year());
    say!(language, time.week, from = from, to = to, first_year = first_year, last_year = last_year)
        .to_string()
}

/// `12月1日 08:00` or `1 Dec 08:00`.
#[must_use]
pub fn short_moment(language: Language, instant: Instant) -> String {
    format!("{} {}", short_day(language, plant_date(instant.minute())), clock(instant))
}

/// A day, with its year where that isn't the one of `now`.
pub(super) fn near_day(language: Language, day: Date, now: Instant) -> String {
    let this_year = day.year() == plant_date(now.minute()).year();
    if this_year { short_day(language, day) } else { dated(language, day) }
}

/// [`short_moment`], with its year where that isn't the one of `now`: `2 Mar 2027 08:00`.
#[must_use]
pub fn near_moment(language: Language, instant: Instant, now: Instant) -> String {
    format!("{} {}", near_day(language, plant_date(instant.minute()), now), clock(instant))
}

/// [`short_moment`], or `now` of what comes within the minute that has begun.
#[must_use]
pub fn from_now(language: Language, instant: Instant, now: Instant) -> String {
    if instant.0 - now.0 < 60 { say!(language, time.now).to_owned() } else { short_moment(language, instant) }
}

/// What midnight is at the end of a day.
pub(super) const MIDNIGHT: &str = "24:00";

/// The clock at the `end` of what begins at `start`: what ends at midnight ends with the day before.
fn end_clock(start: Instant, end: Instant) -> String {
    let at = clock(end);
    if end > start && at == "00:00" { MIDNIGHT.to_owned() } else { at }
}

/// `12月1日 08:00 – 12月3日 16:00`, the second day left out when it is the first.
#[must_use]
pub fn span(language: Language, start: Instant, end: Instant) -> String {
    let (first, last) = (plant_date(start.minute()), plant_date(last_minute(start, end).minute()));
    let at = end_clock(start, end);
    let until = if first == last { at } else { format!("{} {at}", short_day(language, last)) };
    format!("{} – {until}", short_moment(language, start))
}

/// The last minute from `start` to `end`, half-open: its day is the last one, and what ends at midnight ends on the day
/// before.
#[must_use]
pub fn last_minute(start: Instant, end: Instant) -> Instant {
    Instant::from_minute((end.minute() - 1).max(start.minute()))
}

/// `12月1日 – 12月3日`: the days from `start` to `end`, by [`last_minute`].
#[must_use]
pub fn days(language: Language, start: Instant, end: Instant) -> String {
    let ends = [start, last_minute(start, end)];
    let [first, last] = ends.map(|instant| short_day(language, plant_date(instant.minute())));
    if first == last { first } else { format!("{first} – {last}") }
}

/// `2026年12月1日 08:00 – 12月3日 16:00`: the same with its year, where no heading says it.
#[must_use]
pub fn dated_span(language: Language, start: Instant, end: Instant) -> String {
    let (from, to) = (plant_date(start.minute()), plant_date(last_minute(start, end).minute()));
    let at = end_clock(start, end);
    let until = match to {
        same if same == from => at,
        other if other.year() == from.year() => format!("{} {at}", short_day(language, other)),
        other => format!("{} {at}", dated(language, other)),
    };
    format!("{} {} – {until}", dated(language, from), clock(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: Instant = Instant(1_796_054_400);

    #[test]
    fn spans_name_a_day_once() {
        let at = |hours: i64| Instant(DECEMBER.0 + hours * 3600);
        assert_eq!(span(Language::en, at(8), at(16)), "1 Dec 08:00 – 16:00");
        assert_eq!(span(Language::zh_CN, at(8), at(32)), "12月1日 08:00 – 12月2日 08:00");
        assert_eq!(dated_span(Language::en, at(8), at(16)), "1 Dec 2026 08:00 – 16:00");
        assert_eq!(dated_span(Language::zh_CN, at(8), at(32)), "2026年12月1日 08:00 – 12月2日 08:00");
        assert_eq!(dated_span(Language::en, at(8), at(32 * 24)), "1 Dec 2026 08:00 – 1 Jan 2027 24:00");
        assert_eq!(span(Language::en, at(8), at(24)), "1 Dec 08:00 – 24:00");
        assert_eq!(span(Language::zh_CN, at(8), at(48)), "12月1日 08:00 – 12月2日 24:00");
    }

    #[test]
    fn what_ends_at_midnight_ends_on_the_day_before() {
        let at = |hours: i64| Instant(DECEMBER.0 + hours * 3600);
        let shown = |end| days(Language::en, at(8), at(end));
        assert_eq!([8, 24, 48, 49].map(shown), ["1 Dec", "1 Dec", "1 Dec – 2 Dec", "1 Dec – 3 Dec"]);
        assert_eq!(plant_date(last_minute(at(8), at(48)).minute()), plant_date(at(24).minute()));
    }

    #[test]
    fn what_comes_within_the_minute_is_now() {
        let from = |seconds: i64| from_now(Language::en, DECEMBER, Instant(DECEMBER.0 - seconds));
        assert_eq!((from(0), from(59), from(60)), ("now".into(), "now".into(), "1 Dec 00:00".into()));
    }

    #[test]
    fn days_are_those_of_the_plant() {
        let day = plant_date(DECEMBER.minute());
        assert_eq!((weekday(Language::en, day), short_day(Language::en, day)), ("Tue", "1 Dec".to_owned()));
        assert_eq!(month(Language::zh_CN, day), "2026年12月");
    }
}

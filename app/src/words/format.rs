//! Dates, times, lengths and prices. Everything is in plant time, so that two readers of one page read the same.

use domain::calendar::{DAY, DAY_SECONDS, PLANT_OFFSET};
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};

use super::{
    figure::grouped,
    say,
    span::{short_day, weekday},
};
use crate::{contract::Instant, language::Language};

/// The instant on the plant's clock; instants beyond the calendar's reach read as 1970.
fn plant(instant: Instant) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(instant.0.saturating_add(PLANT_OFFSET * 60))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2026-12-01`, as a date field wants it, `days` after the plant day of `instant`.
#[must_use]
pub fn day(instant: Instant, days: i64) -> String {
    let date = plant(Instant(instant.0.saturating_add(days.saturating_mul(DAY_SECONDS)))).date();
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// `2026年12月1日 周二` or `Tue 1 Dec 2026`.
#[must_use]
pub fn date(language: Language, instant: Instant) -> String {
    of_date(language, plant(instant).date())
}

pub(super) fn of_date(language: Language, date: Date) -> String {
    let (day, weekday) = (short_day(language, date), weekday(language, date));
    say!(language, time.date, year = date.year(), day = day, weekday = weekday).to_string()
}

/// The plant day that a date field holds, as people read it.
#[must_use]
pub fn plant_day(language: Language, day: &str) -> Option<String> {
    Date::parse(day, &Iso8601::DATE).ok().map(|date| of_date(language, date))
}

/// Year and month of the plant day of `instant`.
#[must_use]
pub fn month_of(instant: Instant) -> (i32, u8) {
    let date = plant(instant).date();
    (date.year(), date.month().into())
}

/// `08:00`.
#[must_use]
pub fn clock(instant: Instant) -> String {
    let time = plant(instant).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Date and clock.
#[must_use]
pub fn moment(language: Language, instant: Instant) -> String {
    format!("{} {}", date(language, instant), clock(instant))
}

/// Date and clock in a zone that is `east` minutes ahead of UTC.
#[must_use]
pub fn moment_at(language: Language, instant: Instant, east: i64) -> String {
    moment(language, Instant(instant.0.saturating_add((east - PLANT_OFFSET) * 60)))
}

/// A length in the two largest units that matter: `3 天 4 小时`, `45 min`.
#[must_use]
pub fn length(language: Language, minutes: i64) -> String {
    let (days, hours, rest) = (minutes / DAY, minutes / 60 % 24, minutes % 60);
    let days_of = |count: i64| say!(language, time.days, count = count).to_string();
    let hours_of = |count: i64| say!(language, time.hours, count = count).to_string();
    let minutes_of = |count: i64| say!(language, time.minutes, count = count).to_string();
    match (days, hours, rest) {
        (1.., 0, _) => days_of(days),
        (1.., ..) => format!("{} {}", days_of(days), hours_of(hours)),
        (_, 1.., 1..) => format!("{} {}", hours_of(hours), minutes_of(rest)),
        (_, 1.., _) => hours_of(hours),
        _ => minutes_of(rest.max(0)),
    }
}

/// What is left of a hold, to the second: `2 天 03:04:05`, `03:04:05`.
#[must_use]
pub fn remaining(language: Language, seconds: i64) -> String {
    let (days, hours, minutes, seconds) =
        (seconds / DAY_SECONDS, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let clock = format!("{hours:02}:{minutes:02}:{seconds:02}");
    if days == 0 { clock } else { format!("{} {clock}", say!(language, time.days, count = days)) }
}

/// `¥12,345.60`; whole yuan without decimals.
#[must_use]
pub fn yuan(fen: i64) -> String {
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let grouped = grouped(yuan);
    let sign = if fen < 0 { "−" } else { "" };
    if rest == 0 { format!("{sign}¥{grouped}") } else { format!("{sign}¥{grouped}.{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: Instant = Instant(1_796_054_400);

    #[test]
    fn the_plant_is_eight_hours_ahead() {
        assert_eq!(day(DECEMBER, 0), "2026-12-01");
        assert_eq!(day(Instant(DECEMBER.0 - 1), 0), "2026-11-30");
        assert_eq!(moment(Language::en, DECEMBER), "Tue 1 Dec 2026 00:00");
        assert_eq!(moment(Language::zh_CN, DECEMBER), "2026年12月1日 周二 00:00");
    }

    #[test]
    fn lengths_show_two_units_at_most() {
        assert_eq!(length(Language::en, 1440 + 61), "1 d 1 h");
        assert_eq!(length(Language::zh_CN, 59), "59 分钟");
        assert_eq!(length(Language::en, 0), "0 min");
    }

    #[test]
    fn prices_are_grouped_and_keep_their_fen() {
        assert_eq!(yuan(123_456_700), "¥1,234,567");
        assert_eq!(yuan(99_905), "¥999.05");
        assert_eq!(yuan(-100_000), "−¥1,000");
    }
}

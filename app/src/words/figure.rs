//! Figures and the days that they are about.

use super::{
    format::{length, of_date},
    say,
    span::short_day,
};
use crate::{contract::field, language::Language};

/// `12,345`, as both languages write it.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `37%`, or `None` of nothing.
#[must_use]
pub fn percent(part: i64, whole: i64) -> Option<String> {
    let whole = (whole > 0).then_some(whole)?;
    // Rounded, but what is not nothing is not shown as nothing, and what is not all not as all.
    let rounded = (part * 200 / whole + 1) / 2;
    let shown = match rounded {
        0 if part > 0 => return Some("<1%".to_owned()),
        100 if part < whole => 99,
        rounded => rounded,
    };
    Some(format!("{shown}%"))
}

/// Minutes as whole hours: `1,234 h`.
#[must_use]
pub fn hours(language: Language, minutes: i64) -> String {
    let hours = grouped(u64::try_from((minutes + 30) / 60).unwrap_or(0));
    say!(language, time.hours, count = hours).to_string()
}

/// The open time of a whole period. From an hour on it is told by the half hour, rounded down: nobody plans by a single
/// minute, and no more is promised than there is.
#[must_use]
pub fn open_time(language: Language, minutes: i64) -> String {
    open_hours(language, if minutes >= 60 { minutes - minutes % 30 } else { minutes })
}

/// The open time of one stretch, as on a line that isn't open day and night: in hours alone, for eighty of them aren't
/// three days. To the minute, as is the stretch beside it.
#[must_use]
pub fn open_hours(language: Language, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match u64::try_from(hours) {
        Ok(1..) if rest == 0 => self::hours(language, minutes),
        Ok(whole @ 1..) => {
            let hours = say!(language, time.hours, count = grouped(whole)).to_string();
            format!("{hours} {}", length(language, rest))
        }
        _ => length(language, minutes),
    }
}

/// Weeks rounded to whole ones: `9 wk`; less than half of one as `<1 wk`.
#[must_use]
pub fn whole_weeks(language: Language, weeks: i64) -> String {
    let number = if weeks == 0 { "<1".to_owned() } else { grouped(weeks.unsigned_abs()) };
    say!(language, time.weeks, count = number).to_string()
}

/// A plant day of the wire with its weekday; what is none reads as it is.
#[must_use]
pub fn long_day(language: Language, day: &str) -> String {
    field::plant_day("day", day).map_or_else(|_| day.to_owned(), |date| of_date(language, date))
}

/// `7 Dec` or `12月7日`.
#[must_use]
pub fn brief_day(language: Language, day: &str) -> String {
    field::plant_day("day", day).map_or_else(|_| day.to_owned(), |date| short_day(language, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_to_what_is_true() {
        assert_eq!(percent(1, 3).as_deref(), Some("33%"));
        assert_eq!(percent(2, 3).as_deref(), Some("67%"));
        assert_eq!(percent(1, 1000).as_deref(), Some("<1%"));
        assert_eq!(percent(999, 1000).as_deref(), Some("99%"));
        assert_eq!(percent(0, 5).as_deref(), Some("0%"));
        assert_eq!(percent(5, 5).as_deref(), Some("100%"));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn open_time_is_told_in_hours() {
        assert_eq!(open_time(Language::en, 80 * 60), "80 h");
        assert_eq!(open_time(Language::zh_CN, 1234 * 60 + 30), "1,234 小时 30 分钟");
        assert_eq!(open_time(Language::en, 27 * 60 + 1), "27 h");
        assert_eq!(open_time(Language::en, 9 * 60 + 39), "9 h 30 min");
        assert_eq!(open_hours(Language::en, 9 * 60 + 39), "9 h 39 min");
        assert_eq!(open_hours(Language::en, 11 * 60 + 39), "11 h 39 min");
        assert_eq!(open_time(Language::en, 45), "45 min");
        assert_eq!(open_time(Language::en, 0), "0 min");
    }

    #[test]
    fn figures_and_days_read_naturally() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(hours(Language::en, 74_040), "1,234 h");
        assert_eq!(whole_weeks(Language::en, 9), "9 wk");
        assert_eq!(whole_weeks(Language::zh_CN, 0), "<1 周");
        assert_eq!(brief_day(Language::en, "2026-12-07"), "7 Dec");
        assert_eq!(brief_day(Language::zh_CN, "2026-12-07"), "12月7日");
        assert_eq!(long_day(Language::en, "2026-12-07"), "Mon 7 Dec 2026");
    }
}

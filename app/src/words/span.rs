//! Days and spans of time as calendars show them: short, the year left to the heading.

use domain::calendar::plant_date;
use time::Date;

use super::format::clock;
use crate::{contract::Instant, language::Language};

const WEEKDAYS: [(&str, &str); 7] = [
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `周二` or `Tue`.
#[must_use]
pub fn weekday(language: Language, day: Date) -> &'static str {
    weekday_name(language, day.weekday().number_days_from_monday().into())
}

/// The same by its number, Monday being 0.
#[must_use]
pub fn weekday_name(language: Language, day: usize) -> &'static str {
    let (zh, en) = WEEKDAYS[day % 7];
    if language == Language::en { en } else { zh }
}

/// `12月1日` or `1 Dec`.
#[must_use]
pub fn short_day(language: Language, day: Date) -> String {
    let month = u8::from(day.month());
    match language {
        Language::zh_CN => format!("{month}月{}日", day.day()),
        Language::en => format!("{} {}", day.day(), MONTHS[usize::from(month) - 1]),
    }
}

/// `2026年12月` or `Dec 2026`.
#[must_use]
pub fn month(language: Language, day: Date) -> String {
    let month = u8::from(day.month());
    match language {
        Language::zh_CN => format!("{}年{month}月", day.year()),
        Language::en => format!("{} {}", MONTHS[usize::from(month) - 1], day.year()),
    }
}

/// `12月1日 08:00` or `1 Dec 08:00`.
#[must_use]
pub fn short_moment(language: Language, instant: Instant) -> String {
    format!("{} {}", short_day(language, plant_date(instant.minute())), clock(instant))
}

/// `12月1日 08:00 – 12月3日 16:00`, the second day left out when it is the first.
#[must_use]
pub fn span(language: Language, start: Instant, end: Instant) -> String {
    let until = if plant_date(start.minute()) == plant_date(end.minute()) {
        clock(end)
    } else {
        short_moment(language, end)
    };
    format!("{} – {until}", short_moment(language, start))
}

/// `2026年12月1日 08:00 – 12月3日 16:00`: the same with its year, where no heading says it.
#[must_use]
pub fn dated_span(language: Language, start: Instant, end: Instant) -> String {
    let (from, to) = (plant_date(start.minute()), plant_date(end.minute()));
    let day = |day: Date| match language {
        Language::zh_CN => format!("{}年{}", day.year(), short_day(language, day)),
        Language::en => format!("{} {}", short_day(language, day), day.year()),
    };
    let until = match to {
        same if same == from => clock(end),
        other if other.year() == from.year() => short_moment(language, end),
        other => format!("{} {}", day(other), clock(end)),
    };
    format!("{} {} – {until}", day(from), clock(start))
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
        assert_eq!(dated_span(Language::en, at(8), at(32 * 24)), "1 Dec 2026 08:00 – 2 Jan 2027 00:00");
    }

    #[test]
    fn days_are_those_of_the_plant() {
        let day = plant_date(DECEMBER.minute());
        assert_eq!((weekday(Language::en, day), short_day(Language::en, day)), ("Tue", "1 Dec".to_owned()));
        assert_eq!(month(Language::zh_CN, day), "2026年12月");
    }
}

//! Until when something counts. What ends at the plant's midnight ends with the day before: of `00:00` nobody knows
//! which night is meant.

use domain::calendar::{DAY_SECONDS, PLANT_OFFSET, plant_date};

use super::{
    date, moment, near_moment, say, short_day, short_moment,
    span::{MIDNIGHT, near_day},
};
use crate::{contract::Instant, language::Language};

/// `the end of Wed 2 Dec 2026` or `2026年12月2日 周三 24:00`; at any other time that [`moment`].
#[must_use]
pub fn deadline(language: Language, instant: Instant) -> String {
    match last_of_day(instant) {
        Some(last) => say!(language, time.day_end, date = date(language, last)).to_string(),
        None => moment(language, instant),
    }
}

/// `end of 2 Dec` or `12月2日 24:00`; at any other time that [`short_moment`].
#[must_use]
pub fn short_deadline(language: Language, instant: Instant) -> String {
    match last_of_day(instant) {
        Some(last) => {
            let day = short_day(language, plant_date(last.minute()));
            say!(language, time.day_end_short, day = day).to_string()
        }
        None => short_moment(language, instant),
    }
}

/// When something ends, on the clock that it runs by: `Wed 2 Dec 2026 24:00` or `2026年12月2日 周三 24:00`; at any other
/// time that [`moment`].
#[must_use]
pub fn end_moment(language: Language, instant: Instant) -> String {
    match last_of_day(instant) {
        Some(last) => format!("{} {MIDNIGHT}", date(language, last)),
        None => moment(language, instant),
    }
}

/// `2 Dec 24:00` or `12月2日 24:00`; at any other time that [`short_moment`].
#[must_use]
pub fn short_end(language: Language, instant: Instant) -> String {
    match last_of_day(instant) {
        Some(last) => format!("{} {MIDNIGHT}", short_day(language, plant_date(last.minute()))),
        None => short_moment(language, instant),
    }
}

/// [`short_deadline`], with its year where that isn't the one of `now`.
#[must_use]
pub fn near_deadline(language: Language, instant: Instant, now: Instant) -> String {
    match last_of_day(instant) {
        Some(last) => {
            let day = near_day(language, plant_date(last.minute()), now);
            say!(language, time.day_end_short, day = day).to_string()
        }
        None => near_moment(language, instant, now),
    }
}

/// The last second of the plant day that ends then, if one does.
fn last_of_day(instant: Instant) -> Option<Instant> {
    let begins = instant.0.saturating_add(PLANT_OFFSET * 60).rem_euclid(DAY_SECONDS) == 0;
    begins.then(|| Instant(instant.0 - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: Instant = Instant(1_796_054_400);

    #[test]
    fn what_ends_at_midnight_ends_with_the_day_before() {
        assert_eq!(deadline(Language::en, DECEMBER), "the end of Mon 30 Nov 2026");
        assert_eq!(deadline(Language::zh_CN, DECEMBER), "2026年11月30日 周一 24:00");
        assert_eq!(short_deadline(Language::en, DECEMBER), "end of 30 Nov");
        assert_eq!(short_deadline(Language::zh_CN, DECEMBER), "11月30日 24:00");
    }

    #[test]
    fn what_runs_until_midnight_ends_at_24_of_its_last_day() {
        assert_eq!(end_moment(Language::zh_CN, DECEMBER), "2026年11月30日 周一 24:00");
        assert_eq!(short_end(Language::en, DECEMBER), "30 Nov 24:00");
        let later = Instant(DECEMBER.0 + 3600);
        assert_eq!(end_moment(Language::en, later), moment(Language::en, later));
        assert_eq!(short_end(Language::en, later), short_moment(Language::en, later));
    }

    #[test]
    fn another_year_is_named() {
        let after = |days: i64| Instant(DECEMBER.0 + days * DAY_SECONDS);
        let told = |days| near_deadline(Language::en, after(days), DECEMBER);
        assert_eq!((told(3), told(60)), ("end of 3 Dec".into(), "end of 29 Jan 2027".into()));
        let at = Instant(after(60).0 + 8 * 3600);
        assert_eq!(near_deadline(Language::zh_CN, at, DECEMBER), "2027年1月30日 08:00");
    }

    #[test]
    fn any_other_time_is_said_as_it_is() {
        for second in [-1, 1, 60, 8 * 3600] {
            let at = Instant(DECEMBER.0 + second);
            assert_eq!(deadline(Language::en, at), moment(Language::en, at));
            assert_eq!(short_deadline(Language::zh_CN, at), short_moment(Language::zh_CN, at));
        }
    }
}

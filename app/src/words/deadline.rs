//! Until when something counts. What ends at the plant's midnight ends with the day before: of `00:00` nobody knows
//! which night is meant.

use domain::calendar::{DAY_SECONDS, PLANT_OFFSET, plant_date};

use super::{date, moment, say, short_day, short_moment};
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
    fn any_other_time_is_said_as_it_is() {
        for second in [-1, 1, 60, 8 * 3600] {
            let at = Instant(DECEMBER.0 + second);
            assert_eq!(deadline(Language::en, at), moment(Language::en, at));
            assert_eq!(short_deadline(Language::zh_CN, at), short_moment(Language::zh_CN, at));
        }
    }
}

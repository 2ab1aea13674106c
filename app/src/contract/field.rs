//! Reading single fields: text in, domain values out, or what is wrong with the field by name.

use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error as WordError},
};
use time::{Date, Month, macros::format_description};

use super::{Failure, Faults, FieldFault, FieldProblem};
use domain::{
    Minute,
    calendar::{DAY, PLANT_OFFSET},
};

/// Stands for the field where a form can't be read, until it is known which of its fields that is.
pub const FORM: &str = "form";

/// Longest text shown back in an error.
const ECHO: usize = 60;

/// An instant as the API takes it. Words for a reader tell by it what is expected, so that it stands for nothing else.
pub const EXAMPLE_INSTANT: &str = "2026-12-01T00:00:00Z";
/// An amount, the same.
pub const EXAMPLE_AMOUNT: &str = "12.5";
/// A plant day, the same.
pub const EXAMPLE_DAY: &str = "2026-12-01";

/// First plant day that any field accepts.
pub const FIRST_DAY: Date = day(2000, Month::January, 1);
/// Last plant day that any field accepts: far enough for every campaign, and safe for all arithmetic.
pub const LAST_DAY: Date = day(2199, Month::December, 31);

const fn day(year: i32, month: Month, day: u8) -> Date {
    match Date::from_calendar_date(year, month, day) {
        Ok(date) => date,
        Err(_) => Date::MIN,
    }
}

/// The failure that names `field`.
#[must_use]
pub fn invalid(field: &str, problem: FieldProblem) -> Failure {
    Failure::Invalid { faults: Faults::one(FieldFault { field: field.to_owned(), problem, sent: None }) }
}

/// A value of another form than that of `example`, shown back shortened.
#[must_use]
pub fn malformed(field: &str, value: &str, example: &str) -> Failure {
    let (field, sent) = (field.to_owned(), Some(shown(value)));
    let problem = FieldProblem::Malformed { example: example.to_owned() };
    Failure::Invalid { faults: Faults::one(FieldFault { field, problem, sent }) }
}

/// A value that is none of those known, shown back shortened.
#[must_use]
pub fn unknown(field: &str, value: &str) -> Failure {
    invalid(field, FieldProblem::Unknown { value: shown(value) })
}

/// `value` as it is shown back: what is left out of a long one is told.
fn shown(value: &str) -> String {
    let mut shown: String = value.chars().take(ECHO).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

/// A number outside its bounds, both inclusive.
#[must_use]
pub fn out_of_range(field: &str, min: impl ToString, max: impl ToString) -> Failure {
    invalid(field, FieldProblem::OutOfRange { min: min.to_string(), max: max.to_string() })
}

/// An end that isn't later than its `start`, a field or `now`. Where both are days and times, bounds in days would name
/// what was given.
#[must_use]
pub fn reversed(field: &str, start: &str) -> Failure {
    invalid(field, FieldProblem::Reversed { start: start.to_owned() })
}

/// One of the words of a `snake_case` enumeration.
///
/// # Errors
/// `Missing` when empty, `Unknown` otherwise.
pub fn word<'a, T: Deserialize<'a>>(field: &str, text: &'a str) -> Result<T, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid(field, FieldProblem::Missing));
    }
    let text_words: serde::de::value::StrDeserializer<'a, WordError> = text.into_deserializer();
    T::deserialize(text_words).map_err(|_| unknown(field, text))
}

/// A plant day, `YYYY-MM-DD`.
///
/// # Errors
/// `Missing`, `Malformed`, or `OutOfRange` outside 2000 to 2199.
pub fn plant_day(field: &str, text: &str) -> Result<Date, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid(field, FieldProblem::Missing));
    }
    let date = Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| malformed(field, text, EXAMPLE_DAY))?;
    if (FIRST_DAY..=LAST_DAY).contains(&date) {
        Ok(date)
    } else {
        Err(out_of_range(field, FIRST_DAY, LAST_DAY))
    }
}

/// Plant midnight at which `date` begins.
#[must_use]
pub fn midnight(date: Date) -> Minute {
    (i64::from(date.to_julian_day()) - UNIX_JULIAN_DAY) * DAY - PLANT_OFFSET
}

/// Julian day of 1970-01-01.
const UNIX_JULIAN_DAY: i64 = 2_440_588;

/// The plant day that `minute` lies in, as `YYYY-MM-DD`.
#[must_use]
pub fn plant_date(minute: Minute) -> Date {
    let days = (minute + PLANT_OFFSET).div_euclid(DAY) + UNIX_JULIAN_DAY;
    i32::try_from(days).ok().and_then(|days| Date::from_julian_day(days).ok()).unwrap_or(Date::MAX)
}

/// A positive decimal with at most three places, in thousandths.
///
/// # Errors
/// `Missing`, `Malformed`, or `OutOfRange` outside 0.001 to 1,000,000,000.
pub fn thousandths(field: &str, text: &str) -> Result<i64, Failure> {
    let text: String = text.trim().chars().map(half_width).collect();
    if text.is_empty() {
        return Err(invalid(field, FieldProblem::Missing));
    }
    let malformed = || malformed(field, &text, EXAMPLE_AMOUNT);
    // Less than nothing is a number too.
    if let Some(positive) = text.strip_prefix(['-', '\u{2212}'])
        && thousandths(field, positive).is_ok()
    {
        return Err(out_of_range(field, "0.001", "1000000000"));
    }
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 3 {
        return Err(malformed());
    }
    let bounds = || out_of_range(field, "0.001", "1000000000");
    if whole.len() > 12 {
        return Err(bounds());
    }
    let whole: i64 = whole.parse().map_err(|_| malformed())?;
    let part: i64 = format!("{part:0<3}").parse().map_err(|_| malformed())?;
    let value = whole * 1000 + part;
    if (1..=1_000_000_000_000).contains(&value) { Ok(value) } else { Err(bounds()) }
}

/// A figure or a point as it is without an input method for Chinese.
fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '．' | '。' => '.',
        _ => letter,
    }
}

/// Thousandths as the shortest decimal.
#[must_use]
pub fn decimal(thousandths: i64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths.rem_euclid(1000));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text of at most `max` characters, of several lines or one, trimmed.
///
/// # Errors
/// `TooLong`, or `Invisible` for what is not seen: control characters but line breaks, bidirectional overrides (they
/// would disguise a name), and spaces without width.
pub fn text(field: &str, value: &str, max: u32) -> Result<String, Failure> {
    let blank = |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}');
    let value = value.trim_matches(blank);
    if value.chars().count() > max as usize {
        return Err(invalid(field, FieldProblem::TooLong { max }));
    }
    let breaks = |letter: char| matches!(letter, '\n' | '\r');
    if value.chars().any(|letter| (letter.is_control() && !breaks(letter)) || is_unseen(letter)) {
        return Err(invalid(field, FieldProblem::Invisible));
    }
    Ok(value.to_owned())
}

/// The same where there must be some.
///
/// # Errors
/// As [`text`]; `Missing` when empty.
pub fn required_text(field: &str, value: &str, max: u32) -> Result<String, Failure> {
    let text = text(field, value, max)?;
    if text.is_empty() { Err(invalid(field, FieldProblem::Missing)) } else { Ok(text) }
}

/// Text on a single line, such as a name.
///
/// # Errors
/// As [`text`]; a line break is `Invisible` too, and so is a name of nothing but joiners.
pub fn line(field: &str, value: &str, max: u32) -> Result<String, Failure> {
    let line = text(field, value, max)?;
    let joins = |letter: char| matches!(letter, '\u{200c}'..='\u{200f}');
    if line.contains(['\n', '\r', '\u{2028}', '\u{2029}']) || (!line.is_empty() && line.chars().all(joins)) {
        return Err(invalid(field, FieldProblem::Invisible));
    }
    Ok(line)
}

/// Characters that disguise text or stand for none. Joiners and marks of direction are not among them: emoji, Persian
/// and Hebrew need them.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{200b}'
            | '\u{feff}'
            | '\u{00ad}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{3164}'
            | '\u{ffa0}'
    )
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    fn problem<T: Debug>(read: Result<T, Failure>) -> FieldProblem {
        match read {
            Err(Failure::Invalid { faults }) => faults.first().problem.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn decimals_are_exact_and_bounded() {
        assert_eq!(thousandths("size", "12.5"), Ok(12_500));
        assert_eq!(thousandths("size", " 0.001 "), Ok(1));
        assert_eq!(thousandths("size", "２０．５"), Ok(20_500));
        assert_eq!(thousandths("size", "1000000000"), Ok(1_000_000_000_000));
        for wrong in ["--1", "-", "1e3", ".5", "1.2345", "1,5", "十二", "٣", "NaN", "1.2.3"] {
            assert!(matches!(problem(thousandths("size", wrong)), FieldProblem::Malformed { .. }), "{wrong}");
        }
        for wrong in ["0", "0.000", "-1", "\u{2212}5.5", "1000000000.001", "99999999999999999999999"] {
            assert!(
                matches!(problem(thousandths("size", wrong)), FieldProblem::OutOfRange { .. }),
                "{wrong}"
            );
        }
        assert_eq!(decimal(12_500), "12.5");
        assert_eq!(decimal(20_000), "20");
        assert_eq!(decimal(1), "0.001");
    }

    #[test]
    fn what_is_left_out_of_a_value_shown_back_is_told() {
        let long = "x".repeat(ECHO + 1);
        let (whole, shortened) = (&long[1..], format!("{}…", &long[1..]));
        for (value, shown) in [(whole, whole), (long.as_str(), shortened.as_str())] {
            let told = problem::<()>(Err(unknown("size", value)));
            assert_eq!(told, FieldProblem::Unknown { value: shown.to_owned() });
        }
    }

    #[test]
    fn plant_days_begin_at_sixteen_hundred_utc_the_day_before() {
        let date = plant_day("from", "1999-12-31");
        assert!(matches!(problem(date), FieldProblem::OutOfRange { .. }));
        let date = plant_day("from", "2028-02-29").expect("a leap day");
        assert_eq!(midnight(date), 1_835_366_400 / 60);
        assert_eq!(plant_date(midnight(date)), date);
        assert_eq!(plant_date(midnight(date) - 1).to_string(), "2028-02-28");
        assert_eq!(plant_day("from", "soon"), Err(malformed("from", "soon", "2026-12-01")));
        for wrong in ["2026-02-29", "20260301", "01.03.2026", "2026-13-01", "＋２０２６"] {
            assert!(matches!(problem(plant_day("from", wrong)), FieldProblem::Malformed { .. }), "{wrong}");
        }
    }

    #[test]
    fn text_keeps_any_script_but_no_disguise() {
        assert_eq!(text("project", " 新药🧪 مشروع ", 40).as_deref(), Ok("新药🧪 مشروع"));
        assert!(text("project", "a\u{202e}b", 40).is_err());
        assert!(text("project", "a\0b", 40).is_err());
        assert_eq!(text("remark", "one\ntwo", 40).as_deref(), Ok("one\ntwo"));
        assert_eq!(line("name", " \u{200b} ", 40).as_deref(), Ok(""));
        for unseen in ["one\ntwo", "a\u{200b}b", "\u{200d}", "a\u{3164}b"] {
            assert_eq!(line("name", unseen, 40), Err(invalid("name", FieldProblem::Invisible)), "{unseen:?}");
        }
        assert_eq!(problem(text("project", "四个汉字", 3)), FieldProblem::TooLong { max: 3 });
    }
}

//! Stretches of time in words, for whoever hears what others see drawn.

use super::{
    deadline::short_end,
    say,
    span::{short_moment, span},
};
use crate::{contract::Instant, language::Language};

/// Stretches that are told of those told together; of the others it is said how many there are.
const TOLD: usize = 4;

/// `taken 1 Dec 08:00 to 3 Dec 16:00` or `已占用：12月1日 08:00 至 12月3日 16:00`.
#[must_use]
pub fn stretch(language: Language, what: &str, start: Instant, end: Instant) -> String {
    let (start, end) = (short_moment(language, start), short_end(language, end));
    say!(language, time.stretch, what = what, start = start, end = end).to_string()
}

/// What is so at several times, of which the first are told: `closed 5 Dec 16:00 – 7 Dec 08:00, and 3 more`; nothing
/// if it never is.
#[must_use]
pub fn stretches(language: Language, what: &str, all: &[(Instant, Instant)]) -> Option<String> {
    let (told, rest) = all.split_at(all.len().min(TOLD));
    let times: Vec<String> = told.iter().map(|(start, end)| span(language, *start, *end)).collect();
    let times = times.join(say!(language, campaign.and));
    let words = match rest.len() {
        0 => say!(language, time.stretches, what = what, times = times).to_string(),
        count => say!(language, time.stretches_more, what = what, times = times, count = count).to_string(),
    };
    (!all.is_empty()).then_some(words)
}

/// That there are so many more.
#[must_use]
pub fn more(language: Language, count: usize) -> String {
    say!(language, time.more, count = count).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: Instant = Instant(1_796_054_400);

    #[test]
    fn several_stretches_are_summed_up() {
        let day = |number: i64| Instant(DECEMBER.0 + number * 86_400);
        let nights: Vec<_> = (0..6).map(|number| (day(number), day(number + 1))).collect();
        let told = |count: usize| stretches(Language::en, "closed", &nights[..count]);
        assert_eq!(told(0), None);
        assert_eq!(told(1).as_deref(), Some("closed 1 Dec 00:00 – 24:00"));
        assert!(told(4).is_some_and(|told| told.ends_with("4 Dec 00:00 – 24:00")));
        assert!(told(6).is_some_and(|told| told.ends_with("4 Dec 00:00 – 24:00, and 2 more")));
        assert_eq!(
            stretch(Language::zh_CN, "已占用", DECEMBER, day(1)),
            "已占用：12月1日 00:00 至 12月1日 24:00"
        );
    }
}

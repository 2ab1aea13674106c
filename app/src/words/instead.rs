//! How an alternative differs from what was wanted, and why it stands where it does.

use super::{length, say};
use crate::{contract::InsteadView, language::Language};

/// From so many minutes on more changeover is said: half a shift. Less sets nothing apart.
const MATERIAL: i64 = 4 * 60;

/// The words for an alternative, such as “another line, 2 d sooner”, with how much longer its changeover is reckoned if
/// that is material.
#[must_use]
pub fn instead(language: Language, instead: &InsteadView) -> String {
    let by = length(language, instead.shift_minutes.abs());
    let when = match instead.shift_minutes {
        0 => say!(language, offer.instead.same_start).to_owned(),
        later if later > 0 => say!(language, offer.instead.later, length = by).to_string(),
        _ => say!(language, offer.instead.sooner, length = by).to_string(),
    };
    let place = match instead.kind.as_str() {
        "another_line" => say!(language, offer.instead.another_line),
        "another_platform" => say!(language, offer.instead.another_platform),
        _ => say!(language, offer.instead.same_lines),
    };
    let whole = say!(language, offer.instead.whole, place = place, when = when).to_string();
    match instead.changeover_minutes {
        more if more >= MATERIAL => {
            let by = length(language, more);
            say!(language, offer.instead.longer_changeover, difference = whole, length = by).to_string()
        }
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_changeover_is_said_where_it_is_material() {
        let words = |language, changeover_minutes| {
            let (kind, cost_minutes) = ("another_line".to_owned(), 0);
            instead(language, &InsteadView { kind, shift_minutes: -60, changeover_minutes, cost_minutes })
        };
        let plain = words(Language::en, 0);
        assert_eq!(words(Language::en, MATERIAL - 1), plain);
        for language in [Language::en, Language::zh_CN] {
            let said = words(language, 2 * 1440);
            assert!(said.starts_with(&words(language, 0)), "{said}");
            assert!(said.contains(&length(language, 2 * 1440)), "{said}");
        }
    }
}

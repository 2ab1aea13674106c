//! How an alternative differs from what was wanted, and why it stands where it does.

use super::{length, say};
use crate::{contract::InsteadView, language::Language};

/// The words for an alternative, such as “another line, 2 d sooner”.
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
    say!(language, offer.instead.whole, place = place, when = when).to_string()
}

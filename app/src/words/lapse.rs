//! Why a proposal doesn't stand any more.

use super::say;
use crate::language::Language;

/// One sentence for `lapse`, as of [`crate::contract::AskView`].
#[must_use]
pub fn lapsed(language: Language, lapse: Option<&str>) -> &'static str {
    match lapse {
        Some("moved") => say!(language, room.lapse.moved),
        Some("ended") => say!(language, room.lapse.ended),
        Some("begun") => say!(language, room.lapse.begun),
        Some("frozen") => say!(language, room.lapse.frozen),
        Some("route") => say!(language, room.lapse.route),
        Some("expired") => say!(language, room.lapse.expired),
        Some("place") => say!(language, room.lapse.place),
        Some("asker") => say!(language, room.lapse.asker),
        Some("replaced") => say!(language, room.lapse.replaced),
        Some("needless") => say!(language, room.lapse.needless),
        Some("withdrawn") => say!(language, room.lapse.withdrawn),
        _ => say!(language, room.lapse.other),
    }
}

//! The operator's terms by their names on the wire.

use super::say;
use crate::{contract::BookingView, language::Language};

/// Why a line is closed.
pub const CLOSURES: [&str; 6] =
    ["maintenance", "requalification", "media_fill", "fumigation", "hvac", "other"];

/// The words for the sort of closure `name`.
#[must_use]
pub fn closure(language: Language, name: &str) -> String {
    match name {
        "maintenance" => say!(language, desk.closure.maintenance),
        "requalification" => say!(language, desk.closure.requalification),
        "media_fill" => say!(language, desk.closure.media_fill),
        "fumigation" => say!(language, desk.closure.fumigation),
        "hvac" => say!(language, desk.closure.hvac),
        "other" => say!(language, desk.closure.other),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// Why a line is down that nobody planned to be.
pub const OUTAGES: [&str; 5] = ["breakdown", "utilities", "contamination", "safety", "other"];

/// The words for the sort of outage `name`.
#[must_use]
pub fn outage(language: Language, name: &str) -> &'static str {
    match name {
        "breakdown" => say!(language, conflict.outage.breakdown),
        "utilities" => say!(language, conflict.outage.utilities),
        "contamination" => say!(language, conflict.outage.contamination),
        "safety" => say!(language, conflict.outage.safety),
        "planned" => say!(language, conflict.outage.planned),
        _ => say!(language, conflict.outage.other),
    }
}

/// The words for a sort of conflicts.
#[must_use]
pub fn conflict_kind(language: Language, name: &str) -> &'static str {
    match name {
        "outage" => say!(language, conflict.kind.outage),
        "flag" => say!(language, conflict.kind.flag),
        "cleaning" => say!(language, conflict.kind.cleaning),
        "repair" => say!(language, conflict.kind.repair),
        "waiter" => say!(language, conflict.kind.waiter),
        _ => say!(language, conflict.kind.waiters),
    }
}

/// The words for how far a conflict is.
#[must_use]
pub fn conflict_state(language: Language, name: &str) -> &'static str {
    match name {
        "asked" => say!(language, conflict.state.asked),
        "declined" => say!(language, conflict.state.declined),
        "expired" => say!(language, conflict.state.expired),
        "overtaken" => say!(language, conflict.state.overtaken),
        _ => say!(language, conflict.state.open),
    }
}

/// The words for a piece of a line's time.
#[must_use]
pub fn piece(language: Language, name: &str) -> String {
    match name {
        "campaign" => say!(language, desk.piece.campaign),
        "cleaning" => say!(language, desk.piece.cleaning),
        "closure" => say!(language, desk.piece.closure),
        "outage" => say!(language, conflict.piece),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What is checked.
#[must_use]
pub fn check(language: Language, name: &str) -> String {
    match name {
        "classified" => say!(language, desk.check.classified),
        "evidence" => say!(language, desk.check.evidence),
        "hazards_confirmed" => say!(language, desk.check.hazards_confirmed),
        "licences" => say!(language, desk.check.licences),
        "agreements" => say!(language, desk.check.agreements),
        "materials" => say!(language, desk.check.materials),
        "schedule" => say!(language, desk.check.schedule),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What happened to a booking.
#[must_use]
pub fn event(language: Language, name: &str) -> String {
    match name {
        "hold" => say!(language, desk.event.hold),
        "operator_booking" => say!(language, desk.event.operator_booking),
        "request" => say!(language, desk.event.request),
        "fill_in" => say!(language, desk.event.fill_in),
        "change_materials" => say!(language, campaign.event.change_materials),
        "confirm_hazards" => say!(language, desk.event.confirm_hazards),
        "recall_hazards" => say!(language, desk.event.recall_hazards),
        "ask" => say!(language, desk.event.ask),
        "answer" => say!(language, desk.event.answer),
        "approve" => say!(language, desk.event.approve),
        "decline" => say!(language, desk.event.decline),
        "withdraw" => say!(language, desk.event.withdraw),
        "expire" => say!(language, desk.event.expire),
        "move" => say!(language, desk.event.moved),
        "make_room" => say!(language, desk.event.make_room),
        "rescue" => say!(language, conflict.event.rescue),
        "part" => say!(language, conflict.event.part),
        "part_off" => say!(language, conflict.event.part_off),
        "swap" => say!(language, conflict.event.swap),
        "line_down" => say!(language, conflict.event.line_down),
        "line_planned" => say!(language, conflict.event.line_planned),
        "flagged" => say!(language, conflict.event.flagged),
        "fits_again" => say!(language, conflict.event.fits_again),
        "may_stay" => say!(language, conflict.event.may_stay),
        "asked_to_move" => say!(language, conflict.event.asked_to_move),
        "asked_to_part" => say!(language, conflict.event.asked_to_part),
        "asked_declined" => say!(language, conflict.event.asked_declined),
        "asked_expired" => say!(language, conflict.event.asked_expired),
        "asked_withdrawn" => say!(language, conflict.event.asked_withdrawn),
        "asked_overtaken" => say!(language, conflict.event.asked_overtaken),
        "cancel" => say!(language, desk.event.cancel),
        "start" => say!(language, desk.event.start),
        "complete" => say!(language, desk.event.complete),
        "abort" => say!(language, desk.event.abort),
        "close" => say!(language, desk.event.close),
        "no_show" => say!(language, desk.event.no_show),
        "resell" => say!(language, desk.event.resell),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// Which side acted.
#[must_use]
pub fn side(language: Language, name: &str) -> String {
    match name {
        "company" => say!(language, desk.side.company),
        "platform" => say!(language, desk.side.platform),
        "district" => say!(language, desk.side.district),
        "system" => say!(language, desk.side.system),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What is wrong with a booking after a late change.
#[must_use]
pub fn trouble(language: Language, name: &str) -> String {
    match name {
        "route" => say!(language, desk.trouble.route),
        "capability" => say!(language, desk.trouble.capability),
        "hazard" => say!(language, desk.trouble.hazard),
        "length" => say!(language, desk.trouble.length),
        "lag" => say!(language, desk.trouble.lag),
        "changeover" => say!(language, desk.trouble.changeover),
        "forbidden" => say!(language, desk.trouble.forbidden),
        "clean_hold" => say!(language, desk.trouble.clean_hold),
        "campaign_cap" => say!(language, desk.trouble.campaign_cap),
        "pool" => say!(language, desk.trouble.pool),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The state of a booking as its people are told: what was broken off is over, but not as it should be.
#[must_use]
pub fn outcome(language: Language, booking: &BookingView) -> String {
    if booking.broken_off {
        say!(language, desk.broken_off).to_owned()
    } else {
        super::status(language, &booking.status)
    }
}

#[cfg(test)]
mod tests {
    use domain::booking::Action;

    use super::*;

    #[test]
    fn whatever_happens_to_a_booking_has_words() {
        let acts = Action::ALL.map(|action| format!("{action:?}"));
        let acts = acts.iter().map(|name| snake(name));
        // What isn't an act of its life, but stands in its history.
        let others = [
            "operator_booking",
            "fill_in",
            "change_materials",
            "make_room",
            "rescue",
            "part",
            "part_off",
            "swap",
            "resell",
        ];
        for name in acts.chain(others.map(str::to_owned)) {
            for language in [Language::en, Language::zh_CN] {
                assert_ne!(event(language, &name), name);
            }
        }
    }

    /// `ConfirmHazards` is `confirm_hazards` on the wire.
    fn snake(name: &str) -> String {
        let letter = |(at, letter): (usize, char)| {
            let mark = if at > 0 && letter.is_uppercase() { "_" } else { "" };
            format!("{mark}{}", letter.to_lowercase())
        };
        name.char_indices().map(letter).collect()
    }
}

//! The field's words and what they mean here.

use super::say;
use crate::language::Language;

/// Words that belong together, in the order in which they explain each other.
#[derive(Clone, Debug)]
pub struct Group {
    pub id: &'static str,
    pub name: &'static str,
    /// Anchor, word and meaning.
    pub entries: Vec<(&'static str, &'static str, &'static str)>,
}

#[must_use]
pub fn glossary(language: Language) -> Vec<Group> {
    vec![
        Group {
            id: "booking",
            name: say!(language, glossary.group.booking),
            entries: vec![
                ("campaign", say!(language, glossary.name.campaign), say!(language, glossary.text.campaign)),
                ("offering", say!(language, glossary.name.offering), say!(language, glossary.text.offering)),
                ("stage", say!(language, glossary.name.stage), say!(language, glossary.text.stage)),
                ("hold", say!(language, glossary.name.hold), say!(language, glossary.text.hold)),
                ("request", say!(language, glossary.name.request), say!(language, glossary.text.request)),
                (
                    "confirmation",
                    say!(language, glossary.name.confirmation),
                    say!(language, glossary.text.confirmation),
                ),
                ("notice", say!(language, glossary.name.notice), say!(language, glossary.text.notice)),
                ("move", say!(language, glossary.name.moving), say!(language, glossary.text.moving)),
                ("swap", say!(language, glossary.name.swap), say!(language, glossary.text.swap)),
                (
                    "make_room",
                    say!(language, glossary.name.make_room),
                    say!(language, glossary.text.make_room),
                ),
                (
                    "waiting_list",
                    say!(language, glossary.name.waiting_list),
                    say!(language, glossary.text.waiting_list),
                ),
                ("call", say!(language, glossary.name.call), say!(language, glossary.text.call)),
                (
                    "late_leaving",
                    say!(language, glossary.name.late_leaving),
                    say!(language, glossary.text.late_leaving),
                ),
                (
                    "use_or_lose",
                    say!(language, glossary.name.use_or_lose),
                    say!(language, glossary.text.use_or_lose),
                ),
                (
                    "innovation",
                    say!(language, glossary.name.innovation),
                    say!(language, glossary.text.innovation),
                ),
                (
                    "reservation_fee",
                    say!(language, glossary.name.reservation_fee),
                    say!(language, glossary.text.reservation_fee),
                ),
                (
                    "plan_window",
                    say!(language, glossary.name.plan_window),
                    say!(language, glossary.text.plan_window),
                ),
                (
                    "plant_time",
                    say!(language, glossary.name.plant_time),
                    say!(language, glossary.text.plant_time),
                ),
            ],
        },
        Group {
            id: "line",
            name: say!(language, glossary.group.line),
            entries: vec![
                ("line", say!(language, glossary.name.line), say!(language, glossary.text.line)),
                ("pool", say!(language, glossary.name.pool), say!(language, glossary.text.pool)),
                ("route", say!(language, glossary.name.route), say!(language, glossary.text.route)),
                (
                    "changeover",
                    say!(language, glossary.name.changeover),
                    say!(language, glossary.text.changeover),
                ),
                (
                    "clean_hold",
                    say!(language, glossary.name.clean_hold),
                    say!(language, glossary.text.clean_hold),
                ),
                (
                    "campaign_cap",
                    say!(language, glossary.name.campaign_cap),
                    say!(language, glossary.text.campaign_cap),
                ),
                ("closure", say!(language, glossary.name.closure), say!(language, glossary.text.closure)),
            ],
        },
        Group {
            id: "hazard",
            name: say!(language, glossary.group.hazard),
            entries: vec![
                ("hazard", say!(language, glossary.name.hazard), say!(language, glossary.text.hazard)),
                ("oeb", say!(language, glossary.name.oeb), say!(language, glossary.text.oeb)),
                ("oel", say!(language, glossary.name.oel), say!(language, glossary.text.oel)),
                ("pde", say!(language, glossary.name.pde), say!(language, glossary.text.pde)),
                (
                    "dedicated",
                    say!(language, glossary.name.dedicated),
                    say!(language, glossary.text.dedicated),
                ),
                ("qa", say!(language, glossary.name.qa), say!(language, glossary.text.qa)),
                ("gmp", say!(language, glossary.name.gmp), say!(language, glossary.text.gmp)),
                (
                    "media_fill",
                    say!(language, glossary.name.media_fill),
                    say!(language, glossary.text.media_fill),
                ),
            ],
        },
        Group {
            id: "figure",
            name: say!(language, glossary.group.figure),
            entries: vec![
                (
                    "bookable_time",
                    say!(language, glossary.name.bookable_time),
                    say!(language, glossary.text.bookable_time),
                ),
                (
                    "unscheduled_down",
                    say!(language, glossary.name.unscheduled_down),
                    say!(language, glossary.text.unscheduled_down),
                ),
                (
                    "process_time",
                    say!(language, glossary.name.process_time),
                    say!(language, glossary.text.process_time),
                ),
                (
                    "occupancy",
                    say!(language, glossary.name.occupancy),
                    say!(language, glossary.text.occupancy),
                ),
                ("free", say!(language, glossary.name.free), say!(language, glossary.text.free)),
                ("unmet", say!(language, glossary.name.unmet), say!(language, glossary.text.unmet)),
                (
                    "without_offer",
                    say!(language, glossary.name.without_offer),
                    say!(language, glossary.text.without_offer),
                ),
                (
                    "hours_unplaced",
                    say!(language, glossary.name.hours_unplaced),
                    say!(language, glossary.text.hours_unplaced),
                ),
                (
                    "lead_time",
                    say!(language, glossary.name.lead_time),
                    say!(language, glossary.text.lead_time),
                ),
                (
                    "fair_requests",
                    say!(language, glossary.name.fair_requests),
                    say!(language, glossary.text.fair_requests),
                ),
                (
                    "fair_placed",
                    say!(language, glossary.name.fair_placed),
                    say!(language, glossary.text.fair_placed),
                ),
                (
                    "fair_unmet",
                    say!(language, glossary.name.fair_unmet),
                    say!(language, glossary.text.fair_unmet),
                ),
                (
                    "fair_asked",
                    say!(language, glossary.name.fair_asked),
                    say!(language, glossary.text.fair_asked),
                ),
                (
                    "fair_granted",
                    say!(language, glossary.name.fair_granted),
                    say!(language, glossary.text.fair_granted),
                ),
                (
                    "fair_by_rule",
                    say!(language, glossary.name.fair_by_rule),
                    say!(language, glossary.text.fair_by_rule),
                ),
                (
                    "fair_given_up",
                    say!(language, glossary.name.fair_given_up),
                    say!(language, glossary.text.fair_given_up),
                ),
                (
                    "fair_late",
                    say!(language, glossary.name.fair_late),
                    say!(language, glossary.text.fair_late),
                ),
                (
                    "suppressed",
                    say!(language, glossary.name.suppressed),
                    say!(language, glossary.text.suppressed),
                ),
            ],
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_explained_once_in_each_language() {
        for language in [Language::zh_CN, Language::en] {
            let groups = glossary(language);
            let mut anchors: Vec<_> =
                groups.iter().flat_map(|group| group.entries.iter().map(|entry| entry.0)).collect();
            let count = anchors.len();
            anchors.sort_unstable();
            anchors.dedup();
            assert_eq!(anchors.len(), count);
            assert!(groups.iter().all(|group| group.entries.iter().all(|entry| entry.2 != entry.1)));
        }
    }
}

//! The field's terms by their names on the wire. A name without words, which a newer server may send, reads as itself.

use domain::offering::Family;

use super::{grouped, say};
use crate::{contract::TextView, language::Language};

/// Families of offerings, in the order of the pharmacopoeia.
pub const FAMILIES: [&str; 7] =
    ["solid_oral", "sterile", "liquid_oral", "topical_rectal", "inhaled_nasal", "tcm", "process"];

/// Units of a batch size.
pub const UNITS: [&str; 6] = ["kilogram", "gram", "litre", "piece", "vial", "lot"];

/// Hazards that a client declares.
pub const HAZARDS: [&str; 11] = [
    "penicillin",
    "beta_lactam",
    "sex_hormone",
    "hormone",
    "cytotoxic",
    "high_activity",
    "live_microbe",
    "viral_vector",
    "human_donor",
    "controlled_substance",
    "animal_tse",
];

/// Stages of development.
pub const STAGES: [&str; 7] =
    ["tech_transfer", "sample_trial", "scale_up", "engineering", "registration", "release", "stability"];

/// States of a booking that people ask for, in the order of its life.
pub const STATUSES: [&str; 12] = [
    "held",
    "requested",
    "confirmed",
    "running",
    "completed",
    "closed",
    "broken_off",
    "expired",
    "declined",
    "withdrawn",
    "cancelled",
    "no_show",
];

/// The family's name on the wire.
#[must_use]
pub const fn family_name(family: Family) -> &'static str {
    match family {
        Family::SolidOral => "solid_oral",
        Family::Sterile => "sterile",
        Family::LiquidOral => "liquid_oral",
        Family::TopicalRectal => "topical_rectal",
        Family::InhaledNasal => "inhaled_nasal",
        Family::Tcm => "tcm",
        Family::Process => "process",
    }
}

/// The words for the family `name`.
#[must_use]
pub fn family(language: Language, name: &str) -> String {
    match name {
        "solid_oral" => say!(language, term.family.solid_oral).to_owned(),
        "sterile" => say!(language, term.family.sterile).to_owned(),
        "liquid_oral" => say!(language, term.family.liquid_oral).to_owned(),
        "topical_rectal" => say!(language, term.family.topical_rectal).to_owned(),
        "inhaled_nasal" => say!(language, term.family.inhaled_nasal).to_owned(),
        "tcm" => say!(language, term.family.tcm).to_owned(),
        "process" => say!(language, term.family.process).to_owned(),
        other => other.to_owned(),
    }
}

/// The words for the unit `name`.
#[must_use]
pub fn unit(language: Language, name: &str) -> String {
    match name {
        "kilogram" => say!(language, term.unit.kilogram).to_owned(),
        "gram" => say!(language, term.unit.gram).to_owned(),
        "litre" => say!(language, term.unit.litre).to_owned(),
        "piece" => say!(language, term.unit.piece).to_owned(),
        "vial" => say!(language, term.unit.vial).to_owned(),
        "lot" => say!(language, term.unit.lot).to_owned(),
        other => other.to_owned(),
    }
}

/// Whether something is made or a line is run under GMP.
#[must_use]
pub fn grade(language: Language, gmp: bool) -> &'static str {
    if gmp { say!(language, campaign.gmp) } else { say!(language, campaign.not_gmp) }
}

/// The words for the hazard `name`.
#[must_use]
pub fn hazard(language: Language, name: &str) -> String {
    match name {
        "penicillin" => say!(language, term.hazard.penicillin).to_owned(),
        "beta_lactam" => say!(language, term.hazard.beta_lactam).to_owned(),
        "sex_hormone" => say!(language, term.hazard.sex_hormone).to_owned(),
        "hormone" => say!(language, term.hazard.hormone).to_owned(),
        "cytotoxic" => say!(language, term.hazard.cytotoxic).to_owned(),
        "high_activity" => say!(language, term.hazard.high_activity).to_owned(),
        "live_microbe" => say!(language, term.hazard.live_microbe).to_owned(),
        "viral_vector" => say!(language, term.hazard.viral_vector).to_owned(),
        "human_donor" => say!(language, term.hazard.human_donor).to_owned(),
        "controlled_substance" => say!(language, term.hazard.controlled_substance).to_owned(),
        "animal_tse" => say!(language, term.hazard.animal_tse).to_owned(),
        other => other.to_owned(),
    }
}

/// `size`, a decimal, of the unit `name`: `20 kg`, `1 lot`. No line ends between them.
#[must_use]
pub fn amount(language: Language, size: &str, name: &str) -> String {
    let words = match (size, name) {
        ("1", "piece") => say!(language, term.unit_one.piece).to_owned(),
        ("1", "vial") => say!(language, term.unit_one.vial).to_owned(),
        ("1", "lot") => say!(language, term.unit_one.lot).to_owned(),
        _ => unit(language, name),
    };
    format!("{}\u{a0}{words}", decimal(size))
}

/// The range from `least` to `most` of the unit `name`: `20,000–200,000 vials`; one amount where both are the same.
#[must_use]
pub fn amounts(language: Language, least: &str, most: &str, name: &str) -> String {
    if least == most {
        return amount(language, least, name);
    }
    format!("{}–{}", decimal(least), amount(language, most, name))
}

/// A decimal of the wire: only what is before the point is grouped.
fn decimal(number: &str) -> String {
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    match part {
        Some(part) => format!("{whole}.{part}"),
        None => whole,
    }
}

/// The words for the stage `name`.
#[must_use]
pub fn stage(language: Language, name: &str) -> String {
    match name {
        "tech_transfer" => say!(language, term.stage.tech_transfer).to_owned(),
        "sample_trial" => say!(language, term.stage.sample_trial).to_owned(),
        "scale_up" => say!(language, term.stage.scale_up).to_owned(),
        "engineering" => say!(language, term.stage.engineering).to_owned(),
        "registration" => say!(language, term.stage.registration).to_owned(),
        "release" => say!(language, term.stage.release).to_owned(),
        "stability" => say!(language, term.stage.stability).to_owned(),
        "unstated" => say!(language, term.stage.unstated).to_owned(),
        other => other.to_owned(),
    }
}

/// The words for the state of a booking `name`.
#[must_use]
pub fn status(language: Language, name: &str) -> String {
    match name {
        "draft" => say!(language, term.status.draft).to_owned(),
        "held" => say!(language, term.status.held).to_owned(),
        "requested" => say!(language, term.status.requested).to_owned(),
        "confirmed" => say!(language, term.status.confirmed).to_owned(),
        "running" => say!(language, term.status.running).to_owned(),
        "completed" => say!(language, term.status.completed).to_owned(),
        "closed" => say!(language, term.status.closed).to_owned(),
        "expired" => say!(language, term.status.expired).to_owned(),
        "declined" => say!(language, term.status.declined).to_owned(),
        "withdrawn" => say!(language, term.status.withdrawn).to_owned(),
        "cancelled" => say!(language, term.status.cancelled).to_owned(),
        "no_show" => say!(language, term.status.no_show).to_owned(),
        "broken_off" => say!(language, desk.broken_off).to_owned(),
        other => other.to_owned(),
    }
}

/// The half of a bilingual name that the reader reads.
#[must_use]
pub fn text(language: Language, text: &TextView) -> String {
    match language {
        Language::zh_CN => text.zh.clone(),
        Language::en => text.en.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_several() {
        assert_eq!(amount(Language::en, "1", "lot"), "1\u{a0}lot");
        assert_eq!(amount(Language::en, "2", "lot"), "2\u{a0}lots");
        assert_eq!(amount(Language::en, "0.5", "kilogram"), "0.5\u{a0}kg");
        assert_eq!(amount(Language::en, "12500.25", "vial"), "12,500.25\u{a0}vials");
        assert_eq!(amount(Language::zh_CN, "1", "vial"), "1\u{a0}瓶");
        assert_eq!(amounts(Language::en, "20000", "200000", "vial"), "20,000–200,000\u{a0}vials");
        assert_eq!(amounts(Language::en, "1", "1", "lot"), "1\u{a0}lot");
    }
}

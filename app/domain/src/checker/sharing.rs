//! The segregation rules, each in its own words.

use crate::{
    Minute,
    hazard::{Hazard, HazardProfile},
    resource::Line,
};

/// Whether a product with these hazards may run on `line` until `end`.
pub(super) fn is_allowed(line: &Line, hazards: &HazardProfile, end: Minute) -> bool {
    let HazardProfile::Classified { tags, oeb } = hazards else { return false };
    let dedicated = |hazard| line.dedicated_to == Some(hazard) && tags.contains(&hazard);
    let approved = |hazard| {
        line.approvals.iter().any(|approval| approval.hazard == hazard && end <= approval.valid_until)
    };
    let every_tag = tags.iter().all(|hazard| {
        line.admits.contains(hazard)
            && match hazard {
                Hazard::Penicillin | Hazard::LiveMicrobe | Hazard::SexHormone => dedicated(*hazard),
                // Every penicillin is a β-lactam.
                Hazard::BetaLactam => dedicated(*hazard) || dedicated(Hazard::Penicillin),
                // Every sex hormone is a hormone.
                Hazard::Hormone => dedicated(*hazard) || dedicated(Hazard::SexHormone) || approved(*hazard),
                Hazard::Cytotoxic | Hazard::HighActivity => dedicated(*hazard) || approved(*hazard),
                Hazard::ViralVector
                | Hazard::HumanDonor
                | Hazard::ControlledSubstance
                | Hazard::AnimalTse => true,
            }
    });
    every_tag
        && line.dedicated_to.is_none_or(|hazard| tags.contains(&hazard))
        && line.oeb_max.is_none_or(|most| {
            // Without a band, what is highly active counts as of the highest.
            let assumed = if tags.contains(&Hazard::HighActivity) { u8::MAX } else { 0 };
            oeb.unwrap_or(assumed) <= most
        })
        && line.media_fill_valid_until.is_none_or(|valid_until| end <= valid_until)
}

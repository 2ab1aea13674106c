//! Words about companies.

use super::{plant_day, say};
use crate::{contract::InnovationView, language::Language};

/// Sizes of companies, the smallest first.
pub const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];

/// The words for the size `name`.
#[must_use]
pub fn size(language: Language, name: &str) -> String {
    match name {
        "micro" => say!(language, register.micro).to_owned(),
        "small" => say!(language, register.small).to_owned(),
        "medium" => say!(language, register.medium).to_owned(),
        "large" => say!(language, register.large).to_owned(),
        other => other.to_owned(),
    }
}

/// An innovation score with the day of its assessment, or that none is on record.
#[must_use]
pub fn innovation_score(language: Language, innovation: Option<&InnovationView>) -> String {
    innovation.map_or_else(
        || say!(language, office.innovation_none).to_owned(),
        |innovation| {
            let day = plant_day(language, &innovation.assessed_on).unwrap_or_default();
            say!(language, office.innovation_of, score = innovation.score, day = day).to_string()
        },
    )
}

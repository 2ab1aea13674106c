//! Words about companies.

use super::say;
use crate::language::Language;

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

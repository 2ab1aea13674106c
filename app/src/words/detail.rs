//! The terms of a request's details by their names on the wire.

use super::say;
use crate::language::Language;

/// The words for the sort of molecule `name`.
#[must_use]
pub fn molecule(language: Language, name: &str) -> String {
    match name {
        "small_molecule" => say!(language, desk.molecule.small_molecule),
        "peptide" => say!(language, desk.molecule.peptide),
        "protein" => say!(language, desk.molecule.protein),
        "antibody" => say!(language, desk.molecule.antibody),
        "oligonucleotide" => say!(language, desk.molecule.oligonucleotide),
        "herbal" => say!(language, desk.molecule.herbal),
        "cell" => say!(language, desk.molecule.cell),
        "gene_vector" => say!(language, desk.molecule.gene_vector),
        "other" => say!(language, desk.molecule.other),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The words for the way of storing `name`.
#[must_use]
pub fn storage(language: Language, name: &str) -> String {
    match name {
        "ambient" => say!(language, desk.storage.ambient),
        "cool" => say!(language, desk.storage.cool),
        "refrigerated" => say!(language, desk.storage.refrigerated),
        "frozen" => say!(language, desk.storage.frozen),
        "cryogenic" => say!(language, desk.storage.cryogenic),
        "none" => say!(language, desk.storage.none),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The words for a comma-separated list of markets.
#[must_use]
pub fn markets(language: Language, names: &str) -> String {
    let name = |name: &str| {
        match name {
            "cn" => say!(language, desk.market.cn),
            "ru" => say!(language, desk.market.ru),
            "us" => say!(language, desk.market.us),
            "eu" => say!(language, desk.market.eu),
            "jp" => say!(language, desk.market.jp),
            "other" => say!(language, desk.market.other),
            other => return other.to_owned(),
        }
        .to_owned()
    };
    let names = names.split(',').map(str::trim).filter(|word| !word.is_empty());
    names.map(name).collect::<Vec<_>>().join(say!(language, campaign.and))
}

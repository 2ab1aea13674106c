//! Hazard tags and offering codes, wherever they occur.

use std::collections::BTreeSet;

use domain::{hazard::Hazard, offering};
use serde::Deserialize;
use serde::de::{IntoDeserializer, value};

use super::super::{
    problem::Fault,
    section::{At, Section},
    what::What,
};

const TAGS: [&str; 11] = [
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

/// The tag as it is written.
pub(in super::super) fn tag(hazard: Hazard) -> String {
    serde_json::to_value(hazard).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) fn hazard(section: &Section<'_>, text: &At<String>) -> Option<Hazard> {
    let deserializer: value::StrDeserializer<'_, value::Error> = text.value.as_str().into_deserializer();
    let hazard = Hazard::deserialize(deserializer).ok();
    if hazard.is_none() {
        let known = TAGS.iter().map(|tag| (*tag).to_owned()).collect();
        section.note(text.line, Fault::Unknown { what: What::Hazard, code: text.value.clone(), known });
    }
    hazard
}

pub(super) fn hazards(section: &Section<'_>, key: &'static str) -> BTreeSet<Hazard> {
    section.texts(key).iter().filter_map(|text| hazard(section, text)).collect()
}

pub(super) fn offerings(section: &Section<'_>, key: &'static str) -> Vec<At<String>> {
    let mut offerings = section.texts(key);
    offerings.retain(|text| {
        let known = offering::find(&text.value).is_some();
        if !known {
            let known = offering::OFFERINGS.iter().map(|offering| offering.code.to_owned()).collect();
            section.note(text.line, Fault::Unknown { what: What::Offering, code: text.value.clone(), known });
        }
        known
    });
    offerings
}

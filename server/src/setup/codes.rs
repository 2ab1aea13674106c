//! Codes: the stable keys of a set-up. Ids follow from them, so that importing twice means the same rows.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    problem::{Example, Fault},
    section::{At, Section},
    what::What,
};

/// The namespace of ids that follow from codes.
const NAMESPACE: Uuid = Uuid::from_u128(0x5d1c_b5a0_6e0f_4c52_9d6b_7a38_1f0e_2c41);

/// The id of the platform with this code.
#[must_use]
pub fn platform_id(code: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("platform/{code}").as_bytes())
}

/// The id of a part of a platform: `sort` is `line`, `pool`, `matrix`, `calendar` or `route`.
#[must_use]
pub fn part_id(platform: &str, sort: &str, code: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("platform/{platform}/{sort}/{code}").as_bytes())
}

/// The codes of one sort that a file declares.
#[derive(Debug)]
pub(super) struct Codes {
    what: What,
    seen: BTreeMap<String, u32>,
}

impl Codes {
    pub fn new(what: What) -> Self {
        Self { what, seen: BTreeMap::new() }
    }

    /// Reads `key` of `section` as a new code: 1 to 40 of `a-z 0-9 -`, not used before.
    pub fn declare(&mut self, section: &Section<'_>, key: &'static str) -> String {
        let code = section.text(key);
        let well_formed = code.value.len() <= 40
            && code.value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if code.value.is_empty() {
            return code.value; // already noted
        }
        if !well_formed {
            let fault =
                Fault::Malformed { key: key.to_owned(), value: code.value.clone(), example: Example::Code };
            section.note(code.line, fault);
        } else if let Some(first) = self.seen.insert(code.value.clone(), code.line) {
            section.note(code.line, Fault::Duplicate { what: self.what, code: code.value.clone(), first });
            self.seen.insert(code.value.clone(), first);
        }
        code.value
    }

    /// Whether `code` was declared; notes it if not.
    pub fn check(&self, section: &Section<'_>, code: &At<String>) -> bool {
        let known = self.seen.contains_key(&code.value);
        if !known && !code.value.is_empty() {
            let fault = Fault::Unknown {
                what: self.what,
                code: code.value.clone(),
                known: self.seen.keys().cloned().collect(),
            };
            section.note(code.line, fault);
        }
        known
    }

    /// The line that a code was declared in.
    pub fn line(&self, code: &str) -> u32 {
        self.seen.get(code).copied().unwrap_or(0)
    }
}

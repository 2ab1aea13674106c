//! TOML, a line a value.

use std::fmt::Write as _;

use domain::{Minutes, Text, hazard::Hazard};
use serde::Serialize;

use super::super::write_duration;

/// Lines of TOML; writing to a text can't fail.
pub(super) struct Toml(pub String);

impl Toml {
    pub fn head(head: &str) -> Self {
        Self(format!("{head}\n"))
    }

    pub fn put(&mut self, key: &str, value: impl std::fmt::Display) {
        let _infallible = writeln!(self.0, "{key} = {value}");
    }

    pub fn named(head: &str, code: &str, name: &Text) -> Self {
        let mut toml = Self::head(head);
        toml.put("code", quoted(code));
        toml.put("zh", quoted(&name.zh));
        toml.put("en", quoted(&name.en));
        toml
    }
}

/// A text in quotes.
pub(in super::super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => {
                let _infallible = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A list of texts in quotes.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

pub(super) fn lasting(minutes: Minutes) -> String {
    quoted(&write_duration(minutes))
}

/// The word of a unit variant.
pub(in super::super) fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) fn hazards<'a>(hazards: impl IntoIterator<Item = &'a Hazard>) -> String {
    list(hazards.into_iter().map(word))
}

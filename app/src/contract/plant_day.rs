//! A plant day on the wire: text, which is read where it is needed, so that a form keeps what was typed.

use std::fmt;

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

use super::field;

/// Any text. Of what is none it says that a day was expected.
///
/// # Errors
/// For what is no text.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_string(Text)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = String;

    fn expecting(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(form, "a plant day such as {}", field::EXAMPLE_DAY)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

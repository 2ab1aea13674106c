//! Words of the domain's enumerations, as they cross the wire and stand in the database.

use serde::Serialize;

/// The `snake_case` word of a unit variant, such as `kilogram`. Empty for a value that isn't one.
#[must_use]
pub fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{booking::Status, offering::Unit};

    use super::*;

    #[test]
    fn unit_variants_have_words() {
        assert_eq!(word(Unit::Kilogram), "kilogram");
        assert_eq!(word(Status::NoShow), "no_show");
        assert_eq!(word(Some(1)), "");
    }
}

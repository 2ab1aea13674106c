//! An instant on the wire.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Unexpected, Visitor},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::field;

/// Whole seconds since 1970-01-01T00:00Z; RFC 3339 in UTC on the wire (`2026-12-01T00:00:00Z`), any offset accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
pub struct Instant(pub i64);

impl Instant {
    /// From whole UTC minutes.
    #[must_use]
    pub const fn from_minute(minute: domain::Minute) -> Self {
        Self(minute * 60)
    }

    /// The minute that it lies in.
    #[must_use]
    pub const fn minute(self) -> domain::Minute {
        self.0.div_euclid(60)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        let moment = OffsetDateTime::from_unix_timestamp(self.0).map_err(S::Error::custom)?;
        serializer.serialize_str(&moment.format(&Rfc3339).map_err(S::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

/// Reads it, or says what it should be, be it of another form or no text at all.
struct Text;

impl Visitor<'_> for Text {
    type Value = Instant;

    fn expecting(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(form, "an RFC 3339 instant such as {}", field::EXAMPLE_INSTANT)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Instant, E> {
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|moment| Instant(moment.unix_timestamp()))
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

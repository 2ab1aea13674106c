//! An offer's key: opaque to clients, self-describing to us. It says which route starts when on which lines. It proves
//! nothing, and needs not: what it names is decided again in full. Versions of lines aren't in it: they count what
//! rivals do.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{LineId, Minute, RouteId, availability::Offer, calendar::DAY};
use uuid::Uuid;

/// First byte: the layout below. Another layout takes another number.
const LAYOUT: u8 = 2;
/// Line, start.
const STEP_BYTES: usize = 16 + 8;
/// No start lies further from 1970, in minutes: ten thousand years.
const FURTHEST: u64 = 10_000 * 366 * DAY.unsigned_abs();
/// More steps than any route has.
const MOST_STEPS: usize = 32;

/// What a key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferKey {
    pub route: RouteId,
    /// Line and start of every step.
    pub steps: Vec<(LineId, Minute)>,
}

impl OfferKey {
    /// The key of an offer that the kernel made.
    #[must_use]
    pub fn of(offer: &Offer) -> Self {
        Self { route: offer.placement.route, steps: offer.placement.starts() }
    }

    /// What goes over the wire.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = vec![LAYOUT];
        bytes.extend_from_slice(self.route.0.as_bytes());
        for (line, start) in &self.steps {
            bytes.extend_from_slice(line.0.as_bytes());
            bytes.extend_from_slice(&start.to_be_bytes());
        }
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What came over the wire, if it is a key.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        let (&layout, rest) = bytes.split_first()?;
        let (route, rest) = rest.split_first_chunk::<16>()?;
        let (steps, []) = rest.as_chunks::<STEP_BYTES>() else { return None };
        if layout != LAYOUT || !(1..=MOST_STEPS).contains(&steps.len()) {
            return None;
        }
        let step = |bytes: &[u8; STEP_BYTES]| {
            let (line, rest) = bytes.split_first_chunk::<16>()?;
            let start = i64::from_be_bytes(*rest.first_chunk::<8>()?);
            let line = LineId(Uuid::from_bytes(*line));
            (start.unsigned_abs() <= FURTHEST).then_some((line, start))
        };
        Some(Self {
            route: RouteId(Uuid::from_bytes(*route)),
            steps: steps.iter().map(step).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_whole() {
        let key = OfferKey {
            route: RouteId(Uuid::from_u128(7)),
            steps: vec![(LineId(Uuid::from_u128(1)), 29_000_000), (LineId(Uuid::from_u128(2)), -5)],
        };
        assert_eq!(OfferKey::decode(&key.encode()), Some(key));
    }

    #[test]
    fn anything_else_is_no_key() {
        let starting =
            |start| OfferKey { route: RouteId(Uuid::nil()), steps: vec![(LineId(Uuid::nil()), start)] };
        let key = starting(0).encode();
        for far in [i64::MIN, i64::MAX] {
            assert_eq!(OfferKey::decode(&starting(far).encode()), None);
        }
        for wrong in ["", "🧪", "AQ", &key[1..], &format!("{key}AAAA"), &"A".repeat(100_000)] {
            assert_eq!(OfferKey::decode(wrong), None, "{}", &wrong.chars().take(20).collect::<String>());
        }
    }
}

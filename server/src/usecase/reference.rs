//! References: what people quote on the phone. Random, so that none can be counted or guessed.

use uuid::Uuid;

/// Crockford's alphabet: nothing in it can be mistaken for anything else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Fifty random bits: two in a million bookings coincide about once in two thousand such databases.
const LENGTH: usize = 10;

/// A reference from 128 random bits, such as `ZS-4F7K2-9QXWM`.
#[must_use]
pub fn reference(random: Uuid) -> String {
    let mut bits = mixed(random);
    let mut text = String::from("ZS-");
    for place in 0..LENGTH {
        if place == LENGTH / 2 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[(bits & 31) as usize]));
        bits >>= 5;
    }
    text
}

/// Sixty-four bits out of the 122 that are random: the fixed bits of a version 4 UUID are covered by random ones.
fn mixed(random: Uuid) -> u64 {
    let (high, low) = random.as_u64_pair();
    high.rotate_left(29) ^ low
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn references_are_readable_and_differ() {
        let many: BTreeSet<String> = (0..20_000).map(|_| reference(Uuid::new_v4())).collect();
        assert_eq!(many.len(), 20_000);
        for text in &many {
            assert_eq!(text.len(), 14);
            assert!(!text.contains(['I', 'L', 'O', 'U']));
        }
        for place in [3, 4, 5, 6, 7, 9, 10, 11, 12, 13] {
            let letters: BTreeSet<u8> = many.iter().map(|text| text.as_bytes()[place]).collect();
            assert_eq!(letters.len(), 32, "every letter occurs at place {place}");
        }
    }
}

//! The unified social credit code (统一社会信用代码) of GB 32100-2015.

use app::contract::{Failure, FieldProblem, field};

/// The standard's alphabet: digits and capitals without I, O, S, V, Z. A character's value is its place.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The standard's own.
const EXAMPLE: &str = "91350100M000100Y43";

/// The code in capitals, if its form and its check character are right.
///
/// # Errors
/// [`Failure::Invalid`] for `name`.
pub fn parse(name: &str, text: &str) -> Result<String, Failure> {
    let code = text.trim().to_ascii_uppercase();
    if code.is_empty() {
        return Err(field::invalid(name, FieldProblem::Missing));
    }
    let values: Option<Vec<u32>> = code.bytes().map(value).collect();
    let right = values.is_some_and(|values| values.len() == 18 && weighted_sum(&values).is_multiple_of(31));
    if right {
        Ok(code)
    } else {
        Err(field::invalid(name, FieldProblem::Malformed { example: EXAMPLE.to_owned() }))
    }
}

/// The check character that belongs to 17 leading characters; for codes of invented firms.
#[must_use]
pub fn check_character(leading: &str) -> Option<char> {
    let values = leading.bytes().map(value).collect::<Option<Vec<u32>>>()?;
    let check = (31 - weighted_sum(&values) % 31) % 31;
    (values.len() == 17).then(|| ALPHABET.get(check as usize).copied().map(char::from))?
}

fn value(letter: u8) -> Option<u32> {
    ALPHABET.iter().position(|known| *known == letter).and_then(|place| u32::try_from(place).ok())
}

/// Sum of the values by the weights 3^(i-1) mod 31; the check character has weight 1, the standard's 31 − … moved over.
fn weighted_sum(values: &[u32]) -> u32 {
    let mut weight = 1;
    let mut sum = 0;
    for (place, value) in values.iter().enumerate() {
        sum += value * if place == 17 { 1 } else { weight };
        weight = weight * 3 % 31;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{check_character, parse};

    /// The example of the standard, and its neighbours.
    #[test]
    fn the_check_character_decides() {
        assert_eq!(parse("credit_code", " 91350100m000100y43 ").as_deref(), Ok("91350100M000100Y43"));
        assert_eq!(check_character("91350100M000100Y4"), Some('3'));
        for wrong in [
            "91350100M000100Y44",
            "91350100M000100Y4",
            "91350100M000100Y433",
            "9135010OM000100Y43",
            "统一社会信用代码",
            "",
        ] {
            assert!(parse("credit_code", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_wrong_character_is_always_found() {
        let code = "91350100M000100Y43";
        for place in 0..17 {
            let mut wrong = code.as_bytes().to_vec();
            wrong[place] = if wrong[place] == b'7' { b'8' } else { b'7' };
            assert!(parse("credit_code", std::str::from_utf8(&wrong).unwrap()).is_err(), "place {place}");
        }
    }
}

//! The seed of a call: drawn when it is opened, told when it has ended, and committed to in between.

use app::contract::Failure;
use sha2::{Digest, Sha256};

use crate::{secret::Secret, usecase::internal};

/// A seed with what it is committed to by.
#[derive(Clone, Debug)]
pub(super) struct Sealed {
    /// A decimal of 64 bits: so few could be tried one by one, which is what the salt is for.
    pub seed: String,
    pub salt: String,
    pub commitment: String,
}

/// Draws one.
pub(super) fn seal() -> Result<Sealed, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| internal("drawing a seed", &error))?;
    let salt = Secret::generate().map_err(|error| internal("drawing a salt", &error))?;
    let (seed, salt) = (u64::from_le_bytes(bytes).to_string(), salt.reveal().to_owned());
    let commitment = commitment(&seed, &salt);
    Ok(Sealed { seed, salt, commitment })
}

/// The SHA-256 of `SEED:SALT`, in hexadecimal digits.
#[must_use]
pub fn commitment(seed: &str, salt: &str) -> String {
    let hash = Sha256::digest(format!("{seed}:{salt}").as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anybody_can_check_it() {
        // printf '42:salt' | sha256sum
        let known = "cecb21329daea6121e0471c52be8ea1d59028c2daf2efff4a59fefe03581c229";
        assert_eq!(commitment("42", "salt"), known);
        let one = seal().expect("randomness");
        assert_eq!(commitment(&one.seed, &one.salt), one.commitment);
        assert_ne!(commitment("1", &one.salt), one.commitment);
        assert_ne!(seal().expect("randomness").commitment, one.commitment);
    }
}

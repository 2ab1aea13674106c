//! Random secrets, of which only the digest is kept.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A random 256-bit secret: a session's cookie, a one-time link, a bearer token.
#[derive(Clone)]
pub struct Secret(String);

/// What the store keeps of a secret.
pub type Hash = Vec<u8>;

impl Secret {
    /// A fresh one from the system's generator.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The secret itself, to be shown or sent once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What to keep.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of a secret as it was presented. Being random, it needs neither salt nor a slow function.
#[must_use]
pub fn hash(secret: &str) -> Hash {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// A public name for what is known by its hash, such as a session: the hash's first half.
#[must_use]
pub fn public_id(hash: &[u8]) -> Uuid {
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(hash) {
        *byte = *from;
    }
    Uuid::from_bytes(bytes)
}

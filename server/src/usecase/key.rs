//! The key by which a client marks the retries of one request.

use app::contract::{Failure, FieldProblem, field};

/// `Idempotency-Key`: 1 to 128 visible ASCII characters, unique per account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The header's name, and the field's in failures.
    pub const HEADER: &'static str = "idempotency-key";

    /// Checks the form.
    ///
    /// # Errors
    /// [`Failure::Invalid`].
    pub fn parse(text: &str) -> Result<Self, Failure> {
        if (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            let example = "01939d6b-7c00-7000-8000-000000000001".to_owned();
            Err(field::invalid(Self::HEADER, FieldProblem::Malformed { example }))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

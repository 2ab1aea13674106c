//! Where internal causes end: in the log.

use std::fmt::Display;

use app::contract::Failure;

use crate::store::StoreError;

/// Logs the cause, and gives the failure that tells nothing of it. The request's id is filled in on the way out.
#[must_use]
pub fn internal(doing: &str, cause: &(impl Display + ?Sized)) -> Failure {
    tracing::error!(doing, %cause, "internal error");
    Failure::Internal { request: String::new() }
}

/// A constraint of the schema that a use case didn't expect is a bug, not the user's error.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Retry(_) => Self::Busy,
            StoreError::Away(cause) => {
                tracing::error!(cause, "the database does not answer");
                Self::Busy
            }
            StoreError::NotFound(_) => Self::NotFound,
            StoreError::Conflict { .. } | StoreError::Internal(_) => internal("in the store", &error),
        }
    }
}

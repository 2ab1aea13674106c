//! Where internal causes end: in the log.

use std::fmt::Display;

use app::contract::Failure;

/// Logs the cause, and gives the failure that tells nothing of it. The request's id is filled in on the way out.
#[must_use]
pub fn internal(doing: &str, cause: &(impl Display + ?Sized)) -> Failure {
    tracing::error!(doing, %cause, "internal error");
    Failure::Internal { request: String::new() }
}

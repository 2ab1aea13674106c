//! How far the own company's verification is, for its people.

use app::contract::{Failure, Instant, VerificationView};

use super::{
    rejections::{self, Rejected},
    rows,
};
use crate::{state::AppState, usecase::Caller};

/// Whether the caller's company was verified or turned away, when, and why.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for companies.
pub async fn verification(state: &AppState, caller: &Caller) -> Result<VerificationView, Failure> {
    let company = caller.company()?.organisation.0;
    let read = state.store.read();
    let row = rows::find_organisation(read, company).await?;
    let standing = rejections::standing(read, &row).await?;
    let found = rejections::of(read, company).await?;
    let submitted_at = found.as_ref().and_then(|one| one.submitted_at).map(Instant);
    let rejection = found.filter(Rejected::stands);
    let company = rows::name(&row);
    Ok(VerificationView {
        company,
        credit_code: row.credit_code,
        registered_at: Instant(row.created_at),
        verified_at: row.verified_at.map(Instant),
        standing,
        rejected_at: rejection.as_ref().map(|one| Instant(one.at)),
        reason: rejection.map(|one| one.reason),
        submitted_at,
    })
}

//! How far the own company's verification is, for its people.

use app::contract::{Failure, Instant, VerificationView};
use sea_orm::ConnectionTrait;

use super::rows;
use crate::{
    state::AppState,
    store::{StoreError, statement},
    usecase::Caller,
};

/// Whether the caller's company was verified or turned away, when, and why.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for companies.
pub async fn verification(state: &AppState, caller: &Caller) -> Result<VerificationView, Failure> {
    let company = caller.company()?.organisation.0;
    let read = state.store.read();
    let row = rows::find_organisation(read, company).await?;
    let sql = "SELECT at, reason FROM rejection WHERE organisation = ?";
    let found = read.query_one_raw(statement(read, sql, [company.into()])).await.map_err(StoreError::from)?;
    let rejection: Option<(i64, String)> = match found {
        Some(row) => {
            let at = row.try_get("", "at").map_err(StoreError::from)?;
            Some((at, row.try_get("", "reason").map_err(StoreError::from)?))
        }
        None => None,
    };
    let company = rows::name(&row);
    Ok(VerificationView {
        company,
        credit_code: row.credit_code,
        registered_at: Instant(row.created_at),
        verified_at: row.verified_at.map(Instant),
        rejected_at: rejection.as_ref().map(|(at, _)| Instant(*at)),
        reason: rejection.map(|(_, reason)| reason),
    })
}

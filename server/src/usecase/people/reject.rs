//! Turning a company away.

use app::contract::{Failure, OrganisationKind, OrganisationView, Rejection, field};
use domain::Second;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::rows;
use crate::{
    state::AppState,
    store::{Tx, statement},
    usecase::{
        Caller, Member,
        protocol::{Decision, Note, Stop, decide, tell},
    },
};

/// Longest reason; the table's limit.
const LONGEST: u32 = 500;

/// Turns a company that is not verified away, with the reason that it will read. Doing it again changes nothing; the
/// company may still be verified later, when what was wrong is right.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::Invalid`] naming `reason`; [`Failure::NotFound`] if
/// there is no such company, or it is verified.
pub async fn reject(
    state: &AppState,
    caller: &Caller,
    company: Uuid,
    asked: &Rejection,
) -> Result<OrganisationView, Failure> {
    let by = caller.verifies_companies()?.clone();
    let reason = field::required_text("reason", &asked.reason, LONGEST)?;
    let now = state.clock.now();
    let done = state
        .store
        .write(move |tx| {
            let (by, reason) = (by.clone(), reason.clone());
            Box::pin(async move { set(tx, &by, company, reason, now).await })
        })
        .await;
    done.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))
}

async fn set(
    tx: &Tx<'_>,
    by: &Member,
    company: Uuid,
    reason: String,
    now: Second,
) -> Result<OrganisationView, Stop> {
    let row = rows::find_organisation(tx, company).await?;
    if row.kind != OrganisationKind::Company.word() || row.verified_at.is_some() {
        return Err(Failure::NotFound.into());
    }
    let sql = "INSERT INTO rejection (organisation, at, account, reason) VALUES (?, ?, ?, ?) \
               ON CONFLICT (organisation) DO NOTHING";
    let values = [company.into(), now.into(), by.account.into(), reason.clone().into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() == 1 {
        let decision = Decision {
            by: Some(by),
            booking: None,
            action: "reject_company",
            inputs: json!({ "company": company, "by": by.organisation, "reason": reason }),
            rule: "verification/1",
            versions: &[],
            outcome: json!({ "verified": false }),
        };
        decide(tx, decision, now).await?;
        let (kind, reason) = ("company_rejected".to_owned(), Some(reason));
        tell(tx, &Note { kind, to: vec![company], booking: None, reference: None, reason }, now).await?;
    }
    Ok(rows::organisation_view(row)?)
}

/// A rejection is void once the company is verified.
pub(super) async fn forget(tx: &Tx<'_>, company: Uuid) -> Result<(), Stop> {
    let sql = "DELETE FROM rejection WHERE organisation = ?";
    tx.execute_raw(statement(tx, sql, [company.into()])).await?;
    Ok(())
}

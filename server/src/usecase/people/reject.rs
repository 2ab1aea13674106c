//! Turning a company away.

use app::contract::{Failure, OrganisationKind, OrganisationView, Rejection, Role, field};
use domain::Second;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{members, rejections, rows};
use crate::{
    state::AppState,
    store::{Tx, statement, tables::organisation},
    usecase::{
        Caller, Member,
        protocol::{Decision, Note, Stop, decide, show_companies, tell},
    },
};

/// Longest reason; the table's limit.
const LONGEST: u32 = 500;

/// Turns a company away, with the reason that it will read; the district's administrator also one that is verified,
/// which is so withdrawn. Doing it again changes nothing; the company may be verified later, when what was wrong is
/// right.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::Invalid`] naming `reason`; [`Failure::NotFound`] if
/// there is no such company, or it is verified and that isn't the caller's to withdraw.
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
    // Nobody verifies meanwhile what is turned away.
    members::lock(tx, company).await?;
    let row = rows::find_organisation(tx, company).await?;
    let withdraws = row.verified_at.is_some() && by.role == Role::DistrictAdmin;
    if row.kind != OrganisationKind::Company.word() || (row.verified_at.is_some() && !withdraws) {
        return Err(Failure::NotFound.into());
    }
    let sql = "UPDATE organisation SET verified_at = NULL, verified_by = NULL WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [company.into()])).await?;
    if rejections::keep(tx, by, &row, &reason, now).await? {
        let (action, kind) = if withdraws {
            ("withdraw_verification", "verification_withdrawn")
        } else {
            ("reject_company", "company_rejected")
        };
        let decision = Decision {
            by: Some(by),
            booking: None,
            action,
            inputs: json!({ "company": company, "by": by.organisation, "reason": reason }),
            rule: "verification/1",
            versions: &[],
            outcome: json!({ "verified": false }),
        };
        decide(tx, decision, now).await?;
        let (kind, reason) = (kind.to_owned(), Some(reason));
        tell(tx, &Note { kind, to: vec![company], booking: None, reference: None, reason }, now).await?;
        show_companies(tx, now).await?;
    }
    Ok(rows::organisation_view(organisation::Model { verified_at: None, verified_by: None, ..row })?)
}

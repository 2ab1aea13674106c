//! A company that was turned away, or whose verification was withdrawn, asks to be looked at again.

use app::contract::{Failure, Role, VerificationView};
use domain::Second;
use serde_json::json;
use uuid::Uuid;

use super::{members, rejections, verification::verification};
use crate::{
    state::AppState,
    store::Tx,
    usecase::{
        Caller, Member,
        protocol::{Decision, Note, Stop, decide, show_companies, tell},
    },
};

/// Submits the caller's company for verification again, as it is. Where it waits or is verified nothing changes.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for a company's administrators.
pub async fn submit_again(state: &AppState, caller: &Caller) -> Result<VerificationView, Failure> {
    let by = caller.with_role(&[Role::CompanyAdmin])?.clone();
    let now = state.clock.now();
    let done = state
        .store
        .write(move |tx| {
            let by = by.clone();
            Box::pin(async move {
                let company = by.organisation.0;
                // Nobody verifies or turns it away meanwhile.
                members::lock(tx, company).await?;
                if rejections::submit(tx, company, now).await? {
                    record(tx, &by, now).await?;
                }
                Ok::<_, Stop>(())
            })
        })
        .await;
    done.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))?;
    verification(state, caller).await
}

async fn record(tx: &Tx<'_>, by: &Member, now: Second) -> Result<(), Stop> {
    let company = by.organisation.0;
    let decision = Decision {
        by: Some(by),
        booking: None,
        action: "submit_again",
        inputs: json!({ "company": company }),
        rule: "verification/1",
        versions: &[],
        outcome: json!({ "verified": false }),
    };
    decide(tx, decision, now).await?;
    told(tx, company, now).await?;
    show_companies(tx, now).await
}

/// Tells the company's people that it waits again.
pub(super) async fn told(tx: &Tx<'_>, company: Uuid, now: Second) -> Result<(), Stop> {
    let kind = "verification_asked_again".to_owned();
    tell(tx, &Note { kind, to: vec![company], booking: None, reference: None, reason: None }, now).await
}

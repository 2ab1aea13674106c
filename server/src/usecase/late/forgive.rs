//! Forgiving that a booking was given up late once, so that it counts no more.

use app::contract::{Failure, Reason, Role};
use domain::Second;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{RULE, queue};
use crate::{
    state::AppState,
    store::{Tx, statement},
    usecase::{
        Caller, Member,
        protocol::{Decision, Note, Stop, decide, tell},
        transition,
    },
};

/// Forgives the late leaving `id`, with a reason that its firm reads: no other of the same booking, which may have been
/// moved away late before. The fee stays. Doing it again changes nothing.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::Forbidden`] but for a platform's administrator; [`Failure::NotFound`] if
/// nothing was given up late there; [`Failure::Invalid`] without a reason.
pub async fn forgive(state: &AppState, caller: &Caller, id: Uuid, why: &Reason) -> Result<(), Failure> {
    let by = caller.with_role(&[Role::PlatformAdmin])?.clone();
    let reason = transition::required_reason(&why.reason)?;
    let now = state.clock.now();
    let done = state
        .store
        .write(move |tx| {
            let (by, reason) = (by.clone(), reason.clone());
            Box::pin(async move { set(tx, &by, id, reason, now).await })
        })
        .await;
    done.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))
}

async fn set(tx: &Tx<'_>, by: &Member, id: Uuid, reason: String, now: Second) -> Result<(), Stop> {
    let sql = "SELECT l.organisation, l.booking, b.reference FROM late_leaving l \
               JOIN booking b ON b.id = l.booking WHERE l.id = ? AND l.platform = ?";
    let found = tx.query_one_raw(statement(tx, sql, [id.into(), by.organisation.0.into()])).await?;
    let found = found.ok_or(Failure::NotFound)?;
    let (company, booking): (Uuid, Uuid) = (found.try_get_by_index(0)?, found.try_get_by_index(1)?);
    let reference: String = found.try_get_by_index(2)?;
    // The firm's row, then this one, and no other: whoever sells such places again locks them by their ids, and several
    // that are changed at once would be locked in any order.
    queue(tx, company).await?;
    let sql = "UPDATE late_leaving SET forgiven_at = ?, forgiven_by = ?, reason = ? \
               WHERE id = ? AND forgiven_at IS NULL";
    let values = [now.into(), by.account.into(), reason.clone().into(), id.into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() == 0 {
        return Ok(());
    }
    // Not a step of the booking's life, whose last outcome says what became of it.
    let decision = Decision {
        by: Some(by),
        booking: None,
        action: "forgive_late",
        inputs: json!({ "leaving": id, "booking": booking, "company": company, "reason": reason }),
        rule: RULE,
        versions: &[],
        outcome: json!({ "counts": false }),
    };
    decide(tx, decision, now).await?;
    let note = Note {
        kind: "late_forgiven".into(),
        to: vec![company],
        booking: Some(booking),
        reference: Some(reference),
        reason: Some(reason),
    };
    tell(tx, &note, now).await
}

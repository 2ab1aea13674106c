//! A conflict that is well as it is: somebody looked at it, and says why it may stay.

use app::contract::{Failure, FieldProblem, Reason, field};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::options::{find, operator};
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement},
    usecase::{
        Caller, IdempotencyKey, Member, flags,
        protocol::{self, Attempt, Decision, Scene, Stop, Touched},
        transition,
    },
};

/// Takes a booking off the desk that stays where it is, with the reason: a flag, or one where a line is down.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for operators, [`Failure::NotFound`] for another platform's
/// conflict, one that is resolved, and one of another kind; [`Failure::Invalid`] without words, [`Failure::KeyReused`].
pub async fn settle(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: &IdempotencyKey,
) -> Result<(), Failure> {
    let member = operator(caller)?;
    let read = state.store.read();
    let flagged = statement(read, "SELECT id FROM flag WHERE id = ?", [id.into()]);
    if read.query_one_raw(flagged).await.map_err(StoreError::from)?.is_some() {
        return flags::settle(state, caller, id, why, key).await;
    }
    let attempt = Attempt::new(member, key, "settle_conflict", id, why);
    attempt.once(state, one(state, caller, (member, id), why, &attempt)).await
}

async fn one(
    state: &AppState,
    caller: &Caller,
    (member, id): (&Member, Uuid),
    why: &Reason,
    attempt: &Attempt,
) -> Result<(), Failure> {
    let conflict = find(state, caller, id).await?;
    if conflict.kind != "outage" {
        return Err(Failure::NotFound);
    }
    let reason = transition::reason(&why.reason)?;
    let reason = reason.ok_or_else(|| field::invalid("reason", FieldProblem::Missing))?;
    let member = member.clone();
    let done = protocol::run(state, Some(attempt), Touched::default(), move |tx, scene| {
        let (member, reason) = (member.clone(), reason.clone());
        Box::pin(async move { stays(tx, &scene, &member, id, &reason).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::NotFound))
}

async fn stays(tx: &Tx<'_>, scene: &Scene, member: &Member, id: Uuid, reason: &str) -> Result<(), Stop> {
    let sql = "UPDATE outage_hit SET settled_at = ?, settled_by = ?, reason = ? WHERE id = ? AND settled_at IS NULL";
    let values = [scene.now.into(), member.account.into(), reason.into(), id.into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
        return Err(Failure::NotFound.into());
    }
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "settle_outage",
        inputs: json!({ "hit": id, "reason": reason }),
        rule: "outage/1",
        versions: &scene.versions(),
        outcome: json!({ "settled": id }),
    };
    protocol::decide(tx, decision, scene.now).await
}

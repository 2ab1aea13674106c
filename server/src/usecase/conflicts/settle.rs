//! A conflict that somebody looked at and leaves as it is, saying why.

use std::sync::Arc;

use app::contract::{ConflictView, Failure, Reason, RepairOrder};
use domain::{Interval, LineId, OccupancyId};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::{cases, options::find, over::or_over};
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement, tables::proposal},
    usecase::{
        Caller, IdempotencyKey, Member, flags,
        outage::is_open,
        protocol::{self, Attempt, Decision, Note, Scene, Stop, Touched},
        repair, transition,
    },
};

/// Takes a conflict off the desk as it is, with the reason: a booking that stays where it is, flagged or where a line
/// is down; room that the platform declines to make, which its firm is told; several who go on waiting for the same, or
/// one who waits alone; a cleaning that is left until it is over.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for operators, [`Failure::NotFound`] for another platform's
/// conflict; [`Failure::Refused`] with the reason `conflict_settled` or `conflict_over`;
/// [`Failure::Invalid`] without words, [`Failure::KeyReused`].
pub async fn settle(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: &IdempotencyKey,
) -> Result<(), Failure> {
    let (member, platform) = caller.own_platform()?;
    let read = state.store.read();
    let flagged = statement(read, "SELECT id FROM flag WHERE id = ?", [id.into()]);
    if read.query_one_raw(flagged).await.map_err(StoreError::from)?.is_some() {
        return flags::settle(state, caller, id, why, key).await;
    }
    let attempt = Attempt::new(member, key, "settle_conflict", id, why).dealing_with(platform, id);
    let done = attempt.once(state, one(state, caller, (member, id), why, &attempt)).await;
    or_over(state, caller, id, done).await
}

async fn one(
    state: &AppState,
    caller: &Caller,
    (member, id): (&Member, Uuid),
    why: &Reason,
    attempt: &Attempt,
) -> Result<(), Failure> {
    let conflict = find(state, caller, id).await?;
    let reason = transition::required_reason(&why.reason)?;
    if !matches!(conflict.kind.as_str(), "outage" | "cleaning" | "repair" | "waiters" | "waiter") {
        return Err(Failure::NotFound);
    }
    let mut touched = Touched::default();
    if let ("outage" | "cleaning", Some(line), Some(from), Some(until)) =
        (conflict.kind.as_str(), conflict.line, conflict.from, conflict.until)
    {
        // Whatever moves a booking there, or asks for that, comes before this or after it.
        touched.line(LineId(line), Interval { start: from.minute(), end: until.minute() });
    }
    let work = Arc::new((member.clone(), reason, conflict));
    let done = protocol::run(state, Some(attempt), touched, move |tx, scene| {
        let work = Arc::clone(&work);
        Box::pin(async move {
            let (member, reason, conflict) = &*work;
            match conflict.kind.as_str() {
                "outage" => stays(tx, &scene, member, conflict, reason).await,
                "cleaning" => until_then(tx, &scene, member, conflict, reason).await,
                "repair" => declined(tx, &scene, member, id, reason).await,
                _ => left_open(tx, &scene, member, conflict, reason).await,
            }
        })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::NotFound))
}

/// Room that won't be made: its firm learns why.
async fn declined(tx: &Tx<'_>, scene: &Scene, member: &Member, id: Uuid, reason: &str) -> Result<(), Stop> {
    let row = proposal::Entity::find_by_id(id).one(tx).await?.ok_or(Failure::NotFound)?;
    record(tx, scene, member, (id, "declined"), Some(reason)).await?;
    settled(tx, scene, member, json!({ "proposal": id, "reason": reason }), "declined").await?;
    let note = Note {
        kind: "room_refused".into(),
        to: vec![row.organisation],
        booking: None,
        reference: None,
        reason: Some(reason.to_owned()),
    };
    let order: RepairOrder = repair::document(&row.wish)?;
    protocol::tell_of(tx, &note, order.query, scene.now).await
}

/// Those who wait, and go on waiting: the conflict comes back when one more joins them.
async fn left_open(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    conflict: &ConflictView,
    reason: &str,
) -> Result<(), Stop> {
    let subject = cases::subject(conflict).ok_or(Failure::NotFound)?;
    record(tx, scene, member, (subject, "open"), Some(reason)).await?;
    let all: Vec<Uuid> = conflict.waiters.iter().map(|entry| entry.id).collect();
    settled(tx, scene, member, json!({ "waiters": all, "reason": reason }), "open").await
}

/// A cleaning that keeps its time until that is over: nobody beside it is asked any more to go. It comes back once it
/// can go.
async fn until_then(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    conflict: &ConflictView,
    reason: &str,
) -> Result<(), Stop> {
    let cleaning = conflict.cleaning.as_ref().ok_or(Failure::NotFound)?;
    let line = scene.lines.get(&LineId(cleaning.line)).ok_or(Stop::Outdated)?;
    line.row(OccupancyId(cleaning.id)).ok_or(Failure::NotFound)?;
    repair::leave_neighbours(tx, scene, member, cleaning.id).await?;
    let subject = if cleaning.removable { cases::as_removable(cleaning) } else { cleaning.id };
    record(tx, scene, member, (subject, "open"), Some(reason)).await?;
    settled(tx, scene, member, json!({ "cleaning": cleaning.id, "reason": reason }), "open").await
}

/// Takes `subject` off the desk of the member's platform; what came of it: `held`, `asked`, `declined` or `open`.
///
/// # Errors
/// [`Failure::NotFound`] if somebody was first.
pub(super) async fn record(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    (subject, how): (Uuid, &str),
    reason: Option<&str>,
) -> Result<(), Stop> {
    let sql = "INSERT INTO conflict_settled (platform, subject, how, at, by_account, reason) VALUES (?, ?, ?, ?, ?, ?) \
               ON CONFLICT (platform, subject) DO NOTHING";
    let values = [
        member.organisation.0.into(),
        subject.into(),
        how.into(),
        scene.now.into(),
        member.account.into(),
        reason.map(str::to_owned).into(),
    ];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
        return Err(Failure::NotFound.into());
    }
    Ok(())
}

async fn settled(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    inputs: serde_json::Value,
    how: &str,
) -> Result<(), Stop> {
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "settle_conflict",
        inputs,
        rule: "desk/1",
        versions: &[],
        outcome: json!({ "settled": how }),
    };
    protocol::decide(tx, decision, scene.now).await
}

/// A booking that stays where its line is down: its owner learns it, and is asked no more.
async fn stays(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    conflict: &ConflictView,
    reason: &str,
) -> Result<(), Stop> {
    let id = conflict.id;
    let booking = conflict.booking.as_ref().ok_or(Failure::NotFound)?;
    repair::rescue::queue(tx, booking.id).await?;
    if !is_open(tx, id).await? {
        return Err(Failure::NotFound.into());
    }
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
    protocol::decide(tx, decision, scene.now).await?;
    repair::stays(tx, scene, Some(member), (booking.id, true)).await
}

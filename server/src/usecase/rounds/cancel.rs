//! Cancelling a call: nobody gets anything of it, and those who took part are told why.

use std::collections::BTreeSet;

use app::contract::{Failure, Reason};
use domain::resolve::allocation::rule::RULES;
use serde_json::json;
use uuid::Uuid;

use super::{
    load::{self, Call, Phase},
    settle::{over, settle},
};
use crate::{
    state::AppState,
    store::Tx,
    usecase::{
        Caller, IdempotencyKey, Member,
        protocol::{self, Attempt, Decision, Note, Scene, Stop, Touched},
        transition,
    },
};

/// Cancels a call that isn't published.
///
/// # Errors
/// [`Failure::NotFound`] but for its platform, [`Failure::Forbidden`] but for operators, [`Failure::Invalid`] without a
/// reason, [`Failure::Refused`] once it has ended, [`Failure::KeyReused`].
pub async fn cancel(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: &IdempotencyKey,
) -> Result<(), Failure> {
    caller.member()?;
    let call = load::call(state.store.read(), id).await?.ok_or(Failure::NotFound)?;
    let member = call.operated_by(caller)?.clone();
    let reason = transition::required_reason(&why.reason)?;
    let attempt = Attempt::new(&member, key, "cancel_call", id, why);
    attempt
        .once(state, async {
            if matches!(call.phase(state.clock.now()), Phase::Published | Phase::Cancelled) {
                return Err(over(Some(&call.row.state)));
            }
            let done = protocol::run(state, Some(&attempt), Touched::default(), move |tx, scene| {
                let (call, member, reason) = (call.clone(), member.clone(), reason.clone());
                Box::pin(async move { end(tx, &scene, &call, &member, &reason).await })
            });
            done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
        })
        .await
}

async fn end(tx: &Tx<'_>, scene: &Scene, call: &Call, member: &Member, reason: &str) -> Result<(), Stop> {
    let columns = "state = 'cancelled', draft = NULL, ended_at = ?, reason = ?";
    settle(tx, call, columns, vec![scene.now.into(), reason.into()]).await?;
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "cancel_call",
        inputs: json!({ "call": call.row.id, "reason": reason }),
        rule: RULES,
        versions: &[],
        outcome: json!({ "state": "cancelled" }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let wishes = load::wishes(tx, call.row.id, None).await?;
    for firm in wishes.iter().map(|wish| wish.organisation).collect::<BTreeSet<Uuid>>() {
        let note = Note {
            kind: "call_cancelled".into(),
            to: vec![firm],
            booking: None,
            reference: Some(call.row.title.clone()),
            reason: Some(reason.to_owned()),
        };
        protocol::tell(tx, &note, scene.now).await?;
    }
    Ok(())
}

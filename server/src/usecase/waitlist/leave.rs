//! Leaving the waiting list.

use app::contract::Failure;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use crate::{
    state::AppState,
    store::{StoreError, statement, tables::waiter},
    usecase::{
        Caller, Member,
        protocol::{self, Decision, Scene, Stop, Touched},
    },
};

/// Takes an entry off the list. One that has left already is left as it is.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] for everybody but the company that waits; [`Failure::Refused`]
/// with the reason `wait_given` once it was given a hold, which is withdrawn instead.
pub async fn leave(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let member = caller.member()?;
    let known = waiter::Entity::find_by_id(id).one(state.store.read()).await.map_err(StoreError::from)?;
    let known = known.filter(|row| row.organisation == member.organisation.0).ok_or(Failure::NotFound)?;
    caller.company()?;
    if known.closed_at.is_some() {
        return Ok(());
    }
    let member = member.clone();
    let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
        let member = member.clone();
        Box::pin(async move { close(tx, &scene, &member, id).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

async fn close(tx: &crate::store::Tx<'_>, scene: &Scene, member: &Member, id: Uuid) -> Result<(), Stop> {
    let sql = "UPDATE waiter SET closed_at = ? WHERE id = ? AND booking IS NULL AND closed_at IS NULL";
    if tx.execute_raw(statement(tx, sql, [scene.now.into(), id.into()])).await?.rows_affected() != 1 {
        let left = waiter::Entity::find_by_id(id).one(tx).await?.is_some_and(|row| row.closed_at.is_some());
        return if left { Ok(()) } else { Err(Failure::refused("wait_given").into()) };
    }
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "stop_waiting",
        inputs: json!({ "waiter": id }),
        rule: domain::resolve::waiting::RULE,
        versions: &[],
        outcome: json!({ "waits": false }),
    };
    protocol::decide(tx, decision, scene.now).await
}

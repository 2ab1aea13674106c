//! Closing: a call closes at its instant, and not before. One that nobody is to take part in any more is cancelled.

use app::contract::Failure;
use domain::resolve::allocation::rule::RULES;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use crate::{
    state::AppState,
    store::{StoreError, Tx, statement, tables::call},
    usecase::protocol::{self, Decision, Note, Scene, Stop},
};

/// Calls looked at in one go.
const BATCH: u64 = 200;

/// Closes every call whose time for wishes is over, and tells its platform. Answers how many there were.
///
/// # Errors
/// The store fails; the others are closed all the same.
pub async fn close_over(state: &AppState) -> Result<usize, Failure> {
    let over = call::Entity::find()
        .filter(call::Column::State.eq("open"))
        .filter(call::Column::ClosesAt.lte(state.clock.now()))
        .order_by_asc(call::Column::ClosesAt)
        .limit(BATCH)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    protocol::each(state, over, |tx, scene, row| Box::pin(async move { close(tx, &scene, &row).await })).await
}

async fn close(tx: &Tx<'_>, scene: &Scene, row: &call::Model) -> Result<bool, Stop> {
    let sql = "UPDATE call SET state = 'closed', closed_at = ?, version = version + 1 \
               WHERE id = ? AND state = 'open' AND closes_at <= ?";
    let values = [scene.now.into(), row.id.into(), scene.now.into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
        return Ok(false);
    }
    let decision = Decision {
        by: None,
        booking: None,
        action: "close_call",
        inputs: json!({ "call": row.id, "closes_at": row.closes_at }),
        rule: RULES,
        versions: &[],
        outcome: json!({ "state": "closed" }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let note = Note {
        kind: "call_closed".into(),
        to: vec![row.platform],
        booking: None,
        reference: Some(row.title.clone()),
        reason: None,
    };
    protocol::tell(tx, &note, scene.now).await?;
    Ok(true)
}

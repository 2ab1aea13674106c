//! Points by the criteria that a call has published.

use app::contract::{Failure, PointsOrder, field};
use domain::resolve::allocation::{Rule, rule::RULES};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    close_over,
    draft::may_lose,
    load::{self, Phase},
    settle::{over, settle},
};
use crate::{
    state::AppState,
    store::statement,
    usecase::{
        Caller,
        protocol::{self, Decision, Touched},
    },
};

/// Most points that a wish is given.
const MOST: u32 = 100;

/// Gives a wish its points, between the closing and the publishing. A draft made before counts no more, unless the wish
/// has these points already.
///
/// # Errors
/// [`Failure::NotFound`] but for the call's platform, [`Failure::Forbidden`] but for operators, [`Failure::Invalid`],
/// [`Failure::Refused`] while it is open, once it has ended, or with the reason `no_points` where the rule counts none,
/// `wish_withdrawn` if its firm has taken it back, `draft_adjusted` if more changes of the draft would be lost than
/// `order` says.
pub async fn give(state: &AppState, caller: &Caller, id: Uuid, order: PointsOrder) -> Result<(), Failure> {
    caller.member()?;
    let (_, call) = load::wish(state, id).await?.ok_or(Failure::NotFound)?;
    let member = call.operated_by(caller)?.clone();
    if order.points > MOST {
        return Err(field::out_of_range("points", 0, MOST));
    }
    if !matches!(call.rule()?, Rule::ScoreWithAgeing { .. } | Rule::Shares(_)) {
        return Err(Failure::refused("no_points"));
    }
    close_over(state).await?;
    let (row, call) = load::wish(state, id).await?.ok_or(Failure::NotFound)?;
    if !matches!(call.phase(state.clock.now()), Phase::Closed | Phase::Drafted) {
        return Err(over(Some(&call.row.state)));
    }
    if row.withdrawn_at.is_some() {
        return Err(Failure::refused("wish_withdrawn"));
    }
    if row.points == Some(i64::from(order.points)) {
        return Ok(());
    }
    if let Some((_, changes)) = load::draft(state.store.read(), &call).await? {
        may_lose(&changes, order.discard)?;
    }
    let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
        let (call, member, wish) = (call.clone(), member.clone(), row.id);
        Box::pin(async move {
            settle(tx, &call, "state = 'closed', draft = NULL", Vec::new()).await?;
            let sql = "UPDATE wish SET points = ? WHERE id = ?";
            tx.execute_raw(statement(tx, sql, [i64::from(order.points).into(), wish.into()])).await?;
            let decision = Decision {
                by: Some(&member),
                booking: None,
                action: "score_wish",
                inputs: json!({ "wish": wish, "call": call.row.id }),
                rule: RULES,
                versions: &[],
                outcome: json!({ "points": order.points }),
            };
            protocol::decide(tx, decision, scene.now).await
        })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

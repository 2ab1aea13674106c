//! Points by the criteria that a call has published.

use std::collections::BTreeMap;

use app::contract::{Failure, PointsOrder, field};
use domain::resolve::allocation::{Rule, rule::RULES};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    close_over,
    draft::may_lose,
    load::{self, Call, Phase},
    settle::{over, settle},
};
use crate::{
    state::AppState,
    store::statement,
    usecase::{
        Caller, Member,
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
    let PointsOrder { points, discard } = order;
    if points > MOST {
        return Err(field::out_of_range("points", 0, MOST));
    }
    set(state, (&call, member), &BTreeMap::from([(id, points)]), discard).await
}

/// The same of several wishes of the call `id` at once: all of them or none.
///
/// # Errors
/// As [`give`]; the fault is about `points` of the wish's id.
pub async fn give_all(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    points: &BTreeMap<Uuid, u32>,
    discard: Option<u32>,
) -> Result<(), Failure> {
    caller.member()?;
    let call = load::call(state.store.read(), id).await?.ok_or(Failure::NotFound)?;
    let member = call.operated_by(caller)?.clone();
    if let Some((wish, _)) = points.iter().find(|(_, points)| **points > MOST) {
        return Err(field::out_of_range(&format!("{wish}.points"), 0, MOST));
    }
    set(state, (&call, member), points, discard).await
}

async fn set(
    state: &AppState,
    (call, member): (&Call, Member),
    points: &BTreeMap<Uuid, u32>,
    discard: Option<u32>,
) -> Result<(), Failure> {
    if !matches!(call.rule()?, Rule::ScoreWithAgeing { .. } | Rule::Shares(_)) {
        return Err(Failure::refused("no_points"));
    }
    close_over(state).await?;
    let read = state.store.read();
    let call = load::call(read, call.row.id).await?.ok_or(Failure::NotFound)?;
    if !matches!(call.phase(state.clock.now()), Phase::Closed | Phase::Drafted) {
        return Err(over(Some(&call.row.state)));
    }
    let rows = load::wishes(read, call.row.id, None).await?;
    let mut given = Vec::new();
    for (wish, points) in points {
        let row = rows.iter().find(|row| row.id == *wish);
        let row = row.ok_or_else(|| Failure::refused("wish_withdrawn"))?;
        if row.points != Some(i64::from(*points)) {
            given.push((*wish, *points));
        }
    }
    if given.is_empty() {
        return Ok(());
    }
    if let Some((_, changes)) = load::draft(read, &call).await? {
        may_lose(&changes, discard)?;
    }
    let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
        let (call, member, given) = (call.clone(), member.clone(), given.clone());
        Box::pin(async move {
            settle(tx, &call, "state = 'closed', draft = NULL", Vec::new()).await?;
            for (wish, points) in given {
                let sql = "UPDATE wish SET points = ? WHERE id = ?";
                tx.execute_raw(statement(tx, sql, [i64::from(points).into(), wish.into()])).await?;
                let decision = Decision {
                    by: Some(&member),
                    booking: None,
                    action: "score_wish",
                    inputs: json!({ "wish": wish, "call": call.row.id }),
                    rule: RULES,
                    versions: &[],
                    outcome: json!({ "points": points }),
                };
                protocol::decide(tx, decision, scene.now).await?;
            }
            Ok(())
        })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

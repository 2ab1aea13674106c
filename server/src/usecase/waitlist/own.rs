//! A client that an operator books for may wait for just that. Its own turn is no reason why it shouldn't have it:
//! those alone come first who are ahead of it on the list, which it leaves with what it waited for.

use app::contract::{Failure, WaitOrder};
use domain::{
    OrganisationId,
    availability::Placement,
    request::Request,
    resolve::waiting::{self, Waiter},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{on_the_list, others_first::those_due, promote::holds_given, wish};
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement, tables::waiter},
    usecase::{
        Member,
        placing::Placing,
        products::Product,
        protocol::{self, Decision, Scene, Stop},
    },
};

/// The entry of `client` that waits for just what is placed; of several the one whose turn comes first.
///
/// # Errors
/// The store fails.
pub(crate) async fn own_entry(
    state: &AppState,
    client: OrganisationId,
    placing: &Placing,
    product: &Product,
) -> Result<Option<waiter::Model>, Failure> {
    let mine = waiter::Entity::find()
        .filter(waiter::Column::Organisation.eq(client.0))
        .filter(on_the_list())
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let alike = mine.into_iter().filter(|row| waits_for(row, placing, product));
    Ok(alike.min_by_key(|row| (row.created_at, row.id)))
}

fn waits_for(row: &waiter::Model, placing: &Placing, product: &Product) -> bool {
    let Placing { request, placement, .. } = placing;
    let Ok(wished) = wish(row) else { return false };
    let Ok(wanted) = wished.query.request() else { return false };
    let is_there = wanted.platform.is_none_or(|only| Some(only) == request.platform)
        && placement.span().is_some_and(|span| wanted.window.holds(span));
    // Where and when it was looked for may differ, and what it is a stage of.
    let looked_for = Request {
        product: request.product,
        stage: request.stage,
        window: request.window,
        platform: request.platform,
        ..wanted
    };
    is_there && looked_for == *request && is_of(&wished, product)
}

/// Whether what is waited for may be of `product`: who books by phone may not know its code, and whoever waits may have
/// none yet.
fn is_of(wished: &WaitOrder, product: &Product) -> bool {
    let code = wished.product_code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let unnamed = code.is_none() && wished.query.product.is_none();
    unnamed
        || product.code.is_none()
        || wished.query.product == Some(product.id.0)
        || code.is_some_and(|code| product.code.as_deref() == Some(code))
}

/// Whether anybody who could want what `placement` takes comes before `own`, by the rule. Once that has left the list,
/// all of them do.
///
/// # Errors
/// The database's failure.
pub(super) async fn is_behind(
    tx: &Tx<'_>,
    scene: &Scene,
    own: &waiter::Model,
    placement: &Placement,
) -> Result<bool, Stop> {
    let still = waiter::Entity::find_by_id(own.id).filter(on_the_list()).one(tx).await?;
    if still.is_none() {
        return Ok(true);
    }
    let firm = OrganisationId(own.organisation);
    let mut all = those_due(tx, scene, firm, placement).await?;
    all.push(Waiter { id: own.id, firm, since: own.created_at, given: 0 });
    let given = holds_given(tx, None, scene.now).await?;
    for one in &mut all {
        one.given = given.get(&one.firm.0).copied().unwrap_or(0);
    }
    waiting::rank(&mut all);
    Ok(all.first().is_some_and(|first| first.id != own.id))
}

/// Takes the entry off the list: `by` has booked for its firm, as `booking`, what it waits for. Answers whether it was
/// still there.
///
/// # Errors
/// The database's failure.
pub(crate) async fn served(
    tx: &Tx<'_>,
    scene: &Scene,
    own: &waiter::Model,
    (by, booking): (&Member, Uuid),
) -> Result<bool, Stop> {
    let sql = "UPDATE waiter SET closed_at = ? WHERE id = ? AND booking IS NULL AND closed_at IS NULL";
    if tx.execute_raw(statement(tx, sql, [scene.now.into(), own.id.into()])).await?.rows_affected() != 1 {
        return Ok(false);
    }
    let decision = Decision {
        by: Some(by),
        booking: None,
        action: "stop_waiting",
        inputs: json!({ "waiter": own.id }),
        rule: waiting::RULE,
        versions: &scene.versions(),
        outcome: json!({ "waits": false, "booking": booking }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    Ok(true)
}

//! What a platform's people book, or move, into what has just become free. Those who wait for it come first there too;
//! but whoever answers for the plant may have a reason to go ahead, and says it beforehand: what is held for one who
//! waits is taken from nobody any more.

use app::contract::{Failure, OfferQuery, RefusalView, field};
use domain::{
    OrganisationId, Second, availability::Placement, refusal::Refusal, request::Request,
    resolve::alternatives::Wanted,
};
use sea_orm::{ConnectionTrait, Value};

use super::are_due;
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement},
    usecase::{
        Member,
        own_booking::neighbour,
        placing,
        protocol::{Scene, Stop},
        search,
    },
};

/// Longest reason, in characters.
const REASON: u32 = 1000;

/// The reason for going ahead, as it is kept; none if nobody gave any.
///
/// # Errors
/// [`Failure::Invalid`] at the field `ahead`.
pub(crate) fn ahead(given: Option<&str>) -> Result<Option<String>, Failure> {
    let text = field::text("ahead", given.unwrap_or_default(), REASON)?;
    Ok((!text.is_empty()).then_some(text))
}

/// Whether `owner` may have `placement` though others wait who haven't had their turn: answers the reason, if it is for
/// that that they come later. Without one it stops while `others_first`.
///
/// # Errors
/// [`Stop::OthersFirst`], the database's failure.
pub(crate) async fn goes_ahead<'a>(
    tx: &Tx<'_>,
    scene: &Scene,
    (owner, placement): (OrganisationId, &Placement),
    (ahead, others_first): (Option<&'a str>, bool),
) -> Result<Option<&'a str>, Stop> {
    if !are_due(tx, scene, owner, placement).await? {
        return Ok(None);
    }
    if ahead.is_none() && others_first { Err(Stop::OthersFirst) } else { Ok(ahead) }
}

/// The refusal of a place by `why`, asked for at `since`: that it went to one who waited is said, not to whom.
pub(crate) async fn refused(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    (request, wanted): (&Request, &Wanted),
    (why, since): (&Refusal, Second),
) -> Failure {
    match went_to_one_who_waited(state.store.read(), why, since).await {
        Ok(true) => {
            let view = RefusalView::named("waiters_first");
            search::conflict(state, member, query, request, wanted, view).await
        }
        Ok(false) => placing::refused(state, member, query, request, wanted, why).await,
        Err(error) => error.into(),
    }
}

/// Whether what stands in the way was given from the list at `since` or later.
async fn went_to_one_who_waited(
    read: &impl ConnectionTrait,
    why: &Refusal,
    since: Second,
) -> Result<bool, StoreError> {
    let (row, mut values): (&str, Vec<Value>) = match (neighbour(why), why) {
        (Some((_, row)), _) => ("= ?", vec![row.0.into()]),
        (None, Refusal::PoolFull { pool, cell, .. }) => (
            "IN (SELECT c.occupancy FROM pool_claim c WHERE c.pool = ? AND c.starts_at = ?)",
            vec![pool.0.into(), (*cell).into()],
        ),
        _ => return Ok(false),
    };
    let sql = format!(
        "SELECT COUNT(*) AS given FROM waiter w JOIN step s ON s.booking = w.booking \
         WHERE s.live IS NOT NULL AND s.occupancy {row} AND w.given_at >= ?"
    );
    values.push(since.into());
    let row = read.query_one_raw(statement(read, &sql, values)).await?;
    Ok(row.map(|row| row.try_get::<i64>("", "given")).transpose()?.is_some_and(|given| given > 0))
}

//! What a platform's people book, or move, into what has just become free. Those who wait for it come first there too;
//! but whoever answers for the plant may have a reason to go ahead, and says it beforehand: what is held for one who
//! waits is taken from nobody any more.

use app::contract::{Failure, OfferQuery, RefusalView, field};
use domain::{
    OrganisationId, Second, availability::Placement, refusal::Refusal, request::Request,
    resolve::alternatives::Wanted,
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{are_due, own::is_behind};
use crate::{
    state::AppState,
    store::{StoreError, Tx, statement, tables::waiter},
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
/// that that they come later. Without one it stops while `others_first`. Where `own` is its own entry that waits for
/// just that, only those count who are ahead of it.
///
/// # Errors
/// [`Stop::OthersFirst`], the database's failure.
pub(crate) async fn goes_ahead<'a>(
    tx: &Tx<'_>,
    scene: &Scene,
    (owner, placement): (OrganisationId, &Placement),
    own: Option<&waiter::Model>,
    (ahead, others_first): (Option<&'a str>, bool),
) -> Result<Option<&'a str>, Stop> {
    if !are_due(tx, scene, owner, placement).await? {
        return Ok(None);
    }
    if let Some(own) = own
        && !is_behind(tx, scene, own, placement).await?
    {
        return Ok(None);
    }
    if ahead.is_none() && others_first { Err(Stop::OthersFirst) } else { Ok(ahead) }
}

/// The refusal of a place by `why`, asked for at `since` for `client`, if it is for one: that it went to one who waited
/// is said, but not to whom, unless that is this client.
pub(crate) async fn refused(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    (request, wanted): (&Request, &Wanted),
    (why, since): (&Refusal, Second),
    client: Option<Uuid>,
) -> Failure {
    match went_to_who_waited(state.store.read(), why, since).await {
        Ok(firms) if firms.is_empty() => placing::refused(state, member, query, request, wanted, why).await,
        Ok(firms) => {
            let is_own = firms.iter().all(|firm| Some(*firm) == client);
            let view = RefusalView::named(if is_own { "client_given" } else { "waiters_first" });
            search::conflict(state, member, query, request, wanted, view).await
        }
        Err(error) => error.into(),
    }
}

/// The firms to which what stands in the way was given from the list at `since` or later.
async fn went_to_who_waited(
    read: &impl ConnectionTrait,
    why: &Refusal,
    since: Second,
) -> Result<Vec<Uuid>, StoreError> {
    let (row, mut values): (&str, Vec<Value>) = match (neighbour(why), why) {
        (Some((_, row)), _) => ("= ?", vec![row.0.into()]),
        (None, Refusal::PoolFull { pool, cell, .. }) => (
            "IN (SELECT c.occupancy FROM pool_claim c WHERE c.pool = ? AND c.starts_at = ?)",
            vec![pool.0.into(), (*cell).into()],
        ),
        _ => return Ok(Vec::new()),
    };
    let sql = format!(
        "SELECT DISTINCT w.organisation FROM waiter w JOIN step s ON s.booking = w.booking \
         WHERE s.live IS NOT NULL AND s.occupancy {row} AND w.given_at >= ?"
    );
    values.push(since.into());
    let rows = read.query_all_raw(statement(read, &sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "organisation")?)).collect()
}

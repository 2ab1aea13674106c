//! What has become of whom an outage hit.

use std::collections::BTreeSet;

use app::contract::{Failure, OutageReach};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::open_hits;
use crate::{
    state::AppState,
    store::{StoreError, statement, tables::proposal},
    usecase::{Caller, repair::Cause},
};

/// How many bookings the outage `id` has hit, and what has been done for them so far.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub async fn reached(state: &AppState, caller: &Caller, id: Uuid) -> Result<OutageReach, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let read = state.store.read();
    let sql = "SELECT DISTINCT h.booking FROM outage_hit h JOIN booking b ON b.id = h.booking \
               WHERE h.outage = ? AND b.platform = ?";
    let rows = read.query_all_raw(statement(read, sql, [id.into(), platform.0.into()])).await;
    let hit = rows.map_err(StoreError::from)?.len();
    let open = open_hits(read, Some(platform.0), state.clock.now()).await?;
    let stand: BTreeSet<Uuid> =
        open.into_iter().filter(|hit| hit.outage == id).map(|hit| hit.booking).collect();
    let asked = proposal::Entity::find()
        .filter(proposal::Column::Kind.eq(Cause::Rescue.word()))
        .filter(proposal::Column::Cause.is_in(stand.iter().copied()))
        .filter(proposal::Column::ClosedAt.is_null())
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let asked: BTreeSet<Uuid> = asked.into_iter().filter_map(|row| row.cause).collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(OutageReach {
        hit: count(hit),
        moved: count(hit.saturating_sub(stand.len())),
        asked: count(asked.len()),
        left: count(stand.len().saturating_sub(asked.len())),
    })
}

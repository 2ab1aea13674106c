//! A booking that is to move: what it holds now counts as free for itself.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{Failure, OfferQuery, field};
use domain::{
    LineId, OccupancyId, PlatformId, Second,
    occupancy::Occupancy,
    request::Request,
    snapshot::{ExpiringClaim, LineState, PoolState, Snapshot},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    Member,
    booking::{self, Loaded},
};
use crate::{
    state::AppState,
    store::{Current, StoreError, queries::marks, statement},
};

/// The ground without what `id` holds, if the member may see that booking.
pub(crate) async fn without(
    state: &AppState,
    ground: Current,
    member: Option<&Member>,
    id: Uuid,
) -> Result<Current, Failure> {
    let booking = visible(state, member, id).await?;
    let read = state.store.read();
    let snapshot = free(read, &ground.snapshot, &booking, state.clock.now()).await?;
    Ok(Current { snapshot: Arc::new(snapshot), ..ground })
}

/// What a move asks of the kernel: the booking's own campaign, in the window of `query`, on its own platform.
pub(crate) async fn request(
    state: &AppState,
    member: Option<&Member>,
    id: Uuid,
    query: &OfferQuery,
) -> Result<Request, Failure> {
    Ok(campaign_in(&visible(state, member, id).await?, query.request()?))
}

/// The campaign of `booking` in the window of `asked`.
pub(crate) fn campaign_in(booking: &Loaded, asked: Request) -> Request {
    Request {
        window: asked.window,
        platform: Some(PlatformId(booking.row.platform)),
        ..booking.campaign.request.clone()
    }
}

async fn visible(state: &AppState, member: Option<&Member>, id: Uuid) -> Result<Loaded, Failure> {
    let unknown = || field::unknown("moving", &id.to_string());
    let member = member.ok_or_else(unknown)?;
    let found = booking::load(state.store.read(), id).await?;
    let booking = found.ok_or_else(unknown)?;
    booking::side(member, &booking.row).map_err(|_| unknown())?;
    Ok(booking)
}

/// `snapshot` with the rows and claims of `booking` counting as expired at `now`: the kernel then takes them as free,
/// and carries what lies behind them right.
pub(crate) async fn free(
    connection: &impl ConnectionTrait,
    snapshot: &Snapshot,
    booking: &Loaded,
    now: Second,
) -> Result<Snapshot, StoreError> {
    let mut freed = snapshot.clone();
    let own: Vec<OccupancyId> = booking.live().map(|piece| piece.occupancy).collect();
    for line in booking.live().map(|piece| piece.line) {
        free_line(&mut freed.lines, line, &own, now);
    }
    if own.is_empty() || freed.pools.is_empty() {
        return Ok(freed);
    }
    let sql =
        format!("SELECT pool, starts_at, amount FROM pool_claim WHERE occupancy IN ({})", marks(own.len()));
    let ids = own.iter().map(|row| row.0.into());
    for row in connection.query_all_raw(statement(connection, &sql, ids)).await? {
        let claim = ExpiringClaim {
            expires_at: now,
            cell: row.try_get("", "starts_at")?,
            amount: u32::try_from(row.try_get::<i64>("", "amount")?).unwrap_or(0),
        };
        if let Some(pool) = freed.pools.get_mut(&domain::PoolId(row.try_get("", "pool")?)) {
            // A later entry of its own hold doesn't count while it hasn't expired.
            let pool: &mut PoolState = Arc::make_mut(pool);
            pool.expiring.push(claim);
        }
    }
    Ok(freed)
}

fn free_line(lines: &mut BTreeMap<LineId, Arc<LineState>>, line: LineId, own: &[OccupancyId], now: Second) {
    let Some(state) = lines.get_mut(&line) else { return };
    let expired = |row: &Occupancy| {
        let expires_at = if own.contains(&row.id) { Some(now) } else { row.expires_at };
        Occupancy { expires_at, ..*row }
    };
    let rows = state.rows().iter().map(expired).collect();
    *state = Arc::new(LineState::new(
        Arc::clone(&state.line),
        Arc::clone(&state.matrix),
        Arc::clone(&state.calendar),
        state.version,
        rows,
    ));
}

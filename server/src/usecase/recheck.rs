//! Whether the kernel would still place a booking where it is.

use std::sync::Arc;

use domain::{
    Interval, LineId, PlatformId, RouteId, Second,
    availability::{self, PlacedStep, Placement},
    refusal::Refusal,
    snapshot::{LineState, Snapshot},
};
use sea_orm::ConnectionTrait;

use super::{booking::Loaded, moving};
use crate::store::{StoreError, statement};

/// Forgets the outages in which the platform said that the booking stays where it is.
async fn forget_settled(
    connection: &impl ConnectionTrait,
    snapshot: &mut Snapshot,
    booking: &Loaded,
) -> Result<(), StoreError> {
    let sql = "SELECT o.line, o.starts_at, o.ends_at FROM outage_hit h JOIN outage o ON o.id = h.outage \
               WHERE h.booking = ? AND h.settled_at IS NOT NULL";
    for row in connection.query_all_raw(statement(connection, sql, [booking.row.id.into()])).await? {
        let settled = Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? };
        if let Some(state) = snapshot.lines.get_mut(&LineId(row.try_get("", "line")?)) {
            let others = state.outages().iter().copied().filter(|one| *one != settled).collect();
            *state = Arc::new(LineState::clone(state).down(others));
        }
    }
    Ok(())
}

/// Asks the kernel as if the booking weren't there yet. `snapshot` knows its route, and its lines and pools at `now`.
///
/// # Errors
/// The database fails; inside, the kernel's refusal. The notice that a new booking needs was given when this one was
/// made, and isn't asked for again.
pub(crate) async fn recheck(
    connection: &impl ConnectionTrait,
    snapshot: &Snapshot,
    booking: &Loaded,
    now: Second,
) -> Result<Result<(), Refusal>, StoreError> {
    let mut freed = moving::free(connection, snapshot, booking).await?;
    freed.forget_notice(PlatformId(booking.row.platform));
    forget_settled(connection, &mut freed, booking).await?;
    let steps = booking.steps.iter();
    let steps = steps.map(|piece| PlacedStep { line: piece.line, interval: piece.interval }).collect();
    let placement = Placement { route: RouteId(booking.row.route), steps };
    Ok(availability::check(&freed, &booking.campaign.as_granted(), &placement, now).map(drop))
}

//! Whether the kernel would still place a booking where it is.

use domain::{
    PlatformId, RouteId, Second,
    availability::{self, PlacedStep, Placement},
    refusal::Refusal,
    snapshot::Snapshot,
};
use sea_orm::ConnectionTrait;

use super::{booking::Loaded, moving};
use crate::store::StoreError;

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
    let steps = booking.steps.iter();
    let steps = steps.map(|piece| PlacedStep { line: piece.line, interval: piece.interval }).collect();
    let placement = Placement { route: RouteId(booking.row.route), steps };
    Ok(availability::check(&freed, &booking.campaign.request, &placement, now).map(drop))
}

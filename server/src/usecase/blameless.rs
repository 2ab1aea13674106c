//! What the platform's own doing costs a firm: nothing.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{booking::Loaded, flags, outage::MEETS};
use crate::store::{StoreError, statement};

/// Of decisions: that the platform moved or parted a booking that couldn't stay. Who makes room for others leaves as if
/// it had stayed, whether it was asked or not.
pub(crate) const DONE: &str = "action IN ('rescue', 'part', 'part_off')";

/// Whether a firm's `booking` can't run where it stands for what the platform did: its line is down in its time, or
/// was, or a late change of the set-up or the holidays left it where it doesn't fit. It ends once the booking has
/// moved, or somebody said that it is well where it stands.
///
/// # Errors
/// The database fails.
pub(crate) async fn is_hit(connection: &impl ConnectionTrait, booking: &Loaded) -> Result<bool, StoreError> {
    let row = &booking.row;
    Ok(row.organisation.is_some() && cannot_stay(connection, (row.id, row.platform)).await?)
}

/// The same of any booking of the platform, also of its own production.
///
/// # Errors
/// The database fails.
pub(crate) async fn cannot_stay(
    connection: &impl ConnectionTrait,
    (booking, platform): (Uuid, Uuid),
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 FROM outage_hit h JOIN outage o ON o.id = h.outage \
         JOIN step s ON s.booking = h.booking AND s.live IS NOT NULL \
         JOIN occupancy r ON r.id = s.occupancy \
         WHERE h.booking = ? AND h.settled_at IS NULL AND {MEETS} \
         UNION ALL SELECT 1 FROM ({}) f WHERE f.booking = ?",
        flags::OPEN
    );
    let values = [booking.into(), platform.into(), booking.into()];
    Ok(connection.query_one_raw(statement(connection, &sql, values)).await?.is_some())
}

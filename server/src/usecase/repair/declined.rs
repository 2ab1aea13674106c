//! Who has said no already: nobody is asked for the same again.

use app::contract::{Failure, RepairOrder};
use domain::{Interval, OrganisationId};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{plan::Cause, view};
use crate::store::{StoreError, statement};

/// The bookings whose owners declined to make room for `asker` in a window that overlaps `window`.
pub(crate) async fn for_room(
    connection: &impl ConnectionTrait,
    asker: OrganisationId,
    window: Interval,
) -> Result<Vec<Uuid>, Failure> {
    let sql = "SELECT m.booking, p.wish FROM proposal p JOIN proposal_move m ON m.proposal = p.id \
               WHERE p.organisation = ? AND p.kind = ? AND m.answer = 'declined'";
    let values = [asker.0.into(), Cause::Room.word().into()];
    let rows = connection.query_all_raw(statement(connection, sql, values)).await;
    let mut declined = Vec::new();
    for row in rows.map_err(StoreError::from)? {
        let wish: String = row.try_get("", "wish").map_err(StoreError::from)?;
        let order: RepairOrder = view::document(&wish)?;
        // What was asked once could be read then.
        if order.query.request().is_ok_and(|asked| asked.window.overlaps(window)) {
            declined.push(row.try_get("", "booking").map_err(StoreError::from)?);
        }
    }
    Ok(declined)
}

/// The bookings whose owners declined to swap with `offered`.
pub(super) async fn to_swap(
    connection: &impl ConnectionTrait,
    offered: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let sql = "SELECT m.booking FROM proposal_move m JOIN proposal p ON p.id = m.proposal \
               WHERE p.cause = ? AND p.kind = ? AND m.answer = 'declined'";
    let values = [offered.into(), Cause::Swap.word().into()];
    let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

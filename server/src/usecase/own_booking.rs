//! What is refused since the asker's own company stands there: that is no secret from it, and nobody else was faster.

use app::contract::RefusalView;
use domain::{LineId, OccupancyId, refusal::Refusal};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Member;
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, statement},
};

/// The refusal by a booking of `member`'s own company, which every one of that may see; `None` if none of its is why.
///
/// # Errors
/// The database fails.
pub(crate) async fn own_booking(
    state: &AppState,
    member: &Member,
    why: &Refusal,
    catalogue: &Catalogue,
) -> Result<Option<RefusalView>, StoreError> {
    let Some((line, row)) = neighbour(why) else { return Ok(None) };
    let line = catalogue.line(line).map(|line| line.name.clone().into());
    let read = state.store.read();
    let sql = "SELECT b.id, b.reference FROM step s JOIN booking b ON b.id = s.booking \
               WHERE s.occupancy = ? AND s.live IS NOT NULL AND b.organisation = ?";
    let found =
        read.query_one_raw(statement(read, sql, [row.0.into(), member.organisation.0.into()])).await?;
    let Some(found) = found else { return Ok(None) };
    let (id, reference): (Uuid, String) = (found.try_get("", "id")?, found.try_get("", "reference")?);
    let refusal = RefusalView { line, ..RefusalView::named(RefusalView::OWN_BOOKING) };
    Ok(Some(refusal.with("reference", reference).with("booking", id)))
}

/// The row that a refusal is because of, and its line.
pub(super) const fn neighbour(why: &Refusal) -> Option<(LineId, OccupancyId)> {
    match why {
        Refusal::Occupied { line, by: row, .. }
        | Refusal::ChangeoverForbidden { line, neighbour: row }
        | Refusal::ChangeoverBefore { line, neighbour: row, .. }
        | Refusal::ChangeoverAfter { line, neighbour: row, .. }
        | Refusal::RecleanAfter { line, neighbour: row } => Some((*line, *row)),
        _ => None,
    }
}

//! Outages as the people of the line's platform see them, and the owners of what they hit.

use app::contract::{Failure, Instant, OutageView, Page};
use domain::LineId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{hit, word};
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, tables::outage},
    usecase::{
        Caller, Paging, booking, ground,
        of_line::{OfLine, its_people},
    },
};

/// A page of a line's outages, the latest first, for the people of its platform.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Invalid`].
pub async fn list(state: &AppState, caller: &Caller, of: &OfLine) -> Result<Page<OutageView>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    its_people(caller, &catalogue, LineId(of.line))?;
    let paging = Paging::read(of.cursor.as_deref(), of.limit)?;
    let mut query = outage::Entity::find().filter(outage::Column::Line.eq(of.line));
    if let Some(after) = paging.after {
        query = query.filter(outage::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(outage::Column::Id).limit(paging.rows()).all(state.store.read()).await;
    let page = paging.page(rows.map_err(StoreError::from)?, |row| row.id);
    Ok(Page { items: page.items.iter().filter_map(|row| view(&catalogue, row)).collect(), next: page.next })
}

/// The outages for which a booking can't run where it stands, the first ahead, for its owner and its platform's people.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`].
pub async fn of_booking(state: &AppState, caller: &Caller, id: Uuid) -> Result<Vec<OutageView>, Failure> {
    booking::visible(state, caller, id).await?;
    let catalogue = ground::catalogue(state).await?;
    let rows = hit::those_of(state.store.read(), id).await?;
    Ok(rows.iter().filter_map(|row| view(&catalogue, row)).collect())
}

pub(super) fn view(catalogue: &Catalogue, row: &outage::Model) -> Option<OutageView> {
    Some(OutageView {
        id: row.id,
        line: row.line,
        line_name: catalogue.line(LineId(row.line))?.name.clone().into(),
        kind: word(row.planned, row.kind.clone()),
        reason: row.reason.clone(),
        from: Instant::from_minute(row.starts_at),
        until: Instant::from_minute(row.ends_at),
        marked_at: Instant(row.created_at),
        ended_at: row.ended_at.map(Instant),
    })
}

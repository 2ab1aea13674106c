//! Looking at bookings: a company's own, or those of a platform.

use app::contract::{BookingFilter, BookingView, EventView, Failure, Instant, OrganisationKind, Page, field};
use domain::booking::Status;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    Caller, Paging,
    booking::{self, Side},
    ground,
};
use crate::{
    state::AppState,
    store::{StoreError, statement, tables::booking as table},
};

/// A page of bookings, newest first: a company's own, or a platform's. The district sees none.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district, [`Failure::Invalid`].
pub async fn list(
    state: &AppState,
    caller: &Caller,
    filter: &BookingFilter,
) -> Result<Page<BookingView>, Failure> {
    let member = caller.member()?;
    let paging = Paging::read(filter.cursor.as_deref(), filter.limit)?;
    let (side, mine) = match member.kind {
        OrganisationKind::Company => (Side::Owner, table::Column::Organisation.eq(member.organisation.0)),
        OrganisationKind::Platform => (Side::Platform, table::Column::Platform.eq(member.organisation.0)),
        OrganisationKind::District => return Err(Failure::Forbidden),
    };
    let mut query = table::Entity::find().filter(mine);
    if let Some(status) = filter.status.as_deref().filter(|status| !status.is_empty()) {
        let status = Status::from_name(status).ok_or_else(|| field::unknown("status", status))?;
        query = query.filter(table::Column::Status.eq(status.name()));
    }
    if let Some(platform) = filter.platform {
        query = query.filter(table::Column::Platform.eq(platform));
    }
    if let Some(offering) = filter.offering.as_deref().filter(|offering| !offering.is_empty()) {
        query = query.filter(table::Column::Offering.eq(offering));
    }
    if let Some(after) = paging.after {
        query = query.filter(table::Column::Id.lt(after));
    }
    let read = state.store.read();
    let rows = query.order_by_desc(table::Column::Id).limit(paging.rows()).all(read).await;
    let rows = rows.map_err(StoreError::from)?;
    let page = paging.page(rows, |row| row.id);
    let whole = booking::load_many(read, page.items).await?;
    let catalogue = ground::catalogue(state).await?;
    let now = state.clock.now();
    let items = whole.iter().map(|booking| booking::view(&catalogue, booking, member, side, now)).collect();
    Ok(Page { items, next: page.next })
}

/// One booking.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] for whoever is neither its owner nor its platform.
pub async fn one(state: &AppState, caller: &Caller, id: Uuid) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    let catalogue = ground::catalogue(state).await?;
    Ok(booking::view(&catalogue, &booking, member, side, state.clock.now()))
}

/// What happened to a booking, oldest first. Sides are named, not people.
///
/// # Errors
/// As [`one`].
pub async fn history(state: &AppState, caller: &Caller, id: Uuid) -> Result<Vec<EventView>, Failure> {
    let (booking, ..) = booking::visible(state, caller, id).await?;
    Ok(events(state.store.read(), id, booking.row.platform).await?)
}

async fn events(
    connection: &impl ConnectionTrait,
    booking: Uuid,
    platform: Uuid,
) -> Result<Vec<EventView>, StoreError> {
    let sql = "SELECT d.at, d.account, d.action, d.inputs, m.organisation FROM decision d \
               LEFT JOIN membership m ON m.account = d.account AND m.organisation = ? \
               WHERE d.booking = ? ORDER BY d.id";
    let rows =
        connection.query_all_raw(statement(connection, sql, [platform.into(), booking.into()])).await?;
    let event = |row: &sea_orm::QueryResult| -> Result<EventView, StoreError> {
        let account: Option<Uuid> = row.try_get("", "account")?;
        let operator: Option<Uuid> = row.try_get("", "organisation")?;
        let inputs: String = row.try_get("", "inputs")?;
        let inputs: serde_json::Value = serde_json::from_str(&inputs).unwrap_or_default();
        let by = match (account, operator) {
            (None, _) => "system",
            (Some(_), Some(_)) => "platform",
            (Some(_), None) => "company",
        };
        Ok(EventView {
            at: Instant(row.try_get("", "at")?),
            action: row.try_get("", "action")?,
            by: by.to_owned(),
            reason: inputs.get("reason").and_then(|reason| reason.as_str()).map(str::to_owned),
        })
    };
    rows.iter().map(event).collect()
}

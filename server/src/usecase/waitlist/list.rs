//! Who waits: a firm's own entries, or those that a platform's lines could serve.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{Failure, OrganisationKind, Page, TextView, WaitFilter, WaitView};
use domain::{PlatformId, booking::Status};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Query};
use uuid::Uuid;

use super::view;
use crate::{
    state::AppState,
    store::{
        StoreError,
        tables::{booking, organisation, waiter},
    },
    usecase::{Caller, Paging, ground},
};

/// A page of those who wait, the newest first; of a firm's own also those with a hold that waits for its answer.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district, [`Failure::Invalid`].
pub async fn list(state: &AppState, caller: &Caller, filter: &WaitFilter) -> Result<Page<WaitView>, Failure> {
    let member = caller.member()?;
    let paging = Paging::read(filter.cursor.as_deref(), filter.limit)?;
    let (catalogue, read, now) = (ground::catalogue(state).await?, state.store.read(), state.clock.now());
    let waiting = Condition::all()
        .add(waiter::Column::Booking.is_null())
        .add(waiter::Column::ClosedAt.is_null())
        .add(waiter::Column::EndsAt.gt(now.div_euclid(60)));
    let operators = member.kind == OrganisationKind::Platform;
    let mut query = waiter::Entity::find();
    query = match member.kind {
        OrganisationKind::District => return Err(Failure::Forbidden),
        OrganisationKind::Company => {
            let mut held = Query::select();
            held.column(booking::Column::Id)
                .from(booking::Entity)
                .and_where(booking::Column::Organisation.eq(member.organisation.0))
                .and_where(booking::Column::Status.eq(Status::Held.name()))
                .and_where(booking::Column::HoldExpiresAt.gt(now));
            let given = waiter::Column::Booking.in_subquery(held);
            query
                .filter(waiter::Column::Organisation.eq(member.organisation.0))
                .filter(Condition::any().add(waiting).add(given))
        }
        OrganisationKind::Platform => {
            let own = PlatformId(member.organisation.0);
            let offerings: BTreeSet<&str> = catalogue
                .routes()
                .filter(|route| route.platform == own)
                .map(|route| route.offering.as_str())
                .collect();
            let here = Condition::any()
                .add(waiter::Column::Platform.is_null())
                .add(waiter::Column::Platform.eq(own.0));
            query.filter(waiting).filter(here).filter(waiter::Column::Offering.is_in(offerings))
        }
    };
    if let Some(after) = paging.after {
        query = query.filter(waiter::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(waiter::Column::Id).limit(paging.rows()).all(read).await;
    let page = paging.page(rows.map_err(StoreError::from)?, |row| row.id);
    let names = if operators { names(state, &page.items).await? } else { BTreeMap::new() };
    let items = page
        .items
        .iter()
        .map(|row| view(&catalogue, row, row.booking, names.get(&row.organisation).cloned()));
    Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
}

async fn names(state: &AppState, rows: &[waiter::Model]) -> Result<BTreeMap<Uuid, TextView>, Failure> {
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.organisation).collect();
    let found =
        organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(state.store.read());
    let name = |row: organisation::Model| (row.id, TextView { zh: row.name_zh, en: row.name_en });
    Ok(found.await.map_err(StoreError::from)?.into_iter().map(name).collect())
}

//! Who waits: a firm's own entries, or those that a platform's lines could serve.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{Failure, OrganisationKind, Page, TextView, WaitFilter, WaitView};
use domain::{Interval, PlatformId, booking::Status, resolve::rivals::Wanted};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Query,
};
use uuid::Uuid;

use super::{IN_ONE_GO, on_the_list, promote::ranked, servable::servable, view, wish};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError,
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
    let (catalogue, now) = (ground::catalogue(state).await?, state.clock.now());
    let waits = on_the_list().add(waiter::Column::EndsAt.gt(now.div_euclid(60)));
    let query = waiter::Entity::find();
    let rows = match member.kind {
        OrganisationKind::District => return Err(Failure::Forbidden),
        OrganisationKind::Company => {
            let mut held = Query::select();
            held.column(booking::Column::Id)
                .from(booking::Entity)
                .and_where(booking::Column::Organisation.eq(member.organisation.0))
                .and_where(booking::Column::Status.eq(Status::Held.name()))
                .and_where(booking::Column::HoldExpiresAt.gt(now));
            let given = waiter::Column::Booking.in_subquery(held);
            let query = query
                .filter(waiter::Column::Organisation.eq(member.organisation.0))
                .filter(Condition::any().add(waits).add(given));
            some(state, query, paging).await?
        }
        OrganisationKind::Platform => {
            let platform = PlatformId(member.organisation.0);
            let query = query.filter(waits).filter(here(&catalogue, platform));
            some_servable(state, query, paging, platform).await?
        }
    };
    let page = paging.page(rows, |row| row.id);
    let operators = member.kind == OrganisationKind::Platform;
    let names = if operators { names(state, &page.items).await? } else { BTreeMap::new() };
    // What can't be read is ended before long: it keeps nobody from the others.
    let items = page.items.iter().filter(|row| wish(row).is_ok());
    let items = items.map(|row| view(&catalogue, row, row.booking, names.get(&row.organisation).cloned()));
    Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
}

/// As many rows as tell whether there is a next page, those with the largest ids before the page's.
async fn some(
    state: &AppState,
    mut query: Select<waiter::Entity>,
    paging: Paging,
) -> Result<Vec<waiter::Model>, Failure> {
    if let Some(after) = paging.after {
        query = query.filter(waiter::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(waiter::Column::Id).limit(paging.rows()).all(state.store.read()).await;
    Ok(rows.map_err(StoreError::from)?)
}

/// The same of those that `platform` could serve, however many others lie between.
async fn some_servable(
    state: &AppState,
    query: Select<waiter::Entity>,
    mut paging: Paging,
    platform: PlatformId,
) -> Result<Vec<waiter::Model>, Failure> {
    let mut found = Vec::new();
    while found.len() <= paging.limit as usize {
        let rows = some(state, query.clone(), paging).await?;
        let Some(last) = rows.last() else { break };
        paging.after = Some(last.id);
        let lines = servable(state, platform, &rows).await?;
        found.extend(rows.into_iter().filter(|row| lines.contains_key(&row.id)));
    }
    Ok(found)
}

/// Everybody who waits for what `platform` could give, with what that is, in the order of their turns: as many as have
/// one in one go.
///
/// # Errors
/// The store fails.
pub(crate) async fn all_here(
    state: &AppState,
    platform: PlatformId,
) -> Result<Vec<(WaitView, Wanted)>, Failure> {
    let (catalogue, now) = (ground::catalogue(state).await?, state.clock.now());
    let rows = waiter::Entity::find()
        .filter(on_the_list())
        .filter(waiter::Column::EndsAt.gt(now.div_euclid(60)))
        .filter(here(&catalogue, platform))
        .order_by_asc(waiter::Column::CreatedAt)
        .limit(IN_ONE_GO)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let names = names(state, &rows).await?;
    let order = ranked(state, &rows).await?;
    let mut lines = servable(state, platform, &rows).await?;
    let by_id: BTreeMap<Uuid, &waiter::Model> = rows.iter().map(|row| (row.id, row)).collect();
    let mut all = Vec::with_capacity(lines.len());
    for row in order.iter().filter_map(|id| by_id.get(id).copied()) {
        let Some(lines) = lines.remove(&row.id) else { continue };
        let window = Interval { start: row.starts_at, end: row.ends_at };
        let wanted = Wanted { id: row.id, window, lines };
        all.push((view(&catalogue, row, None, names.get(&row.organisation).cloned())?, wanted));
    }
    Ok(all)
}

/// That an entry is for a form that the platform offers, there or anywhere.
fn here(catalogue: &Catalogue, platform: PlatformId) -> Condition {
    let routes = catalogue.routes().filter(|route| route.platform == platform);
    let offerings: BTreeSet<&str> = routes.map(|route| route.offering.as_str()).collect();
    let there =
        Condition::any().add(waiter::Column::Platform.is_null()).add(waiter::Column::Platform.eq(platform.0));
    Condition::all().add(there).add(waiter::Column::Offering.is_in(offerings))
}

async fn names(state: &AppState, rows: &[waiter::Model]) -> Result<BTreeMap<Uuid, TextView>, Failure> {
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.organisation).collect();
    let found =
        organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(state.store.read());
    let name = |row: organisation::Model| (row.id, TextView { zh: row.name_zh, en: row.name_en });
    Ok(found.await.map_err(StoreError::from)?.into_iter().map(name).collect())
}

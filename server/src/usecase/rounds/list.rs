//! Calls and wishes, by who looks.

use std::collections::BTreeMap;

use app::contract::{CallFilter, CallView, Failure, OrganisationKind, Page, WishView};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    load::{self, Phase, document},
    result::Told,
    view::{Names, view, wish as shown},
};
use crate::{
    state::AppState,
    store::{StoreError, queries::marks, statement, tables::call},
    usecase::{Caller, Paging, ground, refusal::Audience},
};

/// A page of calls, the newest first: a platform's own, or everybody's.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Invalid`].
pub async fn calls(
    state: &AppState,
    caller: &Caller,
    filter: &CallFilter,
) -> Result<Page<CallView>, Failure> {
    let member = caller.member()?;
    let paging = Paging::read(filter.cursor.as_deref(), filter.limit)?;
    let read = state.store.read();
    let mut query = call::Entity::find();
    if let Some(platform) = member.platform() {
        query = query.filter(call::Column::Platform.eq(platform.0));
    }
    if let Some(after) = paging.after {
        query = query.filter(call::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(call::Column::Id).limit(paging.rows()).all(read).await;
    let page = paging.page(rows.map_err(StoreError::from)?, |row| row.id);
    let counts = counts(read, &page.items).await?;
    let (catalogue, now) = (ground::catalogue(state).await?, state.clock.now());
    let calls = load::with_lines(read, page.items).await?;
    let items = calls.iter().map(|call| {
        let wishes = counts.get(&call.row.id).copied().unwrap_or(0);
        view(&catalogue, call, Some(member), Some(wishes), now)
    });
    Ok(Page { items: items.collect::<Result<_, _>>()?, next: page.next })
}

/// How many wishes each call has.
async fn counts(
    connection: &impl ConnectionTrait,
    rows: &[call::Model],
) -> Result<BTreeMap<Uuid, u32>, StoreError> {
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT call, COUNT(*) AS wishes FROM wish WHERE withdrawn_at IS NULL AND call IN ({}) GROUP BY call",
        marks(rows.len())
    );
    let values = rows.iter().map(|row| row.id.into()).collect::<Vec<sea_orm::Value>>();
    let found = connection.query_all_raw(statement(connection, &sql, values)).await?;
    let count = |row: &sea_orm::QueryResult| {
        let wishes: i64 = row.try_get("", "wishes")?;
        Ok((row.try_get("", "call")?, u32::try_from(wishes).unwrap_or(u32::MAX)))
    };
    found.iter().map(count).collect()
}

/// One call; another platform's is none to a platform's people.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`].
pub async fn one(state: &AppState, caller: &Caller, id: Uuid) -> Result<CallView, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let call = load::call(read, id).await?.ok_or(Failure::NotFound)?;
    if member.kind == OrganisationKind::Platform {
        call.seen_by(caller)?;
    }
    let wishes = counts(read, std::slice::from_ref(&call.row)).await?.get(&id).copied().unwrap_or(0);
    let catalogue = ground::catalogue(state).await?;
    Ok(view(&catalogue, &call, Some(member), Some(wishes), state.clock.now())?)
}

/// The wishes of a call: a company's own as it ranks them, or to its platform all, once it has closed.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::Forbidden`] for the district; [`Failure::NotFound`]; [`Failure::Refused`]
/// with the reason `wishes_sealed` for the platform while the call is open.
pub async fn wishes(state: &AppState, caller: &Caller, id: Uuid) -> Result<Vec<WishView>, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let call = load::call(read, id).await?.ok_or(Failure::NotFound)?;
    let (firm, audience) = match member.kind {
        OrganisationKind::District => return Err(Failure::Forbidden),
        OrganisationKind::Company => (Some(member.organisation.0), Audience::Outside),
        OrganisationKind::Platform => {
            call.seen_by(caller)?;
            (None, Audience::Operators)
        }
    };
    let inside = firm.is_none();
    if inside && matches!(call.phase(state.clock.now()), Phase::Announced | Phase::Open) {
        return Err(Failure::refused("wishes_sealed"));
    }
    let rows = load::wishes(read, id, firm).await?;
    let phase = call.phase(state.clock.now());
    let names = match phase {
        Phase::Closed | Phase::Drafted if inside => Names::to_score(read, &call, &rows).await?,
        _ => Names::of(read, &rows).await?,
    };
    let catalogue = ground::catalogue(state).await?;
    let counted = if phase == Phase::Published { load::counted(read, &call).await? } else { BTreeMap::new() };
    rows.iter()
        .map(|row| {
            let told: Option<Told> = row.outcome.as_deref().map(document).transpose()?;
            let given = (row.booking, counted.get(&row.id));
            let result = told.map(|told| told.view(&catalogue, audience, given));
            shown(&names, row, result, inside)
        })
        .collect()
}

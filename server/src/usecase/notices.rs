//! Notices: what concerns an organisation.

use std::collections::HashMap;

use app::contract::{CampaignName, Failure, Instant, NoticeFilter, NoticeView, Page};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    Caller, Member, Paging, booking,
    protocol::{Beside, Note},
};
use crate::{
    state::AppState,
    store::{StoreError, statement, tables::notice},
};

/// A page of the caller's organisation's notices, newest first.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Invalid`].
pub async fn list(
    state: &AppState,
    caller: &Caller,
    filter: &NoticeFilter,
) -> Result<Page<NoticeView>, Failure> {
    let member = caller.member()?;
    let paging = Paging::read(filter.cursor.as_deref(), filter.limit)?;
    let mut query = notice::Entity::find().filter(mine(member));
    if filter.unread {
        query = query.filter(notice::Column::ReadAt.is_null());
    }
    if let Some(after) = paging.after {
        query = query.filter(notice::Column::Id.lt(after));
    }
    let rows = query.order_by_desc(notice::Column::Id).limit(paging.rows()).all(state.store.read()).await;
    let rows = rows.map_err(StoreError::from)?;
    let about: Vec<Uuid> = rows.iter().filter_map(|row| row.booking).collect();
    let names = booking::names(state.store.read(), member, &about).await?;
    Ok(paging.page(rows, |row| row.id).map(|row| view(row, &names)))
}

/// The organisation's, and of those to one account only the caller's.
fn mine(member: &Member) -> Condition {
    Condition::all().add(notice::Column::Organisation.eq(member.organisation.0)).add(
        Condition::any()
            .add(notice::Column::Account.is_null())
            .add(notice::Column::Account.eq(member.account)),
    )
}

fn view(row: notice::Model, names: &HashMap<Uuid, CampaignName>) -> NoticeView {
    let note: Option<Note> = serde_json::from_str(&row.payload).ok();
    let (reference, reason) = note.map_or((None, None), |note| (note.reference, note.reason));
    let beside: Beside = serde_json::from_str(&row.payload).unwrap_or_default();
    NoticeView {
        id: row.id,
        at: Instant(row.at),
        kind: row.kind,
        booking: row.booking,
        reference,
        campaign: row.booking.and_then(|id| names.get(&id).cloned()),
        search: beside.search,
        moved: beside.moved,
        starts: beside.starts,
        held_until: beside.held_until,
        due_fen: beside.due_fen,
        reason,
        read_at: row.read_at.map(Instant),
    }
}

/// How many notices the caller has not read, of those that [`list`] would show; counted up to `most`.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn unread(state: &AppState, caller: &Caller, most: u32) -> Result<u32, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let sql = format!(
        "SELECT count(*) AS unread FROM (SELECT id FROM notice WHERE organisation = ? AND read_at IS NULL \
         AND (account IS NULL OR account = ?) LIMIT {most}) few"
    );
    let values = [member.organisation.0.into(), member.account.into()];
    let row = read.query_one_raw(statement(read, &sql, values)).await.map_err(StoreError::from)?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "unread")).map_err(StoreError::from)?;
    Ok(u32::try_from(count).unwrap_or(most))
}

/// Marks as read what the caller has not read, up to the notice `until`: what has come since then stays unread. Doing
/// so again changes nothing.
///
/// # Errors
/// [`Failure::Unauthenticated`].
pub async fn read_all(state: &AppState, caller: &Caller, until: Uuid) -> Result<(), Failure> {
    let member = caller.member()?;
    let (organisation, account) = (member.organisation.0, member.account);
    let now = state.clock.now();
    let written: Result<(), StoreError> = state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let sql = "UPDATE notice SET read_at = ? WHERE organisation = ? AND read_at IS NULL AND id <= ? \
                           AND (account IS NULL OR account = ?)";
                let values = [now.into(), organisation.into(), until.into(), account.into()];
                tx.execute_raw(statement(tx, sql, values)).await?;
                Ok(())
            })
        })
        .await;
    Ok(written?)
}

/// Marks a notice as read. Doing so again changes nothing.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`] for another's.
pub async fn read(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let member = caller.member()?;
    let found = notice::Entity::find_by_id(id).filter(mine(member)).one(state.store.read()).await;
    let found = found.map_err(StoreError::from)?;
    if found.ok_or(Failure::NotFound)?.read_at.is_some() {
        return Ok(());
    }
    let now = state.clock.now();
    let written: Result<(), StoreError> = state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let sql = "UPDATE notice SET read_at = ? WHERE id = ? AND read_at IS NULL";
                tx.execute_raw(statement(tx, sql, [now.into(), id.into()])).await?;
                Ok(())
            })
        })
        .await;
    Ok(written?)
}

//! Notices: what concerns an organisation.

use app::contract::{Failure, Instant, NoticeFilter, NoticeView, Page};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Caller, Member, Paging, protocol::Note};
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
    Ok(paging.page(rows, |row| row.id).map(view))
}

/// The organisation's, and of those to one account only the caller's.
fn mine(member: &Member) -> Condition {
    Condition::all().add(notice::Column::Organisation.eq(member.organisation.0)).add(
        Condition::any()
            .add(notice::Column::Account.is_null())
            .add(notice::Column::Account.eq(member.account)),
    )
}

fn view(row: notice::Model) -> NoticeView {
    let note: Option<Note> = serde_json::from_str(&row.payload).ok();
    let (reference, reason) = note.map_or((None, None), |note| (note.reference, note.reason));
    NoticeView {
        id: row.id,
        at: Instant(row.at),
        kind: row.kind,
        booking: row.booking,
        reference,
        reason,
        read_at: row.read_at.map(Instant),
    }
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

//! The outbox's relay: notes become notices, exactly once. A note's delivery and its notices are one commit, and only
//! whoever marks it as delivered writes them.

use domain::Second;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::protocol::Note;
use crate::{
    clock::Clock,
    state::AppState,
    store::{Store, StoreError, Tx, statement, tables::outbox},
};

/// Notes in one commit.
const BATCH: u64 = 100;

/// Delivers what waits. Answers how many notes there were.
///
/// # Errors
/// The database's.
pub async fn relay(state: &AppState) -> Result<usize, StoreError> {
    deliver_waiting(&state.store, &*state.clock).await
}

/// As [`relay`], for whoever has no more than a database and a clock.
///
/// # Errors
/// The database's.
pub(crate) async fn deliver_waiting(store: &Store, clock: &dyn Clock) -> Result<usize, StoreError> {
    let mut delivered = 0;
    loop {
        let waiting = outbox::Entity::find()
            .filter(outbox::Column::DeliveredAt.is_null())
            .order_by_asc(outbox::Column::Id)
            .limit(BATCH)
            .all(store.read())
            .await?;
        if waiting.is_empty() {
            return Ok(delivered);
        }
        delivered += waiting.len();
        let now = clock.now();
        let notes = std::sync::Arc::new(waiting);
        let written: Result<(), StoreError> = store
            .write(move |tx| {
                let notes = std::sync::Arc::clone(&notes);
                Box::pin(async move {
                    for note in notes.iter() {
                        deliver(tx, note, now).await?;
                    }
                    Ok(())
                })
            })
            .await;
        written?;
    }
}

async fn deliver(tx: &Tx<'_>, row: &outbox::Model, now: Second) -> Result<(), StoreError> {
    let mark = "UPDATE outbox SET delivered_at = ? WHERE id = ? AND delivered_at IS NULL";
    let marked = tx.execute_raw(statement(tx, mark, [now.into(), row.id.into()])).await?;
    if marked.rows_affected() != 1 {
        return Ok(());
    }
    // A topic that isn't a note is somebody else's to read.
    let Ok(note) = serde_json::from_str::<Note>(&row.payload) else { return Ok(()) };
    for organisation in &note.to {
        let sql = "INSERT INTO notice (id, organisation, account, at, kind, booking, payload, read_at) \
                   VALUES (?, ?, NULL, ?, ?, ?, ?, NULL)";
        let values = [
            Uuid::now_v7().into(),
            (*organisation).into(),
            row.at.into(),
            note.kind.clone().into(),
            note.booking.into(),
            row.payload.clone().into(),
        ];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

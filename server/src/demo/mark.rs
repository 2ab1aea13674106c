//! The mark by which a database says that what it holds is invented.

use crate::store::{Store, StoreError, statement, tables::meta};
use sea_orm::{ConnectionTrait, EntityTrait};

const KEY: &str = "demonstration";
/// While it is being filled; what is left of it if that was interrupted.
pub(super) const LOADING: &str = "loading";
/// Filled.
pub(super) const LOADED: &str = "1";

pub(super) async fn read(store: &Store) -> Result<Option<String>, StoreError> {
    Ok(meta::Entity::find_by_id(KEY.to_owned()).one(store.read()).await?.map(|mark| mark.value))
}

pub(super) async fn write(store: &Store, value: &'static str) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            Box::pin(async move {
                let sql = "INSERT INTO meta (key, value) VALUES (?, ?) \
                           ON CONFLICT (key) DO UPDATE SET value = excluded.value";
                tx.execute_raw(statement(tx, sql, [KEY.into(), value.into()])).await?;
                Ok(())
            })
        })
        .await
}

/// Whether the database holds demonstration data.
///
/// # Errors
/// The database fails.
pub async fn is_demonstration(store: &Store) -> Result<bool, StoreError> {
    Ok(read(store).await?.is_some())
}

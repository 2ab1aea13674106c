//! The mark by which a database says that what it holds is invented.

use crate::store::{Store, StoreError, statement, tables::meta};
use sea_orm::{ConnectionTrait, EntityTrait};

const KEY: &str = "demonstration";
/// What is told of its accounts at every start. They are invented, and can do nothing outside of this database.
const ACCOUNTS: &str = "demonstration_accounts";
/// While it is being filled; what is left of it if that was interrupted.
pub(super) const LOADING: &str = "loading";
/// Filled.
pub(super) const LOADED: &str = "1";

pub(super) async fn read(store: &Store) -> Result<Option<String>, StoreError> {
    value(store, KEY).await
}

pub(super) async fn write(store: &Store, value: &'static str) -> Result<(), StoreError> {
    keep(store, KEY, value.to_owned()).await
}

/// What was kept of the accounts.
pub(super) async fn accounts(store: &Store) -> Result<Option<String>, StoreError> {
    value(store, ACCOUNTS).await
}

/// Keeps what is told of the accounts.
pub(super) async fn keep_accounts(store: &Store, told: String) -> Result<(), StoreError> {
    keep(store, ACCOUNTS, told).await
}

async fn value(store: &Store, key: &str) -> Result<Option<String>, StoreError> {
    Ok(meta::Entity::find_by_id(key.to_owned()).one(store.read()).await?.map(|mark| mark.value))
}

async fn keep(store: &Store, key: &'static str, value: String) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            let value = value.clone();
            Box::pin(async move {
                let sql = "INSERT INTO meta (key, value) VALUES (?, ?) \
                           ON CONFLICT (key) DO UPDATE SET value = excluded.value";
                tx.execute_raw(statement(tx, sql, [key.into(), value.into()])).await?;
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

//! Beginning the demonstration anew: its database is deleted, to be filled again. Only a database that says of itself
//! that all it holds is invented, and only while nobody has it open: a running server remembers lines, sessions and
//! offers that would be gone.

use std::{fs, io, path::PathBuf};

use sea_orm::{ConnectionTrait, DbBackend};

use super::mark;
use crate::{
    settings::Settings,
    store::{Store, StoreError, StoreOptions, alone, statement},
};

/// Why the demonstration was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    #[error("this database is no demonstration, so it is not touched")]
    NoDemonstration,
    #[error("only an embedded database is reset; on PostgreSQL make a new database and start again")]
    NotEmbedded,
    #[error("the database is in use; stop the server first")]
    InUse,
    #[error("cannot delete {file}: {cause}", file = .0.display(), cause = .1)]
    File(PathBuf, io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes the demonstration's database.
///
/// # Errors
/// Whatever isn't certain leaves the database as it is.
pub async fn reset(settings: &Settings) -> Result<(), ResetError> {
    if !settings.database.url.starts_with("sqlite:") {
        return Err(ResetError::NotEmbedded);
    }
    let store = Store::open(&StoreOptions { create: false, ..(&settings.database).into() }).await?;
    let invented = store.backend() == DbBackend::Sqlite && is_marked(&store).await?;
    store.close().await;
    if !invented {
        return Err(ResetError::NoDemonstration);
    }
    let file = alone(&settings.database.url).await?.ok_or(ResetError::InUse)?;
    fs::remove_file(&file).map_err(|cause| ResetError::File(file, cause))
}

/// Whether the database says that what it holds is invented. One without a schema says nothing.
async fn is_marked(store: &Store) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) AS found FROM sqlite_master WHERE type = 'table' AND name = ?";
    let row = store.read().query_one_raw(statement(store.read(), sql, ["meta".into()])).await?;
    let found: i64 = row.map_or(Ok(0), |row| row.try_get("", "found"))?;
    Ok(found > 0 && mark::read(store).await?.is_some())
}

//! The demonstration loads itself when a server in demonstration mode starts on an empty database.

use sea_orm::DbBackend;

use super::{Demonstration, load, mark, new_password};
use crate::{
    cli::CommandError,
    clock::Clock,
    settings::Settings,
    store::{Store, StoreOptions},
};

/// Loads the demonstration if the settings ask for one and the database is empty; answers what to say of it: its
/// accounts, or that the database holds something else.
///
/// The schema is brought up to date on SQLite, and where `migrate` asks for it: else the demonstration would be missing
/// from a server's new database, which something else could then be put into. On one that lacks migrations otherwise
/// nothing is done here, and starting says what is missing.
///
/// # Errors
/// The database can't be opened, or was left half loaded.
pub async fn first_start(
    settings: &Settings,
    migrate: bool,
    clock: &dyn Clock,
) -> Result<Option<String>, CommandError> {
    if !settings.demonstration {
        return Ok(None);
    }
    let options = StoreOptions { durable: false, ..StoreOptions::from(&settings.database) };
    let store = Store::open(&options).await?;
    if migrate || store.backend() == DbBackend::Sqlite {
        store.migrate().await?;
    }
    if !store.pending_migrations().await?.is_empty() {
        return Ok(None);
    }
    let password = new_password();
    load(&store, settings, &Demonstration::new(password, clock.now())).await?;
    let accounts = match mark::is_demonstration(&store).await? {
        true => mark::accounts(&store).await?,
        false => {
            Some("The database holds data of its own, so no demonstration was loaded into it.".to_owned())
        }
    };
    store.close().await;
    Ok(accounts)
}

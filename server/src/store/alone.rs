//! Having an embedded database to oneself.

use std::{path::PathBuf, str::FromStr, time::Duration};

use sea_orm::sqlx::{
    ConnectOptions, Connection, Error,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use super::StoreError;

/// SQLite's primary code for a lock that somebody else has.
const BUSY: i64 = 5;
/// Who has just closed a database may still be at it for a moment.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// The file of an embedded database, all of it in the one file, or `None` if somebody else has it open: leaving the
/// write-ahead journal needs the file to oneself.
///
/// # Errors
/// The address is no embedded database's, or the file can't be opened.
pub async fn alone(url: &str) -> Result<Option<PathBuf>, StoreError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Delete)
        .busy_timeout(Duration::ZERO)
        .disable_statement_logging();
    for _ in 0..TRIES {
        match options.connect().await {
            Ok(connection) => {
                connection.close().await?;
                return Ok(Some(options.get_filename().to_owned()));
            }
            Err(Error::Database(error)) if code(&*error).is_some_and(|code| code & 0xff == BUSY) => {}
            Err(error) => return Err(error.into()),
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(None)
}

fn code(error: &dyn sea_orm::sqlx::error::DatabaseError) -> Option<i64> {
    error.code()?.parse().ok()
}

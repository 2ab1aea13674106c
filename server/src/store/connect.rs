//! Opening the two databases with what the protocol relies on, on every single connection.

use std::{str::FromStr, time::Duration};

use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        self, ConnectOptions, Connection, Executor, Row,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};

use super::{StoreError, StoreOptions};

/// How long a connection to a server is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of the file that are read as the kernel has them; beyond it each connection reads pages of its own.
const MAPPED: u64 = 1 << 30;
/// Pages of SQLite's write-ahead log at which a commit copies them itself: 64 MiB. See [`super::checkpoint`].
pub(super) const LOG_PAGES: u32 = 16_384;

/// Connections for reading and for writing.
pub(super) struct Connections {
    pub read: DatabaseConnection,
    pub write: DatabaseConnection,
    /// One lasting connection, whose `data_version` tells of every commit by another (SQLite only).
    pub watch: Option<DatabaseConnection>,
    /// One that copies the log into the database (SQLite only).
    pub copy: Option<DatabaseConnection>,
}

pub(super) async fn sqlite(options: &StoreOptions) -> Result<Connections, StoreError> {
    let connect = SqliteConnectOptions::from_str(&options.url)?
        .create_if_missing(options.create)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged booking survives a power cut: every commit is synced.
        .synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Normal })
        .foreign_keys(true)
        .busy_timeout(options.busy_timeout)
        .statement_cache_capacity(512)
        // Rows cross from the driver's thread without a handshake each.
        .row_buffer_size(512)
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    let path = connect.get_filename().to_owned();
    if !options.create && !path.is_file() {
        let missing = path.display();
        return Err(StoreError::Internal(format!(
            "there is no database {missing}; `zhongshi migrate` makes one"
        )));
    }
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(|error| {
            StoreError::Internal(format!("the folder {} can't be made: {error}", folder.display()))
        })?;
    }
    let writing =
        connect.clone().pragma("cache_size", "-65536").pragma("wal_autocheckpoint", LOG_PAGES.to_string());
    let copying = connect.clone().pragma("cache_size", "-64");
    // What is read is the file as the kernel has it, not a copy for each connection.
    let reading = connect
        .pragma("cache_size", "-8192")
        .pragma("mmap_size", MAPPED.to_string())
        .pragma("query_only", "on");
    let write = SqlxSqliteConnector::from_sqlx_sqlite_pool(lasting().connect_with(writing).await?);
    let watch = SqlxSqliteConnector::from_sqlx_sqlite_pool(lasting().connect_with(reading.clone()).await?);
    let copy = SqlxSqliteConnector::from_sqlx_sqlite_pool(lasting().connect_with(copying).await?);
    let read = sqlite_pool()
        .max_connections(options.connections)
        .idle_timeout(Duration::from_secs(60))
        .connect_with(reading)
        .await?;
    let read = SqlxSqliteConnector::from_sqlx_sqlite_pool(read);
    Ok(Connections { read, write, watch: Some(watch), copy: Some(copy) })
}

/// A pool of exactly one connection that is never closed.
fn lasting() -> SqlitePoolOptions {
    sqlite_pool().min_connections(1).max_connections(1).idle_timeout(None).max_lifetime(None)
}

fn sqlite_pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        // A file doesn't go away like a server does.
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // A pragma that a build doesn't know is ignored in silence, and without foreign keys there is no guard.
                let row = connection.fetch_one("PRAGMA foreign_keys").await?;
                if row.try_get::<i64, _>(0)? == 1 {
                    Ok(())
                } else {
                    Err(sqlx::Error::Configuration("SQLite does not enforce foreign keys".into()))
                }
            })
        })
}

pub(super) async fn postgres(options: &StoreOptions) -> Result<Connections, StoreError> {
    let connect = PgConnectOptions::from_str(&options.url)?
        .application_name("zhongshi")
        .statement_cache_capacity(512)
        .disable_statement_logging();
    greet(&connect).await?;
    let reading = connect.clone().options([("default_transaction_read_only", "on")]);
    // Said to every connection, since a role or a database may have a default of its own.
    let commit = if options.durable { "on" } else { "off" };
    let connect = connect.options([("synchronous_commit", commit)]);
    let pool = || PgPoolOptions::new().max_connections(options.connections).acquire_timeout(PATIENCE);
    let write = pool().connect_with(connect).await?;
    let read = pool().connect_with(reading).await?;
    Ok(Connections {
        read: SqlxPostgresConnector::from_sqlx_postgres_pool(read),
        write: SqlxPostgresConnector::from_sqlx_postgres_pool(write),
        watch: None,
        copy: None,
    })
}

/// Asks once, and says who doesn't answer: a pool would try again and again, and tell of itself alone.
async fn greet(connect: &PgConnectOptions) -> Result<(), StoreError> {
    let (host, port) = (connect.get_host(), connect.get_port());
    let away = |cause: String| StoreError::Away(format!("{host}:{port}: {cause}"));
    match tokio::time::timeout(PATIENCE, connect.connect()).await {
        Ok(Ok(connection)) => Ok(connection.close().await?),
        Ok(Err(sqlx::Error::Database(cause))) => Err(away(cause.message().to_owned())),
        Ok(Err(cause)) => Err(away(cause.to_string())),
        Err(_) => Err(away(format!("no answer within {} s", PATIENCE.as_secs()))),
    }
}

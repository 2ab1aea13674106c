//! SQLite: a file in a folder of its own, with the settings that the server uses.

use std::{path::PathBuf, time::Duration};

use migration::Migrator;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

/// How long a connection waits for another's write lock.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn empty() -> Self {
        let folder = std::env::temp_dir().join(format!("zhongshi-test-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
        Self(folder)
    }

    pub async fn migrated() -> Self {
        let folder = Self::empty();
        // The schema alone need not survive a power cut.
        let connection = folder.open(1, SqliteSynchronous::Off).await;
        Migrator::up(&connection, None).await.expect("the migrations run");
        connection.close().await.expect("the connection closes");
        folder
    }

    pub async fn copy(&self) -> Self {
        let other = Self::empty();
        let connection = self.connect(1).await;
        let into = format!("VACUUM INTO '{}'", other.0.join("test.db").display());
        connection.execute_unprepared(&into).await.expect("the file is copied");
        connection.close().await.expect("the connection closes");
        other
    }

    pub fn url(&self) -> String {
        format!("sqlite://{}", self.0.join("test.db").display())
    }

    pub async fn connect(&self, most: u32) -> DatabaseConnection {
        self.open(most, SqliteSynchronous::Full).await
    }

    async fn open(&self, most: u32, synchronous: SqliteSynchronous) -> DatabaseConnection {
        let options = SqliteConnectOptions::new()
            .filename(self.0.join("test.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new()
            .max_connections(most)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await
            .expect("SQLite opens");
        SqlxSqliteConnector::from_sqlx_sqlite_pool(pool)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

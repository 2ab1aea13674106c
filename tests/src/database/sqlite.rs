//! SQLite: a file in a folder of its own, with the settings that the server uses.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

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
        let template = template().await;
        let folder = Self::empty();
        std::fs::copy(template, folder.file()).expect("the template is copied");
        folder
    }

    pub async fn copy(&self) -> Self {
        let other = Self::empty();
        self.write(&other.file()).await;
        other
    }

    /// Writes it as it is now to a file that isn't there yet.
    async fn write(&self, to: &Path) {
        let connection = self.connect(1).await;
        let into = format!("VACUUM INTO '{}'", to.display());
        connection.execute_unprepared(&into).await.expect("the file is copied");
        connection.close().await.expect("the connection closes");
    }

    fn file(&self) -> PathBuf {
        self.0.join("test.db")
    }

    pub fn url(&self) -> String {
        format!("sqlite://{}", self.file().display())
    }

    pub async fn connect(&self, most: u32) -> DatabaseConnection {
        self.open(most, SqliteSynchronous::Full).await
    }

    async fn open(&self, most: u32, synchronous: SqliteSynchronous) -> DatabaseConnection {
        let options = SqliteConnectOptions::new()
            .filename(self.file())
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

/// A file with the newest schema, beside the program that has the migrations in it; made anew by the first test after
/// that was built.
async fn template() -> PathBuf {
    let program = std::env::current_exe().expect("a program has a path");
    let template = program.with_added_extension("db");
    let made = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified());
    let built = made(&program).expect("the program has a time");
    if !made(&template).is_ok_and(|made| made > built) {
        let folder = Folder::empty();
        // The schema alone need not survive a power cut.
        let connection = folder.open(1, SqliteSynchronous::Off).await;
        Migrator::up(&connection, None).await.expect("the migrations run");
        connection.close().await.expect("the connection closes");
        // Whole at once: others may look at the same time.
        let draft = program.with_added_extension(Uuid::now_v7().to_string());
        folder.write(&draft).await;
        std::fs::rename(draft, &template).expect("the template gets its name");
    }
    template
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

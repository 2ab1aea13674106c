//! A database per test, migrated, on SQLite and on PostgreSQL, gone when the test ends.

mod cluster;
mod postgres;
mod runner;
mod sqlite;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value,
};
use server::{
    settings::DatabaseSettings,
    store::{Store, StoreOptions},
};

pub use postgres::schema;
pub use runner::run;

/// The two databases that everything must hold on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// SeaORM's word for it.
    #[must_use]
    pub const fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }
}

/// What must be undone when the test ends.
#[derive(Debug)]
enum Ground {
    Sqlite(sqlite::Folder),
    Postgres(Box<postgres::Database>),
}

/// One test's own database.
#[derive(Debug)]
pub struct TestDatabase {
    engine: Engine,
    connection: DatabaseConnection,
    // Last, so that the connections go before the database.
    ground: Ground,
}

/// Connections that a test may use at once.
const CONNECTIONS: u32 = 40;

impl TestDatabase {
    /// A database with the newest schema and no rows.
    pub async fn migrated(engine: Engine) -> Self {
        Self::on(match engine {
            Engine::Sqlite => Ground::Sqlite(sqlite::Folder::migrated().await),
            Engine::Postgres => Ground::Postgres(Box::new(postgres::Database::migrated().await)),
        })
        .await
    }

    /// A database without any table.
    pub async fn empty(engine: Engine) -> Self {
        Self::on(match engine {
            Engine::Sqlite => Ground::Sqlite(sqlite::Folder::empty()),
            Engine::Postgres => Ground::Postgres(Box::new(postgres::Database::empty().await)),
        })
        .await
    }

    /// A copy of it as it is now.
    pub async fn copy(&self) -> Self {
        Self::on(match &self.ground {
            Ground::Sqlite(folder) => Ground::Sqlite(folder.copy().await),
            Ground::Postgres(database) => Ground::Postgres(Box::new(database.copy().await)),
        })
        .await
    }

    async fn on(ground: Ground) -> Self {
        let engine = match &ground {
            Ground::Sqlite(_) => Engine::Sqlite,
            Ground::Postgres(_) => Engine::Postgres,
        };
        let connection = connect(&ground, CONNECTIONS).await;
        Self { engine, connection, ground }
    }

    /// Which of the two it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Its address, as the server's settings take it.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.ground {
            Ground::Sqlite(folder) => folder.url(),
            Ground::Postgres(database) => database.url(),
        }
    }

    /// Settings that open it.
    #[must_use]
    pub fn settings(&self) -> DatabaseSettings {
        DatabaseSettings { url: self.url(), connections: 8 }
    }

    /// The server's own store over it.
    ///
    /// # Panics
    /// If it doesn't open.
    pub async fn store(&self) -> Store {
        Store::open(&StoreOptions::new(self.url())).await.expect("the store opens")
    }

    /// Connections that know nothing of the store: no lock, no writer, no retry. On SQLite with the settings that the
    /// server uses (WAL, synchronous=FULL, foreign keys on).
    #[must_use]
    pub const fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Other such connections, `most` at once.
    pub async fn connect(&self, most: u32) -> DatabaseConnection {
        connect(&self.ground, most).await
    }

    /// One connection on which no foreign key is checked, and no trigger keeps the records.
    ///
    /// # Panics
    /// If the database doesn't allow it.
    pub async fn lawless(&self) -> DatabaseConnection {
        let connection = self.connect(1).await;
        let sql = match self.engine {
            Engine::Sqlite => {
                "PRAGMA foreign_keys = OFF;
                 DROP TRIGGER IF EXISTS decision_unchanged; DROP TRIGGER IF EXISTS decision_kept"
            }
            Engine::Postgres => "SET session_replication_role = replica",
        };
        connection.execute_unprepared(sql).await.expect("the test may do anything");
        connection
    }

    /// A statement with `$1`, `$2` … in the words that both databases know.
    #[must_use]
    pub fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(self.engine.backend(), sql, values)
    }

    /// Runs one statement in a transaction of its own.
    ///
    /// # Errors
    /// The database's refusal.
    pub async fn execute(&self, sql: &str, values: Vec<Value>) -> Result<ExecResult, DbErr> {
        self.connection.execute_raw(self.statement(sql, values)).await
    }

    /// Reads rows.
    ///
    /// # Errors
    /// The database's refusal.
    pub async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, DbErr> {
        self.connection.query_all_raw(self.statement(sql, values)).await
    }

    /// Reads one number, such as a count.
    ///
    /// # Panics
    /// If the statement fails or answers anything but one row with an integer first.
    pub async fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql, vec![]).await.expect("the query runs");
        rows.first().expect("a row").try_get_by_index(0).expect("an integer")
    }
}

async fn connect(ground: &Ground, most: u32) -> DatabaseConnection {
    match ground {
        Ground::Sqlite(folder) => folder.connect(most).await,
        Ground::Postgres(database) => database.connect(most).await,
    }
}

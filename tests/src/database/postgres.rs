//! PostgreSQL: a database cloned from a template that the first test to come migrates.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use migration::Migrator;
use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector,
    sqlx::{
        AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection,
        postgres::{PgConnectOptions, PgPoolOptions},
        query_scalar,
    },
};
use sea_orm_migration::MigratorTrait;
use uuid::Uuid;

use super::cluster;

/// What the advisory lock that guards the template is called.
const TEMPLATE_LOCK: i64 = 0x5a48_4f4e_4753_4849;

#[derive(Debug)]
pub struct Database {
    server: PgConnectOptions,
    name: String,
}

impl Database {
    pub async fn empty() -> Self {
        Self::create("template0").await
    }

    pub async fn migrated() -> Self {
        let template = template().await;
        Self::create(&template).await
    }

    async fn create(template: &str) -> Self {
        let server = server();
        let name = format!("zhongshi_test_{}", Uuid::now_v7().simple());
        let mut connection = server.connect().await.expect("PostgreSQL answers");
        run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        connection.close().await.expect("the connection closes");
        Self { server, name }
    }

    /// Ends whoever is connected: a database in use can't be copied.
    pub async fn copy(&self) -> Self {
        let mut connection = server().connect().await.expect("PostgreSQL answers");
        let name = &self.name;
        let text = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        run(&mut connection, text).await;
        connection.close().await.expect("the connection closes");
        Self::create(name).await
    }

    pub fn url(&self) -> String {
        self.options().to_url_lossy().to_string()
    }

    pub async fn connect(&self, most: u32) -> DatabaseConnection {
        // Deadlocks are what storms are made of: found soon, they cost a test no seconds.
        let options = self.options().options([("deadlock_timeout", "100ms")]);
        let pool = PgPoolOptions::new()
            .max_connections(most)
            .acquire_timeout(Duration::from_secs(60))
            .connect_with(options)
            .await
            .expect("the test's database opens");
        SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
    }

    fn options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread, because a runtime can't block inside another. A database that stays is gone with its cluster.
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                if let Ok(mut connection) = server.connect().await {
                    let text = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                    let _ = connection.execute(AssertSqlSafe(text)).await;
                }
            });
            std::io::Result::Ok(())
        })
        .join();
    }
}

fn server() -> PgConnectOptions {
    let url = std::env::var("ZHONGSHI_TEST_POSTGRES").unwrap_or_else(|_| {
        cluster::url().unwrap_or_else(|problem| {
            panic!("ZHONGSHI_TEST_POSTGRES names no server, and none could be started: {problem}")
        })
    });
    let options: PgConnectOptions = url.parse().expect("ZHONGSHI_TEST_POSTGRES is a PostgreSQL URL");
    options.disable_statement_logging()
}

/// The name of a database with the newest schema; made by the first process to come, for all.
async fn template() -> String {
    let name = format!("zhongshi_template_{:016x}", schema());
    let mut connection = server().connect().await.expect("PostgreSQL answers");
    run(&mut connection, format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
    let ready: bool = query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut connection)
        .await
        .expect("the catalogue answers");
    if !ready {
        // Under another name first: a process that dies half-way leaves no half-made template.
        let draft = format!("{name}_draft");
        run(&mut connection, format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
        run(&mut connection, format!("CREATE DATABASE {draft} TEMPLATE template0")).await;
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(server().database(&draft))
            .await
            .expect("the template opens");
        let schema = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        Migrator::up(&schema, None).await.expect("the migrations run");
        schema.close().await.expect("the connection closes");
        run(&mut connection, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    connection.close().await.expect("the connection closes, and with it the lock goes");
    name
}

/// A digest of the migrations, so that what outlives them is never taken for the newest schema.
///
/// # Panics
/// If they can't be read.
#[must_use]
pub fn schema() -> u64 {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migration/src");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the migrations are there")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let mut digest = DefaultHasher::new();
    for file in files {
        fs::read(file).unwrap_or_default().hash(&mut digest);
    }
    digest.finish()
}

async fn run(connection: &mut PgConnection, text: String) {
    connection.execute(AssertSqlSafe(text.clone())).await.unwrap_or_else(|error| panic!("{text}: {error}"));
}

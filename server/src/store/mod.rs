//! The store: entities, queries and the one way to write.
//!
//! Reads outside transactions go through [`Store::read`], which refuses writes; everything that changes the database
//! goes through [`Store::write`]. Times and units are those of the `migration` crate.

mod alone;
pub mod catalogue;
mod checkpoint;
mod connect;
mod error;
mod job;
pub(crate) mod occupancy_row;
pub mod queries;
mod reference_rows;
mod retry;
pub mod snapshot;
pub mod tables;
mod tx;
pub mod verify;
mod writer;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use migration::Migrator;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, IsolationLevel, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::oneshot;

pub use alone::alone;
pub use catalogue::{Catalogue, LineParts, Platform};
pub use error::StoreError;
pub use occupancy_row::kind_name;
pub use snapshot::{Current, Snapshots};
pub use tx::{Tx, statement};

use checkpoint::Checkpoints;
use job::{Fate, Typed, run};

/// PostgreSQL's advisory lock of whoever migrates: a number of our own.
const MIGRATING: i64 = 0x7a68_6f6e_6773_6869;

/// Where the database is and how much of it to use.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
    pub url: String,
    /// Connections kept at most; on SQLite, for reading: there is exactly one for writing.
    pub connections: u32,
    /// How long SQLite waits for another process that writes.
    pub busy_timeout: Duration,
    /// Whether an SQLite file that is missing is made, with its folder.
    pub create: bool,
    /// Whether a commit answers only once it is on the disk. Only the loading of a demonstration does without: a power
    /// cut then loses the last commits, though never half of one.
    pub durable: bool,
    /// Is shown every statement of every write.
    pub observer: Option<Observer>,
}

/// Somebody who watches the writing: a benchmark that replays it, a test that counts.
#[derive(Clone)]
pub struct Observer(pub Arc<dyn Fn(&Statement) + Send + Sync>);

impl std::fmt::Debug for Observer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

impl StoreOptions {
    /// Eight connections, five seconds of patience, a new file if there is none.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            connections: 8,
            busy_timeout: Duration::from_secs(5),
            create: true,
            durable: true,
            observer: None,
        }
    }
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    read: DatabaseConnection,
    write: DatabaseConnection,
    watch: Option<DatabaseConnection>,
    copy: Option<DatabaseConnection>,
    /// SQLite's writer; PostgreSQL needs none.
    queue: Option<writer::Queue>,
    commits: Arc<AtomicU64>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inner").field("backend", &self.read.get_database_backend()).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database. The schema is left as it is, see [`Store::migrate`].
    ///
    /// # Errors
    /// The address is malformed, nobody answers there, or there is no file and none is to be made.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let embedded = options.url.starts_with("sqlite:");
        let connections =
            if embedded { connect::sqlite(options).await? } else { connect::postgres(options).await? };
        let commits = Arc::new(AtomicU64::new(0));
        let connect::Connections { read, mut write, watch, copy } = connections;
        if let Some(observer) = options.observer.clone() {
            write.set_metric_callback(move |info| observer.0(info.statement));
        }
        let queue = copy
            .clone()
            .map(|copy| writer::start(write.clone(), Checkpoints::start(copy), Arc::clone(&commits)));
        Ok(Self { inner: Arc::new(Inner { read, write, watch, copy, queue, commits }) })
    }

    /// Brings the schema up to date: all that is missing in one transaction, or nothing. Of several who do this at
    /// once one works, and the others find it done.
    ///
    /// # Errors
    /// A migration fails, or the database knows newer ones than this program.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let embedded = self.backend() == DbBackend::Sqlite;
        let options = TransactionOptions {
            isolation_level: (!embedded).then_some(IsolationLevel::ReadCommitted),
            // SQLite's only writer from here on; PostgreSQL has a lock for it, given back with the transaction.
            sqlite_transaction_mode: embedded.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.inner.write.begin_with_options(options).await?;
        if !embedded {
            let lock = "SELECT pg_advisory_xact_lock(?)";
            transaction.execute_raw(statement(&transaction, lock, [MIGRATING.into()])).await?;
        }
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Names of the migrations that [`Store::migrate`] would run.
    ///
    /// # Errors
    /// The database fails, or knows newer migrations than this program.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(&self.inner.read).await?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
    }

    /// Commits of [`Store::write`] since the store was opened. On SQLite one commit may serve many writes.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.inner.commits.load(Ordering::Relaxed)
    }

    /// Which of the two databases this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.inner.read.get_database_backend()
    }

    /// Connections for reading outside transactions. They refuse to write.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.inner.read
    }

    /// SQLite's lasting connection, which sees that others committed.
    fn watch(&self) -> Option<&DatabaseConnection> {
        self.inner.watch.as_ref()
    }

    /// Runs `work` in a write transaction and answers only after the commit. `Err` undoes whatever it wrote.
    ///
    /// SQLite: one writer, which commits many at once, each in a savepoint of its own. PostgreSQL: a READ COMMITTED
    /// transaction. Serialization failures, deadlocks and a busy file are retried at most five times with jitter, so
    /// `work` runs again and must have no effect outside the database. An error that any statement met undoes the
    /// work even if it answers `Ok`.
    ///
    /// # Errors
    /// What `work` answered; [`StoreError::Retry`] when trying again did not help; [`StoreError::Internal`] when the
    /// database failed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'a> Fn(&'a Tx<'a>) -> BoxFuture<'a, Result<T, E>> + Send + Sync + 'static,
    {
        let Some(queue) = &self.inner.queue else { return self.write_alone(&work).await };
        let (reply, answer) = oneshot::channel();
        let gone = || E::from(StoreError::Internal("the writer has stopped".into()));
        queue.send(Box::new(Typed::new(work, reply))).await.map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// PostgreSQL's way: a transaction of its own.
    async fn write_alone<T, E, F>(&self, work: &F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'a> Fn(&'a Tx<'a>) -> BoxFuture<'a, Result<T, E>> + Send + Sync,
        T: Send,
        E: Send,
    {
        let mut attempt = 1;
        loop {
            let options = TransactionOptions {
                isolation_level: Some(IsolationLevel::ReadCommitted),
                ..TransactionOptions::default()
            };
            let transaction = self.inner.write.begin_with_options(options).await.map_err(StoreError::from)?;
            let (result, fate) = run(work, &Tx::new(&transaction), attempt).await;
            let ended = match fate {
                Fate::Keep => transaction.commit().await.map_err(StoreError::from),
                // A connection that can't roll back is lost, and its transaction with it.
                Fate::Undo | Fate::Again => transaction.rollback().await.or(Ok(())),
            };
            match ended {
                Err(error) if error.is_retry() && attempt < retry::ATTEMPTS => {}
                Err(error) => return Err(error.into()),
                Ok(()) if fate == Fate::Again => {}
                Ok(()) => {
                    if fate == Fate::Keep {
                        self.inner.commits.fetch_add(1, Ordering::Relaxed);
                    }
                    return result;
                }
            }
            retry::pause(attempt).await;
            attempt += 1;
        }
    }

    /// Finishes what is under way and closes every connection.
    pub async fn close(&self) {
        let Inner { read, write, watch, copy, .. } = &*self.inner;
        let all = [Some(read), watch.as_ref(), copy.as_ref(), Some(write)];
        for connection in all.into_iter().flatten() {
            let _closed_already = connection.clone().close().await;
        }
    }
}

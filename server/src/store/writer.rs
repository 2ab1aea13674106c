//! SQLite's one writer: group commit. Whoever waits is put into one IMMEDIATE transaction, each in its own savepoint,
//! so that one costly commit serves them all; nobody is answered before it.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::mpsc;

use super::{
    StoreError, Tx,
    checkpoint::Checkpoints,
    job::{Fate, Job},
    retry,
};

/// Most jobs in one commit: bounds how long the first one waits for the last.
const GROUP: usize = 64;

pub(super) type Queue = mpsc::Sender<Box<dyn Job>>;

/// Starts the writer on a pool of exactly one connection. It ends when every handle of the store is gone.
///
/// Counts its commits in `commits`.
pub(super) fn start(
    connection: DatabaseConnection,
    checkpoints: Checkpoints,
    commits: Arc<AtomicU64>,
) -> Queue {
    let (queue, waiting) = mpsc::channel(1024);
    tokio::spawn(serve(connection, waiting, checkpoints, commits));
    queue
}

async fn serve(
    connection: DatabaseConnection,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    mut checkpoints: Checkpoints,
    commits: Arc<AtomicU64>,
) {
    while let Some(first) = waiting.recv().await {
        let mut group = Group { todo: VecDeque::from([first]), done: Vec::new() };
        let mut attempt = 1;
        loop {
            let ended = group.commit(&connection, &mut waiting).await;
            if let Ok(jobs) = ended {
                commits.fetch_add(1, Ordering::Relaxed);
                checkpoints.committed(jobs);
            }
            match ended {
                Ok(_) if group.todo.is_empty() => break,
                // Some met a busy file or the like: they are tried again, the others are answered.
                Ok(_) => {}
                Err(error) if error.is_retry() && attempt < retry::ATTEMPTS => {}
                Err(error) => {
                    group.fail(&error);
                    break;
                }
            }
            retry::pause(attempt).await;
            attempt += 1;
        }
    }
}

struct Group {
    todo: VecDeque<Box<dyn Job>>,
    done: Vec<Box<dyn Job>>,
}

impl Group {
    /// Runs what is to do, and whatever joins meanwhile, in one transaction; answers after its commit how many were
    /// done. Jobs that want another attempt are left to do. On an error nothing was kept and all are left to do.
    async fn commit(
        &mut self,
        connection: &DatabaseConnection,
        waiting: &mut mpsc::Receiver<Box<dyn Job>>,
    ) -> Result<usize, StoreError> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = connection.begin_with_options(immediate).await?;
        let mut again = Vec::new();
        let filled = self.fill(&transaction, waiting, &mut again).await;
        let ended = match filled {
            Ok(()) => transaction.commit().await.map_err(StoreError::from),
            Err(error) => {
                abandon(transaction).await;
                Err(error.into())
            }
        };
        let done = self.done.len();
        match ended {
            Ok(()) => self.done.drain(..).for_each(Job::answer),
            Err(_) => self.todo.extend(self.done.drain(..)),
        }
        self.todo.extend(again);
        ended.map(|()| done)
    }

    async fn fill(
        &mut self,
        transaction: &DatabaseTransaction,
        waiting: &mut mpsc::Receiver<Box<dyn Job>>,
        again: &mut Vec<Box<dyn Job>>,
    ) -> Result<(), DbErr> {
        // One statement ends a job's savepoint and begins the next one's; after a rollback it is open and empty.
        let mut mark = "SAVEPOINT job";
        while let Some(mut job) = self.next(waiting, again.len()) {
            let marked =
                if mark.is_empty() { Ok(()) } else { transaction.execute_unprepared(mark).await.map(drop) };
            if let Err(error) = marked {
                self.todo.push_front(job);
                return Err(error);
            }
            let fate = job.attempt(&Tx::new(transaction)).await;
            mark = "RELEASE job; SAVEPOINT job";
            match fate {
                Fate::Keep => self.done.push(job),
                Fate::Undo => self.done.push(job),
                Fate::Again => again.push(job),
            }
            if fate != Fate::Keep {
                transaction.execute_unprepared("ROLLBACK TO job").await?;
                mark = "";
            }
        }
        Ok(())
    }

    fn next(&mut self, waiting: &mut mpsc::Receiver<Box<dyn Job>>, set_aside: usize) -> Option<Box<dyn Job>> {
        self.todo
            .pop_front()
            .or_else(|| (self.done.len() + set_aside < GROUP).then(|| waiting.try_recv().ok()).flatten())
    }

    fn fail(&mut self, error: &StoreError) {
        for job in self.todo.drain(..).chain(self.done.drain(..)) {
            job.fail(error.clone());
        }
    }
}

/// Rolls back. Some errors (a full disk) make SQLite roll back by itself, which the driver doesn't notice: it counts a
/// transaction that is gone, and would never begin another one. An empty one puts that right.
async fn abandon(transaction: DatabaseTransaction) {
    let _ended_already = transaction.execute_unprepared("BEGIN").await;
    if let Err(error) = transaction.rollback().await {
        tracing::error!(%error, "a group of writes could not be rolled back");
    }
}

//! Copying SQLite's write-ahead log into the database beside the writer instead of in a commit's way: in a large
//! database the pages lie apart, and whoever waited for that commit waited a second.
//!
//! It is SQLite's passive checkpoint, which waits for nobody and nobody waits for. The writer's own, at
//! [`super::connect::LOG_PAGES`], is left for a load under which this one never catches up.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use tokio::sync::mpsc;

use super::statement;

/// Jobs committed between two checkpoints: some four thousand pages of log.
const JOBS: usize = 200;
/// What is written during a checkpoint is left to the next one, ever less; the log begins anew once none is left.
const ATTEMPTS: u32 = 6;

/// Counts what is committed, and has the log copied now and then.
#[derive(Debug)]
pub(super) struct Checkpoints {
    due: mpsc::Sender<()>,
    jobs: usize,
}

impl Checkpoints {
    /// Starts the copying on a connection of its own. It ends when this is gone.
    pub fn start(connection: DatabaseConnection) -> Self {
        let (due, mut asked) = mpsc::channel(1);
        tokio::spawn(async move {
            while asked.recv().await.is_some() {
                if let Err(error) = catch_up(&connection).await {
                    tracing::warn!(%error, "the write-ahead log could not be copied beside the writer");
                }
            }
        });
        Self { due, jobs: 0 }
    }

    /// `jobs` more have been committed.
    pub fn committed(&mut self, jobs: usize) {
        self.jobs += jobs;
        // One that is under way already is asked for once more.
        if self.jobs >= JOBS && self.due.try_send(()).is_ok() {
            self.jobs = 0;
        }
    }
}

async fn catch_up(connection: &DatabaseConnection) -> Result<(), DbErr> {
    for _ in 0..ATTEMPTS {
        let copy = statement(connection, "PRAGMA wal_checkpoint(PASSIVE)", []);
        let Some(row) = connection.query_one_raw(copy).await? else { return Ok(()) };
        let (logged, copied): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        if copied >= logged {
            break;
        }
    }
    Ok(())
}

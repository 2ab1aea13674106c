//! A piece of work on its way through a transaction: it may run several times and is answered once.

use std::panic::AssertUnwindSafe;

use futures::{FutureExt, future::BoxFuture};
use tokio::sync::oneshot;

use super::{StoreError, Tx};

/// Work of any type, as the writer handles it.
pub(super) trait Job: Send {
    /// Runs the work once. Its changes are to be kept on `Fate::Keep` only.
    fn attempt<'a>(&'a mut self, tx: &'a Tx<'a>) -> BoxFuture<'a, Fate>;
    /// Answers with what the last attempt came to.
    fn answer(self: Box<Self>);
    /// Answers that it could not be done.
    fn fail(self: Box<Self>, error: StoreError);
}

/// What becomes of an attempt's changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Undo,
    Again,
}

pub(super) struct Typed<T, E, F> {
    work: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
    attempts: u32,
}

impl<T, E, F> Typed<T, E, F> {
    pub(super) const fn new(work: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Self { work, result: None, reply, attempts: 0 }
    }
}

impl<T, E, F> Job for Typed<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: for<'t> Fn(&'t Tx<'t>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
{
    fn attempt<'a>(&'a mut self, tx: &'a Tx<'a>) -> BoxFuture<'a, Fate> {
        Box::pin(async move {
            self.attempts += 1;
            let (result, fate) = run(&self.work, tx, self.attempts).await;
            self.result = Some(result);
            fate
        })
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(StoreError::Internal("it never ran".into()).into()));
        // Nobody listens any more when the client went away; what was committed stays.
        let _gone = self.reply.send(result);
    }

    fn fail(self: Box<Self>, error: StoreError) {
        let _gone = self.reply.send(Err(error.into()));
    }
}

/// Runs `work` once in `tx`. An error that a statement met is final whatever the work made of it; a panic is an error.
pub(super) async fn run<T, E, F>(work: &F, tx: &Tx<'_>, attempt: u32) -> (Result<T, E>, Fate)
where
    E: From<StoreError>,
    F: for<'t> Fn(&'t Tx<'t>) -> BoxFuture<'t, Result<T, E>>,
{
    let whole = async {
        let done = work(tx).await?;
        // What still waits to be inserted; an error in it is the transaction's, seen below.
        let _failure = tx.flush().await;
        Ok(done)
    };
    let outcome = AssertUnwindSafe(whole).catch_unwind().await;
    let result = outcome.unwrap_or_else(|_| {
        tracing::error!("the work of a transaction panicked; its changes are undone");
        Err(StoreError::Internal("the work panicked".into()).into())
    });
    match (tx.failure(), result) {
        (Some(error), _) if error.is_retry() && attempt < super::retry::ATTEMPTS => {
            (Err(error.into()), Fate::Again)
        }
        (Some(error), Ok(_)) => (Err(error.into()), Fate::Undo),
        (Some(error), Err(_)) if error.is_retry() => (Err(error.into()), Fate::Undo),
        (_, Err(refused)) => (Err(refused), Fate::Undo),
        (None, Ok(done)) => (Ok(done), Fate::Keep),
    }
}

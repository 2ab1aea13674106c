//! Every search and its outcome, for the district: queued, and written in the background in batches, never on a
//! request's path. A batch that can't be written is tried again until it is. When the queue is full meanwhile, records
//! are dropped, counted and told of in the log and by readiness; a search never waits.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::{
    Minutes, ProductId, Second,
    availability::{Offers, Outcome},
    refusal::Refusal,
    request::Request,
    route::Route,
};
use sea_orm::{EntityTrait, Set};
use tokio::{
    sync::{Notify, mpsc, watch},
    time::sleep,
};
use uuid::Uuid;

use super::{
    Member,
    refusal::reason,
    visit::{Visit, VisitKey},
    words::word,
};
use crate::store::{Catalogue, Store, StoreError, tables::search_record as table};

/// Records that may wait.
const QUEUE: usize = 20_000;
/// Most records in one statement (its parameters are limited).
const BATCH: usize = 500;
/// How long records gather before they are written.
const GATHER: Duration = Duration::from_millis(500);
/// How long the writer waits after a failure; doubled after each up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How often a batch is tried while the server stops, before it is given up.
const LAST_TRIES: u32 = 4;

/// One search.
#[derive(Clone, Debug)]
pub(crate) struct SearchRecord(table::Model);

impl SearchRecord {
    pub fn new(
        catalogue: &Catalogue,
        (member, visitor): (Option<&Member>, Option<Uuid>),
        request: &Request,
        found: &Result<Outcome, Refusal>,
        now: Second,
    ) -> Self {
        let offers = found.as_ref().ok().map(|outcome| &outcome.offers);
        Self(table::Model {
            id: Uuid::now_v7(),
            at: now,
            organisation: member.map(|member| member.organisation.0),
            offering: request.offering.clone(),
            platform: request.platform.map(|platform| platform.0),
            starts_at: request.window.start,
            ends_at: request.window.end,
            batches: request.batches.into(),
            stage: word(request.stage),
            offers: offers.map_or(0, |offers| i64::try_from(offers.len()).unwrap_or(i64::MAX)),
            first_start: offers.and_then(Offers::first_start),
            refusals: serde_json::Value::from(reasons(found)).to_string(),
            minutes: asked(catalogue, request),
            product: (request.product != ProductId::NONE).then_some(request.product.0),
            visitor: visitor.filter(|_| member.is_none()),
        })
    }
}

/// The names of the reasons, each once.
fn reasons(found: &Result<Outcome, Refusal>) -> Vec<String> {
    let mut names: Vec<String> = match found {
        Ok(outcome) => outcome.refusals.iter().map(|refused| reason(&refused.refusal)).collect(),
        Err(refusal) => vec![reason(refusal)],
    };
    names.sort_unstable();
    names.dedup();
    names
}

/// Line time asked for: the shortest that some route of the offering could need, nights not counted. `None` where no
/// route makes it.
fn asked(catalogue: &Catalogue, request: &Request) -> Option<Minutes> {
    let makes = |route: &&Arc<Route>| {
        route.offering == request.offering
            && request.platform.is_none_or(|platform| platform == route.platform)
    };
    let batches = i64::from(request.batches);
    let of = |route: &Arc<Route>| {
        let steps = route.steps.iter().map(|step| {
            let lines = step.lines.iter().map(|line| line.setup + batches * line.batch + line.wait);
            lines.min().unwrap_or(0)
        });
        steps.sum()
    };
    catalogue.routes().filter(makes).map(of).min()
}

/// Where searches are handed in.
#[derive(Clone, Debug)]
pub struct Searches {
    queue: mpsc::Sender<table::Model>,
    /// Tells the writer to take no more.
    stop: Arc<Notify>,
    /// Its other end goes with the writer.
    ended: watch::Receiver<()>,
    /// Records that were never written.
    lost: Arc<AtomicU64>,
    /// By which visitors are told apart.
    visits: VisitKey,
}

impl Searches {
    /// Starts the background writer. It ends, with everything written, by [`Self::finish`] or when the last handle is
    /// gone.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (queue, receiver) = mpsc::channel(QUEUE);
        let (running, ended) = watch::channel(());
        let (stop, lost) = (Arc::new(Notify::new()), Arc::new(AtomicU64::new(0)));
        let writer = Writer { store, stop: Arc::clone(&stop), stopping: false, lost: Arc::clone(&lost) };
        tokio::spawn(async move {
            writer.write_all(receiver).await;
            drop(running);
        });
        Self { queue, stop, ended, lost, visits: VisitKey::generate() }
    }

    /// The name for today of whoever isn't signed in.
    pub(crate) fn visitor(&self, from: &Visit, now: Second) -> Option<Uuid> {
        self.visits.name(from, now)
    }

    pub(crate) fn record(&self, record: SearchRecord) {
        if self.queue.try_send(record.0).is_err() {
            let lost = self.lost.fetch_add(1, Ordering::Relaxed) + 1;
            tracing::warn!(lost, "a search was not recorded: the queue is full or closed");
        }
    }

    /// How many searches were never recorded since the server started.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Takes no more, and answers once everything handed in so far is written. To be called before the store closes.
    pub async fn finish(&self) {
        self.stop.notify_one();
        let mut ended = self.ended.clone();
        // Nothing is ever sent: an error says that the writer is gone.
        while ended.changed().await.is_ok() {}
    }
}

/// The background writer.
struct Writer {
    store: Store,
    stop: Arc<Notify>,
    stopping: bool,
    lost: Arc<AtomicU64>,
}

impl Writer {
    async fn write_all(mut self, mut receiver: mpsc::Receiver<table::Model>) {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            tokio::select! {
                biased;
                () = self.stop.notified(), if !self.stopping => {
                    self.stopping = true;
                    receiver.close();
                    continue;
                }
                taken = receiver.recv_many(&mut batch, BATCH) => {
                    if taken == 0 {
                        return;
                    }
                }
            }
            if batch.len() < BATCH && !self.stopping {
                self.pause(GATHER, &mut receiver).await;
                while batch.len() < BATCH {
                    let Ok(next) = receiver.try_recv() else { break };
                    batch.push(next);
                }
            }
            self.write(std::mem::take(&mut batch).into(), &mut receiver).await;
        }
    }

    /// Waits, but not when the server stops.
    async fn pause(&mut self, time: Duration, receiver: &mut mpsc::Receiver<table::Model>) {
        tokio::select! {
            () = sleep(time) => {}
            () = self.stop.notified(), if !self.stopping => {
                self.stopping = true;
                receiver.close();
            }
        }
    }

    /// Writes a batch, however often it takes; a server that stops tries [`LAST_TRIES`] times.
    async fn write(&mut self, records: Arc<[table::Model]>, receiver: &mut mpsc::Receiver<table::Model>) {
        let (count, mut wait, mut last_tries) = (records.len(), FIRST_WAIT, 0);
        while let Err(error) = self.insert(&records).await {
            tracing::error!(%error, count, "searches can't be recorded yet");
            last_tries += u32::from(self.stopping);
            if last_tries >= LAST_TRIES {
                let lost = self.lost.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
                tracing::error!(lost, "searches were not recorded");
                return;
            }
            self.pause(wait, receiver).await;
            wait = (wait * 2).min(LONGEST_WAIT);
            if self.stopping {
                wait = FIRST_WAIT;
            }
        }
    }

    async fn insert(&self, records: &Arc<[table::Model]>) -> Result<(), StoreError> {
        let records = Arc::clone(records);
        self.store
            .write(move |tx| {
                let records = Arc::clone(&records);
                Box::pin(async move {
                    let rows = records.iter().cloned().map(active);
                    table::Entity::insert_many(rows).exec_without_returning(tx).await?;
                    Ok(())
                })
            })
            .await
    }
}

fn active(record: table::Model) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(record.id),
        at: Set(record.at),
        organisation: Set(record.organisation),
        offering: Set(record.offering),
        platform: Set(record.platform),
        starts_at: Set(record.starts_at),
        ends_at: Set(record.ends_at),
        batches: Set(record.batches),
        stage: Set(record.stage),
        offers: Set(record.offers),
        first_start: Set(record.first_start),
        refusals: Set(record.refusals),
        minutes: Set(record.minutes),
        product: Set(record.product),
        visitor: Set(record.visitor),
    }
}

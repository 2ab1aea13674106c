//! Every search and its outcome, for the district: queued, and written in the background in batches, never on a
//! request's path. When the queue is full the record is dropped and counted; a search never waits for it.

use std::{sync::Arc, time::Duration};

use domain::{
    Minutes, Second,
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

use super::{Member, refusal::reason, words::word};
use crate::store::{Catalogue, Store, StoreError, tables::search_record as table};

/// Records that may wait.
const QUEUE: usize = 20_000;
/// Most records in one statement (its parameters are limited).
const BATCH: usize = 500;
/// How long records gather before they are written.
const GATHER: Duration = Duration::from_millis(500);

/// One search.
#[derive(Clone, Debug)]
pub(crate) struct SearchRecord(table::Model);

impl SearchRecord {
    pub fn new(
        catalogue: &Catalogue,
        member: Option<&Member>,
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
}

impl Searches {
    /// Starts the background writer. It ends, with everything written, by [`Self::finish`] or when the last handle is
    /// gone.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (queue, receiver) = mpsc::channel(QUEUE);
        let (running, ended) = watch::channel(());
        let stop = Arc::new(Notify::new());
        let told = Arc::clone(&stop);
        tokio::spawn(async move {
            write_all(store, receiver, &told).await;
            drop(running);
        });
        Self { queue, stop, ended }
    }

    pub(crate) fn record(&self, record: SearchRecord) {
        if self.queue.try_send(record.0).is_err() {
            tracing::warn!("a search was not recorded: the queue is full or closed");
        }
    }

    /// Takes no more, and answers once everything handed in so far is written. To be called before the store closes.
    pub async fn finish(&self) {
        self.stop.notify_one();
        let mut ended = self.ended.clone();
        // Nothing is ever sent: an error says that the writer is gone.
        while ended.changed().await.is_ok() {}
    }
}

async fn write_all(store: Store, mut receiver: mpsc::Receiver<table::Model>, stop: &Notify) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            () = stop.notified(), if !stopping => {
                stopping = true;
                receiver.close();
                continue;
            }
            taken = receiver.recv_many(&mut batch, BATCH) => {
                if taken == 0 {
                    return;
                }
            }
        }
        if batch.len() < BATCH && !stopping {
            tokio::select! {
                () = sleep(GATHER) => {}
                () = stop.notified() => {
                    stopping = true;
                    receiver.close();
                }
            }
            while batch.len() < BATCH {
                let Ok(next) = receiver.try_recv() else { break };
                batch.push(next);
            }
        }
        let records: Arc<[table::Model]> = std::mem::take(&mut batch).into();
        let count = records.len();
        let written: Result<(), StoreError> = store
            .write(move |tx| {
                let records = Arc::clone(&records);
                Box::pin(async move {
                    let rows = records.iter().cloned().map(active);
                    table::Entity::insert_many(rows).exec_without_returning(tx).await?;
                    Ok(())
                })
            })
            .await;
        if let Err(error) = written {
            tracing::error!(%error, count, "searches were not recorded");
        }
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
    }
}

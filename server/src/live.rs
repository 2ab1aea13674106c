//! Tells open pages that something they may see has changed: what sort of thing and which one, never how. Pages then
//! ask again, and are shown what their reader may see.
//!
//! The source is the outbox, which is written in the commit that changed something, by whichever server it was: reading
//! it every half second works for one process on SQLite and for several on PostgreSQL alike. Nobody listens, nobody
//! reads.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{Stream, StreamExt, stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tokio::{
    sync::{broadcast, watch},
    time::{MissedTickBehavior, interval},
};
use uuid::Uuid;

use crate::{
    clock::Clock,
    store::{
        Store, StoreError,
        tables::{booking, outbox},
    },
    usecase::{Note, Shown, relay::deliver_waiting},
};

/// How often the outbox is read while somebody listens.
const PERIOD: Duration = Duration::from_millis(500);
/// Rows are read again for so long after a later one was seen: ids are made before commits, so one may turn up late.
const LATE: Duration = Duration::from_secs(10);
/// Rows read at once.
const BATCH: u64 = 500;
/// Changes that a slow listener may be behind; further ones reach it as one.
const BEHIND: usize = 256;

/// Something that changed, as a page is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `booking`, `line`, `company`; `all` when too much happened at once.
    pub kind: &'static str,
    /// The booking's.
    pub id: Option<Uuid>,
    /// The outbox row's, from which listening can go on.
    #[serde(skip)]
    pub mark: Uuid,
}

/// A change with the organisations whose people may see what changed.
#[derive(Clone, Debug)]
struct Told {
    change: Change,
    audience: BTreeSet<Uuid>,
}

/// Where changes are listened to.
#[derive(Clone, Debug)]
pub struct Live {
    store: Store,
    clock: Arc<dyn Clock>,
    told: broadcast::Sender<Arc<Told>>,
    reading: Arc<AtomicBool>,
    closed: Arc<watch::Sender<bool>>,
}

impl Live {
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let told = broadcast::Sender::new(BEHIND);
        let closed = Arc::new(watch::Sender::new(false));
        Self { store, clock, told, reading: Arc::default(), closed }
    }

    /// Ends every listening, now and later: a server that stops waits for requests under way, and these never end.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// The outbox's end, from which a page that is made now wants to hear.
    ///
    /// # Errors
    /// The database's.
    pub async fn mark(&self) -> Result<Uuid, StoreError> {
        let last = outbox::Entity::find().order_by_desc(outbox::Column::Id).one(self.store.read()).await?;
        Ok(last.map_or(Uuid::nil(), |row| row.id))
    }

    /// What changes for `organisation`, beginning with what has changed since `mark`.
    ///
    /// # Errors
    /// The database's.
    pub async fn listen(
        &self,
        organisation: Uuid,
        mark: Option<Uuid>,
    ) -> Result<impl Stream<Item = Change> + Send + use<>, StoreError> {
        // First the subscription, then the past: nothing falls between.
        let receiver = self.told.subscribe();
        if !self.reading.swap(true, Ordering::AcqRel) {
            tokio::spawn(self.clone().read(self.mark().await?));
        }
        let past = match mark {
            Some(mark) => self.since(mark).await?,
            None => Vec::new(),
        };
        let mine = move |told: &Told| told.audience.contains(&organisation).then(|| told.change.clone());
        let past: Vec<Change> = past.iter().filter_map(mine).collect();
        let heard = stream::unfold(receiver, move |mut receiver| async move {
            loop {
                match receiver.recv().await {
                    Ok(told) => {
                        if let Some(change) = mine(&told) {
                            return Some((change, receiver));
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        return Some((Change { kind: "all", id: None, mark: Uuid::nil() }, receiver));
                    }
                    Err(broadcast::error::RecvError::Closed) => return None,
                }
            }
        });
        let mut closed = self.closed.subscribe();
        let end = async move {
            // An error means that the server is gone, which is an end too.
            let _ = closed.wait_for(|closed| *closed).await;
        };
        Ok(stream::iter(past).chain(heard).take_until(Box::pin(end)))
    }

    /// Reads the outbox while somebody listens.
    async fn read(self, mut last: Uuid) {
        let mut seen: BTreeSet<Uuid> = BTreeSet::new();
        if let Ok(known) = self.rows(before(last)).await {
            // What was written meanwhile is news.
            seen.extend(known.iter().map(|row| row.id).filter(|id| *id <= last));
        }
        let mut tick = interval(PERIOD);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if self.told.receiver_count() == 0 || *self.closed.borrow() {
                self.reading.store(false, Ordering::Release);
                // Who subscribed in between found this still reading, so it goes on.
                let wanted = self.told.receiver_count() > 0 && !*self.closed.borrow();
                if !wanted || self.reading.swap(true, Ordering::AcqRel) {
                    return;
                }
            }
            match self.news(&mut last, &mut seen).await {
                Ok(news) => {
                    for told in news {
                        // Without listeners there is nobody to miss it.
                        let _ = self.told.send(Arc::new(told));
                    }
                }
                Err(error) => tracing::warn!(%error, "open pages hear of changes later"),
            }
        }
    }

    /// What is in the outbox that wasn't before.
    async fn news(&self, last: &mut Uuid, seen: &mut BTreeSet<Uuid>) -> Result<Vec<Told>, StoreError> {
        let mut rows = self.rows(before(*last)).await?;
        rows.retain(|row| !seen.contains(&row.id));
        let told = self.told(&rows).await?;
        seen.extend(rows.iter().map(|row| row.id));
        *last = seen.last().copied().unwrap_or(*last).max(*last);
        let floor = before(*last);
        seen.retain(|id| *id > floor);
        Ok(told)
    }

    async fn since(&self, mark: Uuid) -> Result<Vec<Told>, StoreError> {
        self.told(&self.rows(mark).await?).await
    }

    async fn rows(&self, after: Uuid) -> Result<Vec<outbox::Model>, StoreError> {
        let query = outbox::Entity::find().filter(outbox::Column::Id.gt(after));
        Ok(query.order_by_asc(outbox::Column::Id).limit(BATCH).all(self.store.read()).await?)
    }

    /// Who may see what the rows tell of: those who are told, and both sides of a booking.
    async fn told(&self, rows: &[outbox::Model]) -> Result<Vec<Told>, StoreError> {
        // A page that asks again finds its notices: they are delivered before anybody is told, not only by and by.
        if rows.iter().any(|row| row.delivered_at.is_none())
            && let Err(error) = deliver_waiting(&self.store, &*self.clock).await
        {
            tracing::warn!(%error, "open pages find their notices later");
        }
        let notes: Vec<(Uuid, Note)> =
            rows.iter().filter_map(|row| Some((row.id, serde_json::from_str(&row.payload).ok()?))).collect();
        let lines = rows.iter().filter_map(|row| {
            let shown = serde_json::from_str::<Shown>(&row.payload).ok()?.shown;
            let change = Change { kind: "line", id: None, mark: row.id };
            Some(Told { change, audience: shown.into_iter().collect() })
        });
        let ids: BTreeSet<Uuid> = notes.iter().filter_map(|(_, note)| note.booking).collect();
        let mut sides: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
        if !ids.is_empty() {
            let bookings =
                booking::Entity::find().filter(booking::Column::Id.is_in(ids)).all(self.store.read()).await?;
            for row in bookings {
                sides.insert(row.id, row.organisation.into_iter().chain([row.platform]).collect());
            }
        }
        let told = |(mark, note): (Uuid, Note)| {
            let kind = match (note.booking, note.kind.as_str()) {
                (Some(_), _) => "booking",
                (None, "cleaning_left") => "line",
                (None, _) => "company",
            };
            let owners = note.booking.and_then(|id| sides.get(&id)).cloned().unwrap_or_default();
            Told {
                change: Change { kind, id: note.booking, mark },
                audience: note.to.into_iter().chain(owners).collect(),
            }
        };
        let mut told: Vec<Told> = notes.into_iter().map(told).chain(lines).collect();
        told.sort_by_key(|told| told.change.mark);
        Ok(told)
    }
}

/// The least id that can have been made a while before `id`, whose first six bytes are a time in milliseconds.
fn before(id: Uuid) -> Uuid {
    let late = u128::from(u64::try_from(LATE.as_millis()).unwrap_or(u64::MAX));
    Uuid::from_u128((id.as_u128() >> 80).saturating_sub(late) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_a_moment_ago_is_read_again() {
        let at = |millis: u128| Uuid::from_u128(millis << 80 | 0x7000_8000_0000_0000_0001);
        let late = LATE.as_millis();
        assert!(before(at(1_000_000)) < at(1_000_000 - late + 1));
        assert!(before(at(1_000_000)) > at(1_000_000 - late - 1));
        assert_eq!(before(Uuid::nil()), Uuid::nil());
    }
}

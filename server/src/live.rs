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
const BATCH: usize = 500;
/// A page that comes back after longer is told to look at everything. Longer than a browser listens before it asks
/// again, and the same whatever has happened: how much others do is nobody's to learn.
const OLDEST: Duration = Duration::from_secs(600);
/// Readings that a slow listener may be behind; further ones reach it as one change. Readings, not changes: how many
/// there were for others makes no difference.
const BEHIND: usize = 256;

/// Something that changed, as a page is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `booking`, `line`, `company`; `all` when too much happened at once, or too long ago.
    pub kind: &'static str,
    /// The booking's.
    pub id: Option<Uuid>,
    /// From which listening can go on: the outbox row's, which its reader may know of.
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
    told: broadcast::Sender<Arc<[Told]>>,
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
            tokio::spawn(self.clone().read(Uuid::now_v7()));
        }
        let mine = move |told: &Told| told.audience.contains(&organisation).then(|| told.change.clone());
        let past: Vec<Change> = match mark {
            Some(mark) if mark < before(Uuid::now_v7(), OLDEST) => vec![Change::all()],
            Some(mark) => self.told(self.ids(mark).await?).await?.iter().filter_map(mine).collect(),
            None => Vec::new(),
        };
        let heard = stream::unfold(receiver, move |mut receiver| async move {
            loop {
                match receiver.recv().await {
                    Ok(news) => {
                        let changes: Vec<Change> = news.iter().filter_map(mine).collect();
                        if !changes.is_empty() {
                            return Some((changes, receiver));
                        }
                    }
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        return Some((vec![Change::all()], receiver));
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
        Ok(stream::iter(past).chain(heard.flat_map(stream::iter)).take_until(Box::pin(end)))
    }

    /// Reads the outbox while somebody listens, from what was made after `last`.
    async fn read(self, mut last: Uuid) {
        let mut seen: BTreeSet<Uuid> = BTreeSet::new();
        if let Ok(known) = self.ids(before(last, LATE)).await {
            // What was written meanwhile is news.
            seen.extend(known.into_iter().filter(|id| *id <= last));
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
                Ok(news) if news.is_empty() => {}
                Ok(news) => {
                    // Without listeners there is nobody to miss it.
                    let _ = self.told.send(news.into());
                }
                Err(error) => tracing::warn!(%error, "open pages hear of changes later"),
            }
        }
    }

    /// What is in the outbox that wasn't before.
    async fn news(&self, last: &mut Uuid, seen: &mut BTreeSet<Uuid>) -> Result<Vec<Told>, StoreError> {
        let mut new = self.ids(before(*last, LATE)).await?;
        new.retain(|id| !seen.contains(id));
        let told = self.told(new.clone()).await?;
        seen.extend(new);
        *last = seen.last().copied().unwrap_or(*last).max(*last);
        let floor = before(*last, LATE);
        seen.retain(|id| *id > floor);
        Ok(told)
    }

    /// The rows after `after`, however many: a limit would hide new ones behind those read again.
    async fn ids(&self, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
        let query = outbox::Entity::find().select_only().column(outbox::Column::Id);
        let query = query.filter(outbox::Column::Id.gt(after)).order_by_asc(outbox::Column::Id);
        Ok(query.into_tuple().all(self.store.read()).await?)
    }

    /// What the rows `ids` tell.
    async fn told(&self, ids: Vec<Uuid>) -> Result<Vec<Told>, StoreError> {
        let mut told = Vec::with_capacity(ids.len());
        for some in ids.chunks(BATCH) {
            let query = outbox::Entity::find().filter(outbox::Column::Id.is_in(some.iter().copied()));
            let rows = query.order_by_asc(outbox::Column::Id).all(self.store.read()).await?;
            told.extend(self.with_audience(&rows).await?);
        }
        Ok(told)
    }

    /// Who may see what the rows tell of: those who are told, and both sides of a booking.
    async fn with_audience(&self, rows: &[outbox::Model]) -> Result<Vec<Told>, StoreError> {
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

impl Change {
    /// Anything may have changed.
    fn all() -> Self {
        Self { kind: "all", id: None, mark: mark() }
    }
}

/// From where a page that is made now wants to hear: a moment ago, so that what was under way isn't missed. It follows
/// from the time alone, and says nothing of what has happened.
#[must_use]
pub fn mark() -> Uuid {
    before(Uuid::now_v7(), LATE)
}

/// The least id that can have been made `long` before `id`, whose first six bytes are a time in milliseconds.
fn before(id: Uuid, long: Duration) -> Uuid {
    Uuid::from_u128((id.as_u128() >> 80).saturating_sub(long.as_millis()) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_a_moment_ago_is_read_again() {
        let at = |millis: u128| Uuid::from_u128(millis << 80 | 0x7000_8000_0000_0000_0001);
        let late = LATE.as_millis();
        assert!(before(at(1_000_000), LATE) < at(1_000_000 - late + 1));
        assert!(before(at(1_000_000), LATE) > at(1_000_000 - late - 1));
        assert_eq!(before(Uuid::nil(), LATE), Uuid::nil());
    }
}

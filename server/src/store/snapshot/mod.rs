//! What search reads: reference data and the state of every line and pool, in memory, refreshed by version. When
//! nothing was committed since, one cheap query says so and nothing is read again.

mod lines;
mod mark;
mod pools;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use arc_swap::ArcSwapOption;
use domain::{Minute, Second, calendar::DAY, snapshot::Snapshot};
use tokio::sync::Mutex;

use super::{Catalogue, Store, StoreError};
use mark::Mark;

/// Rows that ended this long ago, in minutes, are not kept: longer than any search looks back for its neighbours.
const MARGIN: i64 = 30 * DAY;
/// The edge moves in steps of a day.
const STEP: i64 = DAY;

/// Reference data with the state of lines and pools. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Current {
    pub catalogue: Arc<Catalogue>,
    pub snapshot: Arc<Snapshot>,
}

/// The cache. Cheap to clone; clones share it.
#[derive(Clone, Debug)]
pub struct Snapshots {
    store: Store,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    loaded: ArcSwapOption<Loaded>,
    /// Held by the one who refreshes.
    refreshing: Mutex<()>,
    /// Refreshes begun so far.
    begun: AtomicU64,
}

#[derive(Debug)]
struct Loaded {
    mark: Mark,
    /// Number of the refresh that made it.
    refresh: u64,
    edge: Minute,
    current: Current,
}

impl Snapshots {
    /// An empty cache; the first [`Snapshots::current`] fills it.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, shared: Arc::default() }
    }

    /// Everything as committed when this was called, or later.
    ///
    /// # Errors
    /// The database fails, or a document in it can't be read.
    pub async fn current(&self, now: Second) -> Result<Current, StoreError> {
        let shared = &self.shared;
        let arrival = shared.begun.load(Ordering::Acquire);
        let mark = Mark::read(&self.store).await?;
        if let Some(loaded) = shared.loaded.load().as_deref()
            && loaded.mark == mark
            && loaded.serves(now)
        {
            return Ok(loaded.current.clone());
        }
        let _refreshing = shared.refreshing.lock().await;
        // Somebody refreshed while this one waited: begun after the question was asked, it answers it.
        if let Some(loaded) = shared.loaded.load().as_deref()
            && loaded.refresh > arrival
            && loaded.serves(now)
        {
            return Ok(loaded.current.clone());
        }
        let refresh = shared.begun.fetch_add(1, Ordering::AcqRel) + 1;
        let known = shared.loaded.load_full();
        let loaded = self.load(known.as_deref(), refresh, now).await?;
        let current = loaded.current.clone();
        shared.loaded.store(Some(Arc::new(loaded)));
        Ok(current)
    }

    /// What was read last, without asking whether anything changed since: for what doesn't depend on the state of
    /// lines, or is asked again under a lock. Reads only if nothing that serves at `now` was read before.
    ///
    /// # Errors
    /// As [`Snapshots::current`].
    pub async fn remembered(&self, now: Second) -> Result<Current, StoreError> {
        match self.shared.loaded.load().as_deref() {
            Some(loaded) if loaded.serves(now) => Ok(loaded.current.clone()),
            _ => self.current(now).await,
        }
    }

    async fn load(&self, known: Option<&Loaded>, refresh: u64, now: Second) -> Result<Loaded, StoreError> {
        let connection = self.store.read();
        // The mark first: what is committed while reading shows in the next one.
        let mark = Mark::read(&self.store).await?;
        let horizon = Catalogue::horizon_at(now);
        let edge = edge_at(now);
        let version = super::queries::catalogue_version(connection).await?;
        let catalogue = match known {
            Some(known)
                if known.current.catalogue.version == version
                    && known.current.catalogue.horizon == horizon =>
            {
                Arc::clone(&known.current.catalogue)
            }
            _ => Arc::new(Catalogue::load(connection, horizon).await?),
        };
        let (mut lines, mut pools) = (lines::Lines::new(), pools::Pools::new());
        // A clock that was set back asks for rows that were dropped: all is read anew.
        if let Some(known) = known.filter(|known| known.edge <= edge) {
            let snapshot = &known.current.snapshot;
            (lines, pools) = (snapshot.lines.clone(), snapshot.pools.clone());
        }
        let kept = known.map_or(edge, |known| known.edge.min(edge));
        lines = lines::refresh(connection, &catalogue, &lines, kept).await?;
        pools = pools::refresh(connection, &catalogue, &pools, kept).await?;
        if kept < edge {
            lines = lines::advance(connection, &catalogue, &lines, edge).await?;
            pools = pools::advance(&pools, edge);
        }
        let routes = catalogue.routes().cloned().collect();
        let snapshot = Arc::new(Snapshot { lines, pools, routes, policies: catalogue.policies() });
        Ok(Loaded { mark, refresh, edge, current: Current { catalogue, snapshot } })
    }
}

impl Loaded {
    fn serves(&self, now: Second) -> bool {
        self.current.catalogue.horizon == Catalogue::horizon_at(now) && self.edge == edge_at(now)
    }
}

/// Rows that ended before this minute may be missing from the snapshot at `now`.
#[must_use]
pub const fn edge_at(now: Second) -> Minute {
    (now.div_euclid(60) - MARGIN).div_euclid(STEP) * STEP
}

//! What every request shares.

use std::sync::Arc;

use app::contract::FreePart;
use tokio::sync::watch;

use crate::{
    clock::Clock,
    limits::Limits,
    live::Live,
    password::Passwords,
    settings::Settings,
    store::{Snapshots, Store},
    usecase::{LineShare, PerLine, Searches, repair::Looked},
};

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub settings: Arc<Settings>,
    pub limits: Arc<Limits>,
    pub passwords: Passwords,
    /// What search reads, in memory.
    pub snapshots: Snapshots,
    /// Where open pages hear of changes.
    pub live: Live,
    /// Where searches are handed in for the district.
    pub searches: Searches,
    /// Whether the demonstration is to begin anew, which is for whoever started the server to do. Once it is, nothing
    /// is answered from the old one any more.
    pub begin_anew: Arc<watch::Sender<bool>>,
    /// Whether it was to begin anew and could not, so that all is as it was.
    pub as_it_was: bool,
    /// What the district's reports have counted, line by line.
    pub(crate) shares: Arc<PerLine<LineShare>>,
    pub(crate) free_parts: Arc<PerLine<Vec<FreePart>>>,
    /// On what open asks could still be made.
    pub(crate) looked: Arc<Looked>,
}

impl AppState {
    /// To be called within the runtime, where searches will be written in the background.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let limits = Arc::new(Limits::new(&settings.limits, Arc::clone(&clock)));
        let searches = Searches::start(store.clone());
        let live = Live::new(store.clone(), Arc::clone(&clock));
        let passwords = Passwords::default();
        let snapshots = Snapshots::new(store.clone());
        let (begin_anew, shares, free_parts, looked) = Default::default();
        let settings = Arc::new(settings);
        Self {
            store,
            clock,
            settings,
            limits,
            passwords,
            snapshots,
            live,
            searches,
            begin_anew,
            as_it_was: false,
            shares,
            free_parts,
            looked,
        }
    }

    /// Writes what waits in memory, then closes the database.
    pub async fn close(&self) {
        self.searches.finish().await;
        self.store.close().await;
    }
}

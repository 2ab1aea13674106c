//! What every request shares.

use std::sync::Arc;

use crate::{clock::Clock, limits::Limits, password::Passwords, settings::Settings, store::Store};

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub settings: Arc<Settings>,
    pub limits: Arc<Limits>,
    pub passwords: Passwords,
}

impl AppState {
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let limits = Arc::new(Limits::new(&settings.limits, Arc::clone(&clock)));
        Self { store, clock, settings: Arc::new(settings), limits, passwords: Passwords::default() }
    }
}

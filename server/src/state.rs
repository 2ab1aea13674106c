//! What every request shares.

use std::sync::Arc;

use crate::{clock::Clock, limits::Limits, password::Passwords, settings::Settings};

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub clock: Arc<dyn Clock>,
    pub settings: Arc<Settings>,
    pub limits: Arc<Limits>,
    pub passwords: Passwords,
}

impl AppState {
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let limits = Arc::new(Limits::new(&settings.limits, Arc::clone(&clock)));
        Self { clock, settings: Arc::new(settings), limits, passwords: Passwords::default() }
    }
}

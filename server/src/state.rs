//! What every request shares.

use std::sync::Arc;

use crate::{clock::Clock, settings::Settings};

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub clock: Arc<dyn Clock>,
    pub settings: Arc<Settings>,
}

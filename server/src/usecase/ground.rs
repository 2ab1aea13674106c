//! What decisions stand on outside a transaction: the catalogue and the state of every line and pool, in memory.

use std::sync::Arc;

use app::contract::Failure;
use domain::{PlatformId, policy::Policy};

use crate::{
    state::AppState,
    store::{Catalogue, Current},
};

/// Everything as committed by now.
pub(crate) async fn ground(state: &AppState) -> Result<Current, Failure> {
    Ok(state.snapshots.current(state.clock.now()).await?)
}

/// Everything as last read: good enough for what doesn't depend on what others hold, or is asked again under a lock.
pub(crate) async fn remembered(state: &AppState) -> Result<Current, Failure> {
    Ok(state.snapshots.remembered(state.clock.now()).await?)
}

/// The catalogue, as committed by now.
pub(crate) async fn catalogue(state: &AppState) -> Result<Arc<Catalogue>, Failure> {
    Ok(ground(state).await?.catalogue)
}

/// The catalogue as last read, which a change decides by: it learns under the lock whether that is old.
pub(crate) async fn known_catalogue(state: &AppState) -> Result<Arc<Catalogue>, Failure> {
    Ok(remembered(state).await?.catalogue)
}

/// The platform's current policy, the default one if it has none.
pub(crate) fn policy(catalogue: &Catalogue, platform: PlatformId) -> Arc<Policy> {
    catalogue.policy(platform).map_or_else(|| Arc::new(Policy::default()), Arc::clone)
}

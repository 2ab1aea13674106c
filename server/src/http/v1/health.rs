//! Whether the process lives, and whether it can serve.

use std::time::Duration;

use app::contract::Failure;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{http::Problem, state::AppState, store::StoreError};

/// How long the database may take to be called ready: whoever asks has less patience than a visitor.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz))
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "health", security(()), responses((status = 200, body = String)))]
async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers and has this program's schema; otherwise 503. Searches that could not be recorded for the
/// district since the server started are counted.
#[utoipa::path(get, path = "/readyz", tag = "health", security(()), responses((status = 200, body = String)))]
async fn readyz(State(state): State<AppState>) -> Result<String, Problem> {
    let pending = tokio::time::timeout(PATIENCE, state.store.pending_migrations()).await;
    match pending.unwrap_or_else(|_| Err(StoreError::Away("no answer in time".to_owned()))) {
        Ok(pending) if pending.is_empty() => {
            Ok(format!("ready\nsearches not recorded: {}\n", state.searches.lost()))
        }
        Ok(pending) => {
            tracing::warn!(?pending, "the schema is not up to date");
            Err(Failure::Busy.into())
        }
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            Err(Failure::Busy.into())
        }
    }
}

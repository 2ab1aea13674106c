//! Whether the process lives, and whether it can serve.

use app::contract::Failure;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{http::Problem, state::AppState};

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
    match state.store.pending_migrations().await {
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

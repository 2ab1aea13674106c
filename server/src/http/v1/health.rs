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

/// The database answers and has this program's schema; otherwise 503.
#[utoipa::path(get, path = "/readyz", tag = "health", security(()), responses((status = 200, body = String)))]
async fn readyz(State(state): State<AppState>) -> Result<&'static str, Problem> {
    match state.store.pending_migrations().await {
        Ok(pending) if pending.is_empty() => Ok("ready\n"),
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

//! `/api/v1`: one file a resource. Handlers only translate; the use cases decide.

pub mod health;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// Every route below `/api/v1`. A new file adds a line here, and its rows to the table in `tests/it/endpoints.rs`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
}

//! `/api/v1`: one file a resource. Handlers only translate; the use cases decide.

pub mod accounts;
pub mod health;
pub mod invitations;
pub mod members;
pub mod organisations;
pub mod problems;
pub mod resets;
pub mod sessions;
pub mod tokens;
pub mod verification;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// Every route below `/api/v1`. A new file adds a line here, and its rows to the table in `tests/it/endpoints.rs`.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(sessions::routes())
        .merge(accounts::routes())
        .merge(tokens::routes())
        .merge(organisations::routes())
        .merge(members::routes())
        .merge(verification::routes())
        .merge(invitations::routes())
        .merge(resets::routes())
}

//! What is done to a booking, one path an action.

mod cancel;
mod decide;
mod relocate;
mod request;
mod run;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(request::routes())
        .merge(decide::routes())
        .merge(relocate::routes())
        .merge(cancel::routes())
        .merge(run::routes())
}

/// What a change that may be asked for again can be marked with.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "read for the document alone; the extractor reads the header")]
struct Retries {
    /// Marks the retries of this request: they get the first answer again. Without it, asking again for what is done is
    /// refused.
    #[param(rename = "idempotency-key")]
    key: Option<String>,
}

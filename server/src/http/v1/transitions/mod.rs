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

//! Platforms and what they offer.

use app::contract::{OfferingView, PlatformView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Json, Problem},
    state::AppState,
    usecase,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(platforms)).routes(routes!(offerings))
}

/// The platforms.
#[utoipa::path(get, path = "/platforms", tag = "catalogue", security((), ("session" = []), ("token" = [])),
    responses((status = 200, body = Vec<PlatformView>)))]
async fn platforms(State(state): State<AppState>) -> Result<Json<Vec<PlatformView>>, Problem> {
    Ok(Json(usecase::catalogue::platforms(&state).await?))
}

/// Dosage forms and processes, and how many platforms offer each.
#[utoipa::path(get, path = "/offerings", tag = "catalogue", security((), ("session" = []), ("token" = [])),
    responses((status = 200, body = Vec<OfferingView>)))]
async fn offerings(State(state): State<AppState>) -> Result<Json<Vec<OfferingView>>, Problem> {
    Ok(Json(usecase::catalogue::offerings(&state).await?))
}

//! Platforms and what they offer.

use app::contract::{OfferingView, Period, PlatformView, UtilisationView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Json, Path, Problem, Query},
    state::AppState,
    usecase::{self, Caller},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(platforms)).routes(routes!(offerings)).routes(routes!(utilisation))
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

/// What the hours of a platform's lines went into, for the platform itself.
#[utoipa::path(get, path = "/platforms/{id}/utilisation", tag = "occupancy", params(("id" = Uuid, Path), Period),
    responses((status = 200, body = Vec<UtilisationView>)))]
async fn utilisation(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(period): Query<Period>,
) -> Result<Json<Vec<UtilisationView>>, Problem> {
    Ok(Json(usecase::utilisation::of_platform(&state, &caller, id, &period).await?))
}

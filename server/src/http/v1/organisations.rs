//! Registering, and the own organisation's profile.

use app::contract::{OrganisationView, ProfileChange, Registration};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{ClientAddress, Created, Json, Problem},
    state::AppState,
    usecase::{Caller, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(register)).routes(routes!(own, change))
}

/// Registers a company with its first administrator.
///
/// It searches at once, and holds and books when a platform or the district has verified it. Limited by network
/// address.
#[utoipa::path(post, path = "/organisations", tag = "people", security(()), request_body = Registration,
    responses((status = 201, body = OrganisationView)))]
async fn register(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Json(registration): Json<Registration>,
) -> Result<Created<OrganisationView>, Problem> {
    Ok(Created(people::register(&state, address, registration).await?))
}

/// The own organisation.
#[utoipa::path(get, path = "/organisations/own", tag = "people",
    responses((status = 200, body = OrganisationView)))]
async fn own(State(state): State<AppState>, caller: Caller) -> Result<Json<OrganisationView>, Problem> {
    Ok(Json(people::own_organisation(&state, &caller).await?))
}

/// Changes the own organisation's profile; for its administrators.
#[utoipa::path(patch, path = "/organisations/own", tag = "people", request_body = ProfileChange,
    responses((status = 200, body = OrganisationView)))]
async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Json(change): Json<ProfileChange>,
) -> Result<Json<OrganisationView>, Problem> {
    Ok(Json(people::change_profile(&state, &caller, change).await?))
}

//! Platforms and the district verify companies.

use app::contract::{OrganisationView, Page, PageQuery};
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, Paging, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(verify, withdraw))
}

/// Which companies.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Companies {
    /// Only those that are verified, or only those that are not.
    #[serde(default)]
    verified: Option<bool>,
    /// The `next` of the page before; the first page when left out. Opaque.
    #[serde(default)]
    cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    #[serde(default)]
    limit: Option<u32>,
}

/// The companies that are registered; for platforms and the district.
#[utoipa::path(get, path = "/organisations", tag = "people", params(Companies),
    responses((status = 200, body = Page<OrganisationView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(asked): Query<Companies>,
) -> Result<Json<Page<OrganisationView>>, Problem> {
    let paging = Paging::try_from(PageQuery { cursor: asked.cursor, limit: asked.limit })?;
    Ok(Json(people::companies(&state, &caller, asked.verified, paging).await?))
}

/// Verifies a company; for a platform's operators and administrators and the district's administrators.
#[utoipa::path(post, path = "/organisations/{id}/verification", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = OrganisationView)))]
async fn verify(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<OrganisationView>, Problem> {
    Ok(Json(people::set_verified(&state, &caller, id, true).await?))
}

/// Withdraws a verification; for the district's administrators. What is booked stays booked.
#[utoipa::path(delete, path = "/organisations/{id}/verification", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = OrganisationView)))]
async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<OrganisationView>, Problem> {
    Ok(Json(people::set_verified(&state, &caller, id, false).await?))
}

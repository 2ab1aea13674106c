//! Platforms and the district verify companies; the district records their innovation scores.

use app::contract::{
    CompanyFilter, InnovationOrder, InnovationView, OrganisationView, Page, Rejection, VerificationView,
};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, Paging, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(verify, withdraw))
        .routes(routes!(reject))
        .routes(routes!(innovation, no_innovation))
        .routes(routes!(state_of_own, submit_again))
}

/// The companies that are registered; for platforms and the district.
#[utoipa::path(get, path = "/organisations", tag = "people", params(CompanyFilter),
    responses((status = 200, body = Page<OrganisationView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(asked): Query<CompanyFilter>,
) -> Result<Json<Page<OrganisationView>>, Problem> {
    let paging = Paging::read(asked.cursor.as_deref(), asked.limit)?;
    let CompanyFilter { verified, turned_away, find, order, .. } = asked;
    let which = people::Which { verified, turned_away, find, order: people::Order::read(order.as_deref())? };
    Ok(Json(people::companies(&state, &caller, &which, paging).await?))
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

/// Turns a company that is not verified away, with a reason that it will read; for those who may verify it.
#[utoipa::path(post, path = "/organisations/{id}/rejection", tag = "people", params(("id" = Uuid, Path)),
    request_body = Rejection, responses((status = 200, body = OrganisationView)))]
async fn reject(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(rejection): Json<Rejection>,
) -> Result<Json<OrganisationView>, Problem> {
    Ok(Json(people::reject(&state, &caller, id, &rejection).await?))
}

/// Records a company's innovation score, in place of the one on record; for the district's administrators. Allocation
/// rounds break ties by it, and it decides nothing else. The company reads its own; platforms and other companies none.
#[utoipa::path(put, path = "/organisations/{id}/innovation", tag = "people", params(("id" = Uuid, Path)),
    request_body = InnovationOrder, responses((status = 200, body = InnovationView)))]
async fn innovation(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(order): Json<InnovationOrder>,
) -> Result<Json<InnovationView>, Problem> {
    Ok(Json(people::record_innovation(&state, &caller, id, &order).await?))
}

/// Clears a company's innovation score, such as one that was recorded by mistake; for the district's administrators.
#[utoipa::path(delete, path = "/organisations/{id}/innovation", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn no_innovation(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Done, Problem> {
    people::clear_innovation(&state, &caller, id).await?;
    Ok(Done)
}

/// How far the verification of the own company is, and why it was turned away.
#[utoipa::path(get, path = "/organisations/own/verification", tag = "people",
    responses((status = 200, body = VerificationView)))]
async fn state_of_own(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<VerificationView>, Problem> {
    Ok(Json(people::verification(&state, &caller).await?))
}

/// Submits the own company for verification again, as it is, after it was turned away or its verification withdrawn;
/// for its administrators. Where it waits or is verified nothing changes.
#[utoipa::path(post, path = "/organisations/own/verification", tag = "people",
    responses((status = 200, body = VerificationView)))]
async fn submit_again(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<VerificationView>, Problem> {
    Ok(Json(people::submit_again(&state, &caller).await?))
}

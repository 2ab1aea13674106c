//! The people of the own organisation.

use app::contract::{MemberView, RoleChange};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Done, Json, Path, Problem},
    state::AppState,
    usecase::{Caller, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(change_role)).routes(routes!(remove))
}

/// Everybody in the own organisation.
#[utoipa::path(get, path = "/organisations/own/members", tag = "people",
    responses((status = 200, body = Vec<MemberView>)))]
async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Vec<MemberView>>, Problem> {
    Ok(Json(people::members(&state, &caller).await?))
}

/// Gives a colleague another role; for administrators, of whom one must remain.
#[utoipa::path(put, path = "/organisations/own/members/{account}/role", tag = "people",
    params(("account" = Uuid, Path)), request_body = RoleChange, responses((status = 204)))]
async fn change_role(
    State(state): State<AppState>,
    caller: Caller,
    Path(account): Path<Uuid>,
    Json(change): Json<RoleChange>,
) -> Result<Done, Problem> {
    people::change_role(&state, &caller, account, change.role).await?;
    Ok(Done)
}

/// Takes a colleague out of the organisation; for administrators, of whom one must remain.
#[utoipa::path(delete, path = "/organisations/own/members/{account}", tag = "people",
    params(("account" = Uuid, Path)), responses((status = 204)))]
async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Path(account): Path<Uuid>,
) -> Result<Done, Problem> {
    people::remove_member(&state, &caller, account).await?;
    Ok(Done)
}

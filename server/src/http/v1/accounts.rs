//! The own account.

use app::contract::{AccountChange, AccountView, PasswordChange};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{ClientAddress, Done, Json, Problem},
    state::AppState,
    usecase::{Caller, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(own, change)).routes(routes!(change_password))
}

/// The own account and where it belongs.
#[utoipa::path(get, path = "/accounts/me", tag = "people", responses((status = 200, body = AccountView)))]
async fn own(State(state): State<AppState>, caller: Caller) -> Result<Json<AccountView>, Problem> {
    Ok(Json(people::account(&state, &caller).await?))
}

/// Changes name or language.
#[utoipa::path(patch, path = "/accounts/me", tag = "people", request_body = AccountChange,
    responses((status = 200, body = AccountView)))]
async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Json(change): Json<AccountChange>,
) -> Result<Json<AccountView>, Problem> {
    Ok(Json(people::change_account(&state, &caller, change).await?))
}

/// Changes the password; the account's other sessions and all its API tokens end. Not open to tokens.
#[utoipa::path(post, path = "/accounts/me/password", tag = "people", security(("session" = [])),
    request_body = PasswordChange, responses((status = 204)))]
async fn change_password(
    State(state): State<AppState>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    Json(change): Json<PasswordChange>,
) -> Result<Done, Problem> {
    people::change_password(&state, &caller, address, change).await?;
    Ok(Done)
}

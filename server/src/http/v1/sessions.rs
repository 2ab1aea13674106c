//! Signing in and out.

use app::contract::{Credentials, SessionView, Viewer};
use axum::{
    extract::State,
    http::header::SET_COOKIE,
    response::{AppendHeaders, IntoResponse},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{ClientAddress, Created, Done, Json, Path, Problem, session},
    state::AppState,
    usecase::{
        Caller,
        people::{self, Device},
    },
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, list))
        .routes(routes!(current, sign_out))
        .routes(routes!(end))
}

/// Signs in.
///
/// Sets the session's cookie. Attempts are limited by e-mail address and by network address.
#[utoipa::path(post, path = "/sessions", tag = "people", security(()), request_body = Credentials,
    responses((status = 201, body = Viewer)))]
async fn sign_in(
    State(state): State<AppState>,
    caller: Caller,
    ClientAddress(address): ClientAddress,
    device: Device,
    Json(credentials): Json<Credentials>,
) -> Result<impl IntoResponse, Problem> {
    let signed_in = people::sign_in(&state, &caller, address, device, credentials).await?;
    let cookie = session::begin(&state.settings, &signed_in.secret)?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Created(signed_in.viewer)))
}

/// Where the own account is signed in.
#[utoipa::path(get, path = "/sessions", tag = "people", responses((status = 200, body = Vec<SessionView>)))]
async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Vec<SessionView>>, Problem> {
    Ok(Json(people::sessions(&state, &caller).await?))
}

/// Who is signed in.
#[utoipa::path(get, path = "/sessions/current", tag = "people", responses((status = 200, body = Viewer)))]
async fn current(State(state): State<AppState>, caller: Caller) -> Result<Json<Viewer>, Problem> {
    Ok(Json(people::viewer(&state, &caller).await?))
}

/// Signs out.
#[utoipa::path(delete, path = "/sessions/current", tag = "people", responses((status = 204)))]
async fn sign_out(State(state): State<AppState>, caller: Caller) -> Result<impl IntoResponse, Problem> {
    caller.member()?;
    people::sign_out(&state, &caller).await?;
    Ok((AppendHeaders([(SET_COOKIE, session::end(&state.settings)?)]), Done))
}

/// Ends one of the own account's sessions.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn end(State(state): State<AppState>, caller: Caller, Path(id): Path<Uuid>) -> Result<Done, Problem> {
    people::end_session(&state, &caller, id).await?;
    Ok(Done)
}

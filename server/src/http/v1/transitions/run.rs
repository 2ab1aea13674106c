//! The campaign itself: start, complete or abort, close, or nobody came.

use app::contract::{BookingView, Reason};
use axum::extract::State;
use domain::booking::Action;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::Retries;
use crate::{
    http::{Json, Path, Problem},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(complete))
        .routes(routes!(abort))
        .routes(routes!(close))
        .routes(routes!(no_show))
}

/// The campaign has started.
#[utoipa::path(post, path = "/bookings/{id}/start", tag = "bookings", params(("id" = Uuid, Path), Retries),
    responses((status = 200, body = BookingView)))]
async fn start(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::run::run(&state, &caller, id, Action::Start, key.as_ref()).await?))
}

/// The campaign has ended. Before its planned end this frees the rest of its time. Refused while a step is ahead: what
/// won't run any more is broken off.
#[utoipa::path(post, path = "/bookings/{id}/complete", tag = "bookings", params(("id" = Uuid, Path), Retries),
    responses((status = 200, body = BookingView)))]
async fn complete(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::run::run(&state, &caller, id, Action::Complete, key.as_ref()).await?))
}

/// The platform breaks the running campaign off, with a reason that the client reads.
#[utoipa::path(post, path = "/bookings/{id}/abort", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = Reason, responses((status = 200, body = BookingView)))]
async fn abort(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(reason): Json<Reason>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::run::abort(&state, &caller, id, &reason, key.as_ref()).await?))
}

/// Everything about the campaign is settled.
#[utoipa::path(post, path = "/bookings/{id}/close", tag = "bookings", params(("id" = Uuid, Path), Retries),
    responses((status = 200, body = BookingView)))]
async fn close(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::run::run(&state, &caller, id, Action::Close, key.as_ref()).await?))
}

/// The client did not come: the slot is released, and the whole price is due.
#[utoipa::path(post, path = "/bookings/{id}/no-show", tag = "bookings", params(("id" = Uuid, Path), Retries),
    responses((status = 200, body = BookingView)))]
async fn no_show(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::run::no_show(&state, &caller, id, key.as_ref()).await?))
}

//! The platform's side: hazards, questions, approval, refusal.

use app::contract::{BookingView, Reason, ReviewOrder};
use axum::extract::State;
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
        .routes(routes!(confirm_hazards))
        .routes(routes!(recall_hazards))
        .routes(routes!(ask))
        .routes(routes!(approve))
        .routes(routes!(decline))
}

/// Quality assurance of the platform confirms the declared hazards; the reason is its evidence, and kept. With a
/// version, only if that is still the booking's: evidence that was filled in since nobody has looked at.
#[utoipa::path(post, path = "/bookings/{id}/confirm-hazards", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = ReviewOrder, responses((status = 200, body = BookingView)))]
async fn confirm_hazards(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(order): Json<ReviewOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::hazards::confirm(&state, &caller, id, &order, key.as_ref()).await?))
}

/// Quality assurance of the platform takes its confirmation back, before anything is approved on it. Both sides read
/// why: a few times within 24 hours, not more often. With a version, only if that is still the booking's.
#[utoipa::path(post, path = "/bookings/{id}/recall-hazards", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = ReviewOrder, responses((status = 200, body = BookingView)))]
async fn recall_hazards(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(order): Json<ReviewOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::hazards::recall(&state, &caller, id, &order, key.as_ref()).await?))
}

/// The platform asks the client something; the booking stays as it is. The reason is the question. Ten questions a
/// booking within 24 hours, not more.
#[utoipa::path(post, path = "/bookings/{id}/ask", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = Reason, responses((status = 200, body = BookingView)))]
async fn ask(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(question): Json<Reason>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::ask::ask(&state, &caller, id, &question, key.as_ref()).await?))
}

/// Approves a request whose hazards are confirmed; the policy in force is copied into the booking. What it lacks
/// otherwise is approved for a reason alone, which both sides read; where it lacks nothing, no body is needed. With a
/// version, only if that is still the booking's.
#[utoipa::path(post, path = "/bookings/{id}/approve", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = Option<ReviewOrder>, responses((status = 200, body = BookingView)))]
async fn approve(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    order: Option<Json<ReviewOrder>>,
) -> Result<Json<BookingView>, Problem> {
    let order = order.map_or_else(ReviewOrder::default, |Json(order)| order);
    Ok(Json(usecase::approve::approve(&state, &caller, id, &order, key.as_ref()).await?))
}

/// Declines a request, with a reason that the client reads. With a version, only if that is still the booking's.
#[utoipa::path(post, path = "/bookings/{id}/decline", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = ReviewOrder, responses((status = 200, body = BookingView)))]
async fn decline(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(order): Json<ReviewOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::decline::decline(&state, &caller, id, &order, key.as_ref()).await?))
}

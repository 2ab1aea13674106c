//! Moving a booking.

use app::contract::{BookingView, FeeQuote, MoveOrder};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Json, Path, Problem},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(quote)).routes(routes!(relocate))
}

/// What moving would cost if done now. Of a campaign that others had moved notice is counted as for cancelling it, also
/// for the free move: for a week to where it stood. From its own move on it is counted to its new start.
#[utoipa::path(get, path = "/bookings/{id}/move", tag = "bookings", params(("id" = Uuid, Path)),
    responses((status = 200, body = FeeQuote)))]
async fn quote(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<FeeQuote>, Problem> {
    Ok(Json(usecase::relocate::quote(&state, &caller, id).await?))
}

/// Moves a booking to another offer, for the fee that was quoted. 409 carries what is free instead. Before it is
/// confirmed either side may do so ten times within 24 hours, not more often.
#[utoipa::path(post, path = "/bookings/{id}/move", tag = "bookings", params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    request_body = MoveOrder, responses((status = 200, body = BookingView)))]
async fn relocate(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: IdempotencyKey,
    Json(order): Json<MoveOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::relocate::relocate(&state, &caller, id, order, &key).await?))
}

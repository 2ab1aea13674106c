//! Holding an offer, or a split.

use app::contract::{BookingView, HoldOrder, SplitHeld, SplitOrder};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Created, Json, Problem},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(hold)).routes(routes!(hold_split))
}

/// Holds an offer: the slot is taken for everyone else until the hold expires. 409 carries what is free instead, and
/// why other lines take it nowhere.
#[utoipa::path(post, path = "/holds", tag = "bookings", request_body = HoldOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = BookingView)))]
async fn hold(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<HoldOrder>,
) -> Result<Created<BookingView>, Problem> {
    Ok(Created(usecase::hold::hold(&state, &caller, order, &key).await?))
}

/// Holds both runs of a split, or neither. 409 carries what is free instead for all batches.
#[utoipa::path(post, path = "/holds/split", tag = "bookings", request_body = SplitOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = SplitHeld)))]
async fn hold_split(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<SplitOrder>,
) -> Result<Created<SplitHeld>, Problem> {
    Ok(Created(usecase::split::hold(&state, &caller, order, &key).await?))
}

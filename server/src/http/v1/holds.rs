//! Holding an offer.

use app::contract::{BookingView, HoldOrder};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Created, Json, Problem},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(hold))
}

/// Holds an offer: the slot is taken for everyone else until the hold expires. 409 carries what is free instead.
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

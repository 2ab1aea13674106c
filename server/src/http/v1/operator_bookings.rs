//! An operator's booking.

use app::contract::{BookingView, OperatorOrder};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Created, Json, Problem},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(book))
}

/// Books for a company that phoned, or for the platform's own production. It enters as a request without a deadline,
/// for quality assurance to confirm the hazards of and the operator to approve.
#[utoipa::path(post, path = "/operator-bookings", tag = "bookings", request_body = OperatorOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = BookingView)))]
async fn book(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<OperatorOrder>,
) -> Result<Created<BookingView>, Problem> {
    Ok(Created(usecase::operator_booking::book(&state, &caller, order, &key).await?))
}

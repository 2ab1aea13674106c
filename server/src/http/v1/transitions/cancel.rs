//! Cancelling a confirmed booking: first the fee, then the act.

use app::contract::{BookingView, CancelOrder, FeeQuote};
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
    OpenApiRouter::new().routes(routes!(quote)).routes(routes!(cancel))
}

/// What cancelling would cost if done now. A campaign that others had moved, be it by rule or with its owner's consent,
/// is left for no less than it would have cost at that moment where it stood, and for a week, until `notice_until`, as
/// if it had stayed, by the notice of that place (`notice_from`); no longer than until its owner moves it.
#[utoipa::path(get, path = "/bookings/{id}/cancellation", tag = "bookings", params(("id" = Uuid, Path)),
    responses((status = 200, body = FeeQuote)))]
async fn quote(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<FeeQuote>, Problem> {
    Ok(Json(usecase::cancel::quote(&state, &caller, id).await?))
}

/// Cancels for the fee that was quoted; refused if it is another by now.
#[utoipa::path(post, path = "/bookings/{id}/cancel", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = CancelOrder, responses((status = 200, body = BookingView)))]
async fn cancel(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(order): Json<CancelOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::cancel::cancel(&state, &caller, id, &order, key.as_ref()).await?))
}

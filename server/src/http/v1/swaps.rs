//! Swaps of time between firms. A partner answers as to any other proposal.

use app::contract::{Page, PageQuery, SwapOrder, SwapView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Created, Json, Problem, Query},
    state::AppState,
    usecase::{Caller, IdempotencyKey, repair},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(offer, own))
}

/// Offers the time of a confirmed campaign for another one. A partner is looked for among the confirmed campaigns
/// there, and asked without a name; once it agrees both move in one change, each at the price of its new place, no more
/// than it was shown, and without a fee. How many questions a company may put is bounded as for room.
#[utoipa::path(post, path = "/swaps", tag = "bookings", request_body = SwapOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = SwapView)))]
async fn offer(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<SwapOrder>,
) -> Result<Created<SwapView>, Problem> {
    Ok(Created(repair::offer_swap(&state, &caller, &order, &key).await?))
}

/// The swaps that the company has offered, the newest first. One that waits for an answer is taken back at
/// `/repairs/{id}`.
#[utoipa::path(get, path = "/swaps", tag = "bookings", params(PageQuery),
    responses((status = 200, body = Page<SwapView>)))]
async fn own(
    State(state): State<AppState>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<SwapView>>, Problem> {
    Ok(Json(repair::own_swaps(&state, &caller, &page).await?))
}

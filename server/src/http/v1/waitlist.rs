//! The waiting list.

use app::contract::{Page, WaitFilter, WaitOrder, WaitView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Created, Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, IdempotencyKey, waitlist},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(join, list)).routes(routes!(leave))
}

/// Waits for a place in the window of the query. What becomes free in it is held for whoever's turn it is, and told as
/// a notice; the hold then runs like any other. 409 if there is room already: it carries the offers.
#[utoipa::path(post, path = "/waitlist", tag = "bookings", request_body = WaitOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = WaitView)))]
async fn join(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<WaitOrder>,
) -> Result<Created<WaitView>, Problem> {
    Ok(Created(waitlist::join(&state, &caller, &order, &key).await?))
}

/// The own entries; for a platform, those that its lines could serve. The newest first.
#[utoipa::path(get, path = "/waitlist", tag = "bookings", params(WaitFilter),
    responses((status = 200, body = Page<WaitView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(filter): Query<WaitFilter>,
) -> Result<Json<Page<WaitView>>, Problem> {
    Ok(Json(waitlist::list(&state, &caller, &filter).await?))
}

/// Takes an own entry off the list.
#[utoipa::path(delete, path = "/waitlist/{id}", tag = "bookings", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn leave(State(state): State<AppState>, caller: Caller, Path(id): Path<Uuid>) -> Result<Done, Problem> {
    waitlist::leave(&state, &caller, id).await?;
    Ok(Done)
}

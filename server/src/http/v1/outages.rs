//! Lines that are down.

use app::contract::{OutageAnswer, OutageEnd, OutageOrder, OutageView, Page};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Created, Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, IdempotencyKey, OfLine, outage},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, mark)).routes(routes!(change))
}

/// The outages of a line, for its platform's people; the latest first.
#[utoipa::path(get, path = "/outages", tag = "conflicts", params(OfLine),
    responses((status = 200, body = Page<OutageView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(of): Query<OfLine>,
) -> Result<Json<Page<OutageView>>, Problem> {
    Ok(Json(outage::list(&state, &caller, &of).await?))
}

/// Marks a line as down, whatever is booked on it. Whoever that hits is told; what may be moved by rule is moved, and
/// the owners of the rest are asked whether they agree to another time.
#[utoipa::path(post, path = "/outages", tag = "conflicts", request_body = OutageOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = OutageAnswer)))]
async fn mark(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<OutageOrder>,
) -> Result<Created<OutageAnswer>, Problem> {
    Ok(Created(outage::mark(&state, &caller, &order, &key).await?))
}

/// Says until when an outage lasts after all; an end that is past or now ends it.
#[utoipa::path(post, path = "/outages/{id}/end", tag = "conflicts", request_body = OutageEnd,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = OutageAnswer)))]
async fn change(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(end): Json<OutageEnd>,
) -> Result<Json<OutageAnswer>, Problem> {
    Ok(Json(outage::change(&state, &caller, id, &end, &key).await?))
}

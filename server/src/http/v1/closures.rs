//! Closures of lines.

use app::contract::{ClosureAnswer, ClosureOrder, ClosureView, Page, ShorterClosure};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Json, Path, Problem, Query},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey, OfLine},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(close))
        .routes(routes!(shorten))
        .routes(routes!(lift))
}

/// The closures of a line, for its operators; the latest first.
#[utoipa::path(get, path = "/closures", tag = "closures", params(OfLine),
    responses((status = 200, body = Page<ClosureView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(of): Query<OfLine>,
) -> Result<Json<Page<ClosureView>>, Problem> {
    Ok(Json(usecase::closures::list(&state, &caller, &of).await?))
}

/// Closes a line for a time, if no booking, hold or other closure is in the way; 409 names everything that is. With
/// `dry_run` only says what it would hit.
#[utoipa::path(post, path = "/closures", tag = "closures", request_body = ClosureOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = ClosureAnswer, description = "A dry run"), (status = 201, body = ClosureAnswer)))]
async fn close(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<ClosureOrder>,
) -> Result<Response, Problem> {
    let answer = usecase::closures::close(&state, &caller, &order, &key).await?;
    let status = if answer.closure.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(answer)).into_response())
}

/// Lets a closure take less time: it ends sooner, begins later, or both. What stays closed is closed throughout; what
/// is free again is first of all theirs who wait. For more time than it takes now, the line is closed once more.
#[utoipa::path(post, path = "/closures/{id}/shorten", tag = "closures", request_body = ShorterClosure,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = ClosureView)))]
async fn shorten(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(asked): Json<ShorterClosure>,
) -> Result<Json<ClosureView>, Problem> {
    Ok(Json(usecase::shorter_closure::shorten(&state, &caller, id, &asked, &key).await?))
}

/// Lifts a closure: the line is open again. One that has begun ends now: what has passed stays planned downtime, and
/// the rest is first of all theirs who wait. One that hasn't begun is as though it had never been. 422 with the reason
/// `closure_over` once it has ended; lifting it again changes nothing.
#[utoipa::path(delete, path = "/closures/{id}", tag = "closures", params(("id" = Uuid, Path)),
    responses((status = 200, body = ClosureView)))]
async fn lift(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ClosureView>, Problem> {
    Ok(Json(usecase::closures::lift(&state, &caller, id).await?))
}

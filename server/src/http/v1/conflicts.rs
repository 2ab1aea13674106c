//! The conflict desk.

use app::contract::{ConflictAnswer, ConflictDesk, ConflictList, ConflictOrder, PageQuery, Reason};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, IdempotencyKey, Paging, conflicts},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(open))
        .routes(routes!(resolve))
        .routes(routes!(settle))
}

/// The platform's open conflicts, the most urgent first, and how many there are of each kind.
#[utoipa::path(get, path = "/conflicts", tag = "conflicts", params(PageQuery),
    responses((status = 200, body = ConflictList)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<ConflictList>, Problem> {
    let paging = Paging::read(page.cursor.as_deref(), page.limit)?;
    Ok(Json(conflicts::list(&state, &caller, paging).await?))
}

/// One conflict with its options, as they are now.
#[utoipa::path(get, path = "/conflicts/{id}", tag = "conflicts", params(("id" = Uuid, Path)),
    responses((status = 200, body = ConflictDesk)))]
async fn open(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ConflictDesk>, Problem> {
    Ok(Json(conflicts::open(&state, &caller, id).await?))
}

/// Takes one of its options, as it was shown: done at once where the rules allow it, else the owner is asked, or those
/// who would make room. Whoever has declined just that is asked once more only with a `reason`, and so is given a hold
/// whoever isn't next by the published rule.
#[utoipa::path(post, path = "/conflicts/{id}/resolve", tag = "conflicts", request_body = ConflictOrder,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = ConflictAnswer)))]
async fn resolve(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(order): Json<ConflictOrder>,
) -> Result<Json<ConflictAnswer>, Problem> {
    Ok(Json(conflicts::resolve(&state, &caller, id, &order, &key).await?))
}

/// Takes it off the desk as it is, with the reason: a booking that stays where it is, flagged or where a line is down;
/// room that the platform declines to make, which its firm is told; several who go on waiting for the same; a cleaning
/// that is left until it is over, unless it can be removed before.
#[utoipa::path(post, path = "/conflicts/{id}/settle", tag = "conflicts", request_body = Reason,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 204)))]
async fn settle(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(why): Json<Reason>,
) -> Result<Done, Problem> {
    conflicts::settle(&state, &caller, id, &why, &key).await?;
    Ok(Done)
}

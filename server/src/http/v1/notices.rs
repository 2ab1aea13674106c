//! Notices.

use app::contract::{NoticeFilter, NoticeView, Page, ReadUntil};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{self, Caller},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read_all)).routes(routes!(read))
}

/// What concerns the caller's organisation, newest first.
#[utoipa::path(get, path = "/notices", tag = "notices", params(NoticeFilter),
    responses((status = 200, body = Page<NoticeView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(filter): Query<NoticeFilter>,
) -> Result<Json<Page<NoticeView>>, Problem> {
    Ok(Json(usecase::notices::list(&state, &caller, &filter).await?))
}

/// Marks all that one has seen as read; what has come since stays unread.
#[utoipa::path(post, path = "/notices/read", tag = "notices", request_body = ReadUntil,
    responses((status = 204)))]
async fn read_all(
    State(state): State<AppState>,
    caller: Caller,
    Json(seen): Json<ReadUntil>,
) -> Result<Done, Problem> {
    usecase::notices::read_all(&state, &caller, seen.until).await?;
    Ok(Done)
}

/// Marks a notice as read.
#[utoipa::path(post, path = "/notices/{id}/read", tag = "notices", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn read(State(state): State<AppState>, caller: Caller, Path(id): Path<Uuid>) -> Result<Done, Problem> {
    usecase::notices::read(&state, &caller, id).await?;
    Ok(Done)
}

//! Cleanings that nobody owns: conflicts for the operator.

use app::contract::{CleaningView, Page, PageQuery};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{self, Caller, Paging},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(remove))
}

/// Cleanings on the platform's lines that keep time because their neighbours don't fit each other, in the order in
/// which they were left.
#[utoipa::path(get, path = "/cleanings", tag = "closures", params(PageQuery),
    responses((status = 200, body = Page<CleaningView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<CleaningView>>, Problem> {
    Ok(Json(usecase::cleanings::page(&state, &caller, Paging::try_from(page)?).await?))
}

/// Removes a cleaning whose neighbours fit each other by now; refused while they don't.
#[utoipa::path(delete, path = "/cleanings/{id}", tag = "closures", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn remove(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Done, Problem> {
    usecase::cleanings::remove(&state, &caller, id, None).await?;
    Ok(Done)
}

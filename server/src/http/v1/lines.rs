//! Lines, and when they are free.

use app::contract::{FreeBusyView, LineView, Period};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Json, Path, Problem, Query},
    state::AppState,
    usecase::{self, Caller, catalogue::LineFilter},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(free_busy))
}

/// The lines, or those of one platform or able to make one offering.
#[utoipa::path(get, path = "/lines", tag = "catalogue", params(LineFilter),
    security((), ("session" = []), ("token" = [])), responses((status = 200, body = Vec<LineView>)))]
async fn list(
    State(state): State<AppState>,
    Query(filter): Query<LineFilter>,
) -> Result<Json<Vec<LineView>>, Problem> {
    Ok(Json(usecase::catalogue::lines(&state, &filter).await?))
}

/// One line.
#[utoipa::path(get, path = "/lines/{id}", tag = "catalogue", params(("id" = Uuid, Path)),
    security((), ("session" = []), ("token" = [])), responses((status = 200, body = LineView)))]
async fn one(State(state): State<AppState>, Path(id): Path<Uuid>) -> Result<Json<LineView>, Problem> {
    Ok(Json(usecase::catalogue::line(&state, id).await?))
}

/// When a line is taken for a product without hazards that isn't there yet: by what is booked and the changeovers
/// beside it, by a closure, or since it is down; rounded outwards to the line's granularity. Neither by whom nor why,
/// nor what of it is set-up; beside a product of one's own no changeover is added. It counts as a search. The operators
/// of the line also get the rows themselves.
#[utoipa::path(get, path = "/lines/{id}/free-busy", tag = "occupancy", params(("id" = Uuid, Path), Period),
    responses((status = 200, body = FreeBusyView)))]
async fn free_busy(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(period): Query<Period>,
) -> Result<Json<FreeBusyView>, Problem> {
    Ok(Json(usecase::free_busy::of_line(&state, &caller, id, &period).await?))
}

//! How firms fare, and what giving up late leads to.

use app::contract::{FairnessReport, FairnessView, LateStandingView, QuarterQuery, Reason};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, fairness, late},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(firms))
        .routes(routes!(sizes))
        .routes(routes!(standings))
        .routes(routes!(forgive))
}

/// How firms fare: for a platform's people each firm on it, for a firm itself.
#[utoipa::path(get, path = "/fairness", tag = "fairness", responses((status = 200, body = Vec<FairnessView>)))]
async fn firms(State(state): State<AppState>, caller: Caller) -> Result<Json<Vec<FairnessView>>, Problem> {
    Ok(Json(fairness::fairness(&state, &caller).await?))
}

/// How firms fare by their size: for the district of every platform in a quarter, the one under way if none is named,
/// without what would tell of fewer than three firms; for a platform's people of their own, of all the time if no
/// quarter is named.
#[utoipa::path(get, path = "/fairness/sizes", tag = "fairness", params(QuarterQuery),
    responses((status = 200, body = FairnessReport)))]
async fn sizes(
    State(state): State<AppState>,
    caller: Caller,
    Query(quarter): Query<QuarterQuery>,
) -> Result<Json<FairnessReport>, Problem> {
    Ok(Json(fairness::sizes(&state, &caller, &quarter).await?))
}

/// Where firms stand by the platforms' rules about bookings given up late: a firm on every platform that has one, for a
/// platform's people each firm that has given up any there.
#[utoipa::path(get, path = "/late-leavings", tag = "fairness",
    responses((status = 200, body = Vec<LateStandingView>)))]
async fn standings(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<Vec<LateStandingView>>, Problem> {
    Ok(Json(late::standings(&state, &caller).await?))
}

/// Forgives that a booking was given up late once, so that it counts no more: the leaving of this id, and no other of
/// the same booking; for the platform's administrator, with a reason that the firm reads. The fee stays.
#[utoipa::path(post, path = "/late-leavings/{id}/forgive", tag = "fairness", params(("id" = Uuid, Path)),
    request_body = Reason, responses((status = 204)))]
async fn forgive(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(why): Json<Reason>,
) -> Result<Done, Problem> {
    late::forgive(&state, &caller, id, &why).await?;
    Ok(Done)
}

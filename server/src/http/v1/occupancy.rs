//! The district's numbers.

use app::contract::{DemandReport, FreeCapacityView, OccupancyReport, QuarterQuery};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Json, Problem, Query},
    state::AppState,
    usecase::{self, Caller},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(occupancy)).routes(routes!(demand)).routes(routes!(free_capacity))
}

/// Committed occupancy of a quarter by platform, week and dosage form, for the district. Cells that would tell about
/// fewer than three clients are left out, and so is what would let them be computed. Quarters are thirteen whole weeks.
#[utoipa::path(get, path = "/occupancy", tag = "occupancy", params(QuarterQuery),
    responses((status = 200, body = OccupancyReport)))]
async fn occupancy(
    State(state): State<AppState>,
    caller: Caller,
    Query(quarter): Query<QuarterQuery>,
) -> Result<Json<OccupancyReport>, Problem> {
    Ok(Json(usecase::occupancy::report(&state, &caller, &quarter).await?))
}

/// What was searched for and found no place, by dosage form, for the district.
#[utoipa::path(get, path = "/demand", tag = "occupancy", params(QuarterQuery),
    responses((status = 200, body = DemandReport)))]
async fn demand(
    State(state): State<AppState>,
    caller: Caller,
    Query(quarter): Query<QuarterQuery>,
) -> Result<Json<DemandReport>, Problem> {
    Ok(Json(usecase::demand::of_quarter(&state, &caller, &quarter).await?))
}

/// What is free of the lines able to make each dosage form, in the next ninety days, for the district.
#[utoipa::path(get, path = "/free-capacity", tag = "occupancy",
    responses((status = 200, body = Vec<FreeCapacityView>)))]
async fn free_capacity(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<Vec<FreeCapacityView>>, Problem> {
    Ok(Json(usecase::free_capacity::by_offering(&state, &caller).await?))
}

//! The district's numbers.

use app::contract::{DemandView, OccupancyReport, Period};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Json, Problem, Query},
    state::AppState,
    usecase::{self, Caller},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(occupancy)).routes(routes!(demand))
}

/// Committed occupancy by platform and by dosage form, for the district. Cells that would tell about a single client
/// are left out.
#[utoipa::path(get, path = "/occupancy", tag = "occupancy", params(Period),
    responses((status = 200, body = OccupancyReport)))]
async fn occupancy(
    State(state): State<AppState>,
    caller: Caller,
    Query(period): Query<Period>,
) -> Result<Json<OccupancyReport>, Problem> {
    Ok(Json(usecase::occupancy::report(&state, &caller, &period).await?))
}

/// What was searched for and found no place, by dosage form, for the district.
#[utoipa::path(get, path = "/demand", tag = "occupancy", params(Period),
    responses((status = 200, body = Vec<DemandView>)))]
async fn demand(
    State(state): State<AppState>,
    caller: Caller,
    Query(period): Query<Period>,
) -> Result<Json<Vec<DemandView>>, Problem> {
    Ok(Json(usecase::demand::of_period(&state, &caller, &period).await?))
}

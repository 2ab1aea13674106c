//! Searching.

use app::contract::{OfferQuery, SearchAnswer};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{ClientAddress, Json, Problem, Query},
    state::AppState,
    usecase::{self, Caller, Visit},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(offers))
}

/// Free placements for a campaign, best first, and for every line that can't take it the reason.
///
/// Ranked by finish, then price, then waiting between steps. Nothing is held; `POST /holds` holds an offer by its key.
#[utoipa::path(get, path = "/offers", tag = "offers", params(OfferQuery), security((), ("session" = []), ("token" = [])),
    responses((status = 200, body = SearchAnswer)))]
async fn offers(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    caller: Caller,
    Query(query): Query<OfferQuery>,
) -> Result<Json<SearchAnswer>, Problem> {
    let from = Visit { address };
    Ok(Json(usecase::search::search(&state, &caller, &from, &query).await?))
}

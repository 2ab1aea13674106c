//! Bearer tokens.

use app::contract::{TokenMade, TokenOrder, TokenView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Created, Done, Json, Path, Problem},
    state::AppState,
    usecase::{Caller, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(make, list)).routes(routes!(revoke))
}

/// Makes a token for the account and the organisation of the session. Its secret is shown this once. Not open to
/// tokens.
#[utoipa::path(post, path = "/tokens", tag = "people", security(("session" = [])), request_body = TokenOrder,
    responses((status = 201, body = TokenMade)))]
async fn make(
    State(state): State<AppState>,
    caller: Caller,
    Json(order): Json<TokenOrder>,
) -> Result<Created<TokenMade>, Problem> {
    Ok(Created(people::make_token(&state, &caller, order, None).await?))
}

/// The own account's tokens that are good.
#[utoipa::path(get, path = "/tokens", tag = "people", responses((status = 200, body = Vec<TokenView>)))]
async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Vec<TokenView>>, Problem> {
    Ok(Json(people::tokens(&state, &caller).await?))
}

/// Revokes a token.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn revoke(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Done, Problem> {
    people::revoke_token(&state, &caller, id).await?;
    Ok(Done)
}

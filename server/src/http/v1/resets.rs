//! New passwords for those who lost theirs.

use app::contract::{LinkView, NewPassword, ResetOrder};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{ClientAddress, Created, Done, Json, Problem},
    state::AppState,
    usecase::{Caller, people},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(order)).routes(routes!(set))
}

/// Makes a one-time link, shown this once, by which a colleague chooses a new password; for administrators.
#[utoipa::path(post, path = "/password-resets", tag = "people", request_body = ResetOrder,
    responses((status = 201, body = LinkView)))]
async fn order(
    State(state): State<AppState>,
    caller: Caller,
    Json(order): Json<ResetOrder>,
) -> Result<Created<LinkView>, Problem> {
    Ok(Created(people::order_reset(&state, &caller, order, None).await?))
}

/// Sets a new password by the token of a link. Every session and every API token of the account ends.
#[utoipa::path(post, path = "/password-resets/use", tag = "people", security(()), request_body = NewPassword,
    responses((status = 204)))]
async fn set(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Json(asked): Json<NewPassword>,
) -> Result<Done, Problem> {
    people::set_password(&state, address, asked).await?;
    Ok(Done)
}

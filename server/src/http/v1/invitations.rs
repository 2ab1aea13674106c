//! Inviting, and taking up an invitation.

use app::contract::{Acceptance, InvitationOrder, InvitationView, LinkView, Page, PageQuery, Viewer};
use axum::{
    extract::State,
    http::header::SET_COOKIE,
    response::{AppendHeaders, IntoResponse},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{ClientAddress, Created, Done, Json, Path, Problem, Query, session},
    state::AppState,
    usecase::{
        Caller, Paging,
        people::{self, Device},
    },
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(invite, list)).routes(routes!(withdraw)).routes(routes!(accept))
}

/// Invites someone by a one-time link, which is shown this once; for administrators.
#[utoipa::path(post, path = "/invitations", tag = "people", request_body = InvitationOrder,
    responses((status = 201, body = LinkView)))]
async fn invite(
    State(state): State<AppState>,
    caller: Caller,
    Json(order): Json<InvitationOrder>,
) -> Result<Created<LinkView>, Problem> {
    Ok(Created(people::invite(&state, &caller, order, None).await?))
}

/// Invitations into the own organisation; for administrators.
#[utoipa::path(get, path = "/invitations", tag = "people", params(PageQuery),
    responses((status = 200, body = Page<InvitationView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<InvitationView>>, Problem> {
    Ok(Json(people::invitations(&state, &caller, Paging::try_from(page)?).await?))
}

/// Takes back an invitation that nobody has used; for administrators.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Done, Problem> {
    people::withdraw_invitation(&state, &caller, id).await?;
    Ok(Done)
}

/// Takes up an invitation, by the token of its link, and signs in.
#[utoipa::path(post, path = "/invitations/accept", tag = "people", security(()), request_body = Acceptance,
    responses((status = 201, body = Viewer)))]
async fn accept(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    device: Device,
    Json(acceptance): Json<Acceptance>,
) -> Result<impl IntoResponse, Problem> {
    let signed_in = people::accept(&state, address, device, acceptance).await?;
    let cookie = session::begin(&state.settings, &signed_in.secret)?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Created(signed_in.viewer)))
}

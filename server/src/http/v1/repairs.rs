//! Making room where nothing fits, and answering those who ask for it.

use app::contract::{AskView, OfferQuery, Page, PageQuery, RepairAnswer, RepairOrder, RepairView, RoomView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Created, Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{
        Caller, IdempotencyKey,
        repair::{self, Answer},
    },
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(make, own))
        .routes(routes!(ways))
        .routes(routes!(withdraw))
        .routes(routes!(asked))
        .routes(routes!(accept))
        .routes(routes!(decline))
}

/// Has room made in the window of the query, where a search finds nothing. Bookings whose owners agreed to a plan
/// window are moved inside it at once, and the place is held; where others would have to move, their owners are asked,
/// and the place is held once all of them have agreed. What names a place gets that place or a refusal, and what says
/// how many owners it would ask doesn't ask more. What was moved for a hold is left alone for 24 hours, and nobody is
/// asked by the same company about the same campaign within 24 hours of its taking a question back, or of no answer in
/// time; how many questions it may put within 24 hours is bounded. 409 if there is room already: it carries the offers.
#[utoipa::path(post, path = "/repairs", tag = "bookings", request_body = RepairOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = RepairAnswer)))]
async fn make(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<RepairOrder>,
) -> Result<Created<RepairAnswer>, Problem> {
    Ok(Created(repair::make(&state, &caller, &order, &key).await?))
}

/// The ways in which others could make room in the window of the query, the least costly first, with what each costs
/// them. Nothing is written and nobody is asked: that is done by the key of a way's offer. It counts as a search. 409
/// if there is room already.
#[utoipa::path(get, path = "/repairs/ways", tag = "bookings", params(OfferQuery),
    responses((status = 200, body = Vec<RoomView>)))]
async fn ways(
    State(state): State<AppState>,
    caller: Caller,
    Query(query): Query<OfferQuery>,
) -> Result<Json<Vec<RoomView>>, Problem> {
    Ok(Json(repair::ways(&state, &caller, &query).await?))
}

/// What the company has asked others for, the newest first.
#[utoipa::path(get, path = "/repairs", tag = "bookings", params(PageQuery),
    responses((status = 200, body = Page<RepairView>)))]
async fn own(
    State(state): State<AppState>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<RepairView>>, Problem> {
    Ok(Json(repair::own(&state, &caller, &page).await?))
}

/// Takes back the wish, or what a platform asks the owner of a campaign that can't stay; those asked learn that nothing
/// moves. A company may ask about the same campaigns again 24 hours later.
#[utoipa::path(delete, path = "/repairs/{id}", tag = "bookings", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Done, Problem> {
    repair::withdraw(&state, &caller, id).await?;
    Ok(Done)
}

/// The moves that the company is or was asked for, the newest first; for a platform's people those of its own
/// production.
#[utoipa::path(get, path = "/proposals", tag = "bookings", params(PageQuery),
    responses((status = 200, body = Page<AskView>)))]
async fn asked(
    State(state): State<AppState>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<AskView>>, Problem> {
    Ok(Json(repair::asked(&state, &caller, &page, None).await?))
}

/// Agrees to the move. Once all who are asked have agreed it is made, if it still fits; else nothing moves.
#[utoipa::path(post, path = "/proposals/{id}/accept", tag = "bookings", params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = AskView)))]
async fn accept(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<Json<AskView>, Problem> {
    Ok(Json(repair::answer(&state, &caller, id, Answer::Accept, &key).await?))
}

/// Declines the move: nothing moves, for anybody.
#[utoipa::path(post, path = "/proposals/{id}/decline", tag = "bookings", params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = AskView)))]
async fn decline(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
) -> Result<Json<AskView>, Problem> {
    Ok(Json(repair::answer(&state, &caller, id, Answer::Decline, &key).await?))
}

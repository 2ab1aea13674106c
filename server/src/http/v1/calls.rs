//! Calls, in which wishes are collected and decided together.

use app::contract::{
    AdjustOrder, CallFilter, CallOrder, CallView, DecideOrder, DraftView, Page, PointsOrder, PublishOrder,
    Reason, WishOrder, WishPlace, WishView,
};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Created, Done, Json, Path, Problem, Query},
    state::AppState,
    usecase::{Caller, IdempotencyKey, rounds},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(open, list))
        .routes(routes!(one))
        .routes(routes!(cancel))
        .routes(routes!(submit, wishes))
        .routes(routes!(change, withdraw))
        .routes(routes!(points))
        .routes(routes!(draft, look))
        .routes(routes!(places))
        .routes(routes!(adjust))
        .routes(routes!(publish))
}

/// Opens a call for a period and some lines of the own platform. It closes at its instant, and not before. The seed is
/// drawn now; its hash is told from now on, itself once the call has ended.
#[utoipa::path(post, path = "/calls", tag = "calls", request_body = CallOrder,
    params(("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = CallView)))]
async fn open(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Json(order): Json<CallOrder>,
) -> Result<Created<CallView>, Problem> {
    Ok(Created(rounds::open(&state, &caller, &order, &key).await?))
}

/// Calls, the newest first; for a platform, its own.
#[utoipa::path(get, path = "/calls", tag = "calls", params(CallFilter),
    responses((status = 200, body = Page<CallView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(filter): Query<CallFilter>,
) -> Result<Json<Page<CallView>>, Problem> {
    Ok(Json(rounds::calls(&state, &caller, &filter).await?))
}

/// One call with its published rule.
#[utoipa::path(get, path = "/calls/{id}", tag = "calls", params(("id" = Uuid, Path)),
    responses((status = 200, body = CallView)))]
async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<CallView>, Problem> {
    Ok(Json(rounds::one(&state, &caller, id).await?))
}

/// Cancels a call that isn't published; those who took part are told why.
#[utoipa::path(post, path = "/calls/{id}/cancel", tag = "calls", request_body = Reason,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 204)))]
async fn cancel(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(why): Json<Reason>,
) -> Result<Done, Problem> {
    rounds::cancel(&state, &caller, id, &why, &key).await?;
    Ok(Done)
}

/// Hands in a wish while the call is open. Nobody else sees it before the closing, the platform included.
#[utoipa::path(post, path = "/calls/{id}/wishes", tag = "calls", request_body = WishOrder,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 201, body = WishView)))]
async fn submit(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(order): Json<WishOrder>,
) -> Result<Created<WishView>, Problem> {
    Ok(Created(rounds::submit(&state, &caller, id, &order, &key).await?))
}

/// The own wishes in a call, with what became of them once it is published; for its platform all of them, once it has
/// closed.
#[utoipa::path(get, path = "/calls/{id}/wishes", tag = "calls", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<WishView>)))]
async fn wishes(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<WishView>>, Problem> {
    Ok(Json(rounds::wishes(&state, &caller, id).await?))
}

/// Changes an own wish while the call is open. One that asks for something else counts as handed in now; another rank
/// alone leaves it where it was.
#[utoipa::path(put, path = "/wishes/{id}", tag = "calls", request_body = WishOrder, params(("id" = Uuid, Path)),
    responses((status = 200, body = WishView)))]
async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(order): Json<WishOrder>,
) -> Result<Json<WishView>, Problem> {
    Ok(Json(rounds::change(&state, &caller, id, &order).await?))
}

/// Takes an own wish back while the call is open.
#[utoipa::path(delete, path = "/wishes/{id}", tag = "calls", params(("id" = Uuid, Path)),
    responses((status = 204)))]
async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Done, Problem> {
    rounds::withdraw(&state, &caller, id).await?;
    Ok(Done)
}

/// Gives a wish its points by the published criteria, between the closing and the publishing. Points that it has
/// already change nothing; by others a draft made before counts no more. 422 with the reason `draft_adjusted` if the
/// platform has changed that draft itself: `discard` says how many of its changes may be lost.
#[utoipa::path(post, path = "/wishes/{id}/points", tag = "calls", request_body = PointsOrder,
    params(("id" = Uuid, Path)), responses((status = 204)))]
async fn points(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(order): Json<PointsOrder>,
) -> Result<Done, Problem> {
    rounds::give_points(&state, &caller, id, order).await?;
    Ok(Done)
}

/// Decides a closed call by its rule on the calendar as it is now, anew if it was decided before. Nothing is held by
/// that. The same wishes and calendar give the same. 422 with the reason `draft_adjusted` if the platform has changed
/// the draft that stands itself: `discard` says how many of its changes may be lost.
#[utoipa::path(post, path = "/calls/{id}/draft", tag = "calls", params(("id" = Uuid, Path), DecideOrder,
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = DraftView)))]
async fn draft(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Query(order): Query<DecideOrder>,
) -> Result<Json<DraftView>, Problem> {
    Ok(Json(rounds::draft(&state, &caller, id, order, &key).await?))
}

/// The draft as it stands, with whether it still fits the calendar.
#[utoipa::path(get, path = "/calls/{id}/draft", tag = "calls", params(("id" = Uuid, Path)),
    responses((status = 200, body = DraftView)))]
async fn look(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DraftView>, Problem> {
    Ok(Json(rounds::look(&state, &caller, id).await?))
}

/// The places that a wish could have beside the rest of the draft, and within the shares of the rule.
#[utoipa::path(get, path = "/wishes/{id}/places", tag = "calls", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<WishPlace>)))]
async fn places(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<WishPlace>>, Problem> {
    Ok(Json(rounds::places(&state, &caller, id).await?))
}

/// Takes a wish out of the draft or puts it to another place, with a reason that its firm will read. The whole is asked
/// of the kernel again.
#[utoipa::path(post, path = "/wishes/{id}/adjust", tag = "calls", request_body = AdjustOrder,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = DraftView)))]
async fn adjust(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(order): Json<AdjustOrder>,
) -> Result<Json<DraftView>, Problem> {
    Ok(Json(rounds::adjust(&state, &caller, id, &order, &key).await?))
}

/// Publishes the draft: all its places are held in one commit, or none is, and every firm is told what became of its
/// wishes and why. 422 with the reason `draft_outdated` if the calendar has changed so that one doesn't fit any more,
/// and `call_draft_changed` if the draft isn't the one that was seen.
#[utoipa::path(post, path = "/calls/{id}/publish", tag = "calls", request_body = PublishOrder,
    params(("id" = Uuid, Path),
    ("idempotency-key" = String, Header, description = "Marks the retries of this request")),
    responses((status = 200, body = CallView)))]
async fn publish(
    State(state): State<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<Uuid>,
    Json(order): Json<PublishOrder>,
) -> Result<Json<CallView>, Problem> {
    Ok(Json(rounds::publish(&state, &caller, id, order, &key).await?))
}

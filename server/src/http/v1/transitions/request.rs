//! The client's side: request, answer, withdraw.

use app::contract::{AnswerOrder, BookingView, MaterialsOrder, Reason, RequestDetails};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::Retries;
use crate::{
    http::{Json, Path, Problem},
    state::AppState,
    usecase::{self, Caller, IdempotencyKey},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(request))
        .routes(routes!(fill_in))
        .routes(routes!(answer))
        .routes(routes!(materials))
        .routes(routes!(withdraw))
}

/// Sends a held booking to the platform as a request. The slot stays taken until the reply is due.
#[utoipa::path(post, path = "/bookings/{id}/request", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = RequestDetails, responses((status = 200, body = BookingView)))]
async fn request(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(details): Json<RequestDetails>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::request::send(&state, &caller, id, (&details, None), key.as_ref()).await?))
}

/// Fills in what a request lacks that the platform booked: by its firm or by the platform's operators, until it is
/// approved. It may be partial; what is left out is taken for empty. The other side is told, within an hour of the last
/// time only that nothing is missing any more. What is so already changes nothing.
#[utoipa::path(post, path = "/bookings/{id}/fill-in", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = RequestDetails, responses((status = 200, body = BookingView)))]
async fn fill_in(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(details): Json<RequestDetails>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::fill_in::fill_in(&state, &caller, id, (&details, None), key.as_ref()).await?))
}

/// Answers a question of the platform; the booking stays as it is. A further answer adds to those before, a few times
/// within 24 hours, not more often. The same as was said last changes nothing.
#[utoipa::path(post, path = "/bookings/{id}/answer", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = AnswerOrder, responses((status = 200, body = BookingView)))]
async fn answer(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(order): Json<AnswerOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::ask::answer(&state, &caller, id, &order, key.as_ref()).await?))
}

/// Names another day on which materials arrive, until the first step begins; the platform is told, so that it can be
/// another one a few times within 24 hours, not more often. The same day as before changes nothing.
#[utoipa::path(post, path = "/bookings/{id}/materials", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = MaterialsOrder, responses((status = 200, body = BookingView)))]
async fn materials(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(order): Json<MaterialsOrder>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::materials::change(&state, &caller, id, &order, key.as_ref()).await?))
}

/// Gives up a hold or a request that is not confirmed yet, free of charge.
#[utoipa::path(post, path = "/bookings/{id}/withdraw", tag = "bookings", params(("id" = Uuid, Path), Retries),
    request_body = Reason, responses((status = 200, body = BookingView)))]
async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    key: Option<IdempotencyKey>,
    Json(reason): Json<Reason>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::withdraw::withdraw(&state, &caller, id, &reason, key.as_ref()).await?))
}

//! Bookings: the caller's own, or those of the caller's platform.

use app::contract::{BookingFilter, BookingView, EventView, OutageView, Page, PageQuery, RequestDetails};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    http::{Json, Path, Problem, Query},
    state::AppState,
    usecase::{self, Caller, Paging},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(history))
        .routes(routes!(outages))
        .routes(routes!(save))
}

/// A company's own bookings, or a platform's: what was booked last first, or by start.
#[utoipa::path(get, path = "/bookings", tag = "bookings", params(BookingFilter),
    responses((status = 200, body = Page<BookingView>)))]
async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Query(filter): Query<BookingFilter>,
) -> Result<Json<Page<BookingView>>, Problem> {
    Ok(Json(usecase::bookings::list(&state, &caller, &filter).await?))
}

/// One booking.
#[utoipa::path(get, path = "/bookings/{id}", tag = "bookings", params(("id" = Uuid, Path)),
    responses((status = 200, body = BookingView)))]
async fn one(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::bookings::one(&state, &caller, id).await?))
}

/// What happened to a booking, oldest first.
#[utoipa::path(get, path = "/bookings/{id}/history", tag = "bookings", params(("id" = Uuid, Path), PageQuery),
    responses((status = 200, body = Page<EventView>)))]
async fn history(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<EventView>>, Problem> {
    Ok(Json(usecase::bookings::history(&state, &caller, id, Paging::try_from(page)?).await?))
}

/// The outages for which it can't run where it stands, the first ahead.
#[utoipa::path(get, path = "/bookings/{id}/outages", tag = "bookings", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<OutageView>)))]
async fn outages(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<OutageView>>, Problem> {
    Ok(Json(usecase::outage::of_booking(&state, &caller, id).await?))
}

/// Saves what is filled in of the request while the hold lasts; it may be partial.
#[utoipa::path(put, path = "/bookings/{id}/details", tag = "bookings", params(("id" = Uuid, Path)),
    request_body = RequestDetails, responses((status = 200, body = BookingView)))]
async fn save(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(details): Json<RequestDetails>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(usecase::request::save(&state, &caller, id, (&details, None)).await?))
}

//! Routes, and the layers around them.

use std::sync::OnceLock;

use app::contract::Failure;
use axum::{
    Router,
    http::header,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
    routing::get,
};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::{Problem, backend::PageBackend, live, middleware, openapi, pages, session, tell, v1};
use crate::state::AppState;

/// The whole service.
pub fn router(state: AppState) -> Router {
    let (api, described) = api().split_for_parts();
    let document = published(|| described);
    let document = get(move || async move { ([(header::CONTENT_TYPE, "application/json")], document) });
    let layered = |routes: Router<AppState>| {
        // The last one added is the outermost.
        routes
            .layer(from_fn_with_state(state.clone(), session::resolve))
            .layer(from_fn_with_state(state.clone(), middleware::begin_anew))
            .layer(from_fn_with_state(state.clone(), middleware::check_origin))
            .layer(from_fn_with_state(state.clone(), middleware::limit_body))
            .layer(from_fn_with_state(state.clone(), middleware::time_out))
            .layer(from_fn(middleware::catch_panic))
            .layer(from_fn_with_state(state.clone(), tell::tell))
            .layer(from_fn_with_state(state.clone(), middleware::envelope))
    };
    let routes = api
        .route("/api/openapi.json", document)
        .route("/live", get(live::live))
        .route("/api/{*rest}", axum::routing::any(unknown))
        .merge(pages::pages(PageBackend::maker(state.clone())))
        .fallback(pages::negotiate)
        .method_not_allowed_fallback(wrong_method);
    layered(routes).with_state(state)
}

/// The API's routes with their description.
fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(openapi::frame())
        .merge(v1::health::routes())
        .merge(v1::problems::routes())
        .nest("/api/v1", v1::routes())
}

/// The OpenAPI document, as JSON, of everything that [`router`] serves under `/api/v1`.
#[must_use]
pub fn document() -> &'static str {
    published(|| api().into_openapi())
}

/// What `described` becomes for whoever asks. It is the same for every server of this build, and long.
fn published(described: impl FnOnce() -> OpenApi) -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| openapi::finish(described()).to_json().unwrap_or_default())
}

async fn unknown() -> impl IntoResponse {
    Problem(Failure::NotFound)
}

async fn wrong_method() -> impl IntoResponse {
    Problem(Failure::WrongMethod)
}

//! The pages: rendered whole by the server, in the language that their address says.

use std::sync::Arc;

use any_spawner::Executor;
use app::{
    StatusOf, api,
    backend::Backend,
    contract::Failure,
    language::{self, Language},
    shell::{ASSETS, Assets, shell},
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::{nonce::Nonce, prelude::provide_context};

use super::{PageNonce, Problem, assets, forms, problem};

/// How long the last language read is remembered, in seconds: a year.
const REMEMBERED: u32 = 365 * 24 * 60 * 60;

/// Makes the backend of one request, for its caller.
pub type BackendOf = Arc<dyn Fn(&Request) -> Arc<dyn Backend> + Send + Sync>;

/// The pages, what they load and what their forms post to.
pub fn pages<S: Clone + Send + Sync + 'static>(backend_of: BackendOf) -> Router<S> {
    api::register();
    // Whoever comes second in this process finds it done.
    let _ = Executor::init_tokio();
    let page = {
        let backend_of = backend_of.clone();
        get(move |request: Request| {
            let backend_of = backend_of.clone();
            async move { render(&backend_of, request, || ()).await }
        })
    };
    let bare = {
        let backend_of = backend_of.clone();
        get(move |request: Request| {
            let backend_of = backend_of.clone();
            async move { bare(&backend_of, request).await }
        })
    };
    // Whoever reloads an answer by its address has nothing to send: on to the first page.
    let form = get(|| async { Redirect::to("/") })
        .merge(post(move |request: Request| forms::form(backend_of.clone(), request)));
    Router::new()
        .route("/", bare)
        .route("/zh", page.clone())
        .route("/zh/", page.clone())
        .route("/zh/{*path}", page.clone())
        .route("/en", page.clone())
        .route("/en/", page.clone())
        .route("/en/{*path}", page)
        .route(&format!("{}/{{form}}", api::PREFIX), form)
        .route(&format!("/{ASSETS}/{{name}}"), get(assets::asset))
}

/// Sends a browser that asks for an address without a language to the same one in its own.
pub async fn negotiate(request: Request) -> Response {
    let headers = request.headers();
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let reads_pages = request.uri().path() == "/" || accepted.contains("text/html");
    if !reads_pages || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem(Failure::NotFound).into_response();
    }
    led(request.uri(), preferred(headers))
}

/// Sends whoever is signed in from the bare address to the first page in the language of their account.
async fn bare(backend_of: &BackendOf, request: Request) -> Response {
    let backend = backend_of(&request);
    match backend.account().await {
        Ok(account) => led(request.uri(), language::of_account(&account.locale)),
        Err(_) => negotiate(request).await,
    }
}

/// On to the same address in `language`.
fn led(uri: &Uri, language: Language) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let place =
        HeaderValue::from_str(&language::link(language, path)).unwrap_or(HeaderValue::from_static("/zh"));
    let fixed = [
        (header::LOCATION, place),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("accept-language, cookie")),
    ];
    (StatusCode::SEE_OTHER, fixed).into_response()
}

/// Renders the page at the request's address; `around` adds to what it finds around it.
pub(super) async fn render(
    backend_of: &BackendOf,
    request: Request,
    around: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let language = language::of_path(request.uri().path()).unwrap_or_default();
    let news = remembered(request.headers()) != Some(language::segment(language));
    let context = context(backend_of, &request);
    let context = move || {
        context();
        around();
    };
    let render = leptos_axum::render_app_async_with_context(context, move || {
        shell(language, Assets { module: assets::MODULE, styles: assets::STYLES, icon: assets::ICON })
    });
    let mut response = render(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if news && let Ok(cookie) = HeaderValue::from_str(&remember(language)) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// What rendering finds around it.
pub(super) fn context(
    backend_of: &BackendOf,
    request: &Request,
) -> impl Fn() + Clone + Send + Sync + use<> + 'static {
    let backend = backend_of(request);
    let nonce = request.extensions().get::<PageNonce>().map(|nonce| Nonce::from_value(nonce.0.clone()));
    move || {
        provide_context(backend.clone());
        provide_context(StatusOf(problem::status));
        if let Some(nonce) = &nonce {
            provide_context(nonce.clone());
        }
    }
}

/// The language of whoever asks for an address that says none.
pub(super) fn preferred(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    language::choose(remembered(headers), accepted)
}

/// The language that the cookie remembers.
fn remembered(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(language::COOKIE)?.strip_prefix('='))
}

fn remember(language: Language) -> String {
    let (name, value) = (language::COOKIE, language::segment(language));
    format!("{name}={value}; Path=/; Max-Age={REMEMBERED}; SameSite=Lax")
}

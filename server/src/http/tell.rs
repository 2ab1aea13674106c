//! A refusal from before a page or a form was got to, told to a person: as a page in their language, never as JSON.

use app::{
    Stopped,
    answered::{Typed, page},
    api,
    contract::Failure,
    language,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, Uri, header, request::Parts},
    middleware::Next,
    response::Response,
};
use leptos::prelude::provide_context;

use super::{Problem, RequestId, backend::PageBackend, forms, pages, session};
use crate::{state::AppState, usecase::Caller};

/// What was read of a form that was too large: it begins with the page that the form stands on.
#[derive(Clone, Debug)]
pub struct Beginning(pub Vec<u8>);

/// Lets whatever refuses a page or a form say so by a page. Programs get theirs as they are.
pub async fn tell(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !is_read(request.uri().path()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(Problem(failure)) = response.extensions_mut().remove::<Problem>() else { return response };
    let beginning = response.extensions_mut().remove::<Beginning>();
    let mut told = stopped(&state, asked, failure, beginning).await;
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, allow);
    }
    told
}

/// Whether people are at `path`: a page, the first address, or what a form posts to.
fn is_read(path: &str) -> bool {
    path == "/" || language::of_path(path).is_some() || is_form(path)
}

fn is_form(path: &str) -> bool {
    path.strip_prefix(api::PREFIX).is_some_and(|rest| rest.starts_with('/'))
}

/// The page about `failure`, for whoever `asked`.
async fn stopped(
    state: &AppState,
    asked: Parts,
    failure: Failure,
    beginning: Option<Beginning>,
) -> Response<Body> {
    let sent = is_form(asked.uri.path());
    let page = if sent {
        let typed = beginning.map(|Beginning(bytes)| Typed::read(&String::from_utf8_lossy(&bytes)));
        forms::stands_on(&asked.headers, &typed.unwrap_or_default())
    } else {
        let here = asked.uri.path_and_query().map(|here| here.as_str());
        here.and_then(page).map(str::to_owned)
    };
    let language = page.as_deref().and_then(language::of_path);
    let language = language.unwrap_or_else(|| pages::preferred(&asked.headers));
    // What stopped it may be that the database doesn't answer: then it isn't asked who this is.
    let knows_reader = !matches!(failure, Failure::Busy | Failure::Internal { .. });
    let caller = if knows_reader { session::caller(state, &asked.headers).await.ok() } else { None };
    let here = page.clone().unwrap_or_else(|| language::link(language, "/"));
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = here.parse().unwrap_or_else(|_| Uri::from_static("/zh"));
    *request.headers_mut() = asked.headers;
    *request.extensions_mut() = asked.extensions;
    let failure = named(failure, &request);
    request.extensions_mut().insert(caller.unwrap_or(Caller::Anonymous));
    let most_kib = state.settings.http.body_limit_kib;
    let stopped = Stopped { failure, sent, page, most_kib, knows_reader };
    let backend_of = PageBackend::maker(state.clone());
    let mut response = pages::render(&backend_of, request, move || provide_context(stopped.clone())).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The failure, by which the request is found in the log.
fn named(failure: Failure, request: &Request) -> Failure {
    match (failure, request.extensions().get::<RequestId>()) {
        (Failure::Internal { .. }, Some(id)) => Failure::Internal { request: id.0.to_string() },
        (failure, _) => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::is_read;

    #[test]
    fn people_are_at_pages_and_forms_and_programs_are_elsewhere() {
        for path in ["/", "/zh", "/en/", "/en/bookings/1", "/do/hold", "/do/nothing"] {
            assert!(is_read(path), "{path}");
        }
        for path in ["/api/v1/holds", "/live", "/assets/app.css", "/healthz", "/do", "/england"] {
            assert!(!is_read(path), "{path}");
        }
    }
}

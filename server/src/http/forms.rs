//! What the pages' forms post to. What worked leads on by a redirect; what failed, and what brings something to show,
//! is answered by the page that the form stands on.

use app::{
    answered::{Answered, FOR, HERE, THERE, TOLD, Typed, page},
    api,
    contract::{Failure, RefusalView, field},
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::{prelude::provide_context, server_fn::error::ServerFnUrlError};
use uuid::Uuid;

use super::{
    extract,
    pages::{self, BackendOf},
    problem,
};
use crate::usecase::Caller;

/// Stands in for the address of the form's page while it is carried out: an answer that leads here has nowhere to go.
const NOWHERE: &str = "http://nowhere.invalid/";

/// Carries out what a form asks for. The body was read within its limit before.
pub async fn form(backend_of: BackendOf, request: Request) -> Response<Body> {
    let path = request.uri().path();
    if !api::paths().any(|known| known == path) {
        return problem::Problem(Failure::NotFound).into_response();
    }
    let context = pages::context(&backend_of, &request);
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return problem::Problem(Failure::Unreadable { cause: "the body broke off".to_owned() })
            .into_response();
    };
    let mut typed = Typed::read(&String::from_utf8_lossy(&body));
    let here = stands_on(&parts.headers, &typed).unwrap_or_else(|| "/zh".to_owned());
    if let Some(told) = typed.take(TOLD) {
        // It was refused already, and is only shown again, in the reader's other language. No other site can have it
        // shown: a write that comes from elsewhere never gets here.
        let failure: Failure = serde_json::from_str(&told)
            .unwrap_or_else(|error| Failure::Unreadable { cause: error.to_string() });
        let status = problem::status(&failure);
        let answered = Answered { form: parts.uri.path().to_owned(), here, outcome: Err(failure), typed };
        return show(&backend_of, parts, answered, status).await;
    }
    if is_for_another(&parts, &typed) {
        let failure = Failure::refused(RefusalView::OTHER_ORGANISATION);
        let status = problem::status(&failure);
        let answered = Answered { form: parts.uri.path().to_owned(), here, outcome: Err(failure), typed };
        return show(&backend_of, parts, answered, status).await;
    }
    let (asked, sent) = (parts.clone(), body.clone());
    parts.headers.insert(header::REFERER, HeaderValue::from_static(NOWHERE));
    // Whatever reads no pages would be answered by the framework, with its own words.
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
    let request = Request::from_parts(parts, Body::from(body));
    let mut response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if response.status() == StatusCode::FOUND {
        // What a form leads to is read, never posted to again.
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    let place = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
    let Some(trace) = place.and_then(|place| place.strip_prefix(NOWHERE)) else { return response };
    let outcome = match Typed::read(trace.trim_start_matches('?')).get("__err") {
        Some(failure) => Err(ServerFnUrlError::<Failure>::decode_err(&failure)),
        None => Ok(response),
    };
    match outcome {
        Err(failure) => {
            let failure = named(asked.uri.path(), &sent, failure);
            let status = problem::status(&failure);
            let answered = Answered { form: asked.uri.path().to_owned(), here, outcome: Err(failure), typed };
            show(&backend_of, asked, answered, status).await
        }
        Ok(response) => {
            let there = typed.get(THERE).and_then(|path| page(&path).map(str::to_owned));
            brought(&backend_of, asked, there.unwrap_or(here), typed, response).await
        }
    }
}

/// Whether it was filled in for another organisation than the one for which whoever sends it acts by now: in another
/// window they act for that, or have signed in as somebody else.
fn is_for_another(parts: &Parts, typed: &Typed) -> bool {
    let meant = typed.get(FOR).and_then(|id| Uuid::parse_str(&id).ok());
    let member = parts.extensions.get::<Caller>().and_then(Caller::as_member);
    let for_any = api::FOR_ANY.contains(&parts.uri.path());
    !for_any && meant.zip(member).is_some_and(|(meant, member)| meant != member.organisation.0)
}

/// The failure of the form to `path`; where what was sent couldn't be read, with the field that it is about.
fn named(path: &str, sent: &[u8], failure: Failure) -> Failure {
    if !matches!(&failure, Failure::Invalid { faults } if faults.first().field == field::FORM) {
        return failure;
    }
    let mut track = serde_path_to_error::Track::new();
    let fields = serde_urlencoded::Deserializer::new(form_urlencoded::parse(sent));
    let read = api::read(path, serde_path_to_error::Deserializer::new(fields, &mut track));
    match read {
        Some(Err(error)) => extract::invalid(&track.path().to_string(), &error.to_string(), None),
        _ => failure,
    }
}

/// What a form brought is shown on its page; one that brought nothing leads back there.
async fn brought(
    backend_of: &BackendOf,
    asked: Parts,
    here: String,
    typed: Typed,
    response: Response<Body>,
) -> Response<Body> {
    let (done, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&body).into_owned();
    let mut answer = if matches!(text.as_str(), "" | "null") {
        let place = HeaderValue::from_str(&here).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
    } else {
        let answered = Answered { form: asked.uri.path().to_owned(), here, outcome: Ok(text), typed };
        show(backend_of, asked, answered, StatusCode::OK).await
    };
    for cookie in done.headers.get_all(header::SET_COOKIE) {
        answer.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    answer
}

/// The page that the form stands on, as whoever asked sees it.
async fn show(
    backend_of: &BackendOf,
    asked: Parts,
    answered: Answered,
    status: StatusCode,
) -> Response<Body> {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = answered.here.parse().unwrap_or_default();
    *request.headers_mut() = asked.headers;
    *request.extensions_mut() = asked.extensions;
    let mut response = pages::render(backend_of, request, move || provide_context(answered.clone())).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    // What is shown once must not be found in a cache.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The page that the form says it stands on, else the one that the browser came from.
pub(super) fn stands_on(headers: &HeaderMap, typed: &Typed) -> Option<String> {
    let referer = || {
        let url = headers.get(header::REFERER)?.to_str().ok()?;
        let (_, rest) = url.split_once("://")?;
        page(&rest[rest.find('/')?..]).map(str::to_owned)
    };
    let said = typed.get(HERE).and_then(|path| page(&path).map(str::to_owned));
    said.or_else(referer)
}

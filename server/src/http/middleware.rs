//! What every request passes through, from the outside in.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use app::contract::Failure;
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use futures::{FutureExt, StreamExt};
use tracing::Instrument;
use uuid::Uuid;

use super::{Problem, language, origin, problem, security, tell::Beginning};
use crate::{listening::Peer, state::AppState};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The request's id, in the log, in the answer's header and in problems.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// The nonce that this request's page marks its inline scripts with; the policy header permits it.
#[derive(Clone, Debug)]
pub struct PageNonce(pub Arc<str>);

/// Where the request came from, as far as it is known; what attempts are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub Option<std::net::IpAddr>);

/// Gives the request an id and a nonce, logs it, and finishes the answer: words of a problem, security headers.
pub async fn envelope(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id: Arc<str> = given_id(request.headers()).unwrap_or_else(|| Uuid::now_v7().to_string()).into();
    let nonce: Arc<str> = nonce().into();
    let language = language::of(request.headers());
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id = %id, method = %request.method(), path);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(PageNonce(nonce.clone()));
    let address = client_address(&request, state.settings.http.trust_proxy);
    request.extensions_mut().insert(address);
    let mut response = async {
        let began = std::time::Instant::now();
        let response = next.run(request).await;
        let status = response.status().as_u16();
        tracing::info!(status, micros = began.elapsed().as_micros(), "answered");
        response
    }
    .instrument(span)
    .await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let kept = response.headers_mut().remove(header::ALLOW);
        response = problem::render(problem, language, &path, &id);
        if let Some(allow) = kept {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    security::add_headers(headers, &nonce, state.settings.https());
    response
}

/// Sends whoever asks after the demonstration was told to begin anew back to the same address, on a connection of their
/// own: it waits for the server to be back. One that was open already, or just accepted, would be answered from what is
/// about to be deleted.
pub async fn begin_anew(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !*state.begin_anew.borrow() {
        return next.run(request).await;
    }
    // An address of two slashes would lead to another host.
    let address = request.uri().path_and_query().map(PathAndQuery::as_str);
    let again = address.filter(|address| !address.starts_with("//")).unwrap_or("/").to_owned();
    ([(header::CONNECTION, "close")], Redirect::temporary(&again)).into_response()
}

/// Turns a panic into an internal error; its cause stays in the log.
pub async fn catch_panic(request: Request, next: Next) -> Response {
    AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|panic| {
        let cause = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("of unknown cause");
        tracing::error!(cause, "panic while answering");
        Problem(Failure::Internal { request: String::new() }).into_response()
    })
}

/// Gives up on a request that takes too long.
pub async fn time_out(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let longest = Duration::from_secs(state.settings.http.request_seconds.into());
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem(Failure::Busy).into_response(),
    }
}

/// Reads the body of a write, up to the limit. Of a larger one the rest is read and thrown away, within bounds, so that
/// the client sees the answer rather than a broken connection.
pub async fn limit_body(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let limit = state.settings.http.body_limit_kib as usize * 1024;
    let (parts, body) = request.into_parts();
    let mut stream = body.into_data_stream();
    let (mut kept, mut read) = (Vec::new(), 0_usize);
    while let Some(chunk) = stream.next().await {
        let Ok(chunk) = chunk else {
            return Problem(Failure::Unreadable { cause: "the body broke off".to_owned() }).into_response();
        };
        read = read.saturating_add(chunk.len());
        if read <= limit {
            kept.extend_from_slice(&chunk);
        } else if read > limit.saturating_mul(DRAINED_LIMITS) {
            break;
        }
    }
    if read > limit {
        let mut response = Problem(Failure::TooLarge).into_response();
        response.extensions_mut().insert(Beginning(kept));
        return response;
    }
    next.run(Request::from_parts(parts, Body::from(kept))).await
}

/// How many times the body limit is read before the connection is cut.
const DRAINED_LIMITS: usize = 128;

/// Refuses writes that a foreign page may have sent with the visitor's cookie.
pub async fn check_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let write = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    let bearer = request.headers().contains_key(header::AUTHORIZATION);
    if write && !bearer && !origin::permitted(request.headers(), state.settings.public_url.as_deref()) {
        return Problem(Failure::ForeignOrigin).into_response();
    }
    next.run(request).await
}

/// The id that a proxy in front gave, if it is one that can be logged as it is.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let fit =
        (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fit.then(|| id.to_owned())
}

fn nonce() -> String {
    BASE64_STANDARD.encode(Uuid::new_v4().as_bytes())
}

fn client_address(request: &Request, trust_proxy: bool) -> ClientAddress {
    let forwarded = || {
        let entries = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        entries.rsplit(',').next()?.trim().parse().ok()
    };
    let connection = request.extensions().get::<ConnectInfo<Peer>>().map(|ConnectInfo(Peer(at))| at.ip());
    ClientAddress(if trust_proxy { forwarded().or(connection) } else { connection })
}

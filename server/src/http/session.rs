//! The session's cookie, and who a request comes from.

use app::contract::Failure;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Problem;
use crate::{
    secret::Secret,
    settings::Settings,
    state::AppState,
    usecase::{Caller, internal, people::authenticate},
};

/// The cookie's name. With https its prefix makes browsers insist on Secure, this host and the whole path.
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-zhongshi" } else { "zhongshi" }
}

/// The header that gives the browser its session.
///
/// # Errors
/// Never with secrets of our own making.
pub fn begin(settings: &Settings, secret: &Secret) -> Result<HeaderValue, Failure> {
    let seconds = i64::from(settings.session.longest_hours) * 3600;
    header_value(settings, secret.reveal(), seconds)
}

/// The header that takes it away.
///
/// # Errors
/// Never.
pub fn end(settings: &Settings) -> Result<HeaderValue, Failure> {
    header_value(settings, "", 0)
}

fn header_value(settings: &Settings, value: &str, seconds: i64) -> Result<HeaderValue, Failure> {
    let https = settings.https();
    let cookie = Cookie::build((cookie_name(https), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(https)
        .build();
    HeaderValue::from_str(&format!("{cookie}; Max-Age={seconds}"))
        .map_err(|error| internal("setting the cookie", &error))
}

/// Finds out who asks, by bearer token or else by cookie, and puts the [`Caller`] into the request's extensions.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    match caller(&state, request.headers()).await {
        Ok(caller) => {
            if let Some(member) = caller.as_member() {
                tracing::debug!(account = %member.account, organisation = %member.organisation, "signed in");
            }
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(failure) => Problem(failure).into_response(),
    }
}

/// Whoever the headers stand for.
pub(super) async fn caller(state: &AppState, headers: &HeaderMap) -> Result<Caller, Failure> {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let (scheme, secret) =
            authorization.to_str().ok().and_then(|text| text.split_once(' ')).unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Failure::Unauthenticated);
        }
        return authenticate::by_token(state, secret.trim()).await;
    }
    match CookieJar::from_headers(headers).get(cookie_name(state.settings.https())) {
        Some(cookie) if !cookie.value().is_empty() => authenticate::by_session(state, cookie.value()).await,
        _ => Ok(Caller::Anonymous),
    }
}

//! Failures as RFC 9457 problem details. The only file that knows which status a failure has.

use app::{
    contract::{
        ClosureHit, Failure, FieldFault, FieldProblem, LineRefusalView, OfferView, RefusalView, SplitView,
    },
    language::Language,
};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{language, words};

/// A failure on its way out. [`render`] gives it words, when language and request are known.
#[derive(Clone, Debug)]
pub struct Problem(pub Failure);

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Problem details (RFC 9457), `application/problem+json`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDetails {
    /// What kind of problem: a stable path that explains it.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem, in the language of `Accept-Language`.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened here, in the language of `Accept-Language`.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    /// Finds the request in the server's log; also in the header `x-request-id`.
    pub request_id: String,
    /// Of a 400: what the parser says, for whoever wrote the request; in English, whatever the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The first field that is wrong, of a 422.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<FieldProblem>,
    /// Every field that is wrong, and how; the first one too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<Vec<FieldFault>>,
    /// Which rule refused, and what blocks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RefusalView>,
    /// Of a 409: what is free instead, best first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<Vec<OfferView>>,
    /// Of a 409: two runs instead of one, where that costs less than every alternative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<SplitView>,
    /// Of a 409: every line that takes the campaign nowhere in the window, and why, as a search tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusals: Option<Vec<LineRefusalView>>,
    /// Of a 409: whether nothing fits whole, but one may wait for a place, or ask others to make room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_free: Option<bool>,
    /// Of a 409 to a closure: the bookings that it would hit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits: Option<Vec<ClosureHit>>,
    /// Of a 429 or 503: seconds to wait; also in the header `Retry-After`. Of a 409: alternatives are searches, and
    /// these are used up for so long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
}

/// Seconds that a client is asked to wait when the server is busy.
const BUSY_SECONDS: u32 = 1;

/// The status that a failure has.
pub(super) const fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Unreadable { .. } => StatusCode::BAD_REQUEST,
        Failure::Unauthenticated | Failure::WrongCredentials => StatusCode::UNAUTHORIZED,
        Failure::Forbidden | Failure::Unverified | Failure::ForeignOrigin => StatusCode::FORBIDDEN,
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Failure::Conflict { .. } | Failure::Unsearched { .. } | Failure::InTheWay { .. } => {
            StatusCode::CONFLICT
        }
        Failure::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Failure::WrongMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Failure::Invalid { .. } | Failure::Refused { .. } | Failure::KeyReused => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Failure::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The problem's body and headers in `language`; `instance` is the path and `request` the id of the request.
#[must_use]
pub fn render(problem: Problem, language: Language, instance: &str, request: &str) -> Response {
    let failure = problem.0;
    let status = status(&failure);
    let name = words::name(&failure);
    let retry_after_seconds = match &failure {
        Failure::TooMany { retry_after_seconds } | Failure::Unsearched { retry_after_seconds, .. } => {
            Some(*retry_after_seconds)
        }
        Failure::Busy => Some(BUSY_SECONDS),
        _ => None,
    };
    let mut details = ProblemDetails {
        kind: format!("/api/problems/{name}"),
        title: words::title(&failure, language).to_owned(),
        status: status.as_u16(),
        detail: words::detail(&failure, language),
        instance: instance.to_owned(),
        request_id: request.to_owned(),
        cause: None,
        field: None,
        problem: None,
        faults: None,
        refusal: None,
        alternatives: None,
        split: None,
        refusals: None,
        may_free: None,
        hits: None,
        retry_after_seconds,
    };
    match failure {
        Failure::Unreadable { cause } => details.cause = Some(cause),
        Failure::Invalid { faults } => {
            let first = faults.first().clone();
            details.field = Some(first.field);
            details.problem = Some(first.problem);
            details.faults = Some(faults.iter().cloned().collect());
        }
        Failure::Refused { refusal } => details.refusal = Some(refusal),
        Failure::Conflict { refusal, alternatives, split, left_out } => {
            details.split = split.map(|split| *split);
            details.refusal = Some(refusal);
            details.alternatives = Some(alternatives);
            details.may_free = Some(left_out.may_free);
            details.refusals = Some(left_out.refusals);
        }
        Failure::Unsearched { refusal, .. } => {
            details.refusal = Some(refusal);
            details.alternatives = Some(Vec::new());
        }
        Failure::InTheWay { hits } => details.hits = Some(hits),
        _ => {}
    }
    respond(status, &details, language)
}

fn respond(status: StatusCode, details: &ProblemDetails, language: Language) -> Response {
    let body = serde_json::to_vec(details).unwrap_or_default();
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language::tag(language)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = details.retry_after_seconds {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"zhongshi\""));
    }
    response
}

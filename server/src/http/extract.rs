//! Extractors that refuse with problems, naming the field where they can.

use app::contract::{Complaints, Failure, FieldProblem, field};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, OptionalFromRequest, OptionalFromRequestParts, Request},
    http::{
        HeaderMap,
        header::{CONTENT_TYPE, USER_AGENT},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;
use serde_path_to_error::Segment;

use super::{ClientAddress, Problem};
use crate::usecase::{Caller, IdempotencyKey, people::Device};

/// JSON, in and out.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(Failure::WrongMedia.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Failure::TooLarge)?;
        if !bytes.trim_ascii_start().starts_with(b"{") {
            return Err(no_object(&bytes).into());
        }
        let reader = &mut serde_json::Deserializer::from_slice(&bytes);
        let (value, unknown) = known(&mut *reader);
        let value = value.map_err(|error| {
            let (path, sent) = (error.path().to_string(), sent(&bytes, error.path()));
            let cause = error.into_inner();
            if cause.is_data() {
                invalid(&path, &cause.to_string(), sent.as_deref())
            } else {
                Failure::Unreadable { cause: cause.to_string() }
            }
        })?;
        unknown?;
        reader.end().map_err(|error| Failure::Unreadable { cause: error.to_string() })?;
        Ok(Self(value))
    }
}

/// A body that may be left out, and with it what it is of.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        if !request.headers().contains_key(CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

/// The query string.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query));
        let (value, unknown) = known(reader);
        match value {
            Ok(value) => Ok(unknown.map(|()| Self(value))?),
            Err(error) => {
                let path = error.path().to_string();
                let sent = form_urlencoded::parse(query).find(|(name, _)| *name == path);
                let sent = sent.as_ref().map(|(_, value)| &**value);
                Err(invalid(&path, &error.inner().to_string(), sent).into())
            }
        }
    }
}

/// A value, or where and why there is none.
type Read<T, E> = Result<T, serde_path_to_error::Error<E>>;

/// Reads a value, and whether there was anything that it has no field for: a misspelt `hazards` must not read as none.
fn known<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    reader: D,
) -> (Read<T, D::Error>, Result<(), Failure>) {
    let mut track = serde_path_to_error::Track::new();
    let mut faults = Complaints::default();
    let read = {
        let reader = serde_path_to_error::Deserializer::new(reader, &mut track);
        serde_ignored::deserialize(reader, |path| {
            let name = path.to_string();
            let value = name.rsplit('.').next().unwrap_or_default().to_owned();
            let _kept = faults.hear(Err::<(), _>(field::invalid(&name, FieldProblem::Unknown { value })));
        })
    };
    (read.map_err(|error| serde_path_to_error::Error::new(track.path(), error)), faults.answer())
}

/// Parts of the path. What doesn't parse doesn't exist.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match <axum::extract::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(Failure::NotFound.into()),
        }
    }
}

/// Required: bookings are never made twice by a retry.
impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let header = parts
            .headers
            .get(Self::HEADER)
            .ok_or_else(|| field::invalid(Self::HEADER, FieldProblem::Missing))?;
        Ok(Self::parse(header.to_str().unwrap_or_default())?)
    }
}

/// Optional: where a second run does no harm.
impl<S: Send + Sync> OptionalFromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Problem> {
        match parts.headers.get(Self::HEADER) {
            Some(header) => Ok(Some(Self::parse(header.to_str().unwrap_or_default())?)),
            None => Ok(None),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Anonymous))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or(Self(None)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Device {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Ok(device(&parts.headers))
    }
}

/// What a request says that it was sent with.
pub(super) fn device(headers: &HeaderMap) -> Device {
    Device::said(headers.get(USER_AGENT).and_then(|value| value.to_str().ok()))
}

/// Every body is an object. Without this, serde would take a list for one, its entries for the fields in their order.
fn no_object(bytes: &[u8]) -> Failure {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(_) => invalid(".", "expected an object", None),
        Err(error) => Failure::Unreadable { cause: error.to_string() },
    }
}

/// What a body has at `path`, if that is a single value.
fn sent(bytes: &[u8], path: &serde_path_to_error::Path) -> Option<String> {
    let body: Value = serde_json::from_slice(bytes).ok()?;
    let mut value = &body;
    for segment in path {
        value = match segment {
            Segment::Seq { index } => value.get(*index)?,
            Segment::Map { key } => value.get(key.as_str())?,
            Segment::Enum { .. } | Segment::Unknown => return None,
        };
    }
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
        single => Some(single.to_string()),
    }
}

/// What is shown where any text would do.
const TEXT: &str = "\"abc\"";

/// An example of what a parser that says `message` would have read: its words are none for a reader.
fn example(message: &str) -> &'static str {
    // What was sent stands before it, and may say the same.
    let expected = message.rsplit("expected ").next().unwrap_or(message);
    let says = |words: &[&str]| words.iter().any(|word| expected.contains(word));
    if says(&[field::EXAMPLE_INSTANT]) {
        field::EXAMPLE_INSTANT
    } else if says(&[field::EXAMPLE_DAY]) {
        field::EXAMPLE_DAY
    } else if message.starts_with("UUID") || says(&["UUID", "uuid"]) {
        "01939d6b-7c00-7000-8000-000000000001"
    } else if says(&["bool", "`true` or `false`"]) {
        "true"
    } else if says(&["object", "struct", "map"]) {
        "{}"
    } else if says(&["sequence", "tuple", "array"]) {
        "[]"
    } else if says(&["f32", "f64", "float"]) {
        "12.5"
    } else if says(&["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "integer", "digit", "number"]) {
        "12"
    } else {
        TEXT
    }
}

/// serde's message about the value at `path`, for which `sent` was sent, as a failure.
pub(super) fn invalid(path: &str, message: &str, sent: Option<&str>) -> Failure {
    let message = message.rsplit_once(" at line ").map_or(message, |(words, _)| words);
    let quoted = || message.split('`').nth(1).unwrap_or_default().to_owned();
    let below =
        |name: &str| if matches!(path, "." | "") { name.to_owned() } else { format!("{path}.{name}") };
    if message.starts_with("missing field") {
        return field::invalid(&below(&quoted()), FieldProblem::Missing);
    }
    if message.starts_with("duplicate field") {
        let once = FieldProblem::Malformed { example: format!("{}=…", quoted()) };
        return field::invalid(&below(&quoted()), once);
    }
    let name = if matches!(path, "." | "") { "body".to_owned() } else { path.to_owned() };
    if message.starts_with("unknown field") {
        let name = if path.ends_with(&quoted()) { name } else { below(&quoted()) };
        return field::invalid(&name, FieldProblem::Unknown { value: quoted() });
    }
    if message.starts_with("unknown variant") {
        return field::invalid(&name, FieldProblem::Unknown { value: quoted() });
    }
    let example = example(message);
    // What stands where a text is asked for may be a secret, and isn't shown back.
    match sent.filter(|_| example != TEXT) {
        Some(sent) => field::malformed(&name, sent, example),
        None => field::invalid(&name, FieldProblem::Malformed { example: example.to_owned() }),
    }
}

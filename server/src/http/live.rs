//! Open pages hear here that something has changed.

use std::{convert::Infallible, time::Duration};

use app::contract::Failure;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::StreamExt;
use serde::Deserialize;
use uuid::Uuid;

use super::{Problem, Query};
use crate::{state::AppState, usecase::Caller};

/// A browser asks again after this, and so proves again who it is: until then a page doesn't notice that its session
/// has ended.
const LONGEST: Duration = Duration::from_secs(60);
/// How often something is sent, so that nobody on the way takes the connection for dead.
const KEPT_ALIVE: Duration = Duration::from_secs(20);

/// Where a page goes on to listen.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Since {
    /// The mark of the page, or of the last change that it heard of.
    #[serde(default)]
    since: Option<Uuid>,
}

/// Server-sent events to whoever is signed in: `{"kind": …, "id": …}` and nothing more.
///
/// # Errors
/// [`Failure::Unauthenticated`]; the database's failure.
pub async fn live(
    State(state): State<AppState>,
    caller: Caller,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let organisation = caller.member()?.organisation.0;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let mark = last.and_then(|text| Uuid::parse_str(text).ok()).or(since);
    let changes = state.live.listen(organisation, mark).await.map_err(Failure::from)?;
    let events = changes.take_until(Box::pin(tokio::time::sleep(LONGEST))).map(|change| {
        let data = serde_json::to_string(&change).unwrap_or_default();
        Ok::<_, Infallible>(Event::default().data(data).id(change.mark.to_string()))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEPT_ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies hold answers back unless told otherwise.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

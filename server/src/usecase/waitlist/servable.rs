//! Which of those that wait a platform could serve: what a firm wants, and its hazards, are nothing to one that could
//! never give it.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::Failure;
use domain::{
    LineId, PlatformId,
    request::Request,
    resolve::{rivals::could_take, waiting::emptied},
};
use uuid::Uuid;

use super::wish;
use crate::{
    state::AppState,
    store::tables::waiter,
    usecase::{ground, internal},
};

/// Those of `rows` that `platform` could serve if nobody had anything booked, with its lines that could.
///
/// # Errors
/// The store fails.
pub(crate) async fn servable(
    state: &AppState,
    platform: PlatformId,
    rows: &[waiter::Model],
) -> Result<BTreeMap<Uuid, BTreeSet<LineId>>, Failure> {
    let (snapshot, now) = (ground::ground(state).await?.snapshot, state.clock.now());
    let mut asked = Vec::with_capacity(rows.len());
    for row in rows {
        // What isn't known any more, such as its form, nobody could serve; nor what can't be read, which will be ended.
        if let Ok(request) = wish(row).and_then(|wish| wish.query.request()) {
            asked.push((row.id, Request { platform: Some(platform), ..request }));
        }
    }
    // Thousands may wait, of whom each takes some tens of microseconds.
    let thought = tokio::task::spawn_blocking(move || -> BTreeMap<Uuid, BTreeSet<LineId>> {
        let empty = emptied(&snapshot);
        let lines = asked.into_iter().map(|(id, request)| (id, could_take(&empty, &request, now)));
        lines.filter(|(_, lines)| !lines.is_empty()).collect()
    });
    thought.await.map_err(|error| internal("looking at who waits", &error))
}

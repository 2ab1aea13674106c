//! Closing a line: nothing is closed before one has seen what that would hit.

use std::convert::identity;

use domain::calendar::plant_date;
use leptos::prelude::*;

use crate::{
    api::{CloseLine, MarkDown},
    backend::use_backend,
    components::{
        FailureNote, PageTitle, loaded,
        operator::{Announce, CloseForm, Hits},
    },
    contract::{Failure, Instant, LineBoard},
    query::ClosureDraft,
    request::{set_failure_status, use_failure, use_id, use_language, use_link, use_parameters},
    window::Window,
    words::{say, text},
};

#[component]
pub fn CloseLinePage() -> impl IntoView {
    let id = use_id();
    let load = async move {
        let backend = use_backend();
        let week = Window::read(&use_parameters(), backend.now()).period();
        let board = backend.board(id.ok_or(Failure::NotFound)?, week).await?;
        Ok(close(board).await)
    };
    loaded(load, identity)
}

async fn close(board: LineBoard) -> AnyView {
    let language = use_language();
    let backend = use_backend();
    let line = board.line;
    let asked = ClosureDraft::read(&use_parameters());
    let posted = use_failure::<CloseLine>();
    let looked = match &asked {
        None => None,
        Some(draft) => Some(match draft.order(line, true) {
            Ok(order) => backend.close_line(order, backend.form_key()).await,
            Err(failure) => Err(failure),
        }),
    };
    let failure = looked.as_ref().and_then(|looked| looked.as_ref().err().cloned());
    if let Some(failure) = &failure {
        set_failure_status(failure);
    }
    let note = failure.clone().map(|failure| view! { <FailureNote failure /> });
    let named = vec![("reason", say!(language, conflict.down_reason))];
    // What it hits now is said below in full.
    let posted = posted
        .or_else(use_failure::<MarkDown>)
        .filter(|failure| !matches!(failure, Failure::InTheWay { .. }))
        .map(|failure| view! { <FailureNote failure named /> });
    let draft = asked.unwrap_or_else(|| blank(board.now));
    let hits = looked.and_then(Result::ok).map(|answer| answer.hits);
    // Below what harms nobody: another time.
    let announce = hits.clone().filter(|hits| !hits.is_empty()).map(|hits| {
        view! { <Announce line draft=draft.clone() hits /> }
    });
    let hits = hits.map(|hits| view! { <Hits line draft=draft.clone() hits /> });
    let name = text(language, &board.name);
    let title = say!(language, desk.close_title, line = name.as_str()).to_string();
    view! {
        <PageTitle page=title.clone() />
        <p class="crumb"><a href=use_link(&format!("/lines/{line}"))>{name}</a></p>
        <h1 class="sober">{title}</h1>
        <p class="lead">{say!(language, desk.close_lead)}</p>
        {note}
        {posted}
        {hits}
        <CloseForm line draft failure />
        {announce}
    }
    .into_any()
}

/// What the form holds before anybody typed: the week or month that was looked at, if all of it lies ahead.
fn blank(now: Instant) -> ClosureDraft {
    let blank = ClosureDraft::blank(now);
    let (first, last) = Window::read(&use_parameters(), now).ends();
    if first > plant_date(now.minute()) { blank.within(first, last) } else { blank }
}

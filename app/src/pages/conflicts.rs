//! The conflict desk: everything on the platform that doesn't fit together, each with its ways out when it is opened.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    components::{
        FailureNote, PageTitle, loaded,
        operator::{Case, Refused},
    },
    contract::{ConflictDesk, ConflictList, Failure, Role},
    request::{use_kept, use_language, use_link, use_parameters, use_reader},
    words::{conflict_kind, say},
};

/// The sorts of conflicts, in the order in which they are shown.
const KINDS: [&str; 6] = ["outage", "flag", "cleaning", "repair", "waiters", "waiter"];

#[component]
pub fn ConflictsPage() -> impl IntoView {
    let open = use_parameters().get("open").and_then(|id| Uuid::parse_str(&id).ok());
    loaded(load(open, use_parameters().get("cursor")), |found| view! { <Conflicts found /> })
}

struct Found {
    all: ConflictList,
    open: Option<ConflictDesk>,
    /// What became of the one that was to be opened.
    over: Option<Failure>,
}

async fn load(open: Option<Uuid>, cursor: Option<String>) -> Result<Found, Failure> {
    let backend = use_backend();
    let mut all = backend.conflicts(cursor).await?;
    let (open, over) = match open {
        None => (None, None),
        Some(id) => match backend.conflict(id).await {
            Ok(desk) => (Some(desk), None),
            Err(over @ Failure::Refused { .. }) => (None, Some(over)),
            // Of what never was on this desk the list says enough.
            Err(Failure::NotFound) => (None, None),
            Err(failure) => return Err(failure),
        },
    };
    // What is opened is shown, whichever page it is on.
    let elsewhere = open.as_ref().map(|desk| &desk.conflict);
    let elsewhere = elsewhere.filter(|opened| all.items.iter().all(|one| one.id != opened.id)).cloned();
    if let Some(opened) = elsewhere {
        all.items.insert(0, opened);
    }
    Ok(Found { all, open, over })
}

#[component]
fn Conflicts(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { all, open, over } = found;
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let ConflictList { items, next, counts } = all;
    let count = |kind: &str| counts.iter().find(|known| known.kind == kind).map_or(0, |known| known.count);
    let is_here = |kind: &str| items.iter().any(|one| one.kind == kind);
    let strip = KINDS
        .into_iter()
        .filter(|kind| count(kind) > 0)
        .map(|kind| {
            let words = conflict_kind(language, kind);
            // What isn't on this page has no place to lead to.
            let href = is_here(kind).then(|| format!("#{kind}"));
            view! { <li><a href=href><strong>{count(kind)}</strong> " " {words}</a></li> }
        })
        .collect_view();
    let sections = KINDS
        .into_iter()
        .filter(|kind| is_here(kind))
        .map(|kind| {
            let cases = items
                .iter()
                .filter(|one| one.kind == kind)
                .map(|one| {
                    let opened = open.clone().filter(|desk| desk.conflict.id == one.id);
                    view! { <Case conflict=one.clone() opened operates /> }
                })
                .collect_view();
            view! {
                <section class="desk-section" aria-labelledby=kind>
                    <h2 id=kind>{conflict_kind(language, kind)} " " <span class="count">{count(kind)}</span></h2>
                    <ul class="flags">{cases}</ul>
                </section>
            }
        })
        .collect_view();
    // A form that came too late is answered by the same.
    let over = over.filter(|_| use_kept().is_none());
    let over = over.map(|failure| view! { <FailureNote failure focus=false /> });
    let more = next.map(|cursor| {
        let href = use_link(&format!("/desk/conflicts?cursor={cursor}"));
        view! { <p class="onwards"><a href=href rel="next">{say!(language, conflict.more)}</a></p> }
    });
    let empty = counts.is_empty().then(|| {
        view! {
            <div class="note good">
                <p class="note-title">{say!(language, conflict.nothing)}</p>
                <p>{say!(language, conflict.nothing_hint)}</p>
            </div>
        }
    });
    view! {
        <PageTitle page=say!(language, conflict.page) />
        <p class="crumb"><a href=use_link("/desk")>{say!(language, desk.page)}</a></p>
        <h1 class="sober">{say!(language, conflict.page)}</h1>
        <p class="lead">{say!(language, conflict.lead)}</p>
        <Refused />
        <div class="queue" id="conflicts" data-live data-typed=use_kept()>
            {over}
            <ul class="strip">{strip}</ul>
            {empty}
            {sections}
            {more}
        </div>
        <p><a href=use_link("/desk/fairness")>{say!(language, conflict.fair.page)}</a></p>
    }
}

//! Where a campaign stands, where its owner is asked to have it go, and what is left to do by hand.

use leptos::prelude::*;

use super::way::{shift, whole_shift};
use crate::{
    components::Parted,
    contract::{BookingView, ConflictView, ProposedView, StepView},
    language::Language,
    request::{use_language, use_link},
    words::{dated_span, say, text, yuan},
};

/// Days and lines of a place.
pub(super) fn place_words(language: Language, steps: &[StepView]) -> String {
    let start = steps.iter().map(|step| step.start).min();
    let end = steps.iter().map(|step| step.end).max();
    let when = start.zip(end).map(|(start, end)| dated_span(language, start, end)).unwrap_or_default();
    let lines = steps.iter().map(|step| text(language, &step.line_name)).collect::<Vec<_>>().join(" → ");
    format!("{when} · {lines}")
}

/// When each step begins and ends, folded away: places may differ in one of them alone.
pub(super) fn step_times(language: Language, steps: &[StepView]) -> Option<AnyView> {
    let each = |step: &StepView| {
        let when = dated_span(language, step.start, step.end);
        let (name, line) = (text(language, &step.name), text(language, &step.line_name));
        view! { <li>{name} " · " {line} " · " <span class="when">{when}</span></li> }
    };
    (steps.len() > 1).then(|| {
        view! {
            <details>
                <summary>{say!(language, conflict.each_step)}</summary>
                <ul>{steps.iter().map(each).collect_view()}</ul>
            </details>
        }
        .into_any()
    })
}

/// Where the campaign that can't stay stands now.
#[component]
pub(super) fn Stands(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let name = say!(language, conflict.stands);
    view! {
        <p class="hint">{name} " " <span class="when">{place_words(language, &booking.steps)}</span></p>
    }
}

/// What its owner is asked, as the owner reads it.
#[component]
pub(super) fn Proposed(conflict: ConflictView) -> impl IntoView {
    let language = use_language();
    let Some(asked) = conflict.asked else { return ().into_any() };
    let ProposedView { from, to, parted, shift_minutes, .. } = asked;
    let moved = whole_shift(language, (&from, &to, parted.as_ref()));
    let moved = moved.unwrap_or_else(|| shift(language, shift_minutes));
    let row = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    // Of a campaign beside a cleaning nothing else says where it stands.
    let was = conflict
        .booking
        .is_none()
        .then(|| row(say!(language, conflict.stands), place_words(language, &from)));
    let would = parted.is_none().then(|| row(say!(language, conflict.proposed), place_words(language, &to)));
    let by = row(say!(language, conflict.shift), moved);
    let price =
        conflict.booking.as_ref().map(|booking| row(say!(language, conflict.price), yuan(booking.price_fen)));
    let parts = parted.map(|parts| view! { <Parted parts /> });
    view! {
        {parts}
        <dl class="facts">{was} {would} {by} {price}</dl>
    }
    .into_any()
}

/// What a person can do where nothing else is left: speak with the firm, or do away with what hits it.
#[component]
pub(super) fn ByHand(conflict: ConflictView) -> impl IntoView {
    let language = use_language();
    let firm = conflict.booking.as_ref().and_then(|booking| booking.company_name.as_ref());
    let firm = firm.map(|name| {
        let name = text(language, name);
        let contact = conflict.contact.clone();
        let contact = contact.unwrap_or_else(|| say!(language, conflict.no_contact).to_owned());
        let free = say!(language, conflict.leaves_free);
        view! {
            <p>{say!(language, conflict.speak, firm = name, contact = contact).to_string()}</p>
            <p class="hint">{free}</p>
        }
    });
    let way = match (conflict.kind.as_str(), conflict.line) {
        ("outage", Some(line)) => {
            let href = use_link(&format!("/lines/{line}/down"));
            view! { <p><a href=href>{say!(language, conflict.end_sooner)}</a></p> }.into_any()
        }
        ("flag", _) => {
            view! { <p><a href=use_link("/setup")>{say!(language, conflict.change_setup)}</a></p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { {firm} {way} }
}

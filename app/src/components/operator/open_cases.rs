//! The most urgent of the conflict desk that nothing else on the desk tells of, each a click from its ways out.

use leptos::prelude::*;

use super::{
    proposed::place_words,
    queue::{Dense, Reference, campaign, company},
};
use crate::{
    contract::ConflictView,
    language::Language,
    request::{use_language, use_link},
    words::{conflict_kind, conflict_state, dated_span, deadline, say, text},
};

#[component]
pub fn OpenCases(conflicts: Vec<ConflictView>) -> impl IntoView {
    let language = use_language();
    let [who, what, line, when, act] = [
        say!(language, desk.company),
        say!(language, desk.campaign),
        say!(language, desk.line),
        say!(language, desk.when),
        say!(language, desk.to_do),
    ];
    let rows = conflicts
        .into_iter()
        .map(|one| {
            let when_words = one.from.zip(one.until).map(|(from, until)| dated_span(language, from, until));
            let on = one.line.zip(one.line_name.as_ref()).map(|(id, name)| {
                view! { <a href=use_link(&format!("/lines/{id}"))>{text(language, name)}</a> }
            });
            view! {
                <tr>
                    <th scope="row">{conflict_kind(language, &one.kind)}</th>
                    <td data-label=who><span class="typed">{whose(language, &one)}</span></td>
                    <td data-label=what><Which conflict=one.clone() /></td>
                    <td data-label=line>{on}</td>
                    <td data-label=when class="when">{when_words}</td>
                    <td data-label=act><Way conflict=one /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Dense id="conflicts" heads=vec![say!(language, desk.kind), who, what, line, when, act]>{rows}</Dense>
        <p><a href=use_link("/desk/conflicts")>{say!(language, desk.all_conflicts)}</a></p>
    }
}

/// Whose campaign can't stay, or who wants room.
fn whose(language: Language, conflict: &ConflictView) -> String {
    match &conflict.booking {
        Some(booking) => company(language, booking.company_name.as_ref()),
        None => conflict.company_name.as_ref().map(|name| text(language, name)).unwrap_or_default(),
    }
}

/// The campaign that can't stay, or what room is wanted for.
#[component]
fn Which(conflict: ConflictView) -> impl IntoView {
    let language = use_language();
    match conflict.booking {
        Some(booking) => view! {
            <Reference booking=booking.clone() /> " "
            <span class="typed">{campaign(language, &booking)}</span>
        }
        .into_any(),
        None => conflict.offering_name.map(|name| text(language, &name)).into_any(),
    }
}

/// How far it is; unless its owner is being asked, where its ways out are.
#[component]
fn Way(conflict: ConflictView) -> impl IntoView {
    let language = use_language();
    let state = (conflict.state != "open").then(|| {
        view! { <span class="hint">{conflict_state(language, &conflict.state)}</span> " " }
    });
    let asked = conflict.asked.as_ref().filter(|asked| asked.parted.is_none()).map(|asked| {
        let words =
            say!(language, conflict.proposed_to, place = place_words(language, &asked.to)).to_string();
        view! { <span class="hint when">{words}</span> }
    });
    let by = conflict.answer_by.map(|by| {
        let words = say!(language, conflict.answer_until, moment = deadline(language, by)).to_string();
        view! { " " <span class="hint">{words}</span> }
    });
    let id = conflict.id;
    let way = (conflict.state != "asked").then(|| {
        let href = use_link(&format!("/desk/conflicts?open={id}#c-{id}"));
        let booking = conflict.booking.as_ref().map(|booking| booking.reference.clone());
        let of = booking.unwrap_or_else(|| whose(language, &conflict));
        view! {
            <a class="button small quiet" href=href>
                {say!(language, conflict.show_ways)} " " <span class="sr">{of}</span>
            </a>
        }
    });
    view! { {state} {asked} {by} {way} }
}

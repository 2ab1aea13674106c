//! One conflict: what it is, and once it is opened what can be done about it, with what that would mean.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    flags::{BookingHead, Wrong},
    proposed::{ByHand, Proposed, Stands},
    settle::settle,
    waiters::Waiters,
    way::Way,
    way_table::{WayTable, is_place},
};
use crate::{
    api::{SettleConflict, WithdrawRepair},
    components::{
        Post,
        waiting::{waited, window_of},
    },
    contract::{ConflictDesk, ConflictView, SearchedView},
    language::Language,
    request::{use_language, use_link},
    words::{conflict_state, dated_span, deadline, length, outage, say, short_moment, text},
};

#[component]
pub fn Case(conflict: ConflictView, opened: Option<ConflictDesk>, operates: bool) -> impl IntoView {
    let language = use_language();
    let id = conflict.id.to_string();
    let here = use_link(&format!("/desk/conflicts?open={id}#c-{id}"));
    let head = head(language, &conflict);
    let told = told(language, &conflict);
    let state = (conflict.state != "open").then(|| {
        let until = conflict
            .answer_by
            .map(|by| say!(language, conflict.answer_until, moment = deadline(language, by)).to_string());
        let words = match (conflict.kind.as_str(), conflict.state.as_str()) {
            ("cleaning", "asked") => say!(language, conflict.neighbour_asked),
            (_, state) => conflict_state(language, state),
        };
        let words = match until {
            Some(until) => say!(language, term.sentences, first = words, second = until).to_string(),
            None => words.to_owned(),
        };
        view! { <p class="hint">{words}</p> }
    });
    // What can go needs nobody's answer.
    let may_go = conflict.cleaning.as_ref().is_some_and(|cleaning| cleaning.removable);
    let solvable = conflict.state != "asked" || may_go;
    let ways = match opened {
        Some(desk) => view! { <Ways desk operates /> }.into_any(),
        None if solvable => view! {
            <a class="button small quiet" href=here>{say!(language, conflict.show_ways)}</a>
        }
        .into_any(),
        None => ().into_any(),
    };
    let withdraw = conflict.proposal.filter(|_| operates).map(|asked| {
        view! {
            <Post to=WithdrawRepair::PATH>
                <input type="hidden" name="id" value=asked.to_string() />
                <input type="hidden" name="next" value=use_link("/desk/conflicts") />
                <button class="button small quiet" type="submit">{say!(language, conflict.withdraw)}</button>
            </Post>
        }
    });
    let asked = conflict.asked.is_some().then(|| view! { <Proposed conflict=conflict.clone() /> });
    let stands = conflict.booking.clone().map(|booking| view! { <Stands booking /> });
    let settle = operates.then(|| {
        let (title, hint) = match conflict.kind.as_str() {
            "repair" => (say!(language, conflict.decline), say!(language, conflict.decline_hint)),
            "cleaning" => (say!(language, conflict.until_then), say!(language, conflict.until_then_hint)),
            "waiters" => (say!(language, conflict.leave_open), say!(language, conflict.leave_open_hint)),
            "waiter" => (say!(language, conflict.leave_open), say!(language, conflict.leave_alone_hint)),
            "flag" => (say!(language, conflict.stays), say!(language, conflict.stays_flag_hint)),
            _ => (say!(language, conflict.stays), say!(language, conflict.stays_hint)),
        };
        settle::<SettleConflict>(id.clone(), ("/desk/conflicts", title, hint))
    });
    view! {
        <li class="flag" id=format!("c-{id}")>
            {head}
            {stands}
            {told}
            {state}
            {asked}
            {withdraw}
            {ways}
            {settle}
        </li>
    }
}

fn head(language: Language, conflict: &ConflictView) -> AnyView {
    let since = say!(language, desk.flagged_at, when = short_moment(language, conflict.at)).to_string();
    if let Some(booking) = conflict.booking.clone() {
        return view! { <BookingHead booking since /> }.into_any();
    }
    let what =
        conflict.offering_name.as_ref().or(conflict.line_name.as_ref()).map(|name| text(language, name));
    let firm = conflict.company_name.as_ref().map(|name| text(language, name));
    view! {
        <p class="flag-head">
            <strong>{what}</strong>
            <span>{firm}</span>
            <span class="hint">{since}</span>
        </p>
    }
    .into_any()
}

/// What is wrong.
fn told(language: Language, conflict: &ConflictView) -> AnyView {
    let when = conflict.from.zip(conflict.until).map(|(from, until)| dated_span(language, from, until));
    let line = conflict.line.zip(conflict.line_name.as_ref()).map(|(id, name)| {
        view! { <a href=use_link(&format!("/lines/{id}"))>{text(language, name)}</a> }
    });
    match conflict.kind.as_str() {
        "outage" => down(language, conflict, when, line.into_any()),
        "flag" => troubles(conflict),
        "cleaning" => view! {
            <p><span class="when">{when}</span> " · " {line}</p>
            <p class="hint">{say!(language, desk.conflicts_hint)}</p>
        }
        .into_any(),
        "repair" => view! {
            <p class="when">{when}</p>
            <p class="hint">{say!(language, conflict.repair_hint)}</p>
        }
        .into_any(),
        "waiter" => {
            let wish = conflict.waiters.first().map(|entry| {
                view! {
                    <p>
                        <span class="when">{window_of(language, &entry.query)}</span>
                        " · "
                        {waited(language, &entry.query)}
                    </p>
                }
            });
            view! { {wish} <p class="hint">{say!(language, conflict.waiter_hint)}</p> }.into_any()
        }
        _ => {
            let name = conflict.line_name.as_ref().map(|name| text(language, name)).unwrap_or_default();
            view! {
                <p class="hint">{say!(language, conflict.waiters_hint, line = name.as_str()).to_string()}</p>
                <Waiters waiters=conflict.waiters.clone() />
            }
            .into_any()
        }
    }
}

/// When and why its line is down.
fn down(language: Language, conflict: &ConflictView, when: Option<String>, line: AnyView) -> AnyView {
    let kind = conflict.outage_kind.as_deref().map(|kind| outage(language, kind));
    view! {
        <ul class="troubles">
            <li><span class="when">{when}</span> " · " {line} " · " <strong>{kind}</strong> " · " {conflict.reason.clone()}</li>
        </ul>
    }
    .into_any()
}

/// What a late change left wrong.
fn troubles(conflict: &ConflictView) -> AnyView {
    let troubles =
        conflict.troubles.iter().cloned().map(|one| view! { <li><Wrong one /></li> }).collect_view();
    view! { <ul class="troubles">{troubles}</ul> }.into_any()
}

/// What can be done about it.
#[component]
fn Ways(desk: ConflictDesk, operates: bool) -> impl IntoView {
    let language = use_language();
    let ConflictDesk { conflict, options, searched, .. } = desk;
    // Where nothing near is free it takes more than a click.
    let far = options.iter().any(|option| option.beyond) && options.iter().all(|option| option.beyond);
    let is_by_hand = conflict.booking.is_some() && conflict.state != "asked" && (far || options.is_empty());
    let by_hand = is_by_hand.then(|| view! { <ByHand conflict=conflict.clone() /> });
    if options.is_empty() {
        let running = conflict.booking.as_ref().is_some_and(|booking| booking.status == "running");
        let words = match conflict.state.as_str() {
            "asked" if conflict.kind == "cleaning" => say!(language, conflict.neighbour_asked).to_owned(),
            "asked" => say!(language, conflict.being_asked).to_owned(),
            _ if running => say!(language, conflict.running).to_owned(),
            _ if conflict.kind == "cleaning" => say!(language, desk.cleaning_stays).to_owned(),
            _ if conflict.kind == "waiters" => say!(language, conflict.no_wish).to_owned(),
            _ if conflict.kind == "waiter" => say!(language, conflict.no_wish_alone).to_owned(),
            _ if conflict.kind == "repair" => say!(language, conflict.no_repair).to_owned(),
            _ => nothing_found(language, searched),
        };
        return view! { <p>{words}</p> {by_hand} }.into_any();
    }
    let stands = conflict.booking.as_ref().map(|booking| booking.steps.clone()).unwrap_or_default();
    let (places, others): (Vec<_>, Vec<_>) =
        options.into_iter().enumerate().partition(|(_, option)| is_place(option));
    let some = !places.is_empty();
    // The policy's bound, or that these lie beyond it.
    let reach = searched.and_then(|searched| searched.reach_minutes).filter(|_| some).map(|reach| {
        let reach = length(language, reach);
        let words = if far {
            say!(language, conflict.beyond, reach = reach).to_string()
        } else {
            say!(language, conflict.within, reach = reach).to_string()
        };
        view! { <p>{words}</p> }
    });
    let id = conflict.id.to_string();
    // Of its own production the platform pays itself.
    let held = conflict.booking.filter(|booking| booking.company_name.is_some());
    let held = held.map(|booking| booking.price_fen);
    let table = some.then(|| {
        view! { <WayTable options=places id=id.clone() held stands=stands.clone() operates /> }
    });
    let cards = (!others.is_empty()).then(|| {
        let cards = others
            .into_iter()
            .map(|(number, option)| {
                view! { <Way option number id=id.clone() held stands=stands.clone() operates /> }
            })
            .collect_view();
        view! { <ol class="case-options">{cards}</ol> }
    });
    view! { {reach} {table} {cards} {by_hand} }.into_any()
}

/// How far a place was looked for in vain.
fn nothing_found(language: Language, searched: Option<SearchedView>) -> String {
    let Some(SearchedView { reach_minutes, horizon_minutes }) = searched else {
        return say!(language, conflict.no_way).to_owned();
    };
    let horizon = length(language, horizon_minutes);
    match reach_minutes {
        Some(reach) => {
            let reach = length(language, reach);
            say!(language, conflict.no_way_far, reach = reach, horizon = horizon).to_string()
        }
        None => say!(language, conflict.no_way_own, horizon = horizon).to_string(),
    }
}

//! Bookings that a late change left where they no longer fit: what is wrong, what can be done, and whether somebody has
//! looked.

use leptos::prelude::*;

use super::{
    queue::{Reference, campaign, company},
    settle::settle,
};
use crate::{
    api::SettleFlag,
    contract::{BookingView, FlagView, TroubleView},
    language::Language,
    request::{use_language, use_link},
    words::{say, short_moment, status, text, trouble},
};
use domain::calendar::plant_date;

#[component]
pub fn Flags(flags: Vec<FlagView>, operates: bool) -> impl IntoView {
    let items = flags.into_iter().map(|flag| view! { <Flag flag operates /> }).collect_view();
    view! { <ul class="flags">{items}</ul> }
}

#[component]
fn Flag(flag: FlagView, operates: bool) -> impl IntoView {
    let language = use_language();
    let FlagView { id, booking, at, troubles } = flag;
    let troubles = troubles.into_iter().map(|one| view! { <li><Wrong one /></li> }).collect_view();
    let since = say!(language, desk.flagged_at, when = short_moment(language, at)).to_string();
    let way = way(language, &booking);
    let moving = booking.actions.iter().any(|action| action == "move").then(|| {
        let href = use_link(&format!("/bookings/{}/move", booking.id));
        view! { <a class="button small quiet" href=href>{say!(language, desk.move_it)}</a> }
    });
    let settle = operates.then(|| {
        let (title, hint) = (say!(language, desk.settle), say!(language, desk.settled_hint));
        settle::<SettleFlag>(id.to_string(), ("/desk", title, hint))
    });
    view! {
        <li class="flag">
            <BookingHead booking since />
            <ul class="troubles">{troubles}</ul>
            <p class="hint">{way}</p>
            {moving}
            {settle}
        </li>
    }
}

/// The booking that something is wrong with, and since when.
#[component]
pub(super) fn BookingHead(booking: BookingView, since: String) -> impl IntoView {
    let language = use_language();
    let status_class = format!("status {}", booking.status);
    view! {
        <p class="flag-head">
            <strong><Reference booking=booking.clone() /></strong>
            <span class=status_class>{status(language, &booking.status)}</span>
            <span>{company(language, booking.company_name.as_ref())}</span>
            <span>{campaign(language, &booking)}</span>
            <span class="hint">{since}</span>
        </p>
    }
}

/// One of the things that are wrong: when, on which line, what.
#[component]
pub(super) fn Wrong(one: TroubleView) -> impl IntoView {
    let language = use_language();
    let name = text(language, &one.line_name);
    let week = plant_date(one.start.minute());
    let line = match one.line {
        Some(id) => {
            let href = use_link(&format!("/lines/{id}?week={week}"));
            view! { <a href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    };
    view! {
        <span class="when">{short_moment(language, one.start)}</span>
        " · "
        {line}
        " · "
        <strong>{trouble(language, &one.trouble)}</strong>
    }
}

/// What can be done about it, in words.
fn way(language: Language, booking: &BookingView) -> &'static str {
    let own = booking.company_name.is_none();
    match booking.status.as_str() {
        "running" => say!(language, desk.flag_running),
        "held" => say!(language, desk.flag_held),
        _ if own => say!(language, desk.flag_own),
        "requested" => say!(language, desk.flag_requested),
        _ => say!(language, desk.flag_confirmed),
    }
}

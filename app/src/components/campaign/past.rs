//! A page about what its reader can't do to a booking: not any more, not yet, or not at all.

use leptos::prelude::*;

use super::{name::titled, next::next_step};
use crate::{
    components::PageTitle,
    contract::{BookingView, Instant, OrganisationKind},
    language::Language,
    request::{use_language, use_link, use_reader},
    words::{outcome, say, text},
};

/// Says what the booking is by now, and leads to it.
#[component]
pub fn Past(title: String, booking: BookingView) -> impl IntoView {
    let language = use_language();
    let runs_it = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let why = why(language, &booking, runs_it);
    let (page, back) = if runs_it {
        (format!("/desk/requests/{}", booking.id), say!(language, campaign.past_desk))
    } else {
        (format!("/bookings/{}", booking.id), say!(language, campaign.back))
    };
    let heading = titled(&title, &booking.reference);
    view! {
        <PageTitle page=title />
        <article class="booking past">
            <header class="booking-head">
                <h1>{heading}</h1>
                <span class=format!("status {}", booking.status)>{outcome(language, &booking)}</span>
            </header>
            <p class="lead">{why}</p>
            <p>{next_step(language, &booking, None)}</p>
            <p>
                <a class="button" href=use_link(&page)>{back}</a>
            </p>
        </article>
    }
}

/// Why its reader can neither cancel nor move it, of whom `runs_it` says that they are of its platform.
fn why(language: Language, booking: &BookingView, runs_it: bool) -> String {
    let over = |until: Option<Instant>| until.is_some_and(|until| until <= booking.now);
    let lapsed = match booking.status.as_str() {
        "held" => over(booking.hold_expires_at),
        "requested" => over(booking.reply_by),
        _ => false,
    };
    let undecided = matches!(booking.status.as_str(), "held" | "requested") && !lapsed;
    let confirmed = booking.status == "confirmed";
    let company = booking.company_name.as_ref().map(|name| text(language, name));
    match company {
        _ if !undecided && !confirmed => say!(language, campaign.past).to_owned(),
        _ if booking.may("withdraw") => say!(language, campaign.past_not_yet).to_owned(),
        Some(company) if confirmed => say!(language, campaign.past_owners, company = company).to_string(),
        Some(company) => say!(language, campaign.past_undecided, company = company).to_string(),
        None if runs_it => say!(language, campaign.past_operators).to_owned(),
        None => say!(language, campaign.past).to_owned(),
    }
}

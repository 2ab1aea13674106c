//! A page about what could be done to a booking, and can't be any more.

use leptos::prelude::*;

use super::next::next_step;
use crate::{
    components::PageTitle,
    contract::BookingView,
    request::{use_language, use_link},
    words::{outcome, say},
};

/// Says what the booking is by now, and leads to it.
#[component]
pub fn Past(title: String, booking: BookingView) -> impl IntoView {
    let language = use_language();
    let why = if booking.may("withdraw") {
        say!(language, campaign.past_not_yet)
    } else {
        say!(language, campaign.past)
    };
    view! {
        <PageTitle page=title.clone() />
        <article class="booking past">
            <header class="booking-head">
                <h1>{title}</h1>
                <span class=format!("status {}", booking.status)>{outcome(language, &booking)}</span>
            </header>
            <p class="lead">{why}</p>
            <p>{next_step(language, &booking)}</p>
            <p>
                <a class="button" href=use_link(&format!("/bookings/{}", booking.id))>
                    {say!(language, campaign.back)}
                </a>
            </p>
        </article>
    }
}

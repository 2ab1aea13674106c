//! A firm's campaigns as a list, each with its time, its state and what is next.

use leptos::prelude::*;

use super::{
    facts::{batches, offering_name},
    name::whole_code,
    next::next_step,
    waits::asked_until,
};
use crate::{
    contract::{AskView, BookingView},
    request::{use_language, use_link},
    words::{date, last_minute, outcome, say, text},
};

#[component]
pub fn CampaignList(
    id: &'static str,
    bookings: Vec<BookingView>,
    /// Whether it is kept fresh by itself, and not with what it is in.
    #[prop(default = true)]
    live: bool,
    /// What the firm is asked about them.
    #[prop(optional)]
    asks: Vec<AskView>,
) -> impl IntoView {
    let language = use_language();
    let live = live.then_some("");
    if bookings.is_empty() {
        return view! { <p class="hint" id=id data-live=live>{say!(language, campaign.none_open)}</p> }
            .into_any();
    }
    let heads = [
        say!(language, campaign.column),
        say!(language, campaign.schedule),
        say!(language, campaign.status),
        say!(language, campaign.deadline),
    ];
    let rows = bookings
        .into_iter()
        .map(|booking| {
            let start = booking.steps.iter().map(|step| step.start).min();
            let end = booking.steps.iter().map(|step| step.end).max();
            let span = start.zip(end).map(|(start, end)| {
                view! {
                    <span class="whole">{date(language, start)}</span>
                    " "
                    <span class="arrow" aria-hidden="true">"→"</span>
                    " "
                    <span class="whole">{date(language, last_minute(start, end))}</span>
                }
            });
            let name = booking.product_code.clone().unwrap_or_else(|| booking.reference.clone());
            let next = next_step(language, &booking, asked_until(booking.id, &asks));
            view! {
                <tr>
                    <th scope="row">
                        <a href=use_link(&format!("/bookings/{}", booking.id))>{whole_code(name)}</a>
                        <span class="hint">
                            {offering_name(language, &booking.offering)} " · "
                            <span class="whole">{batches(language, &booking)}</span>
                        </span>
                        <span class="hint">
                            {text(language, &booking.platform_name)} " · "
                            <span class="reference">{booking.reference.clone()}</span>
                        </span>
                    </th>
                    <td class="when" data-label=heads[1]><span>{span}</span></td>
                    <td data-label=heads[2]>
                        <span class=format!("status {}", booking.status)>{outcome(language, &booking)}</span>
                    </td>
                    <td class="when" data-label=heads[3]><span>{next}</span></td>
                </tr>
            }
        })
        .collect_view();
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <table class="list" id=id data-live=live>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

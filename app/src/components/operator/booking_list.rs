//! A platform's bookings, whatever has become of them.

use leptos::prelude::*;

use super::queue::{Dense, Reference, campaign, company};
use crate::{
    contract::BookingView,
    request::use_language,
    words::{dated_span, outcome, say},
};

#[component]
pub fn BookingList(bookings: Vec<BookingView>) -> impl IntoView {
    let language = use_language();
    let [who, what, when, state] = [
        say!(language, desk.company),
        say!(language, desk.campaign),
        say!(language, desk.when),
        say!(language, desk.state),
    ];
    let rows = bookings
        .into_iter()
        .map(|one| {
            let start = one.steps.iter().map(|step| step.start).min();
            let end = one.steps.iter().map(|step| step.end).max();
            let span = start.zip(end).map(|(start, end)| dated_span(language, start, end));
            let class = format!("status {}", one.status);
            view! {
                <tr>
                    <th scope="row"><Reference booking=one.clone() /></th>
                    <td data-label=who><span class="typed">{company(language, one.company_name.as_ref())}</span></td>
                    <td data-label=what><span class="typed">{campaign(language, &one)}</span></td>
                    <td data-label=when class="when">{span}</td>
                    <td data-label=state><span class=class>{outcome(language, &one)}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="bookings" heads=vec![say!(language, desk.reference), who, what, when, state]>{rows}</Dense> }
}

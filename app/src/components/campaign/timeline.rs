//! What happened to a booking, by whom, and what is next.

use leptos::prelude::*;

use super::next::next_step;
use crate::{
    components::Considered,
    contract::{BookingView, EventView, Instant, OrganisationKind},
    request::{use_language, use_link, use_reader},
    words::{acted, consequence, happened, moment, outcome, say, side},
};

#[component]
pub fn Timeline(
    events: Vec<EventView>,
    booking: BookingView,
    /// Until when its firm is asked whether it may move.
    #[prop(optional_no_strip)]
    asked: Option<Instant>,
) -> impl IntoView {
    let language = use_language();
    // Whoever reads it is the platform, or the company.
    let inside = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let calls = if inside { "/desk/calls" } else { "/calls" };
    // To their own side people are named; at a platform their name says enough.
    let who = |by: &str, person: Option<String>| match (inside, person) {
        (true, Some(name)) => name,
        (true, None) => side(language, by),
        (false, Some(name)) => format!("{} · {name}", acted(language, by)),
        (false, None) => acted(language, by).to_owned(),
    };
    let past = events
        .into_iter()
        .map(|one| {
            let what =
                consequence(language, &one).map(|words| view! { <span class="hint when">{words}</span> });
            let call = one.call.map(|call| {
                let href = use_link(&format!("{calls}/{}", call.id));
                view! { <span class="hint">{say!(language, campaign.from_call)} " " <a href=href>{call.title}</a></span> }
            });
            let other = one.split_with.map(|id| {
                let href = use_link(&format!("/bookings/{id}"));
                view! { <span class="hint"><a href=href>{say!(language, campaign.other_batches)}</a></span> }
            });
            let who = who(&one.by, one.person);
            let reason = one.reason.map(|reason| view! { <q class="said">{reason}</q> });
            let considered = one.considered.map(|considered| view! { <Considered considered /> });
            view! {
                <li>
                    <span class="what">{happened(language, &one.action)}</span>
                    <span class="hint">{moment(language, one.at)} " · " {who}</span>
                    {call}
                    {other}
                    {what}
                    {reason}
                    {considered}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="timeline" id="timeline" data-live aria-labelledby="history">
            <h2 id="history">{say!(language, campaign.history)}</h2>
            <ol>
                {past}
                <li class="now" aria-current="step">
                    <span class="what">
                        {say!(language, campaign.now)} {say!(language, term.colon)} {outcome(language, &booking)}
                    </span>
                    <span class="hint">{next_step(language, &booking, asked)}</span>
                </li>
            </ol>
        </section>
    }
}

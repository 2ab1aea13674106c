//! What happened to a booking, which side did it, and who of one’s own.

use leptos::prelude::*;

use crate::{
    components::Considered,
    contract::EventView,
    request::use_language,
    words::{consequence, event, moment, side},
};

#[component]
pub fn History(events: Vec<EventView>) -> impl IntoView {
    let language = use_language();
    let rows = events
        .into_iter()
        .map(|one| {
            let what =
                consequence(language, &one).map(|words| view! { <span class="hint when">{words}</span> });
            // The contract names people to their own side alone: whose people they are needs no word.
            let who = one.person.unwrap_or_else(|| side(language, &one.by));
            let reason = one.reason.map(|reason| view! { <p class="said">{reason}</p> });
            let considered = one.considered.map(|considered| view! { <Considered considered /> });
            view! {
                <li>
                    <span class="hint when">{moment(language, one.at)}</span>
                    <span><strong>{event(language, &one.action)}</strong> " · " {who}</span>
                    {what}
                    {reason}
                    {considered}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="history">{rows}</ol> }
}

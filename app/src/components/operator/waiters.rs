//! Who waits for the platform's lines.

use leptos::prelude::*;

use super::queue::Dense;
use crate::{
    components::waiting::{waited, window_of},
    contract::WaitView,
    request::use_language,
    words::{date, say, text},
};

#[component]
pub fn Waiters(waiters: Vec<WaitView>) -> impl IntoView {
    let language = use_language();
    let [firm, window, since] =
        [say!(language, waiting.firm), say!(language, waiting.window), say!(language, waiting.since)];
    let rows = waiters
        .into_iter()
        .map(|entry| {
            view! {
                <tr>
                    <th scope="row">
                        {text(language, &entry.offering_name)}
                        " "
                        <span class="hint">{waited(language, &entry.query)}</span>
                    </th>
                    <td data-label=firm>{entry.company.as_ref().map(|name| text(language, name))}</td>
                    <td class="when" data-label=window>{window_of(language, &entry.query)}</td>
                    <td class="when" data-label=since>{date(language, entry.since)}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="waiters" heads=vec![say!(language, waiting.what), firm, window, since]>{rows}</Dense> }
}

//! How firms fare, as a table.

use leptos::prelude::*;

use crate::{
    contract::FairnessView,
    request::use_language,
    words::{say, size, text},
};

#[component]
pub fn Fairness(firms: Vec<FairnessView>) -> impl IntoView {
    let language = use_language();
    if firms.is_empty() {
        return ().into_any();
    }
    let heads = [
        say!(language, conflict.fair.firm),
        say!(language, conflict.fair.requests),
        say!(language, conflict.fair.placed),
        say!(language, conflict.fair.asked),
        say!(language, conflict.fair.granted),
        say!(language, conflict.fair.given_up),
    ];
    let rows = firms
        .into_iter()
        .map(|firm| {
            view! {
                <tr>
                    <th scope="row">
                        {text(language, &firm.company_name)}
                        " "
                        <span class="hint">{firm.size.as_deref().map(|name| size(language, name))}</span>
                    </th>
                    <td data-label=heads[1]>{firm.requests}</td>
                    <td data-label=heads[2]>{firm.placed}</td>
                    <td data-label=heads[3]>{firm.shifts_asked}</td>
                    <td data-label=heads[4]>{firm.shifts_granted}</td>
                    <td data-label=heads[5]>{firm.given_up}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <section class="waiting fairness" id="fairness" data-live aria-labelledby="fair">
            <h2 id="fair">{say!(language, conflict.fair.title)}</h2>
            <p class="hint">{say!(language, conflict.fair.hint)}</p>
            <table class="list">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

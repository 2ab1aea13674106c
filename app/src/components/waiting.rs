//! The waiting list as a firm sees it: joining it, and what it waits for.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    post::{Once, Post},
    session_menu::sign_in_link,
};
use crate::{
    api::{StopWaiting, Wait},
    contract::{OfferQuery, OrganisationKind, WaitView},
    language::{self, Language},
    query,
    request::{use_here, use_language, use_link, use_reader},
    words::{amount, date, plant_day, say, text},
};

/// Waits for a place in the search; visitors are asked to sign in first.
#[component]
pub fn WaitForm(search: OfferQuery) -> impl IntoView {
    let language = use_language();
    let form = match use_reader() {
        None => {
            let href = sign_in_link(language, &language::link(language, &use_here()));
            view! { <p><a class="button quiet" href=href>{say!(language, offer.sign_in)}</a></p> }.into_any()
        }
        Some(reader) if reader.organisation_kind != OrganisationKind::Company => return ().into_any(),
        Some(_) => view! {
            <Post class="hold" to=Wait::PATH>
                <input type="hidden" name="search" value=query::write(&search) />
                <Once />
                <div class="hold-product">
                    <label for="wait-product-code">{say!(language, offer.product_code)}</label>
                    <input
                        id="wait-product-code"
                        name="product_code"
                        maxlength="64"
                        autocomplete="off"
                        placeholder=say!(language, offer.product_code_hint)
                    />
                </div>
                <button class="button quiet" type="submit">{say!(language, waiting.join)}</button>
            </Post>
        }
        .into_any(),
    };
    view! {
        <section class="wait" aria-labelledby="wait">
            <h3 id="wait">{say!(language, waiting.offer)}</h3>
            <p>{say!(language, waiting.offer_text)}</p>
            {form}
            <p class="hint">{say!(language, waiting.rule)}</p>
        </section>
    }
    .into_any()
}

/// What a firm waits for.
#[component]
pub fn Waiting(entries: Vec<WaitView>) -> impl IntoView {
    let language = use_language();
    if entries.is_empty() {
        return ().into_any();
    }
    let [window, since, state] =
        [say!(language, waiting.window), say!(language, waiting.since), say!(language, waiting.state)];
    let rows = entries
        .into_iter()
        .map(|entry| {
            let act = match entry.hold {
                Some(hold) => {
                    let href = use_link(&format!("/bookings/{hold}"));
                    view! { <a class="button small" href=href>{say!(language, waiting.held)}</a> }.into_any()
                }
                None => view! {
                    <span class="status requested">{say!(language, waiting.waits)}</span>
                    " "
                    <Post to=StopWaiting::PATH>
                        <input type="hidden" name="id" value=entry.id.to_string() />
                        <button class="button small quiet" type="submit">{say!(language, waiting.leave)}</button>
                    </Post>
                }
                .into_any(),
            };
            let place = entry
                .platform_name
                .as_ref()
                .map_or_else(|| say!(language, waiting.anywhere).to_owned(), |name| text(language, name));
            view! {
                <tr>
                    <th scope="row">
                        <a href=use_link(&format!("/?{}", query::write(&entry.query)))>{text(language, &entry.offering_name)}</a>
                        <span class="hint">{waited(language, &entry.query)} " · " {place}</span>
                    </th>
                    <td class="when" data-label=window>{window_of(language, &entry.query)}</td>
                    <td class="when" data-label=since>{date(language, entry.since)}</td>
                    <td data-label=state>{act}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="waiting" id="waiting" data-live aria-labelledby="waits">
            <h2 id="waits">{say!(language, waiting.mine)}</h2>
            <p class="hint">{say!(language, waiting.mine_text)} " " {say!(language, waiting.rule)}</p>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{say!(language, waiting.what)}</th>
                        <th scope="col">{window}</th>
                        <th scope="col">{since}</th>
                        <th scope="col">{state}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Batches and their size.
pub fn waited(language: Language, query: &OfferQuery) -> String {
    let amount = amount(language, &query.batch_size, &query.unit);
    say!(language, campaign.batches, count = query.batches, amount = amount).to_string()
}

/// First and last day of the window.
pub fn window_of(language: Language, query: &OfferQuery) -> String {
    let day = |day: &str| plant_day(language, day).unwrap_or_default();
    format!("{} – {}", day(&query.from), day(&query.to))
}

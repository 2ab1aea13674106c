//! The waiting list as a firm sees it: joining it, and what it waits for.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{ask_form::AskForm, campaign::whole_code, complaints::complaint, post::Post};
use crate::{
    api::{StopWaiting, Wait},
    contract::{OfferQuery, PlanOfferView, WaitView},
    language::Language,
    query,
    request::{use_failure, use_language, use_link, use_typed},
    words::{amount, date, plant_day, say, text},
};

/// Waits for a place in the search; visitors are asked to sign in first.
#[component]
pub fn WaitForm(
    search: OfferQuery,
    /// What a plan window would change, wherever there will be a place.
    #[prop(optional)]
    plans: Vec<PlanOfferView>,
    /// What keeps the firm from what would fit, as [`super::limits`] says it.
    #[prop(optional_no_strip)]
    limit: Option<String>,
    /// Whether nothing stands before it that it would be another way to.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let language = use_language();
    let title = if first { say!(language, waiting.offer_first) } else { say!(language, waiting.offer) };
    let told = limit.map_or_else(
        || say!(language, waiting.offer_text).to_owned(),
        |limit| say!(language, waiting.offer_limited, limit = limit).to_string(),
    );
    let typed = use_typed::<Wait>().unwrap_or_default();
    let code = typed.get("product_code").unwrap_or_default();
    let agreed = (typed.get("flexible").is_some(), complaint(use_failure::<Wait>().as_ref(), "flexible"));
    view! {
        <AskForm
            to=Wait::PATH
            id="wait"
            title
            text=told
            words=say!(language, waiting.join)
            sign_in=say!(language, waiting.sign_in)
            search=query::write(&search)
            hint=say!(language, waiting.rule)
            code
            plans
            agreed
        />
    }
}

/// That the reader's firm waits for the search already, as `entries`: for another product it may wait too.
#[component]
pub fn WaitsAlready(
    entries: Vec<WaitView>,
    search: OfferQuery,
    /// As for [`WaitForm`].
    #[prop(optional)]
    plans: Vec<PlanOfferView>,
    /// As for [`WaitForm`].
    #[prop(optional_no_strip)]
    limit: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let codes: Vec<String> = entries.into_iter().filter_map(|entry| entry.product_code).collect();
    let codes = (!codes.is_empty()).then(|| {
        let codes = codes.join(say!(language, term.comma));
        view! {
            <p>
                {say!(language, offer.product_code)} {say!(language, term.colon)}
                <span class="typed">{codes}</span>
            </p>
        }
    });
    // Whoever was refused there finds it open.
    let open = use_failure::<Wait>().is_some();
    view! {
        <section class="wait" aria-labelledby="waits-already">
            <h3 id="waits-already">{say!(language, waiting.already)}</h3>
            {codes}
            <p>
                {say!(language, waiting.mine_text)} " "
                <a href=use_link("/campaigns#waiting")>{say!(language, waiting.already_see)}</a>
            </p>
            <details open=open>
                <summary>{say!(language, waiting.another)}</summary>
                <WaitForm search plans limit first=true />
            </details>
        </section>
    }
}

/// What a firm waits for.
#[component]
pub fn Waiting(entries: Vec<WaitView>) -> impl IntoView {
    let language = use_language();
    if entries.is_empty() {
        return view! { <section id="waiting" data-live></section> }.into_any();
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
            let flexible = entry
                .flexible
                .then(|| view! { <span class="hint">{say!(language, waiting.flexible)}</span> });
            view! {
                <tr>
                    <th scope="row">
                        <a href=use_link(&format!("/{}", query::write(&entry.query)))>{text(language, &entry.offering_name)}</a>
                        {entry.product_code.map(|code| view! { " · " <span class="typed">{whole_code(code)}</span> })}
                        <span class="hint">
                            <span class="whole">{waited(language, &entry.query)}</span> " · " {place}
                        </span>
                        {flexible}
                    </th>
                    <td class="when" data-label=window>{window_of(language, &entry.query)}</td>
                    <td class="when" data-label=since>{date(language, entry.since)}</td>
                    <td data-label=state>{act}</td>
                </tr>
            }
        })
        .collect_view();
    let [mine, rule] = [say!(language, waiting.mine_text), say!(language, waiting.rule)];
    let told = say!(language, term.sentences, first = mine, second = rule).to_string();
    view! {
        <section class="waiting" id="waiting" data-live aria-labelledby="waits">
            <h2 id="waits">{say!(language, waiting.mine)}</h2>
            <p class="hint">{told}</p>
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

//! Up to three offers of one search, side by side.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::{
    api::Hold,
    backend::use_backend,
    components::{
        Conflict, FailureNote, HoldForm, LineStrips, PageTitle, Taken, loaded, notice, reply, share, taken,
    },
    contract::{Failure, OfferView},
    islands::OwnTime,
    query,
    request::{use_failure, use_language, use_link, use_parameters},
    words::{length, moment, say, text, yuan},
};

/// Offers compared at once.
const MOST: usize = 3;

#[component]
pub fn ComparePage() -> impl IntoView {
    loaded(load(), |found| view! { <Comparison found /> })
}

struct Found {
    search: String,
    /// Those of the named offers that still stand.
    offers: Vec<OfferView>,
    note: Option<&'static str>,
    /// The searched window, for whoever was faster.
    taken: Option<Taken>,
}

async fn load() -> Result<Found, Failure> {
    let language = use_language();
    let parameters = use_parameters();
    let query = parameters.get("search").and_then(|search| query::parse(&search)).ok_or(Failure::NotFound)?;
    let mut keys: Vec<String> = parameters.get_all("offer").unwrap_or_default();
    let many = keys.len() > MOST;
    keys.truncate(MOST);
    let answer = use_backend().search(query.clone()).await?;
    let offers: Vec<_> = answer.offers.into_iter().filter(|offer| keys.contains(&offer.key)).collect();
    let note = match offers.len() {
        standing if standing < keys.len() => Some(say!(language, find.compare_gone)),
        0 | 1 => Some(say!(language, find.compare_few)),
        _ => many.then_some(say!(language, find.compare_most)),
    };
    let lost = match use_failure::<Hold>() {
        Some(Failure::Conflict { alternatives, split, .. }) => {
            let both = split.into_iter().flat_map(|split| split.parts).map(|part| part.offer);
            alternatives.into_iter().chain(both).collect()
        }
        _ => Vec::new(),
    };
    let shown: Vec<_> = offers.iter().cloned().chain(lost).collect();
    let taken = taken(&query, &shown).await;
    Ok(Found { search: query::write(&query), offers, note, taken })
}

#[component]
fn Comparison(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { search, offers, note, taken } = found;
    let title = say!(language, find.compare_page);
    let ticked = use_parameters().get_all("offer").unwrap_or_default().into_iter().take(MOST);
    let ticked = ticked.map(|key| ("offer", key)).collect::<ParamsMap>().to_query_string();
    let back = use_link(&format!("/{search}{}", ticked.replacen('?', "&", 1)));
    let lost = use_failure::<Hold>();
    if let Some(Failure::Conflict { refusal, alternatives, split, .. }) = lost {
        return view! { <PageTitle page=title /> <Conflict reason=refusal alternatives split=split.map(|split| *split) search taken /> }
            .into_any();
    }
    let lost = lost.map(|failure| view! { <FailureNote failure /> });
    let note = note.map(|words| view! { <p class="note warn">{words}</p> });
    let table = (!offers.is_empty()).then(|| view! { <Table search offers taken /> });
    view! {
        <PageTitle page=title />
        <header class="headline">
            <h1>{title}</h1>
            <a href=back>{say!(language, find.compare_back)}</a>
        </header>
        {lost}
        {note}
        {table}
    }
    .into_any()
}

#[component]
fn Table(search: String, offers: Vec<OfferView>, taken: Option<Taken>) -> impl IntoView {
    let language = use_language();
    let start = |offer: &OfferView| offer.steps.iter().map(|step| step.start).min();
    let end = |offer: &OfferView| offer.steps.iter().map(|step| step.end).max();
    let when = |instant: Option<crate::contract::Instant>| {
        instant.map(|instant| moment(language, instant)).unwrap_or_default()
    };
    let lines = |offer: &OfferView| {
        let names = offer.steps.iter().map(|step| text(language, &step.line_name));
        names.map(|name| view! { <li>{name}</li> }).collect_view()
    };
    let row = |name: &'static str, cell: &dyn Fn(&OfferView) -> AnyView| {
        let cells = offers
            .iter()
            .map(|offer| {
                let label = say!(language, offer.rank, rank = offer.rank).to_string();
                view! { <td data-label=label>{cell(offer)}</td> }
            })
            .collect_view();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    };
    let words = |text: String| view! { <span>{text}</span> }.into_any();
    // All over the same time, so that they lie to each other as they stand.
    let strips = taken.map(|taken| {
        row(say!(language, find.compare_lines), &|offer| {
            view! { <LineStrips steps=offer.steps.clone() taken=taken.clone() /> }.into_any()
        })
    });
    let rows = [
        row(say!(language, offer.price), &|offer| words(yuan(offer.price_fen))),
        row(say!(language, find.compare_when), &|offer| {
            let own = start(offer).zip(end(offer));
            let own = own.map(|(start, end)| view! { <OwnTime language start=start.0 end=end.0 /> });
            view! { <span>{when(start(offer))} " → " {when(end(offer))}</span> {own} }.into_any()
        }),
        row(say!(language, offer.duration), &|offer| {
            let minutes = start(offer).zip(end(offer)).map_or(0, |(start, end)| (end.0 - start.0) / 60);
            words(length(language, minutes))
        }),
        row(say!(language, find.waiting), &|offer| words(length(language, offer.waiting_minutes))),
        row(say!(language, offer.line), &|offer| view! { <ul>{lines(offer)}</ul> }.into_any()),
        row(say!(language, terms.compare_held), &|offer| words(length(language, offer.terms.hold_minutes))),
        row(say!(language, terms.compare_reply), &|offer| words(reply(language, &offer.terms))),
        row(say!(language, terms.compare_reservation), &|offer| words(yuan(offer.terms.reservation_fen))),
        row(say!(language, terms.compare_cancel), &|offer| {
            let steps = offer.terms.cancellation.iter();
            let steps = steps
                .map(|step| view! { <li>{notice(language, step)} {say!(language, term.colon)} {share(language, step)}</li> })
                .collect_view();
            view! { <ul>{steps}</ul> }.into_any()
        }),
        row(say!(language, offer.hold), &|offer| {
            let (search, key, rank) = (search.clone(), offer.key.clone(), offer.rank);
            let plan = offer.terms.plan;
            let words = say!(language, offer.hold);
            view! { <HoldForm search offer=key rank words plan /> }.into_any()
        }),
    ];
    let heads = offers
        .iter()
        .map(|offer| {
            view! {
                <th scope="col">
                    {text(language, &offer.platform_name)}
                    <span class="hint">{say!(language, offer.rank, rank = offer.rank).to_string()}</span>
                </th>
            }
        })
        .collect_view();
    view! {
        <table class="list compared" data-return>
            <thead><tr><td></td>{heads}</tr></thead>
            <tbody>{strips} {rows.into_iter().collect_view()}</tbody>
        </table>
    }
}

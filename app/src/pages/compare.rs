//! Up to three offers of one search, side by side.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::{
    api::Hold,
    backend::use_backend,
    components::{
        Conflict, FailureNote, HoldForm, LineStrips, PageTitle, Taken, beside_first, beyond, held, loaded,
        merits, notice, reply, share, taken,
    },
    contract::{Failure, Instant, NearestView, OfferQuery, OfferView, SearchAnswer},
    islands::OwnTime,
    language::Language,
    query,
    request::{use_failure, use_language, use_link, use_parameters, use_typed},
    words::{end_moment, length, moment, say, text, yuan},
};

/// Offers compared at once.
const MOST: usize = 3;

#[component]
pub fn ComparePage() -> impl IntoView {
    loaded(load(), |found| view! { <Comparison found /> })
}

struct Found {
    search: String,
    /// Of the named offers those that still stand.
    columns: Vec<Column>,
    /// By what they are ranked, unless they only lie near the window.
    ranking: Option<&'static str>,
    note: Option<&'static str>,
    /// The searched window, for whoever was faster.
    taken: Option<Taken>,
}

/// An offer beside the others.
struct Column {
    offer: OfferView,
    /// That it is an offer of.
    search: String,
    /// Why it stands where it does.
    why: String,
}

/// What can be compared of an answer: its offers, or what lies near the window where there is none.
fn columns(language: Language, (asked, search): (&OfferQuery, &str), answer: SearchAnswer) -> Vec<Column> {
    let SearchAnswer { offers, nearest, .. } = answer;
    let rank = |offer: &OfferView| -> String {
        let merits = merits(language, offer, &offers).join(" · ");
        let beside = offers.first().filter(|first| first.key != offer.key);
        let beside = beside.map(|first| beside_first(language, offer, first));
        match beside {
            Some(beside) if merits.is_empty() => beside,
            Some(beside) => format!("{merits} · {beside}"),
            None if merits.is_empty() => {
                say!(language, offer.finish, length = length(language, offer.finish_minutes)).to_string()
            }
            None => merits,
        }
    };
    if !offers.is_empty() {
        let column =
            |offer: &OfferView| Column { why: rank(offer), search: search.to_owned(), offer: offer.clone() };
        return offers.iter().map(column).collect();
    }
    let first = nearest.first().map(|near| near.offer.clone());
    let near = nearest.into_iter().zip(1..).map(|(NearestView { query, offer }, rank)| {
        let beyond = beyond(language, asked, &offer);
        let beyond = beyond.unwrap_or_else(|| say!(language, find.outside).to_owned());
        let beside = first.as_ref().filter(|first| first.key != offer.key);
        let beside = beside.map(|first| beside_first(language, &offer, first));
        let why = beside.map_or_else(|| beyond.clone(), |beside| format!("{beyond} · {beside}"));
        Column { why, search: query::write(&query), offer: OfferView { rank, ..offer } }
    });
    near.collect()
}

async fn load() -> Result<Found, Failure> {
    let language = use_language();
    let parameters = use_parameters();
    let query = parameters.get("search").and_then(|search| query::parse(&search)).ok_or(Failure::NotFound)?;
    let mut keys: Vec<String> = parameters.get_all("offer").unwrap_or_default();
    let many = keys.len() > MOST;
    keys.truncate(MOST);
    let search = query::write(&query);
    let answer = use_backend().search(query.clone()).await?;
    let ranking = (!answer.offers.is_empty()).then_some(say!(language, search.ranking));
    let mut columns = columns(language, (&query, &search), answer);
    columns.retain(|column| keys.contains(&column.offer.key));
    let note = match columns.len() {
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
    let shown: Vec<_> = columns.iter().map(|column| column.offer.clone()).chain(lost).collect();
    let taken = taken(&query, &shown).await;
    Ok(Found { search, columns, ranking, note, taken })
}

#[component]
fn Comparison(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { search, columns, ranking, note, taken } = found;
    let title = say!(language, find.compare_page);
    let ticked = use_parameters().get_all("offer").unwrap_or_default().into_iter().take(MOST);
    let ticked = ticked.map(|key| ("offer", key)).collect::<ParamsMap>().to_query_string();
    let back = use_link(&format!("/{search}{}", ticked.replacen('?', "&", 1)));
    let lost = use_failure::<Hold>();
    if let Some(Failure::Conflict { refusal, alternatives, split, .. }) = lost {
        // They are offers of the search whose offer was taken, which may be wider than this one.
        let search = use_typed::<Hold>().and_then(|typed| typed.get("search")).unwrap_or(search);
        return view! { <PageTitle page=title /> <Conflict reason=refusal alternatives split=split.map(|split| *split) search taken /> }
            .into_any();
    }
    let lost = lost.map(|failure| view! { <FailureNote failure /> });
    let note = note.map(|words| view! { <p class="note warn">{words}</p> });
    let table = (!columns.is_empty()).then(|| {
        let ranking = ranking.map(|words| view! { <p class="hint">{words}</p> });
        view! { {ranking} <Table columns taken /> }
    });
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
fn Table(columns: Vec<Column>, taken: Option<Taken>) -> impl IntoView {
    let language = use_language();
    let start = |offer: &OfferView| offer.steps.iter().map(|step| step.start).min();
    let end = |offer: &OfferView| offer.steps.iter().map(|step| step.end).max();
    let when =
        |instant: Option<Instant>| instant.map(|instant| moment(language, instant)).unwrap_or_default();
    let steps = |offer: &OfferView| {
        let steps = offer.steps.iter().map(|step| {
            let (from, to) = (moment(language, step.start), end_moment(language, step.end));
            view! {
                <li>
                    <strong>{text(language, &step.name)}</strong> " · " {text(language, &step.line_name)}
                    <span class="when">{from} " → " {to}</span>
                </li>
            }
        });
        steps.collect_view()
    };
    let cells = |cell: &dyn Fn(&Column) -> AnyView| {
        let cells = columns.iter().map(|column| {
            let label = say!(language, offer.rank, rank = column.offer.rank).to_string();
            view! { <td data-label=label>{cell(column)}</td> }
        });
        cells.collect_view()
    };
    let row = |name: &'static str, cell: &dyn Fn(&Column) -> AnyView| {
        view! { <tr><th scope="row">{name}</th>{cells(cell)}</tr> }.into_any()
    };
    let words = |text: String| view! { <span>{text}</span> }.into_any();
    // All over the same time, so that they lie to each other as they stand.
    let strips = taken.map(|taken| {
        row(say!(language, find.compare_lines), &|one| {
            view! { <LineStrips steps=one.offer.steps.clone() taken=taken.clone() /> }.into_any()
        })
    });
    let has_plan = columns.iter().any(|column| column.offer.terms.plan.is_some());
    let plan = has_plan.then(|| {
        let none = || say!(language, find.compare_no_plan).to_owned();
        let prices = cells(&|one| {
            words(one.offer.terms.plan.map_or_else(none, |plan| yuan(plan.price_fen)))
        });
        let meaning = use_link("/glossary#word-plan_window");
        view! { <tr><th scope="row"><a href=meaning>{say!(language, find.compare_plan)}</a></th>{prices}</tr> }
    });
    let ladder = |offer: &OfferView| {
        let steps = offer.terms.cancellation.iter();
        let steps = steps
            .map(|step| view! { <li>{notice(language, step)} {say!(language, term.colon)} {share(language, step)}</li> })
            .collect_view();
        view! { <ul>{steps}</ul> }.into_any()
    };
    let mut ladders = columns.iter().map(|column| &column.offer.terms.cancellation);
    let alike = columns.len() > 1 && ladders.next().is_some_and(|first| ladders.all(|other| other == first));
    let cancelling = match columns.first() {
        // What is the same of all is said once.
        Some(first) if alike => {
            let span = columns.len().to_string();
            let label = say!(language, find.compare_all);
            view! {
                <tr>
                    <th scope="row">{say!(language, terms.compare_cancel)}</th>
                    <td colspan=span data-label=label>{ladder(&first.offer)}</td>
                </tr>
            }
            .into_any()
        }
        _ => row(say!(language, terms.compare_cancel), &|one| ladder(&one.offer)),
    };
    let first = [
        row(say!(language, find.compare_why), &|one| words(one.why.clone())),
        row(say!(language, offer.price), &|one| words(yuan(one.offer.price_fen))),
    ];
    let rows = [
        row(say!(language, find.compare_when), &|one| {
            let (start, end) = (start(&one.offer), end(&one.offer));
            let own = start.zip(end);
            let own = own.map(|(start, end)| view! { <OwnTime language start=start.0 end=end.0 /> });
            let ends = end.map(|end| end_moment(language, end));
            view! { <span>{when(start)} " → " {ends}</span> {own} }.into_any()
        }),
        row(say!(language, offer.duration), &|one| {
            let (start, end) = (start(&one.offer), end(&one.offer));
            words(length(language, start.zip(end).map_or(0, |(start, end)| (end.0 - start.0) / 60)))
        }),
        row(say!(language, find.waiting), &|one| match one.offer.waiting_minutes {
            0 => words(say!(language, offer.no_waiting).to_owned()),
            minutes => words(length(language, minutes)),
        }),
        row(say!(language, find.compare_steps), &|one| {
            view! { <ol class="compared-steps">{steps(&one.offer)}</ol> }.into_any()
        }),
        row(say!(language, terms.compare_held), &|one| {
            words(held(language, &one.offer.terms, start(&one.offer)))
        }),
        row(say!(language, terms.compare_reply), &|one| words(reply(language, &one.offer.terms))),
        row(say!(language, terms.compare_reservation), &|one| words(yuan(one.offer.terms.reservation_fen))),
        cancelling,
        row(say!(language, offer.hold), &|one| {
            let (search, key, rank) = (one.search.clone(), one.offer.key.clone(), one.offer.rank);
            let plan = one.offer.terms.plan;
            let words = say!(language, offer.hold);
            view! { <HoldForm search offer=key rank words plan /> }.into_any()
        }),
    ];
    let heads = columns
        .iter()
        .map(|Column { offer, .. }| {
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
            <tbody>{strips} {first.into_iter().collect_view()} {plan} {rows.into_iter().collect_view()}</tbody>
        </table>
    }
}

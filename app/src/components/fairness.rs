//! How firms fare, as a table: each by itself, and by their size.

use leptos::prelude::*;

use crate::{
    contract::{FairnessView, SizeFairness},
    language::Language,
    request::{use_language, use_link},
    words::{say, size, text},
};

/// The figures' names, each with the word of the glossary that defines it.
fn figures(language: Language) -> [(&'static str, &'static str); 8] {
    [
        (say!(language, conflict.fair.requests), "fair_requests"),
        (say!(language, conflict.fair.placed), "fair_placed"),
        (say!(language, conflict.fair.unmet), "fair_unmet"),
        (say!(language, conflict.fair.asked), "fair_asked"),
        (say!(language, conflict.fair.granted), "fair_granted"),
        (say!(language, conflict.fair.by_rule), "fair_by_rule"),
        (say!(language, conflict.fair.given_up), "fair_given_up"),
        (say!(language, conflict.fair.given_up_late), "fair_late"),
    ]
}

/// A table of figures, a row each, the first column headed by `of`. What is absent is withheld.
#[component]
pub fn FairnessTable(of: &'static str, rows: Vec<(AnyView, [Option<i64>; 8])>) -> impl IntoView {
    let language = use_language();
    let figures = figures(language);
    let heads = figures
        .iter()
        .map(|(name, word)| {
            view! { <th scope="col"><a href=use_link(&format!("/glossary#word-{word}"))>{*name}</a></th> }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|(head, amounts)| {
            let cells = figures
                .iter()
                .zip(amounts)
                .map(|((name, _), amount)| view! { <td data-label=*name><Amount amount /></td> })
                .collect_view();
            view! { <tr><th scope="row">{head}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="list fair">
            <thead><tr><th scope="col">{of}</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A number, or that it is withheld.
#[component]
fn Amount(amount: Option<i64>) -> impl IntoView {
    let language = use_language();
    match amount {
        Some(amount) => amount.into_any(),
        None => view! {
            <abbr class="quiet" title=say!(language, district.too_few)>{say!(language, district.too_few_short)}</abbr>
        }
        .into_any(),
    }
}

/// Firms of one size, as a row.
pub fn size_row(language: Language, row: &SizeFairness) -> (AnyView, [Option<i64>; 8]) {
    let name = match row.size.as_str() {
        "all" => say!(language, conflict.fair.all).to_owned(),
        "unstated" => say!(language, conflict.fair.unstated).to_owned(),
        name => size(language, name),
    };
    let amounts = [
        row.requests,
        row.placed,
        row.unmet,
        row.shifts_asked,
        row.shifts_granted,
        row.moved_by_rule,
        row.given_up,
        row.given_up_late,
    ];
    (name.into_any(), amounts)
}

/// The firms, and beside them their `sizes` where more than one may be seen.
#[component]
pub fn Fairness(firms: Vec<FairnessView>, #[prop(optional)] sizes: Vec<SizeFairness>) -> impl IntoView {
    let language = use_language();
    if firms.is_empty() {
        return view! { <section id="fairness" data-live></section> }.into_any();
    }
    let rows = firms
        .into_iter()
        .map(|firm| {
            let unstated = || say!(language, round.size_unstated).to_owned();
            let of_size = firm.size.as_deref().map_or_else(unstated, |name| size(language, name));
            let head = view! {
                {text(language, &firm.company_name)}
                " "
                <span class="hint">{of_size}</span>
            };
            let amounts = [
                firm.requests,
                firm.placed,
                firm.unmet,
                firm.shifts_asked,
                firm.shifts_granted,
                firm.moved_by_rule,
                firm.given_up,
                firm.given_up_late,
            ];
            (head.into_any(), amounts.map(Some))
        })
        .collect();
    let by_size = (!sizes.is_empty()).then(|| {
        let rows = sizes.iter().map(|row| size_row(language, row)).collect();
        view! {
            <h3>{say!(language, conflict.fair.by_size)}</h3>
            <FairnessTable of=say!(language, office.size) rows />
        }
    });
    view! {
        <section class="waiting fairness" id="fairness" data-live aria-labelledby="fair">
            <h2 id="fair">{say!(language, conflict.fair.title)}</h2>
            <p class="hint">{say!(language, conflict.fair.hint)}</p>
            <FairnessTable of=say!(language, conflict.fair.firm) rows />
            {by_size}
        </section>
    }
    .into_any()
}

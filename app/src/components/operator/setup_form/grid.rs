//! A changeover matrix as a grid for each relation of products: rows are what was left, columns what is needed.

use leptos::prelude::*;

use super::filled::{Filled, id, name};
use crate::{
    contract::setup_form::under,
    request::use_language,
    words::{say, setup_label},
};

#[component]
pub fn Grids(filled: Filled) -> impl IntoView {
    let language = use_language();
    if filled.classes(language).is_empty() {
        return view! { <p class="note">{say!(language, setup.first_classes)}</p> }.into_any();
    }
    let grids = [("same", say!(language, desk.same_product)), ("other", say!(language, desk.other_product))];
    let grids = grids
        .into_iter()
        .map(|(relation, caption)| view! { <Grid relation caption filled=filled.clone() /> })
        .collect_view();
    view! {
        <section class="group cell-grids">
            <p class="hint" id="grid-hint">{say!(language, setup.grid_hint)}</p>
            {grids}
        </section>
    }
    .into_any()
}

#[component]
fn Grid(relation: &'static str, caption: &'static str, filled: Filled) -> impl IntoView {
    let language = use_language();
    let classes = filled.classes(language);
    let heads =
        classes.iter().map(|(_, words)| view! { <th scope="col">{words.clone()}</th> }).collect_view();
    let rows = classes
        .iter()
        .map(|(left, left_name)| {
            let cells = classes
                .iter()
                .map(|(needed, needed_name)| {
                    let path = format!("cells.{left}.{needed}.{relation}");
                    let pair =
                        say!(language, setup.cell, left = left_name.as_str(), needed = needed_name.as_str())
                            .to_string();
                    view! {
                        <td data-label=needed_name.clone()>
                            <Cell path pair filled=filled.clone() />
                        </td>
                    }
                })
                .collect_view();
            view! { <tr><th scope="row">{left_name.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="scroller" role="region" tabindex="0" aria-label=caption>
            <table class="cell-grid" aria-describedby="grid-hint">
                <caption>{caption}</caption>
                <thead>
                    <tr><th scope="col">{say!(language, desk.left_needed)}</th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Crew time and the wait after it; both empty: forbidden.
#[component]
fn Cell(path: String, pair: String, filled: Filled) -> impl IntoView {
    let language = use_language();
    let is_open = ["crew", "wait"].iter().any(|key| !filled.value(&under(&path, key)).trim().is_empty());
    if !filled.operates && !is_open {
        return view! { <p class="quiet">{say!(language, desk.forbidden)}</p> }.into_any();
    }
    let complaint = filled.complaint(language, &path);
    let of = id(&path);
    let problem = format!("{of}-problem");
    let invalid = complaint.is_some().then_some("true");
    let part = |key: &'static str| {
        let path = under(&path, key);
        let words = setup_label(language, key);
        view! {
            <input id=if key == "crew" { of.clone() } else { id(&path) } name=name(&path) value=filled.value(&path)
                placeholder=words.clone() aria-label=format!("{pair}{}{words}", say!(language, term.colon)) aria-invalid=invalid aria-describedby=problem.clone()
                autocomplete="off" />
        }
    };
    let class = if complaint.is_some() { "cell wrong" } else { "cell" };
    view! {
        <div class=class>
            {part("crew")} <span aria-hidden="true">"+"</span> {part("wait")}
        </div>
        {complaint.map(|words| view! { <p class="complaint" id=problem.clone()>{words}</p> })}
    }
    .into_any()
}

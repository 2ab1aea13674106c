//! How full the lines able to make each form are in the quarter.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::{meter::Meter, platforms::Share, what::What};
use crate::{
    contract::OccupancyCell,
    request::use_language,
    words::{hours, say, text},
};

/// The fullest first; those that can't be told last.
#[component]
pub fn ByForm(mut offerings: Vec<OccupancyCell>) -> impl IntoView {
    let language = use_language();
    let share = |cell: &OccupancyCell| {
        cell.committed_minutes.map(|minutes| minutes * 1000 / cell.bookable_minutes.max(1))
    };
    offerings.sort_by_key(|cell| Reverse(share(cell)));
    let rows = offerings
        .into_iter()
        .map(|cell| {
            let whole = cell.bookable_minutes;
            let bar = cell.committed_minutes.map(|part| {
                view! { <Meter part more=cell.held_minutes.unwrap_or(0) whole /> }
            });
            view! {
                <tr>
                    <th scope="row">{text(language, &cell.name)} <span class="code">{cell.code}</span></th>
                    <td class="number" data-label=say!(language, district.committed)>
                        <Share part=cell.committed_minutes whole />
                    </td>
                    <td class="number" data-label=say!(language, district.held)>
                        <Share part=cell.held_minutes whole />
                    </td>
                    <td class="number" data-label=say!(language, district.bookable)>{hours(language, whole)}</td>
                    <td class="wide">{bar}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="forms">
            <header class="section-head">
                <h2 id="forms">{say!(language, district.by_form)}</h2>
                <What text=say!(language, district.by_form_what) of=say!(language, district.by_form) />
            </header>
            <table class="figures-table">
                <thead>
                    <tr>
                        <th scope="col">{say!(language, district.form)}</th>
                        <th scope="col" class="number">{say!(language, district.committed)}</th>
                        <th scope="col" class="number">{say!(language, district.held)}</th>
                        <th scope="col" class="number">{say!(language, district.bookable)}</th>
                        <td class="wide"></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

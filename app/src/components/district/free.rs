//! What is free in the next ninety days, by form.

use leptos::prelude::*;

use super::{meter::Meter, order::place, what::What};
use crate::{
    contract::{FreeCapacityView, FreePart},
    request::use_language,
    words::{hours, percent, say, text},
};

/// Days of each part.
const PART: usize = 30;

#[component]
pub fn FreeCapacity(mut capacity: Vec<FreeCapacityView>) -> impl IntoView {
    let language = use_language();
    capacity.sort_by_key(|form| place(&form.code));
    let parts = capacity.first().map_or(0, |form| form.parts.len());
    let name = move |part: usize| {
        say!(language, district.free_part, first = part * PART + 1, last = (part + 1) * PART).to_string()
    };
    let heads = (0..parts).map(|part| view! { <th scope="col">{name(part)}</th> }).collect_view();
    let rows = capacity
        .into_iter()
        .map(|form| {
            let lines = match form.lines {
                1 => say!(language, district.free_lines_one).to_owned(),
                count => say!(language, district.free_lines, count = count).to_string(),
            };
            let cells = form
                .parts
                .iter()
                .zip(0..)
                .map(|(part, number)| view! { <td data-label=name(number)><Part part=*part /></td> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">
                        {text(language, &form.name)} <span class="code">{form.code}</span>
                        <span class="hint">{lines}</span>
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="free">
            <header class="section-head">
                <h2 id="free">{say!(language, district.free)}</h2>
                <What text=say!(language, district.free_what) of=say!(language, district.free) />
            </header>
            <p class="hint">{say!(language, district.free_today)}</p>
            <table class="figures-table free">
                <thead>
                    <tr><th scope="col">{say!(language, district.form)}</th> {heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Part(part: FreePart) -> impl IntoView {
    let language = use_language();
    match percent(part.free_minutes, part.bookable_minutes) {
        Some(share) => view! {
            <span class="free-part">
                <strong>{say!(language, district.free_of, free = share).to_string()}</strong>
                <span class="hint">{hours(language, part.free_minutes)}</span>
                <Meter part=part.free_minutes whole=part.bookable_minutes free=true />
            </span>
        }
        .into_any(),
        None => view! { <span class="quiet">{say!(language, district.no_time)}</span> }.into_any(),
    }
}

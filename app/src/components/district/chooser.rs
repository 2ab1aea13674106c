//! Which quarter, forward and back.

use leptos::prelude::*;

use crate::{
    contract::QuarterView,
    request::{use_language, use_link},
    words::{long_day, say},
};

#[component]
pub fn QuarterChooser(quarter: QuarterView) -> impl IntoView {
    let language = use_language();
    let (year, number) = quarter.quarter.split_once('-').unwrap_or_default();
    let name = say!(language, district.quarter, year = year, number = number).to_string();
    let numbers = || quarter.weeks.iter().map(|week| week.number);
    let span = say!(
        language,
        district.span,
        first = numbers().min().unwrap_or(1),
        last = numbers().max().unwrap_or(1),
        from = long_day(language, &quarter.from),
        to = long_day(language, &quarter.to)
    )
    .to_string();
    let way = |to: Option<String>, words: &'static str, arrow: &'static str| {
        to.map(|quarter| {
            let href = use_link(&format!("/district?quarter={quarter}"));
            view! {
                <a class="button small quiet" href=href>
                    <span aria-hidden="true">{arrow}</span>
                    <span class="sr">{words}</span>
                </a>
            }
        })
    };
    view! {
        <nav class="chooser" aria-label=say!(language, district.chooser)>
            {way(quarter.previous.clone(), say!(language, district.previous), "←")}
            <p>
                <strong>{name}</strong>
                <span class="hint">{span}</span>
            </p>
            {way(quarter.next.clone(), say!(language, district.next), "→")}
            <a class="button small quiet" href=use_link("/district")>{say!(language, district.current)}</a>
        </nav>
    }
    .into_any()
}

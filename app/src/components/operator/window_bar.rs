//! From week to week and month to month.

use domain::calendar::plant_date;
use leptos::prelude::*;

use crate::{
    backend::use_backend,
    request::{use_language, use_link},
    window::{Reach, Window},
    words::say,
};

/// `path` is the page's, without language and parameters.
#[component]
pub fn WindowBar(path: String, window: Window) -> impl IntoView {
    let language = use_language();
    let to = |window: Window| use_link(&format!("{path}{}", window.parameters()));
    let today = plant_date(use_backend().now().minute());
    let choices = [
        (Reach::Week, window.as_week(today), say!(language, desk.week)),
        (Reach::Month, window.as_month(today), say!(language, desk.month)),
    ];
    let choices = choices
        .into_iter()
        .map(|(reach, other, words)| {
            let current = (reach == window.reach).then_some("true");
            view! { <a class="button small quiet" href=to(other) aria-current=current>{words}</a> }
        })
        .collect_view();
    view! {
        <div class="window-bar">
            <h2>{window.heading(language)}</h2>
            <nav aria-label=say!(language, desk.period)>
                <a class="button small quiet" href=to(window.previous()) rel="prev">{say!(language, desk.previous)}</a>
                <a class="button small quiet" href=use_link(&path)>{say!(language, desk.today)}</a>
                <a class="button small quiet" href=to(window.next()) rel="next">{say!(language, desk.next)}</a>
                <span class="split">{choices}</span>
            </nav>
        </div>
    }
}

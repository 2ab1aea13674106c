//! The closing word of the guided first booking: what was seen, where to go on, and beginning anew.

use leptos::prelude::*;

use super::{notes::failed, tour::Reset, tour_strip::seat};
use crate::{
    api::BeginAnew,
    request::{use_language, use_link},
    words::say,
};

#[component]
pub fn TourEnd() -> impl IntoView {
    let language = use_language();
    let ways = [
        ("firm", "/campaigns", say!(language, tour.firm), say!(language, tour.end_firm)),
        ("operator", "/lines", say!(language, tour.operator), say!(language, tour.end_operator)),
    ];
    let ways = ways
        .into_iter()
        .map(|(audience, next, name, words)| view! { <li>{words} " " {seat(audience, next, name)}</li> })
        .collect_view();
    view! {
        <div class="tour-end">
            {failed::<BeginAnew>()}
            <p><strong>{say!(language, tour.end)}</strong> " " {say!(language, tour.end_text)}</p>
            <ul>
                {ways}
                <li><a href=use_link("/design")>{say!(language, tour.design)}</a></li>
            </ul>
            <Reset />
        </div>
    }
}

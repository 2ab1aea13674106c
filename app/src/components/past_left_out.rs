//! Of a window that began in the past only what is left is searched.

use domain::calendar::DAY_SECONDS;
use leptos::prelude::*;

use crate::{
    contract::{Instant, OfferQuery, field},
    request::use_language,
    words::say,
};

/// That a window which began in the past is searched from today on.
#[component]
pub fn PastLeftOut(asked: OfferQuery, now: Instant) -> impl IntoView {
    let language = use_language();
    let first = field::plant_day("from", &asked.from).ok().map(field::midnight);
    // A day has ended before `now`.
    let past = first.is_some_and(|first| first.saturating_mul(60).saturating_add(DAY_SECONDS) <= now.0);
    past.then(|| view! { <p class="hint">{say!(language, search.past)}</p> })
}

//! The demonstration's way in: three seats, and a first booking.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{BeginAnew, TryAs},
    backend::use_backend,
    components::{FailureNote, LongWork, Post, tour_step::TourStep},
    contract::{Instant, PlatformView},
    guided::{FIRST, PARAMETER},
    request::{use_failure, use_language, use_link},
    words::{day, say},
};

/// The code of the platform whose seats can be taken.
const SEATS_OF: &str = "hayao";

/// Nothing outside a demonstration.
#[component]
pub fn Tour(platforms: Vec<PlatformView>) -> impl IntoView {
    if !use_backend().demonstration() {
        return ().into_any();
    }
    let language = use_language();
    let seats = [
        ("firm", "/", say!(language, tour.firm), say!(language, tour.firm_text)),
        ("operator", "/desk", say!(language, tour.operator), say!(language, tour.operator_text)),
        ("district", "/district", say!(language, tour.district), say!(language, tour.district_text)),
    ];
    let seats = seats
        .into_iter()
        .map(|(audience, home, name, words)| {
            view! {
                <li class="panel seat">
                    <h3>{name}</h3>
                    <p class="hint">{words}</p>
                    <Post to=TryAs::PATH>
                        <input type="hidden" name="audience" value=audience />
                        <input type="hidden" name="next" value=use_link(home) />
                        <button class="button small" type="submit">
                            {say!(language, tour.enter)} <span class="sr">{name}</span>
                        </button>
                    </Post>
                </li>
            }
        })
        .collect_view();
    let failure = use_failure::<TryAs>().or_else(use_failure::<BeginAnew>);
    view! {
        <section class="tour" aria-labelledby="tour">
            <h2 id="tour">{say!(language, tour.title)}</h2>
            {failure.map(|failure| view! { <FailureNote failure /> })}
            <p class="hint">{say!(language, tour.lead)}</p>
            <ul class="seats">{seats}</ul>
            <FirstBooking platforms />
        </section>
    }
    .into_any()
}

/// The way to a first booking, step by step.
#[component]
fn FirstBooking(platforms: Vec<PlatformView>) -> impl IntoView {
    let language = use_language();
    let steps = TourStep::ALL
        .into_iter()
        .map(|step| {
            let (name, gap, text) = (step.name(language), TourStep::gap(language), step.text(language));
            view! { <li><strong>{name}</strong> {gap} {text}</li> }
        })
        .collect_view();
    let search = search(&platforms, use_backend().now());
    let as_it_was = use_backend().as_it_was().then(|| {
        view! { <p class="note bad" role="alert">{say!(language, tour.as_it_was)}</p> }
    });
    view! {
        {as_it_was}
        <details class="first-booking">
            <summary>{say!(language, tour.first)}</summary>
            <ol>{steps}</ol>
            <p><a class="button small quiet" href=use_link(&search)>{say!(language, tour.try_search)}</a></p>
            <Reset />
            <p class="hint"><a href=use_link("/design")>{say!(language, tour.design)}</a></p>
        </details>
    }
    .into_any()
}

/// Something that the platform whose seats one can take offers.
fn search(platforms: &[PlatformView], now: Instant) -> String {
    let platform = platforms.iter().find(|platform| platform.code == SEATS_OF);
    let platform = platform.map(|platform| format!("&platform={}", platform.id)).unwrap_or_default();
    let (from, to) = (day(now, 14), day(now, 104));
    let begins = format!("&{PARAMETER}={FIRST}");
    format!("/?offering=TAB&batch_size=20&unit=kilogram&batches=1&from={from}&to={to}{platform}{begins}")
}

/// Throws away what visitors did.
#[component]
pub fn Reset() -> impl IntoView {
    let language = use_language();
    if !use_backend().begins_anew() {
        return ().into_any();
    }
    view! {
        <details class="reset">
            <summary>{say!(language, tour.reset)}</summary>
            <p class="hint">{say!(language, tour.reset_text)}</p>
            <Post to=BeginAnew::PATH>
                <input type="hidden" name="next" value=use_link("/") />
                <button class="button small quiet" type="submit">{say!(language, tour.reset_now)}</button>
                <LongWork words=say!(language, tour.reset_on_its_way) />
            </Post>
        </details>
    }
    .into_any()
}

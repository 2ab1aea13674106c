//! A firm's campaigns on a calendar: one month, or a strip of three, from the month that the address names.

use leptos::prelude::*;
use time::{Date, Duration};

use super::{
    month::MonthCalendar,
    strip::{MONTHS, Strip, first_day, later},
};
use crate::{
    contract::{BookingView, Instant, Period},
    request::{use_language, use_link, use_parameters},
    words::{month, month_of, say},
};

/// The month that the address names, or this one.
fn month_asked(now: Instant) -> (i32, u8) {
    use_parameters().get("month").and_then(|said| read_month(&said)).unwrap_or(month_of(now))
}

/// The plant days of the months that [`OneMonth`] shows, whole weeks, or [`ThreeMonths`].
pub fn months_shown(now: Instant, one: bool) -> Period {
    let first = month_asked(now);
    let ahead = if one { 1 } else { MONTHS };
    let day = |month| first_day(month).unwrap_or(Date::MIN);
    let (from, to) = (day(first), day(later(first, ahead)));
    let around = if one { Duration::days(6) } else { Duration::ZERO };
    Period { from: (from - around).to_string(), to: (to - Duration::days(1) + around).to_string() }
}

/// This page `ahead` months after `first`.
fn month_link(first: (i32, u8), ahead: i32) -> String {
    let (year, month) = later(first, ahead);
    let mut parameters = use_parameters();
    parameters.remove("month");
    parameters.insert("month", format!("{year:04}-{month:02}"));
    use_link(&format!("/campaigns{}", parameters.to_query_string()))
}

/// The way back to the month of `now`, from another one.
fn this_month(shown: (i32, u8), now: Instant) -> Option<AnyView> {
    let mut parameters = use_parameters();
    parameters.remove("month");
    let href = use_link(&format!("/campaigns{}", parameters.to_query_string()));
    let words = say!(use_language(), desk.today);
    (shown != month_of(now)).then(|| view! { <a href=href rel="nofollow">{words}</a> }.into_any())
}

/// That there may be more than are shown.
fn many(bookings: &[BookingView]) -> Option<AnyView> {
    let most = BookingView::MOST_DURING;
    let full = u64::try_from(bookings.len()).is_ok_and(|shown| shown >= most);
    full.then(|| {
        let words = say!(use_language(), campaign.calendar_many, most = most).to_string();
        view! { <p class="hint">{words}</p> }.into_any()
    })
}

/// One month as a calendar.
#[component]
pub fn OneMonth(bookings: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let shown = month_asked(now);
    let Some(first) = first_day(shown) else { return ().into_any() };
    let many = many(&bookings);
    view! {
        <section class="calendar" id="month" data-live aria-labelledby="calendar">
            <header>
                <h2 id="calendar">{month(language, first)}</h2>
                <p>
                    <a href=month_link(shown, -1) rel="nofollow">"‹ " {say!(language, campaign.earlier)}</a>
                    {this_month(shown, now)}
                    <a href=month_link(shown, 1) rel="nofollow">{say!(language, campaign.later)} " ›"</a>
                </p>
            </header>
            {many}
            <MonthCalendar bookings first now />
        </section>
    }
    .into_any()
}

/// Three months, from the one that the address names or this one.
#[component]
pub fn ThreeMonths(bookings: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let first = month_asked(now);
    let many = many(&bookings);
    view! {
        <section class="calendar" id="months" data-live aria-labelledby="calendar">
            <header>
                <h2 id="calendar">{say!(language, campaign.calendar)}</h2>
                <p>
                    <a href=month_link(first, -1) rel="nofollow">"‹ " {say!(language, campaign.earlier)}</a>
                    {this_month(first, now)}
                    <a href=month_link(first, 1) rel="nofollow">{say!(language, campaign.later)} " ›"</a>
                </p>
            </header>
            {many}
            <Strip bookings first now />
        </section>
    }
}

/// `2026-12`.
fn read_month(said: &str) -> Option<(i32, u8)> {
    let (year, month) = said.split_once('-')?;
    let (year, month): (i32, u8) = (year.parse().ok()?, month.parse().ok()?);
    ((2001..=2198).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

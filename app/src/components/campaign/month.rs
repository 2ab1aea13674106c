//! A month of own campaigns as a calendar: a week a row, each day with the campaigns that run then.

use domain::calendar::plant_date;
use leptos::prelude::*;
use time::{Date, Duration};

use super::{
    facts::offering_name,
    strip::{KINDS, kind_name},
};
use crate::{
    contract::{BookingView, Instant},
    request::{use_language, use_link},
    words::{last_minute, outcome, say, short_day, weekday_name},
};

/// A campaign with the first and last plant day on which it holds a line.
#[derive(Clone, Debug)]
struct Entry {
    booking: BookingView,
    first: Date,
    last: Date,
}

/// The month of `first`, which is its first day, in whole weeks from Monday; `now` marks today.
#[component]
pub fn MonthCalendar(bookings: Vec<BookingView>, first: Date, now: Instant) -> impl IntoView {
    let language = use_language();
    let entries: Vec<Entry> = bookings.into_iter().filter_map(entry).collect();
    let today = plant_date(now.minute());
    let monday = first - Duration::days(i64::from(first.weekday().number_days_from_monday()));
    let heads = (0..7).map(|day| view! { <th scope="col">{weekday_name(language, day)}</th> }).collect_view();
    let weeks = (0..6)
        .map(|week| monday + Duration::weeks(week))
        .filter(|day| *day < next_month(first))
        .map(|week| {
            let days = (0..7)
                .map(|day| {
                    let day = week + Duration::days(day);
                    let on = |entry: &&Entry| entry.first <= day && day <= entry.last;
                    let entries = entries.iter().filter(on).cloned().collect();
                    view! { <Day day entries within=day.month() == first.month() today=day == today /> }
                })
                .collect_view();
            view! { <tr>{days}</tr> }
        })
        .collect_view();
    let runs = |entry: &&Entry| entry.first < next_month(first) && entry.last >= first;
    let empty = entries.iter().find(runs).is_none().then(|| {
        view! { <p class="hint">{say!(language, campaign.month_empty)}</p> }
    });
    view! {
        <table class="month">
            <thead><tr>{heads}</tr></thead>
            <tbody>{weeks}</tbody>
        </table>
        {empty}
        <Legend />
    }
}

/// What the colours say, for whoever sees them.
#[component]
fn Legend() -> impl IntoView {
    let language = use_language();
    let items = KINDS
        .into_iter()
        .map(|kind| {
            let class = format!("entry begins ends {}", kind[0]);
            view! { <li><span class=class>{kind_name(language, kind)}</span></li> }
        })
        .collect_view();
    view! { <ul class="month-legend" aria-hidden="true">{items}</ul> }
}

#[component]
fn Day(day: Date, entries: Vec<Entry>, within: bool, today: bool) -> impl IntoView {
    let language = use_language();
    let items: Vec<_> = entries
        .into_iter()
        .map(|Entry { booking, first, last }| {
            let name = booking.product_code.clone().unwrap_or_else(|| booking.reference.clone());
            let about =
                format!("{} · {}", offering_name(language, &booking.offering), outcome(language, &booking));
            let title = about.clone();
            let mut class = format!("entry {}", booking.status);
            if day == first {
                class += " begins";
            }
            if day == last {
                class += " ends";
            }
            view! {
                <li>
                    <a class=class href=use_link(&format!("/bookings/{}", booking.id)) title=title>
                        {name} <span class="sr">" " {about}</span>
                    </a>
                </li>
            }
        })
        .collect();
    let class = match (within, items.is_empty()) {
        (false, _) => "other",
        (true, true) => "idle",
        (true, false) => "",
    };
    view! {
        <td class=class aria-current=today.then_some("date")>
            <span class="day">{day.day()}</span>
            <span class="day-long">{short_day(language, day)}</span>
            <ul>{items}</ul>
        </td>
    }
}

fn entry(booking: BookingView) -> Option<Entry> {
    let start = booking.steps.iter().map(|step| step.start).min()?;
    let end = booking.steps.iter().map(|step| step.end).max()?;
    let [first, last] = [start, last_minute(start, end)].map(|instant| plant_date(instant.minute()));
    Some(Entry { booking, first, last })
}

/// The first day of the month after that of `day`.
fn next_month(day: Date) -> Date {
    let first = day.replace_day(1).unwrap_or(day);
    first + Duration::days(i64::from(first.month().length(first.year())))
}

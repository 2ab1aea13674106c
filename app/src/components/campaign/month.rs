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
            let rows = rows(&entries, week);
            let days = (0..7)
                .map(|day| {
                    let day = week + Duration::days(day);
                    let rows = on_day(&rows, day);
                    view! { <Day day monday=day == week rows within=day.month() == first.month() today=day == today /> }
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

/// The campaigns of the week from Monday `week` in rows: each keeps its row over its days, the first that is free.
fn rows(entries: &[Entry], week: Date) -> Vec<Vec<Entry>> {
    let sunday = week + Duration::days(6);
    let mut here: Vec<&Entry> =
        entries.iter().filter(|entry| entry.first <= sunday && entry.last >= week).collect();
    here.sort_by_key(|entry| (entry.first, entry.last, entry.booking.id));
    let mut rows: Vec<Vec<Entry>> = Vec::new();
    for entry in here {
        let is_free = |row: &&mut Vec<Entry>| row.last().is_none_or(|before| before.last < entry.first);
        match rows.iter_mut().find(is_free) {
            Some(row) => row.push(entry.clone()),
            None => rows.push(vec![entry.clone()]),
        }
    }
    rows
}

/// What stands in each row on this day; below the last that has something nothing is kept free.
fn on_day(rows: &[Vec<Entry>], day: Date) -> Vec<Option<Entry>> {
    let at = |row: &Vec<Entry>| row.iter().find(|entry| entry.first <= day && day <= entry.last).cloned();
    let mut found: Vec<_> = rows.iter().map(at).collect();
    while found.last().is_some_and(Option::is_none) {
        found.pop();
    }
    found
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
fn Day(
    day: Date,
    /// Whether its week begins with it: there a bar that goes on is named anew.
    monday: bool,
    /// What runs on it, row by row of its week.
    rows: Vec<Option<Entry>>,
    within: bool,
    today: bool,
) -> impl IntoView {
    let language = use_language();
    let items: Vec<_> = rows
        .into_iter()
        .map(|entry| {
            let Some(Entry { booking, first, last }) = entry else {
                return view! { <li class="room" aria-hidden="true"></li> }.into_any();
            };
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
            if day != first && !monday {
                class += " goes-on";
            }
            view! {
                <li>
                    <a class=class href=use_link(&format!("/bookings/{}", booking.id)) title=title>
                        <span class="entry-name">{name}</span> <span class="sr">" " {about}</span>
                    </a>
                </li>
            }
            .into_any()
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

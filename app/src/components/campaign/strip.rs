//! Own campaigns on a strip of months.

use leptos::prelude::*;
use time::{Date, Month};

use super::facts::offering_name;
use crate::{
    contract::{BookingView, Instant},
    language::Language,
    request::{use_language, use_link},
    words::{date, days, last_minute, month, outcome, say, status},
};

/// Months shown at once.
pub const MONTHS: i32 = 3;
/// Width of a month in the drawing's own units: months are equally wide, whatever their days.
const WIDTH: i64 = 300;
/// Height of a campaign's row.
const ROW: i64 = 20;
/// No bar is drawn narrower.
const LEAST: i64 = 5;

/// The months from the one that `first` names as (year, month); `now` marks today.
#[component]
pub fn Strip(bookings: Vec<BookingView>, first: (i32, u8), now: Instant) -> impl IntoView {
    let language = use_language();
    let starts: Vec<Instant> = (0..=MONTHS).filter_map(|ahead| beginning(later(first, ahead))).collect();
    let (Some(from), Some(to)) = (starts.first().copied(), starts.last().copied()) else {
        return ().into_any();
    };
    let at = move |instant: Instant| place(&starts, instant);
    let today = (now >= from && now < to).then(|| at(now));
    let width = WIDTH * i64::from(MONTHS);
    let mut rows: Vec<_> = bookings
        .into_iter()
        .filter_map(|booking| {
            let start = booking.steps.iter().map(|step| step.start).min()?;
            let end = booking.steps.iter().map(|step| step.end).max()?;
            (start < to && end > from).then_some((booking, start, end))
        })
        .collect();
    rows.sort_by_key(|(booking, start, end)| (*start, *end, booking.id));
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(booking, start, end)| {
            let (x, end_x) = (at(start).min(width - LEAST), at(end));
            let bar = (end_x - x).max(LEAST);
            let reference = booking.reference.clone();
            let label = say!(
                language,
                campaign.calendar_label,
                reference = reference.as_str(),
                from = date(language, start),
                to = date(language, last_minute(start, end))
            )
            .to_string();
            // What its colour says, for whoever doesn't see that.
            let state = outcome(language, &booking);
            let line = today.map(|x| view! { <rect class="today" x=x y="0" width="2" height=ROW /> });
            let grid = (1..MONTHS)
                .map(|month| view! { <rect class="rule" x=i64::from(month) * WIDTH y="0" width="1" height=ROW /> })
                .collect_view();
            view! {
                <li>
                    <a href=use_link(&format!("/bookings/{}", booking.id)) title=label>
                        {booking.product_code.clone().unwrap_or(reference)} " "
                        <span class="hint">{offering_name(language, &booking.offering)}</span> " "
                        <span class="hint when">{days(language, start, end)}</span>
                        <span class="sr">" " {state}</span>
                    </a>
                    <svg viewBox=format!("0 0 {width} {ROW}") preserveAspectRatio="none" aria-hidden="true">
                        {grid}
                        <rect class=format!("bar {}", booking.status) x=x y="4" width=bar height=ROW - 8 rx="3" />
                        {line}
                    </svg>
                </li>
            }
        })
        .collect();
    let heads = (0..MONTHS)
        .filter_map(|ahead| first_day(later(first, ahead)))
        .map(|day| view! { <span>{month(language, day)}</span> })
        .collect_view();
    let legend = (!rows.is_empty()).then(|| view! { <Legend today=today.is_some() /> });
    let empty =
        rows.is_empty().then(|| view! { <p class="hint">{say!(language, campaign.calendar_empty)}</p> });
    view! {
        <div class="months">
            <div class="months-head" aria-hidden="true">{heads}</div>
            <ul>{rows}</ul>
            {empty}
            {legend}
        </div>
    }
    .into_any()
}

/// States that are drawn alike.
pub const KINDS: [[&str; 2]; 3] = [["held", "requested"], ["confirmed", "running"], ["completed", "closed"]];

/// What a legend calls them.
pub fn kind_name(language: Language, kind: [&str; 2]) -> String {
    kind.map(|name| status(language, name)).join(" / ")
}

/// What the colours of the bars say, and the line of `today` where there is one, for whoever sees them.
#[component]
fn Legend(today: bool) -> impl IntoView {
    let language = use_language();
    let items = KINDS
        .into_iter()
        .map(|kind| {
            let (one, words) = (kind[0], kind_name(language, kind));
            view! {
                <li>
                    <svg viewBox="0 0 12 12"><rect class=format!("bar {one}") width="12" height="12" rx="3" /></svg>
                    {words}
                </li>
            }
        })
        .collect_view();
    let today = today.then(|| {
        view! {
            <li>
                <svg viewBox="0 0 12 12"><rect class="today" x="5" width="2" height="12" /></svg>
                {say!(language, desk.today)}
            </li>
        }
    });
    view! { <ul class="months-legend hint" aria-hidden="true">{items} {today}</ul> }
}

/// `(year, month)` so many months later.
pub fn later((year, month): (i32, u8), ahead: i32) -> (i32, u8) {
    let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(ahead);
    let year = i32::try_from(months.div_euclid(12)).unwrap_or(year);
    (year, u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1))
}

/// The first day of a month; none of what is no month.
pub fn first_day((year, month): (i32, u8)) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, 1).ok()
}

/// The first minute of the month in the plant.
fn beginning(month: (i32, u8)) -> Option<Instant> {
    let first = first_day(month)?;
    Some(Instant(first.midnight().assume_utc().unix_timestamp() - domain::calendar::PLANT_OFFSET * 60))
}

/// Where an instant lies on the drawing; beyond its ends, the end.
fn place(starts: &[Instant], instant: Instant) -> i64 {
    let mut x = 0;
    for pair in starts.windows(2) {
        let (start, end) = (pair[0].0, pair[1].0);
        x += (instant.0.clamp(start, end) - start) * WIDTH / (end - start).max(1);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other_over_the_years() {
        assert_eq!(later((2026, 11), 3), (2027, 2));
        assert_eq!(later((2026, 1), -1), (2025, 12));
    }

    #[test]
    fn months_are_equally_wide() {
        let starts: Vec<Instant> = (0..=2).filter_map(|ahead| beginning(later((2027, 1), ahead))).collect();
        assert_eq!(place(&starts, starts[1]), WIDTH);
        assert_eq!(place(&starts, starts[2]), 2 * WIDTH);
        assert_eq!(place(&starts, Instant(0)), 0);
        // Half of February is half a month, though it has three days fewer than January.
        assert_eq!(place(&starts, Instant(starts[1].0 + 14 * 86_400)), WIDTH + WIDTH / 2);
    }
}

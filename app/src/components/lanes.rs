//! Lines at a glance: a named lane a line over a common axis of time. What stands beside it says the same in words.

use domain::calendar::{DAY_SECONDS, plant_date, plant_midnight};
use leptos::prelude::*;
use time::Duration;
use uuid::Uuid;

use crate::{contract::Instant, language::Language, request::use_language, words::short_day};

/// Width of a lane's drawing in its own units, and its height.
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 14;
/// No bar is drawn narrower.
const LEAST: i64 = 6;
/// Days between two marks of the scale: the first of these that gives few enough.
const STRIDES: [i64; 8] = [1, 2, 4, 7, 14, 28, 91, 182];
/// Most marks on a scale: each needs room for its date on a phone.
const MOST_MARKS: i64 = 5;
/// Where a mark's date would run over the edge, and is left out; in thousandths of a percent.
const EDGE: i64 = 85_000;
/// The room that a date takes on a phone, in the same unit.
const DATE: i64 = 16_000;
/// Of both, twice as much: what a picture of half that width has room for.
const NARROW: i64 = 2;
/// The longest picture that has room for the nights, in seconds.
const NIGHTS: i64 = 14 * DAY_SECONDS;

/// One line's time.
#[derive(Clone, Debug, Default)]
pub struct StripLane {
    /// Nil where the picture tells lines apart by their names.
    pub line: Uuid,
    pub name: String,
    /// When nobody works there; nothing where that isn't known.
    pub closed: Vec<(Instant, Instant)>,
    /// What others hold.
    pub busy: Vec<(Instant, Instant)>,
    /// Where what is to move stands now.
    pub yours: Vec<(Instant, Instant)>,
    /// What stays as it is, of what the picture is about.
    pub stays: Vec<(Instant, Instant)>,
    /// What the picture is about.
    pub own: Vec<(Instant, Instant)>,
}

/// The lanes from `from` to `to`; `children` explain the colours where there are several.
#[component]
pub fn StripLanes(
    lanes: Vec<StripLane>,
    from: Instant,
    to: Instant,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let language = use_language();
    let bar = move |class: &'static str, (start, end): (Instant, Instant)| {
        let [x, end] = [start, end].map(|instant| place(instant, from, to));
        let width = (end - x).max(LEAST);
        view! { <rect class=class x=x.min(WIDTH - LEAST) y="0" width=width height=HEIGHT /> }
    };
    let marks = marks(language, from, to);
    let rules = marks.iter().map(|(place, _)| *place).collect::<Vec<_>>();
    let rows = lanes
        .into_iter()
        .map(|lane| {
            let busy = lane.busy.into_iter().map(|piece| bar("busy", piece)).collect_view();
            let yours = lane.yours.into_iter().map(|piece| bar("yours", piece)).collect_view();
            let stays = lane.stays.into_iter().map(|piece| bar("stays", piece)).collect_view();
            let own = lane.own.into_iter().map(|piece| bar("bar", piece)).collect_view();
            // The drawing is hatched, and what is open lies on it.
            let off = (!lane.closed.is_empty()).then_some("off");
            let track = open_path(&lane.closed, from, to);
            let rules = rules
                .iter()
                .map(|place| view! { <rect class="rule" x=place / 100 y="0" width="1" height=HEIGHT /> })
                .collect_view();
            view! {
                <li>
                    <span>{lane.name}</span>
                    <svg class=off viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                        <path class="track" d=track />
                        {busy}
                        {yours}
                        {stays}
                        {own}
                        {rules}
                    </svg>
                </li>
            }
        })
        .collect_view();
    let dates = dated(short_day(language, plant_date(from.minute())), marks);
    let roomy = roomy(&dates);
    let scale = dates
        .into_iter()
        .zip(roomy)
        .map(|((place, day), roomy)| {
            let x = format!("{}.{:03}%", place / 1000, place % 1000);
            view! { <text class=roomy.then_some("roomy") x=x y="12">{day}</text> }
        })
        .collect_view();
    // Where only the first date has room, the picture ends with the last.
    let last = short_day(language, plant_date((to.0 - 1).div_euclid(60)));
    let keys = children.map(|children| view! { <figcaption class="keys">{children()}</figcaption> });
    view! {
        <figure class="line-strips" aria-hidden="true">
            <ul>{rows}</ul>
            <div class="scale">
                <span></span>
                <div class="axis"><svg width="100%" height="16">{scale} <text class="last" x="100%" y="12">{last}</text></svg></div>
            </div>
            {keys}
        </figure>
    }
}

/// What a colour means: the swatch and its words, which stay together where the line ends.
#[component]
pub fn Key(class: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <span>
            <i class=format!("key {class}")></i>
            {words}
        </span>
    }
}

/// Where an instant lies in the drawing from `from` to `to`; beyond its ends, the end.
fn place(instant: Instant, from: Instant, to: Instant) -> i64 {
    (instant.0.clamp(from.0, to.0) - from.0) * WIDTH / (to.0 - from.0).max(1)
}

/// The outline of what is open: one, however many nights there are.
fn open_path(closed: &[(Instant, Instant)], from: Instant, to: Instant) -> String {
    let ends = closed.iter().map(|(start, end)| (place(*start, from, to), place(*end, from, to)));
    let (mut at, mut path) = (0, String::new());
    for (start, end) in ends.chain([(WIDTH, WIDTH)]) {
        if start > at {
            path += &format!("M{at} 0h{}v{HEIGHT}H{at}z", start - at);
        }
        at = at.max(end);
    }
    path
}

/// Leaves of the times at which lines are closed what a picture from `from` to `to` has room for: of a long one what
/// lasts for a day. Whether anything was left out.
pub fn leave_out_nights(lanes: &mut [StripLane], from: Instant, to: Instant) -> bool {
    let long = to.0 - from.0 > NIGHTS;
    let mut left_out = false;
    for lane in lanes.iter_mut().filter(|_| long) {
        let all = lane.closed.len();
        lane.closed.retain(|(start, end)| end.0 - start.0 >= DAY_SECONDS);
        left_out |= lane.closed.len() < all;
    }
    left_out
}

/// Midnights of the plant on an even stride, each with its place in thousandths of a percent and its day.
fn marks(language: Language, from: Instant, to: Instant) -> Vec<(i64, String)> {
    let span = (to.0 - from.0).max(1);
    let days = span / DAY_SECONDS;
    let stride = STRIDES.into_iter().find(|stride| days / stride <= MOST_MARKS);
    let stride = stride.unwrap_or(days / MOST_MARKS + 1);
    let first = plant_date(from.minute());
    let midnights = (0..=days / stride + 1).filter_map(|count| {
        let day = first.checked_add(Duration::days(count * stride))?;
        Some((Instant::from_minute(plant_midnight(day)), day))
    });
    midnights
        .filter(|(midnight, _)| (from..to).contains(midnight))
        .map(|(midnight, day)| ((midnight.0 - from.0) * 100_000 / span, short_day(language, day)))
        .collect()
}

/// The dates that have room, each beginning at its mark: the day in which the picture begins at its edge, unless the
/// first mark is too near, then those of the marks but for what would run over the other edge.
fn dated(first: String, marks: Vec<(i64, String)>) -> Vec<(i64, String)> {
    let begins = marks.first().is_none_or(|(place, _)| *place >= DATE).then_some((0, first));
    begins.into_iter().chain(marks.into_iter().filter(|(place, _)| *place <= EDGE)).collect()
}

/// Which of these dates a picture has no room for that is half as wide as a phone's.
fn roomy(dates: &[(i64, String)]) -> Vec<bool> {
    let mut last: Option<i64> = None;
    let places = dates.iter().map(|(place, _)| *place);
    let roomy = places.map(|place| {
        let apart = last.is_none_or(|last| place - last >= NARROW * DATE);
        let inside = last.is_none() || place <= 100_000 - NARROW * (100_000 - EDGE);
        if apart && inside {
            last = Some(place);
        }
        !(apart && inside)
    });
    roomy.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_picture_keeps_the_dates_that_it_has_room_for() {
        let left_out = |places: &[i64]| -> Vec<i64> {
            let dates: Vec<_> = places.iter().map(|place| (*place, String::new())).collect();
            let roomy = roomy(&dates);
            dates.into_iter().zip(roomy).filter(|(_, roomy)| *roomy).map(|((place, _), _)| place).collect()
        };
        assert_eq!(left_out(&[0, 16_000, 32_000, 48_000, 64_000, 80_000]), [16_000, 48_000, 80_000]);
        assert_eq!(left_out(&[5_000, 75_000]), [75_000], "the last would run over the edge");
        assert_eq!(left_out(&[80_000]), [0; 0], "one always stands");
    }

    #[test]
    fn dates_run_neither_into_each_other_nor_over_the_edges() {
        let kept = |places: &[i64]| -> Vec<i64> {
            let marks = places.iter().map(|place| (*place, String::new())).collect();
            dated(String::new(), marks).into_iter().map(|(place, _)| place).collect()
        };
        assert_eq!(kept(&[0, 50_000]), [0, 50_000], "it begins at midnight");
        assert_eq!(kept(&[5_000, 70_000, 95_000]), [5_000, 70_000]);
        assert_eq!(kept(&[20_000, 60_000, 95_000]), [0, 20_000, 60_000]);
        assert_eq!(kept(&[90_000]), [0]);
        assert_eq!(kept(&[]), [0], "a day within which all of it lies");
    }

    #[test]
    fn what_is_open_is_one_outline_between_what_is_closed() {
        let at = |hour: i64| Instant(hour * 3600);
        let path = |closed: &[(i64, i64)]| {
            let closed: Vec<_> = closed.iter().map(|(start, end)| (at(*start), at(*end))).collect();
            open_path(&closed, at(0), at(100))
        };
        assert_eq!(path(&[]), "M0 0h1000v14H0z");
        assert_eq!(path(&[(10, 20), (90, 100)]), "M0 0h100v14H0zM200 0h700v14H200z");
        assert_eq!(path(&[(-5, 30)]), "M300 0h700v14H300z");
        assert_eq!(path(&[(0, 100)]), "");
    }

    #[test]
    fn a_long_picture_has_no_room_for_the_nights() {
        let at = |hour: i64| Instant(hour * 3600);
        let kept = |days: i64| {
            let closed = vec![(at(16), at(32)), (at(40), at(80))];
            let mut lanes = [StripLane { closed, ..StripLane::default() }];
            let left_out = leave_out_nights(&mut lanes, at(0), at(24 * days));
            (lanes[0].closed.len(), left_out)
        };
        assert_eq!([kept(14), kept(15)], [(2, false), (1, true)]);
    }

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: Instant = Instant(1_796_054_400);

    #[test]
    fn a_scale_is_marked_at_midnights_of_the_plant_and_not_too_often() {
        let after = |hours: i64| Instant(DECEMBER.0 + hours * 3600);
        assert_eq!(
            marks(Language::en, DECEMBER, after(48)),
            [(0, "1 Dec".to_owned()), (50_000, "2 Dec".to_owned())]
        );
        assert_eq!(marks(Language::zh_CN, after(8), after(32)), [(66_666, "12月2日".to_owned())]);
        for days in 1..800 {
            let marks = marks(Language::en, DECEMBER, after(days * 24));
            assert!((1..=6).contains(&marks.len()), "{days}: {marks:?}");
        }
    }
}

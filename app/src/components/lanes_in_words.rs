//! Lanes in words, for whoever doesn't see them: what is on each line, in its order.

use leptos::prelude::*;

use super::{
    in_words::{InWords, LineWords},
    lanes::StripLane,
};
use crate::{
    backend::use_backend,
    contract::Instant,
    language::Language,
    request::use_language,
    words::{say, stretch, stretches},
};

/// So many rows in all, shared by the lines.
const MOST: usize = 12;
/// However many lines there are, each has as many.
const LEAST: usize = 3;

/// A stretch of time.
type Stretch = (Instant, Instant);

/// What the times of a lane are called.
#[derive(Clone, Copy, Debug)]
pub struct LaneNames {
    pub own: &'static str,
    pub taken: &'static str,
    pub free: &'static str,
}

/// What is told of the lanes from `from` to `to`; `closed` is what is drawn of the times at which each is closed.
#[component]
pub fn LanesInWords(
    lanes: Vec<StripLane>,
    from: Instant,
    to: Instant,
    names: LaneNames,
    #[prop(optional)] closed: Vec<Vec<Stretch>>,
    /// What the place is called at which stands what is to move.
    #[prop(optional)]
    yours: &'static str,
) -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let most = (MOST / lanes.len().max(1)).max(LEAST);
    let closed = closed.into_iter().map(Some).chain(std::iter::repeat(None));
    let lines = lanes
        .into_iter()
        .zip(closed)
        .map(|(lane, closed)| LineWords {
            rows: rows(language, &lane, (from, to), now, (names, yours)),
            closed: closed.and_then(|closed| stretches(language, say!(language, find.shut), &closed)),
            name: lane.name,
        })
        .collect();
    view! { <InWords label=say!(language, find.compare_lines) lines most /> }
}

/// What is taken of a lane, what the picture is about, and what is free in between from `now` on.
fn rows(
    language: Language,
    lane: &StripLane,
    (from, to): Stretch,
    now: Instant,
    (names, yours): (LaneNames, &'static str),
) -> Vec<String> {
    let called = |pieces: &[Stretch], name: &'static str| -> Vec<(Stretch, &'static str)> {
        let inside = pieces.iter().map(|(start, end)| ((*start).max(from), (*end).min(to)));
        inside.filter(|(start, end)| start < end).map(|piece| (piece, name)).collect()
    };
    let mut pieces = called(&lane.busy, names.taken);
    pieces.extend(called(&lane.yours, yours));
    pieces.extend(called(&lane.own, names.own));
    pieces.sort_unstable();
    let (mut at, mut rows) = (from.max(now), Vec::new());
    for ((start, end), name) in pieces {
        let free = open_part(at, start, &lane.closed);
        rows.extend(free.map(|(start, end)| stretch(language, names.free, start, end)));
        rows.push(stretch(language, name, start, end));
        at = at.max(end);
    }
    let free = open_part(at, to, &lane.closed);
    rows.extend(free.map(|(start, end)| stretch(language, names.free, start, end)));
    rows
}

/// From the first open minute of a stretch to its last.
fn open_part(start: Instant, end: Instant, closed: &[Stretch]) -> Option<Stretch> {
    let begins = closed.iter().find(|(from, to)| *from <= start && start < *to);
    let ends = closed.iter().find(|(from, to)| *from < end && end <= *to);
    let (start, end) = (begins.map_or(start, |(_, to)| *to), ends.map_or(end, |(from, _)| *from));
    (start < end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: i64 = 1_796_054_400;

    fn at(hours: i64) -> Instant {
        Instant(DECEMBER + hours * 3600)
    }

    const NAMES: LaneNames = LaneNames { own: "this", taken: "taken", free: "free" };

    fn told(lane: &StripLane, now: i64) -> Vec<String> {
        rows(Language::en, lane, (at(0), at(96)), at(now), (NAMES, "yours now"))
    }

    #[test]
    fn what_is_taken_and_what_is_free_come_in_their_order() {
        let lane = StripLane {
            busy: vec![(at(-10), at(20)), (at(72), at(200))],
            own: vec![(at(30), at(50))],
            ..StripLane::default()
        };
        let all = [
            "taken 1 Dec 00:00 to 1 Dec 20:00",
            "free 1 Dec 20:00 to 2 Dec 06:00",
            "this 2 Dec 06:00 to 3 Dec 02:00",
            "free 3 Dec 02:00 to 3 Dec 24:00",
            "taken 4 Dec 00:00 to 4 Dec 24:00",
        ];
        assert_eq!(told(&lane, 0), all);
        // What is past is free for nobody.
        assert_eq!(told(&lane, 60)[2..], ["free 3 Dec 12:00 to 3 Dec 24:00", all[4]]);
        assert_eq!(told(&StripLane::default(), 200), [""; 0]);
    }

    #[test]
    fn the_place_of_what_is_to_move_is_told_as_its_own() {
        let (yours, own) = (vec![(at(0), at(20))], vec![(at(30), at(50))]);
        let lane = StripLane { yours, own, ..StripLane::default() };
        let told = told(&lane, 0);
        assert_eq!(told[0], "yours now 1 Dec 00:00 to 1 Dec 20:00");
        assert!(!told.iter().any(|row| row.starts_with("taken")), "{told:?}");
    }

    #[test]
    fn what_is_free_begins_and_ends_in_open_hours() {
        let nights = (0..5).map(|day| (at(day * 24 - 8), at(day * 24 + 8))).collect();
        let lane = StripLane { closed: nights, busy: vec![(at(20), at(40))], ..StripLane::default() };
        let all = [
            "free 1 Dec 08:00 to 1 Dec 16:00",
            "taken 1 Dec 20:00 to 2 Dec 16:00",
            "free 3 Dec 08:00 to 4 Dec 16:00",
        ];
        assert_eq!(told(&lane, 0), all);
    }
}

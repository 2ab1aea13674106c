//! The same finish for less, by example: days on which nothing is won aren't charged for.

use std::sync::Arc;

use domain::{
    Interval, LineId,
    availability::{Offer, Offers, SameFinish, search},
    calendar::DAY,
    occupancy::Occupancy,
    request::Request,
    resource::Line,
    snapshot::{LineState, Snapshot},
    use_or_lose::{Curb, Curbs},
};

use crate::{
    edges::{busy, figures, matrix, snapshot_of, state},
    world::{PLATFORM, day_shift, line_id, now, origin, product, request, step},
};

const HOUR: i64 = 60;
const STARTS: u32 = 1_000;

/// Six hours of a day shift on the first line, then four on one of the others, which are taken until Thursday at eight
/// and set up by ten; with the day rates of the lines.
fn house(rates: &[i64]) -> Snapshot {
    let line = |(number, rate): (usize, &i64)| {
        let taken = [Occupancy { line: line_id(number), ..busy(3, 80, 2) }];
        let rows = if number == 0 { &taken[..0] } else { &taken[..] };
        let mut of = state(number, day_shift(), matrix(), rows);
        of.line = Arc::new(Line { day_rate_fen: *rate, ..(*of.line).clone() });
        of
    };
    let lines: Vec<LineState> = rates.iter().enumerate().map(line).collect();
    let others = (1..rates.len()).map(|number| figures(number, 4 * HOUR)).collect();
    snapshot_of(lines, vec![step(vec![figures(0, 6 * HOUR)], 0, 0, None), step(others, 0, 0, None)])
}

/// From Monday at two in the afternoon to Friday.
fn wish() -> Request {
    request(product(1), 1, Interval { start: origin() + 14 * HOUR, end: origin() + 5 * DAY })
}

fn found(house: &Snapshot) -> Offers {
    search(house, &wish(), now()).expect("a fair request").offers
}

/// Lines and hours after the origin, and the price.
fn essence(offer: &Offer) -> (Vec<(LineId, i64)>, i64) {
    let starts = offer.placement.starts().into_iter();
    (starts.map(|(line, start)| (line, (start - origin()) / HOUR)).collect(), offer.price_fen)
}

fn cheapened(house: &Snapshot, curbs: &Curbs) -> Offers {
    let (wish, mut offers) = (wish(), found(house));
    offers.cheapen(&mut SameFinish::new(house, &wish, curbs, now(), STARTS), 1);
    offers
}

#[test]
fn the_afternoon_before_is_not_charged_where_the_next_step_waits_for_its_line() {
    let house = house(&[10_000, 10_000]);
    let early = found(&house).get(0).expect("an offer");
    // Two hours on Monday, four on Tuesday: two days, and one of the other line.
    assert_eq!(essence(&early), (vec![(line_id(0), 14), (line_id(1), 82)], 30_000));
    let best = cheapened(&house, &Curbs::new()).get(0).expect("an offer");
    // On Wednesday from ten to four: the last start that takes one day.
    assert_eq!(essence(&best), (vec![(line_id(0), 58), (line_id(1), 82)], 20_000));
    assert_eq!(best.cost.finish, early.cost.finish);
}

#[test]
fn whoever_may_hold_only_what_begins_soon_is_offered_no_later_start() {
    let house = house(&[10_000, 10_000]);
    // Until Tuesday at four in the afternoon.
    let curb = Curb { times: 1, horizon: 40 * DAY + 40 * HOUR, until: now() + 1 };
    let curbs: Curbs = std::iter::once((PLATFORM, curb)).collect();
    let best = cheapened(&house, &curbs).get(0).expect("an offer");
    assert_eq!(essence(&best), (vec![(line_id(0), 34), (line_id(1), 82)], 20_000));
}

#[test]
fn of_two_lines_with_the_same_end_the_cheaper_one_is_taken() {
    let house = house(&[10_000, 10_000, 7_000]);
    let best = cheapened(&house, &Curbs::new()).get(0).expect("an offer");
    assert_eq!(essence(&best), (vec![(line_id(0), 58), (line_id(2), 82)], 17_000));
}

#[test]
fn what_could_not_cost_less_stays_and_no_more_starts_are_tried_than_allowed() {
    let house = house(&[10_000, 10_000]);
    let (wish, curbs, early) = (wish(), Curbs::new(), found(&house).get(0).expect("an offer"));
    let cheaper =
        |offer: &Offer, starts| SameFinish::new(&house, &wish, &curbs, now(), starts).cheaper(offer);
    let best = cheaper(&early, STARTS).expect("a later start");
    assert_eq!(cheaper(&best, STARTS), None);
    assert_eq!(cheaper(&early, 2), None);
}

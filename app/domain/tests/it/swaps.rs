//! Swaps against trying every place of both campaigns, and the checker over what comes out.

use domain::{
    Interval, OccupancyId,
    calendar::Calendar,
    occupancy::Occupancy,
    request::Request,
    resolve::{
        repair::Movable,
        swap::{has_room, swaps},
    },
    route::Figures,
};
use proptest::prelude::*;

use crate::{
    brute::{Ground, Walk, pool_has_room},
    repairs::{Built, GRANULARITY, Town, grounds, town},
    world::{cells, holidays, horizon, line_id, now},
};

fn span(one: &Movable) -> Interval {
    one.placement.span().expect("a step")
}

/// Where the partner's campaign may go: so far to either side of where the offered one is as it is long.
fn about(offered: &Movable, partner: &Movable) -> Interval {
    let (was, length) = (span(offered), span(partner).minutes());
    Interval { start: was.start - length, end: was.end + length }
}

fn rows(one: &Movable) -> Vec<OccupancyId> {
    one.held.rows.iter().map(|(_, row)| *row).collect()
}

/// Every place of one step in `window` by grid and crew, whatever stands there.
fn places(
    town: &Town,
    grounds: &[Ground<'_>],
    request: &Request,
    window: Interval,
) -> Vec<(usize, Occupancy)> {
    let mut places = Vec::new();
    for (number, ground) in grounds.iter().enumerate() {
        let figures = Figures { line: line_id(number), ..town.figures[number] };
        for start in window.start.max(horizon().start)..window.end {
            let Some(end) = ground.end(&figures, request.batches, start, GRANULARITY) else { continue };
            if end <= window.end && end <= horizon().end {
                places.push((number, ground.row(request, Interval { start, end })));
            }
        }
    }
    places
}

/// Whether there are places of one step for both, by trying all of them: the offered campaign in the partner's time,
/// where it couldn't be beside it, and the partner's about where that was.
fn can_be(town: &Town, built: &Built, offered: &Movable, partner: &Movable, wanted: Interval) -> bool {
    let theirs = span(partner);
    if !theirs.overlaps(wanted) {
        return false;
    }
    let walk = Walk::new(&town.pattern);
    let all = grounds(town, built, &walk);
    // Without the offered one alone, and without both.
    let own = rows(offered);
    let gone = [rows(offered), rows(partner)].concat();
    let beside: Vec<Ground<'_>> = (0..town.lines)
        .map(|number| {
            let rows = built.snapshot.lines[&line_id(number)].rows();
            let left = rows.iter().filter(|row| !own.contains(&row.id)).copied().collect();
            Ground::new(&walk, &town.matrix, left)
        })
        .collect();
    let cells = cells(built.pool.cell, &Calendar::compile(town.pattern.clone(), &holidays(), horizon()));
    let has_share = |gone: &[OccupancyId], new: &[Occupancy]| {
        let stays = built.booked.iter().filter(|booked| !gone.contains(&booked.held.rows[0].1));
        let stays = stays.map(|booked| booked.placement.steps[0].interval);
        let all = stays.chain(new.iter().map(|row| row.interval)).map(|interval| (interval, town.amount));
        pool_has_room(&built.pool, &cells, &all.collect::<Vec<_>>())
    };
    let mine = places(town, &all, &offered.request, wanted);
    let takes = |(number, row): &&(usize, Occupancy)| {
        let stands = beside[*number].admits(&[*row]) && has_share(&own, &[*row]);
        row.interval.overlaps(theirs) && !stands
    };
    let others = places(town, &all, &partner.request, about(offered, partner));
    mine.iter().filter(takes).any(|(line, row)| {
        others.iter().any(|(other_line, other)| {
            let apart = line != other_line || !row.interval.overlaps(other.interval);
            let on = |number: usize| -> Vec<Occupancy> {
                let both = [(*line, *row), (*other_line, *other)];
                both.into_iter().filter(|(on, _)| *on == number).map(|(_, row)| row).collect()
            };
            apart
                && has_share(&gone, &[*row, *other])
                && all.iter().enumerate().all(|(number, ground)| ground.stands(&gone, &on(number)))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_swap_is_found_wherever_there_is_one_and_the_checker_finds_nothing(town in town(false), chosen in 0..8_usize) {
        let built = town.build();
        let mut others = built.all();
        if others.is_empty() {
            return Ok(());
        }
        let offered = others.remove(chosen % others.len());
        let wanted = built.wanted.window;
        let found = swaps(&built.snapshot, &offered, wanted, &others, now(), 9);
        prop_assert!(found.is_whole);
        let is_one = |partner: &Movable| can_be(&town, &built, &offered, partner, wanted);
        let expected = !has_room(&built.snapshot, &offered, wanted, now()) && others.iter().any(is_one);
        prop_assert_eq!(!found.all.is_empty(), expected);
        for swap in &found.all {
            let partner = &others[swap.partner];
            prop_assert!(is_one(partner));
            let within = |one: &Movable, window| Request { window, ..one.request.clone() };
            let moves = [
                (offered.booking, within(&offered, wanted), &swap.own),
                (partner.booking, within(partner, about(&offered, partner)), &swap.theirs),
            ];
            prop_assert_eq!(town.build().moved(&moves), []);
        }
    }
}

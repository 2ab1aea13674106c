//! The places nearest to a time: on every line none lies between that time and what is found on either side of it.

use domain::{
    Interval, LineId, Minute,
    availability::{Placement, around, check, search},
    calendar::DAY,
    request::Request,
};
use proptest::prelude::*;

use crate::{
    plant::Plant,
    splits::town,
    world::{line_id, now, origin},
};

fn first(place: &Placement) -> (LineId, Minute) {
    (place.steps[0].line, place.steps[0].interval.start)
}

/// The first start of all that search finds on `line` in `from..until`; it tells the earliest of each gap.
fn sought(plant: &Plant, wish: &Request, line: usize, (from, until): (Minute, Minute)) -> Option<Minute> {
    let window = Interval::new(from, wish.window.end)?;
    let found = search(plant.snapshot(), &Request { window, ..wish.clone() }, now()).ok()?;
    let starts = found.offers.iter().map(|offer| first(&offer.placement));
    starts.filter(|(on, start)| *on == line_id(line) && *start < until).map(|(_, start)| start).min()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_nearer_than_what_is_found(
        town in town(),
        at in 0..6 * DAY,
        down in prop::option::of((0..2_usize, 0..6 * DAY, 60..DAY)),
    ) {
        let mut plant = town.build();
        if let Some((line, from, length)) = down {
            plant.fail(line, from, length);
        }
        let (wish, at) = (&town.wish, origin() + at);
        let found = around(plant.snapshot(), wish, at, now());
        for offer in found.iter() {
            let checked = check(plant.snapshot(), wish, &offer.placement, now());
            prop_assert_eq!(checked, Ok(offer));
        }
        for line in 0..2 {
            let of_line = || found.iter().map(|offer| first(&offer.placement)).filter(|(on, _)| *on == line_id(line));
            let sooner: Vec<Minute> = of_line().map(|(_, start)| start).filter(|start| *start < at).collect();
            let later: Vec<Minute> = of_line().map(|(_, start)| start).filter(|start| *start >= at).collect();
            prop_assert!(sooner.len() <= 1 && later.len() <= 1, "one on either side: {sooner:?} {later:?}");
            let from = at.max(wish.window.start);
            prop_assert_eq!(later.first().copied(), sought(&plant, wish, line, (from, Minute::MAX)));
            let any = sought(&plant, wish, line, (wish.window.start, at));
            prop_assert_eq!(sooner.is_empty(), any.is_none());
            if let Some(start) = sooner.first() {
                prop_assert_eq!(sought(&plant, wish, line, (start + 1, at)), None, "later than {}", start);
            }
        }
    }
}

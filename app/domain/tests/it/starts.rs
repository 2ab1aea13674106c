//! The exact set of feasible starts, and that search and check agree with it.

use domain::{
    Interval,
    availability::{PlacedStep, Placement, check, place, search, starts},
};
use proptest::prelude::*;

use crate::{
    brute,
    world::{ROUTE, line_id, now, single},
};

proptest! {

    #[test]
    fn starts_are_those_of_the_brute_force(single in single()) {
        let found = starts(&single.snapshot(), &single.request, ROUTE, line_id(0), now()).unwrap_or_default();
        prop_assert_eq!(found, brute::starts(&single));
    }

    #[test]
    fn search_offers_the_earliest_start_of_each_gap_and_nothing_else(single in single()) {
        let snapshot = single.snapshot();
        let offered: Vec<_> = search(&snapshot, &single.request, now())
            .map(|outcome| outcome.offers)
            .unwrap_or_default()
            .iter()
            .map(|offer| offer.placement.steps[0].interval.start)
            .collect();
        let rows: Vec<_> = single.rows().into_iter().filter(|row| row.expires_at != Some(now())).collect();
        let gap = |start| rows.iter().filter(|row| row.interval.end <= start).count();
        let mut earliest = brute::starts(&single);
        earliest.dedup_by_key(|start| gap(*start));
        let mut sorted = offered.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, earliest);
    }

    #[test]
    fn check_agrees_with_the_set_of_starts(single in single(), shift in 0..2000_i64) {
        let snapshot = single.snapshot();
        let all = brute::starts(&single);
        for start in all.iter().copied().take(5) {
            let placement = place(&snapshot, &single.request, ROUTE, &[(line_id(0), start)]).expect("a feasible start");
            prop_assert!(check(&snapshot, &single.request, &placement, now()).is_ok());
            let longer = Interval { end: placement.steps[0].interval.end + 1, ..placement.steps[0].interval };
            let wrong = Placement { route: ROUTE, steps: vec![PlacedStep { line: line_id(0), interval: longer }] };
            prop_assert!(check(&snapshot, &single.request, &wrong, now()).is_err());
        }
        let start = single.request.window.start + shift;
        if let Ok(placement) = place(&snapshot, &single.request, ROUTE, &[(line_id(0), start)]) {
            let fits = check(&snapshot, &single.request, &placement, now());
            prop_assert_eq!(fits.is_ok(), all.contains(&start), "{:?}", fits);
        }
    }
}

//! Use it or lose it, at its edges.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Interval,
    availability::search,
    refusal::Refusal,
    use_or_lose::{Curb, Curbs, Standing, UseOrLose},
};

use crate::{
    allocation::rounds::plain,
    world::{origin, product, request},
};

const DAY: i64 = 86_400;
const RULE: UseOrLose = UseOrLose { times: 2, within: 90 * 1440, horizon: 30 * 1440 };

#[test]
fn it_takes_as_many_as_the_rule_says() {
    let now = 1_000 * DAY;
    assert_eq!(RULE.standing(&[], now), Standing::default());
    let one = RULE.standing(&[now - DAY], now);
    assert_eq!(one, Standing { counted: 1, until: None });
    assert_eq!(RULE.curb(one), None);
    let two = RULE.standing(&[now - 80 * DAY, now - DAY], now);
    assert_eq!(
        two,
        Standing { counted: 2, until: Some(now + 10 * DAY) },
        "until the first of the two has passed"
    );
    let three = RULE.standing(&[now - 80 * DAY, now - 2 * DAY, now - DAY], now);
    assert_eq!(three, Standing { counted: 3, until: Some(now + 88 * DAY) }, "the two newest are enough");
}

#[test]
fn one_counts_up_to_the_second_at_which_its_time_ends() {
    let left = 1_000 * DAY;
    let end = left + 90 * DAY;
    let both = [left, left];
    assert_eq!(RULE.standing(&both, left).until, Some(end));
    assert_eq!(RULE.standing(&both, end - 1), Standing { counted: 2, until: Some(end) });
    assert_eq!(RULE.standing(&both, end), Standing::default());
    assert_eq!(RULE.standing(&both, left - 1), Standing::default());
}

#[test]
fn what_begins_at_the_horizon_may_be_held_and_a_minute_later_not() {
    let now = 1_000 * DAY + 59;
    let curb = RULE.curb(RULE.standing(&[now, now], now)).expect("limited");
    let latest = now.div_euclid(60) + 30 * 1440;
    assert_eq!(curb.admit(latest, now), Ok(()));
    let refused = Refusal::UseOrLose { times: 2, latest, until: now + 90 * DAY };
    assert_eq!(curb.admit(latest + 1, now), Err(refused));
}

#[test]
fn a_search_offers_nothing_beyond_the_horizon_and_names_the_lines_that_have_it() {
    let plant = plain();
    let window = Interval { start: origin() + 2 * 1440, end: origin() + 20 * 1440 };
    let request = request(product(1), 1, window);
    let all = search(plant.snapshot(), &request, plant.now).expect("offers");
    assert!(!all.offers.is_empty());
    let platform = plant.snapshot().routes[0].platform;
    let curbs = |horizon: i64| Curbs::from([(platform, Curb { times: 2, horizon, until: plant.now + DAY })]);

    let mut far = all.clone();
    far.curb(plant.snapshot(), &curbs(550 * 1440), plant.now);
    assert_eq!(far, all, "nothing lies beyond");
    far.curb(plant.snapshot(), &BTreeMap::new(), plant.now);
    assert_eq!(far, all);

    let mut near = all.clone();
    near.curb(plant.snapshot(), &curbs(0), plant.now);
    assert!(near.offers.is_empty());
    let named = near.refusals.iter().filter(|one| matches!(one.refusal, Refusal::UseOrLose { .. }));
    let lines: Vec<_> = named.map(|one| one.line).collect();
    let able: BTreeSet<_> = all.offers.iter().map(|offer| offer.placement.steps[0].line).collect();
    assert_eq!(lines, able.into_iter().collect::<Vec<_>>(), "each line once");

    let near = plant.snapshot().curbed(&curbs(0));
    assert!(search(&near, &request, plant.now).is_err(), "the platform ends before the window");
}

//! A draft that somebody changes by hand: all others are decided again around it, as the published rule has them.

use std::collections::BTreeSet;

use domain::{
    calendar::DAY,
    resolve::allocation::{
        Outcome, Plan, Round, Rule, Wish, allocate,
        rule::{RULES, Shares},
    },
};
use uuid::Uuid;

use super::rounds::{asks, plain};
use crate::{plant::Plant, world::origin};

/// Whose wish it is, which of its choices it gets, and on which day it begins.
type Got = (u128, usize, i64);
/// A rule and the wishes that it decides; what is given, which wish is taken out, and what is given then.
type Published = (Rule, [Wish; 3], Vec<Got>, u128, Vec<Got>);

fn got(plan: &Plan) -> Vec<Got> {
    let mut got: Vec<Got> = plan
        .iter()
        .map(|(wish, place)| {
            let (_, start) = place.placement.starts()[0];
            (wish.as_u128(), place.choice, (start - origin()) / DAY)
        })
        .collect();
    got.sort_unstable();
    got
}

fn decided(plant: &Plant, wishes: &[Wish], rule: Rule) -> Round {
    allocate(plant.snapshot(), wishes, rule, (7, 400), plant.now)
}

/// What becomes of a round once some wishes are taken out and others were put just where they are.
fn changed(plant: &Plant, round: &Round, out: &[u128], put: &[u128]) -> (Vec<Got>, Vec<Outcome>) {
    let by_hand: BTreeSet<Uuid> = out.iter().chain(put).copied().map(Uuid::from_u128).collect();
    let mut plan = round.plan();
    plan.retain(|(wish, _)| !out.contains(&wish.as_u128()));
    let (plan, told) = round.fill(plant.snapshot(), plan, &by_hand, plant.now).expect("it fits");
    assert_eq!(round.bookable(plant.snapshot(), plan.clone(), plant.now), Ok(plan.clone()));
    (got(&plan), told.into_iter().map(|(_, outcome)| outcome).collect())
}

/// A wish for a campaign of so many batches, two days each, in this window.
fn of(id: u128, batches: u32, window: (i64, i64)) -> Wish {
    let mut wish = asks(id, &[window]);
    wish.choices[0].batches = batches;
    wish
}

#[test]
fn whoever_goes_before_others_is_lifted_before_they_get_anything() {
    let plant = plain();
    let wishes = [asks(1, &[(1, 3)]), asks(2, &[(1, 3), (5, 7)]), asks(3, &[(1, 3)])];
    let round = decided(&plant, &wishes, Rule::FirstCome);
    assert_eq!(got(&round.plan()), [(1, 0, 1), (2, 1, 5)]);
    let (plan, told) = changed(&plant, &round, &[1], &[]);
    assert_eq!(plan, [(2, 0, 1)]);
    assert_eq!(told[2], Outcome::Outranked { by: vec![1] });
}

#[test]
fn whoever_is_behind_others_goes_elsewhere_for_them() {
    let plant = plain();
    let days = (1, 10);
    let wishes = [of(1, 2, days), of(2, 3, days), of(3, 1, days)];
    let round = decided(&plant, &wishes, Rule::FirstCome);
    // Four days, and a day to change, leave too few for six, and enough for two.
    assert_eq!(got(&round.plan()), [(1, 0, 1), (3, 0, 6)]);
    let (plan, told) = changed(&plant, &round, &[1], &[]);
    assert_eq!(plan, [(2, 0, 1), (3, 0, 8)]);
    assert!(told[1..].iter().all(|outcome| matches!(outcome, Outcome::Placed { .. })), "{told:?}");
    // With a day less there is no room for both, and the second goes before the third.
    let wishes = wishes.map(|wish| of(wish.id.as_u128(), wish.choices[0].batches, (1, 9)));
    let round = decided(&plant, &wishes, Rule::FirstCome);
    let (plan, told) = changed(&plant, &round, &[1], &[]);
    assert_eq!(plan, [(2, 0, 1)]);
    assert_eq!(told[2], Outcome::Outranked { by: vec![1] });
}

#[test]
fn who_has_what_it_wants_most_stays_where_nothing_speaks_against_it() {
    let plant = plain();
    let wishes = [asks(1, &[(1, 3)]), asks(2, &[(1, 9)]), asks(3, &[(9, 11)])];
    let round = decided(&plant, &wishes, Rule::FirstCome);
    assert_eq!(got(&round.plan()), [(1, 0, 1), (2, 0, 4), (3, 0, 9)]);
    assert_eq!(changed(&plant, &round, &[1], &[]).0, [(2, 0, 4), (3, 0, 9)]);
    let same: Vec<Outcome> = round.outcomes.iter().map(|(_, outcome)| outcome.clone()).collect();
    assert_eq!(changed(&plant, &round, &[], &[]), (got(&round.plan()), same));
}

#[test]
fn what_was_put_by_hand_stays_and_whoever_it_keeps_out_is_told_so() {
    let plant = plain();
    let wishes = [asks(1, &[(1, 3)]), asks(2, &[(2, 5)]), asks(3, &[(1, 9)])];
    let round = decided(&plant, &wishes, Rule::FirstCome);
    assert_eq!(got(&round.plan()), [(1, 0, 1), (3, 0, 4)]);
    // Nobody has put the third there: it makes room.
    assert_eq!(changed(&plant, &round, &[1], &[]).0, [(2, 0, 2), (3, 0, 5)]);
    // It stays, a day too near behind the second, which nobody that goes before it keeps out.
    let (plan, told) = changed(&plant, &round, &[1], &[3]);
    assert_eq!(plan, [(3, 0, 4)]);
    assert_eq!(told[1], Outcome::PutBefore { by: vec![2] });
    // While the first is there it is that one.
    let (plan, told) = changed(&plant, &round, &[], &[3]);
    assert_eq!(plan, [(1, 0, 1), (3, 0, 4)]);
    assert_eq!(told[1], Outcome::Outranked { by: vec![0] });
}

/// Small calls that can be decided by hand, with what is published of each, and what becomes of it when a wish is taken
/// out. They are records: whatever decides one otherwise is another version of the rules.
#[test]
fn a_published_round_is_what_it_was() {
    let plant = plain();
    let worth = |points: u32, wish: Wish| Wish { points, ..wish };
    let firm = asks(1, &[]).firm;
    let shares = Rule::Shares(Shares { offered: 8 * DAY, per_firm: 25, reserved: 0 });
    // Which rule decides which wishes; what is given; what is given without the wish that is taken out.
    let published: [Published; 4] = [
        (
            Rule::FirstCome,
            [asks(1, &[(1, 3)]), asks(2, &[(1, 3), (5, 7)]), asks(3, &[(1, 3)])],
            vec![(1, 0, 1), (2, 1, 5)],
            1,
            vec![(2, 0, 1)],
        ),
        // The lot of this seed has the third first, then the first.
        (
            Rule::Lottery,
            [asks(1, &[(1, 3), (5, 7)]), asks(2, &[(1, 3)]), asks(3, &[(1, 3)])],
            vec![(1, 1, 5), (3, 0, 1)],
            3,
            vec![(1, 0, 1)],
        ),
        // Seven points and three are more than seven in a better place.
        (
            Rule::ScoreWithAgeing { per_call: 0 },
            [
                worth(9, asks(1, &[(1, 3)])),
                worth(7, asks(2, &[(1, 3), (5, 7)])),
                worth(3, asks(3, &[(1, 3)])),
            ],
            vec![(1, 0, 1), (2, 1, 5)],
            1,
            vec![(2, 1, 5), (3, 0, 1)],
        ),
        // The first two are one firm's, which may have one of them: without the second the first is worth more than the
        // third, whose place it gets.
        (
            shares,
            [
                worth(9, asks(1, &[(1, 3)])),
                Wish { firm, ..worth(5, asks(2, &[(5, 7)])) },
                worth(7, asks(3, &[(1, 3)])),
            ],
            vec![(2, 0, 5), (3, 0, 1)],
            2,
            vec![(1, 0, 1)],
        ),
    ];
    for (rule, wishes, given, out, left) in published {
        let round = decided(&plant, &wishes, rule);
        let found = (got(&round.plan()), changed(&plant, &round, &[out], &[]).0);
        assert_eq!(
            (RULES, found),
            ("allocation/8", (given, left)),
            "{rule:?} decides otherwise: `RULES` takes its next number, and this test what is found"
        );
    }
}

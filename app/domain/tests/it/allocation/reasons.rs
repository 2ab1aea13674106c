//! Every reason that is told of a call's result is true of that result.

use std::{collections::BTreeSet, ops::Range};

use domain::{
    calendar::DAY,
    resolve::allocation::{
        Outcome, Round, Rule, Wish, allocate,
        rule::{Share, Shares},
    },
};
use uuid::Uuid;

use super::{
    judge::judge,
    replay::{Draw, plant, wishes},
    rounds::{asks, hour, mended, plain, run},
};
use crate::{
    plant::Plant,
    world::{day_shift, now, origin},
};

const RULES: [Rule; 4] = [
    Rule::FirstCome,
    Rule::Lottery,
    Rule::ScoreWithAgeing { per_call: 5 },
    Rule::Shares(Shares { offered: 12 * DAY, per_firm: 25, reserved: 30 }),
];

/// Made-up calls, each by another rule, decided with so few attempts now and then that the search leaves much to be
/// bettered.
fn made_up(calls: Range<u64>) -> impl Iterator<Item = (u64, Plant, Round)> {
    let ways = [0, 4, 120].into_iter().flat_map(|attempts| RULES.map(|rule| (rule, attempts))).cycle();
    calls.zip(ways).map(|(call, (rule, attempts))| {
        let mut draw = Draw(call);
        let mut plant = plant(&mut draw);
        plant.now += 7;
        plant.expire();
        let round = allocate(plant.snapshot(), &wishes(&mut draw), rule, (call, attempts), plant.now);
        (call, plant, round)
    })
}

#[test]
fn every_reason_of_a_decided_call_is_true() {
    for (_, plant, round) in made_up(0..360) {
        judge(&plant, &round, (&round.plan(), &round.outcomes), &BTreeSet::new());
    }
}

#[test]
fn every_reason_is_true_once_some_are_taken_out_or_put_by_hand() {
    for (call, plant, round) in made_up(1_000..1_240) {
        let mut plan = round.plan();
        let Some((out, _)) = plan.first().cloned() else { continue };
        plan.retain(|(wish, _)| *wish != out);
        // In two calls of three another one stays where it is for good.
        let put = plan.last().cloned().filter(|_| call % 3 > 0);
        let by_hand: BTreeSet<Uuid> = [out].into_iter().chain(put.as_ref().map(|(wish, _)| *wish)).collect();
        let alone = put.into_iter().collect();
        if round.bookable(plant.snapshot(), alone, plant.now).is_err() {
            // It stands there only beside others, which then all stay.
            continue;
        }
        // What is taken out may be all that kept others apart.
        let Ok((plan, told)) = round.fill(plant.snapshot(), plan, &by_hand, plant.now) else { continue };
        judge(&plant, &round, (&plan, &told), &by_hand);
    }
}

fn outcomes(plant: &Plant, wishes: &[Wish], rule: Rule) -> Vec<Outcome> {
    let round = allocate(plant.snapshot(), wishes, rule, (1, 100), plant.now);
    judge(plant, &round, (&round.plan(), &round.outcomes), &BTreeSet::new());
    round.outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

const fn is_placed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Placed { .. })
}

#[test]
fn what_fits_only_beside_another_is_placed_once_that_one_stands() {
    let wishes = [hour(1, 26), hour(2, 29)];
    for rule in [Rule::FirstCome, Rule::ScoreWithAgeing { per_call: 0 }] {
        let round = allocate(&mended(), &wishes, rule, (1, 100), now());
        assert!(round.outcomes.iter().all(|(_, outcome)| is_placed(outcome)), "{:?}", round.outcomes);
        assert_eq!(round.order, [wishes[1].id, wishes[0].id]);
    }
}

#[test]
fn a_firm_s_own_wish_is_not_others() {
    let firm = asks(1, &[]).firm;
    let own = Wish { firm, rank: 2, ..asks(2, &[(1, 4)]) };
    let wishes = [asks(1, &[(1, 4)]), own, asks(3, &[(1, 4)])];
    for rule in [Rule::FirstCome, Rule::Lottery, Rule::ScoreWithAgeing { per_call: 0 }] {
        let told = outcomes(&plain(), &wishes, rule);
        let first = told.iter().position(is_placed).expect("one of them");
        let by = vec![u32::try_from(first).expect("few")];
        for (number, outcome) in told.iter().enumerate().filter(|(number, _)| *number != first) {
            let same = wishes[number].firm == wishes[first].firm;
            let by = by.clone();
            let due = if same { Outcome::OwnWish { by } } else { Outcome::Outranked { by } };
            assert_eq!(*outcome, due, "{rule:?}");
        }
    }
}

#[test]
fn a_line_that_is_closed_or_down_is_not_booked() {
    let wishes = [asks(1, &[(1, 4)])];
    let ways: [fn(&mut Plant); 2] =
        [|plant| plant.close(0, DAY, 3 * DAY), |plant| plant.fail(0, DAY, 3 * DAY)];
    for close in ways {
        let mut plant = plain();
        close(&mut plant);
        let told = outcomes(&plant, &wishes, Rule::FirstCome);
        assert!(matches!(told[0], Outcome::Closed { .. }), "{told:?}");
        // Whatever is booked besides.
        plant.book(2, 4 * DAY, 0, false);
        let told = outcomes(&plant, &wishes, Rule::FirstCome);
        assert!(matches!(told[0], Outcome::Closed { .. }), "{told:?}");
    }
}

#[test]
fn a_firm_whose_share_is_too_small_for_it_has_not_used_it_up() {
    let shares = |per_firm| Rule::Shares(Shares { offered: 8 * DAY, per_firm, reserved: 0 });
    assert_eq!(outcomes(&plain(), &[asks(1, &[(0, 9)])], shares(10)), [Outcome::BeyondShare]);
    let second = Wish { firm: asks(1, &[]).firm, rank: 2, ..asks(2, &[(0, 9)]) };
    let told = outcomes(&plain(), &[asks(1, &[(0, 9)]), second], shares(40));
    assert!(is_placed(&told[0]), "{told:?}");
    assert_eq!(told[1], Outcome::ShareExhausted { share: Share::Firm });
}

#[test]
fn a_share_that_a_night_would_overdraw_is_enough_for_a_start_in_the_morning() {
    // Eight hours of a shift of eight: begun an hour into it they end on the next day. Three days are for the change.
    let plant = run(day_shift(), 8 * 60);
    let mut wish = asks(1, &[(5, 9)]);
    wish.choices[0].window.start += 9 * 60;
    let shares = |hours: i64| Rule::Shares(Shares { offered: 2 * hours * 60, per_firm: 50, reserved: 0 });
    let start = |rule| {
        let round = allocate(plant.snapshot(), std::slice::from_ref(&wish), rule, (1, 100), plant.now);
        let place = round.plan().pop().map(|(_, place)| place.placement.starts()[0].1);
        place.map(|start| (start - origin()) / 60)
    };
    assert_eq!(start(Rule::FirstCome), Some(5 * 24 + 9));
    assert_eq!(start(shares(10)), Some(6 * 24 + 8));
    assert_eq!(start(shares(7)), None);
}

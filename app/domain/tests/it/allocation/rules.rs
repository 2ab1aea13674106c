//! The rules of a call by their words.

use domain::{
    OrganisationId,
    resolve::allocation::{
        Rule, Wish,
        rule::{Decides, MOST_INNOVATION, MOST_POINTS, Share, Shares},
    },
};
use uuid::Uuid;

pub fn wish(id: u128, firm: u128) -> Wish {
    Wish {
        id: Uuid::from_u128(id),
        firm: OrganisationId(Uuid::from_u128(firm)),
        rank: 1,
        asked_at: 0,
        points: 10,
        waited: 0,
        innovation: 0,
        newcomer: false,
        small: false,
        choices: Vec::new(),
    }
}

fn order(rule: Rule, wishes: &[Wish], seed: u64) -> Vec<u128> {
    let Decides::InOrder(order) = rule.decides(wishes, seed) else { panic!("it goes by an order") };
    order.into_iter().map(|number| wishes[number].id.as_u128()).collect()
}

fn worth(rule: Rule, wishes: &[Wish]) -> Vec<i64> {
    let Decides::ByWorth(worth) = rule.decides(wishes, 0) else { panic!("it goes by worth") };
    worth
}

#[test]
fn who_came_first_goes_first_and_innovation_decides_only_a_tie() {
    let wishes = [
        Wish { asked_at: 20, innovation: 900, ..wish(1, 1) },
        Wish { asked_at: 10, ..wish(4, 2) },
        Wish { asked_at: 10, ..wish(3, 3) },
        Wish { asked_at: 10, innovation: 1, ..wish(5, 4) },
    ];
    assert_eq!(order(Rule::FirstCome, &wishes, 7), [5, 3, 4, 1]);
}

#[test]
fn a_firm_decides_which_of_its_wishes_its_places_are_for() {
    let wishes = [
        Wish { asked_at: 10, rank: 3, ..wish(1, 1) },
        Wish { asked_at: 20, rank: 1, ..wish(2, 2) },
        Wish { asked_at: 30, rank: 1, ..wish(3, 1) },
        Wish { asked_at: 40, rank: 2, ..wish(4, 1) },
    ];
    assert_eq!(order(Rule::FirstCome, &wishes, 7), [3, 2, 4, 1], "the other firm stays second");
    for seed in 0..32 {
        let drawn = order(Rule::Lottery, &wishes, seed);
        let own: Vec<u128> = drawn.into_iter().filter(|id| *id != 2).collect();
        assert_eq!(own, [3, 4, 1]);
    }
    let worth = worth(Rule::ScoreWithAgeing { per_call: 1 }, &wishes);
    assert!(worth[2] > worth[3] && worth[3] > worth[0]);
    let rich = [Wish { innovation: 1_000, rank: 2, ..wish(1, 1) }, wish(2, 2)];
    let worth = self::worth(Rule::ScoreWithAgeing { per_call: 1 }, &rich);
    assert!(worth[0] < worth[1], "the score counts less than anything else");
}

#[test]
fn of_equal_wishes_the_higher_score_is_worth_more_and_where_sums_were_not_exact_none_counts() {
    let equal = [Wish { innovation: 400, ..wish(1, 1) }, Wish { innovation: 401, ..wish(2, 2) }];
    let rule = Rule::ScoreWithAgeing { per_call: 1 };
    let two = worth(rule, &equal);
    assert_eq!(two[1] - two[0], 1);
    // A thousand wishes with as many points as count: the products of all that is to be told apart are too large.
    let many: Vec<Wish> = (1..=1_000)
        .map(|id| Wish { points: MOST_POINTS, innovation: MOST_INNOVATION, ..wish(id, id) })
        .chain([Wish { points: MOST_POINTS, ..wish(0, 0) }])
        .collect();
    let worth = worth(rule, &many);
    assert_eq!(worth[0], worth[1_000]);
    assert!(worth.iter().map(|worth| i128::from(*worth)).sum::<i128>() < i128::from(i64::MAX));
}

#[test]
fn a_point_outweighs_all_ranks_together_and_ranks_are_told_apart_to_the_last() {
    let rule = Rule::ScoreWithAgeing { per_call: 1 };
    let two = [Wish { points: 11, rank: 20, ..wish(1, 1) }, wish(2, 2)];
    let [point, rank] = worth(rule, &two)[..] else { panic!("two wishes") };
    assert!(point > rank, "{point} and {rank}");
    let ranks: Vec<Wish> = (1..=21).map(|rank| Wish { rank, ..wish(rank.into(), 1) }).collect();
    let worth = worth(rule, &ranks);
    assert!(worth[..20].is_sorted_by(|one, next| one > next) && worth[19] == worth[20], "{worth:?}");
}

#[test]
fn the_score_is_left_out_from_where_sums_are_no_longer_exact() {
    // One more than all scores, than all ranks and than all points: their product is the largest exact number.
    let (scores, ranks, points) = (649_159, 9_271, 1_532_540_863_i64);
    assert_eq!(scores * ranks * points, i64::MAX);
    // The first two differ in their score alone; the others have what is left.
    let with = |points: i64| {
        let mut left = [scores - 2, ranks - 1, points - 1 - 1_600];
        let mut some = |of: usize, most: i64| {
            let some = left[of].min(most);
            left[of] -= some;
            some
        };
        let mut wishes = vec![Wish { rank: 20, points: 1, innovation: 1, ..wish(1, 1) }];
        wishes.push(Wish { innovation: 0, ..wishes[0].clone() });
        wishes.extend((3..=1_600).map(|id| Wish {
            innovation: u16::try_from(some(0, 1_000)).expect("small"),
            rank: 20 - u16::try_from(some(1, 19)).expect("small"),
            points: 1 + u32::try_from(some(2, 999_999)).expect("small"),
            ..wish(id, 1)
        }));
        assert_eq!(left, [0; 3]);
        let worth = worth(Rule::ScoreWithAgeing { per_call: 0 }, &wishes);
        assert!(worth.iter().try_fold(0, |sum: i64, worth| sum.checked_add(*worth)).is_some());
        worth[0] - worth[1]
    };
    assert_eq!([with(points - 1), with(points)], [1, 0]);
}

#[test]
fn a_lottery_depends_on_its_seed_and_on_nothing_else() {
    let mut wishes: Vec<Wish> = (1..=8).map(|id| wish(id, id)).collect();
    let drawn = order(Rule::Lottery, &wishes, 42);
    assert_ne!(drawn, order(Rule::Lottery, &wishes, 43));
    wishes.reverse();
    wishes[0].innovation = 1_000;
    wishes[1].points = 99;
    wishes[2].asked_at = -5;
    assert_eq!(drawn, order(Rule::Lottery, &wishes, 42));
    let mut all = drawn;
    all.sort_unstable();
    assert_eq!(all, (1..=8).collect::<Vec<_>>());
}

#[test]
fn every_place_of_a_lottery_is_equally_likely() {
    let wishes: Vec<Wish> = (0..4).map(|id| wish(id, id)).collect();
    let mut first = [0; 4];
    for seed in 0..4_000 {
        first[usize::try_from(order(Rule::Lottery, &wishes, seed)[0]).expect("small")] += 1;
    }
    assert!(first.iter().all(|times| (900..1_100).contains(times)), "{first:?}");
}

#[test]
fn ten_wishes_of_a_firm_are_one_lot() {
    let mut wishes: Vec<Wish> =
        (1..=10).map(|id| Wish { rank: u16::try_from(id).expect("small"), ..wish(id, 1) }).collect();
    wishes.extend([wish(11, 2), Wish { rank: 2, ..wish(12, 2) }, wish(13, 3)]);
    let mut first = [0; 3];
    for seed in 0..3_000 {
        let drawn = order(Rule::Lottery, &wishes, seed);
        let mut turns = [drawn[..3].to_vec(), drawn[3..5].to_vec(), drawn[5..].to_vec()];
        first[[1, 11, 13].iter().position(|id| *id == turns[0][0]).expect("the first wish of a firm")] += 1;
        turns[..2].iter_mut().for_each(|turn| turn.sort_unstable());
        assert_eq!(
            turns,
            [vec![1, 11, 13], vec![2, 12], (3..=10).collect()],
            "each in turn, as it ranks its own"
        );
    }
    assert!(first.iter().all(|times| (900..1_100).contains(times)), "{first:?}");
}

#[test]
fn points_age_and_no_innovation_outweighs_one_point() {
    let wishes = [
        Wish { points: 10, innovation: 1_000, ..wish(1, 1) },
        Wish { points: 11, ..wish(2, 2) },
        Wish { points: 8, waited: 2, ..wish(3, 3) },
        Wish { points: 10, innovation: 1_000, ..wish(4, 4) },
        Wish { points: 0, ..wish(5, 5) },
    ];
    let worth = worth(Rule::ScoreWithAgeing { per_call: 2 }, &wishes);
    assert!(worth[2] > worth[1] && worth[1] > worth[0], "{worth:?}");
    assert_eq!(worth[0], worth[3]);
    // Two with 20 points and all the innovation there is, against 21 points with none.
    assert!(worth[0] + worth[3] < worth[1] + worth[1] - worth[4]);
    assert!(worth[4] > 0, "whoever has no points may still have what nobody else wants");
    assert!(Rule::ScoreWithAgeing { per_call: 2 }.limits(&wishes).is_empty());
}

#[test]
fn shares_are_those_of_each_firm_and_of_all_that_are_neither_new_nor_small() {
    let wishes =
        [wish(1, 1), Wish { newcomer: true, ..wish(2, 2) }, Wish { small: true, ..wish(3, 3) }, wish(4, 1)];
    let rule = Rule::Shares(Shares { offered: 1_000, per_firm: 40, reserved: 30 });
    let limits: Vec<_> =
        rule.limits(&wishes).into_iter().map(|limit| (limit.share, limit.counts, limit.most)).collect();
    let firm = |one, two, three| (Share::Firm, vec![one, two, three, one], 400);
    let unreserved = (Share::Unreserved, vec![true, false, false, true], 700);
    assert_eq!(
        limits,
        [firm(true, false, false), firm(false, true, false), firm(false, false, true), unreserved]
    );
}

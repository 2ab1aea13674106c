//! A call that was decided is decided again by whoever checks it, maybe years later and by a newer release: as long as
//! [`RULES`](domain::resolve::allocation::rule::RULES) has the same name, it must come to the same.

use std::collections::BTreeSet;

use domain::{
    CalendarId, ClassId, Interval, MatrixId,
    calendar::{DAY, Pattern, Shift},
    changeover::{CampaignCap, Changeover, ClassRule, Matrix, MatrixCell, Relation},
    resolve::allocation::{Outcome, Place, Rule, Wish, allocate, chance::Chance, rule::Shares},
    route::{Figures, Running},
};
use uuid::Uuid;

use super::rules::wish;
use crate::{
    plant::Plant,
    world::{line_id, origin, product, request, text},
};

/// Calls that each rule decides.
const CALLS: u64 = 24;

/// Numbers that stay the same for ever: neither from the kernel's chance nor from a library, which may change.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, many: i64) -> i64 {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        i64::try_from(self.0 >> 33).expect("31 bits") % many
    }

    pub fn small<T: TryFrom<i64>>(&mut self, many: i64) -> T {
        T::try_from(self.below(many)).ok().expect("few")
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// Two lines that need more time between two products than within one, and some a cleaning after a few batches, or a
/// long one if they stood too long: what is taken out may have kept others apart.
pub fn plant(draw: &mut Draw) -> Plant {
    let day = if draw.yes() { Shift { start: 0, end: 1440 } } else { Shift { start: 420, end: 1380 } };
    let pattern = Pattern {
        id: CalendarId(Uuid::nil()),
        code: "open".into(),
        name: text("open"),
        week: std::array::from_fn(|_| vec![day]),
        observes_holidays: draw.yes(),
        working_weekend_as: 0,
    };
    let changeover = |crew| Changeover { crew, wait: 0 };
    let cell = |relation, crew| MatrixCell {
        leaves: ClassId(0),
        needs: ClassId(0),
        relation,
        changeover: changeover(crew),
    };
    let matrix = Matrix {
        id: MatrixId(Uuid::nil()),
        version: 1,
        code: "m".into(),
        name: text("m"),
        classes: Vec::new(),
        rules: vec![ClassRule {
            any_hazard: BTreeSet::new(),
            oeb_at_least: None,
            offerings: BTreeSet::new(),
            needs: ClassId(0),
            leaves: ClassId(0),
        }],
        cells: vec![cell(Relation::Same, 60), cell(Relation::Other, 300 + draw.below(4) * 240)],
        clean_hold: draw.yes().then_some(DAY),
        reclean: changeover(2 * DAY),
        cap: draw.yes().then_some(CampaignCap {
            max_batches: Some(2 + draw.small::<u32>(2)),
            max_minutes: None,
            full_clean: changeover(900),
        }),
        initial: ClassId(0),
    };
    let mut figures = |number| Figures {
        line: line_id(number),
        setup: 60,
        batch: 300 + draw.below(5) * 200,
        running: if draw.yes() { Running::Crew } else { Running::Unattended },
        wait: draw.below(2) * 100,
    };
    let figures = [figures(0), figures(1)];
    let mut plant = Plant::new(pattern, matrix, figures, draw.yes());
    if draw.yes() {
        plant.share_pool(1 + draw.small::<u32>(3));
    }
    for _ in 0..draw.below(3) {
        plant.book(1 + draw.small::<u8>(3), draw.below(9 * DAY), draw.small(6), draw.below(4) == 0);
    }
    plant
}

/// More than fit, of few firms.
pub fn wishes(draw: &mut Draw) -> Vec<Wish> {
    let many = 6 + draw.small::<u128>(10);
    (1..=many)
        .map(|id| {
            let mut choices = Vec::new();
            for _ in 0..=draw.below(3) {
                let start = origin() + draw.below(9) * DAY / 2;
                let window = Interval { start, end: start + (2 + draw.below(5)) * DAY };
                choices.push(request(product(draw.small(4)), 1 + draw.small::<u32>(2), window));
            }
            Wish {
                rank: 1 + draw.small::<u16>(3),
                asked_at: draw.below(5),
                points: 1 + draw.small::<u32>(40),
                waited: draw.small(3),
                innovation: 100 * draw.small::<u16>(10),
                newcomer: draw.below(4) == 0,
                small: draw.below(4) == 0,
                choices,
                ..wish(id, id % 5)
            }
        })
        .collect()
}

/// What `rule` made of every call, in one number (FNV-1a over what is written down of a call).
fn decided(rule: Rule) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for call in 0..CALLS {
        let mut draw = Draw(call);
        let mut plant = plant(&mut draw);
        plant.now += 7;
        let round = allocate(plant.snapshot(), &wishes(&mut draw), rule, (call, 120), plant.now);
        for byte in serde_json::to_vec(&round).expect("plain data") {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    sum
}

#[test]
fn what_these_rules_decided_they_decide_again() {
    let shares = Rule::Shares(Shares { offered: 12 * DAY, per_firm: 25, reserved: 30 });
    let rules = [Rule::FirstCome, Rule::Lottery, Rule::ScoreWithAgeing { per_call: 5 }, shares];
    let found = rules.map(decided);
    let before = [0x0d0d_b9d9_3102_8545, 0x09a6_82f3_63fd_d49d, 0x26a9_d30b_682f_dfa1, 0xa0c9_5e93_88d0_f90f];
    assert_eq!(
        found, before,
        "calls are decided otherwise: `RULES` takes its next number, and this test what is found"
    );
}

#[test]
fn what_is_free_is_given_and_by_worth_nobody_could_have_what_it_wants_more() {
    let rules = [Rule::FirstCome, Rule::Lottery, Rule::ScoreWithAgeing { per_call: 5 }];
    for (call, rule) in (0..600).zip(rules.into_iter().cycle()) {
        let mut draw = Draw(call);
        let mut plant = plant(&mut draw);
        plant.now += 7;
        let round = allocate(plant.snapshot(), &wishes(&mut draw), rule, (call, 120), plant.now);
        let plan = round.plan();
        for (wish, _) in &round.outcomes {
            let others = round.places(plant.snapshot(), &plan, (*wish, 9), plant.now);
            let has = plan.iter().find(|(id, _)| id == wish).map(|(_, place)| place.choice);
            let better = |other: &Place| has.is_none_or(|has| by_worth(rule) && other.choice < has);
            assert!(!others.iter().any(better), "{call}, {rule:?}: {wish} has {has:?} of {others:?}");
        }
    }
}

#[test]
fn what_becomes_of_the_rest_of_a_changed_draft_can_be_booked_and_nobody_is_kept_out_by_nobody() {
    let shares = Rule::Shares(Shares { offered: 12 * DAY, per_firm: 25, reserved: 30 });
    let rules = [Rule::FirstCome, Rule::Lottery, Rule::ScoreWithAgeing { per_call: 5 }, shares];
    for (call, rule) in (0..120).zip(rules.into_iter().cycle()) {
        let mut draw = Draw(call);
        let mut plant = plant(&mut draw);
        plant.now += 7;
        let round = allocate(plant.snapshot(), &wishes(&mut draw), rule, (call, 120), plant.now);
        let Some(out) = round.order.first().copied() else { continue };
        let mut plan = round.plan();
        plan.retain(|(wish, _)| *wish != out);
        let again = || round.fill(plant.snapshot(), plan.clone(), &BTreeSet::from([out]), plant.now);
        // What is taken out may be all that kept others apart.
        let Ok((left, told)) = again() else { continue };
        assert_eq!(again(), Ok((left.clone(), told.clone())), "{call}, {rule:?}: the same again");
        assert!(left.iter().all(|(wish, _)| *wish != out), "{call}, {rule:?}: it stays out");
        let booked = round.bookable(plant.snapshot(), left.clone(), plant.now);
        assert!(booked.is_ok(), "{call}, {rule:?}: {booked:?}");
        let has = |wish: Uuid| left.iter().any(|(placed, _)| *placed == wish);
        for (wish, outcome) in told.iter().filter(|(wish, _)| *wish != out) {
            let is_placed = matches!(outcome, Outcome::Placed { .. });
            assert_eq!(is_placed, has(*wish), "{call}, {rule:?}: {outcome:?}");
            if let Outcome::Outranked { by } | Outcome::PutBefore { by } = outcome {
                assert!(!by.is_empty(), "{call}, {rule:?}: {wish}");
            }
        }
    }
}

const fn by_worth(rule: Rule) -> bool {
    matches!(rule, Rule::ScoreWithAgeing { .. })
}

#[test]
fn the_same_seed_gives_the_same_numbers_for_ever() {
    // As SplitMix64 is published.
    let mut chance = Chance::new(1_234_567);
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    assert_eq!(published.map(|_| chance.bits()), published);
    let share = chance.clone().share();
    assert!(!chance.clone().yes(share) && chance.yes(share + 0.001));
}

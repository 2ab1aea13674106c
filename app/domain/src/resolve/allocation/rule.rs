//! The published rules of a call, as pure functions of what was handed in by its closing date: each gives an order to
//! go by, or what a wish is worth, and limits of what may be taken.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chance::Chance;
use crate::{Minutes, OrganisationId, Second, request::Request};

/// The names of the rules below, with their version, as the decision record gives it: that of how a call is decided
/// (`round`), and of how all else is when somebody has changed what came of it by hand (`adjust`).
pub const RULES: &str = "allocation/8";

/// Most points that count: sums of them stay exact.
pub const MOST_POINTS: u32 = 1_000_000;
/// Most of the innovation score, in its own points: the same.
pub const MOST_INNOVATION: u16 = 1_000;
/// Ranks beyond this count as this one.
pub const MOST_RANK: u16 = 20;

/// What one firm hands in: one campaign, with what it would take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Each wish of a call has another.
    pub id: Uuid,
    pub firm: OrganisationId,
    /// Among the wishes of its firm: 1 is the one that it wants most. It orders what a firm gets; one firm before
    /// another only where all that counts more is equal.
    pub rank: u16,
    /// When it was handed in, in seconds since 1970.
    pub asked_at: Second,
    /// By the call's published criteria, up to [`MOST_POINTS`].
    pub points: u32,
    /// Earlier calls in which it got nothing.
    pub waited: u16,
    /// The innovation score when it was decided, up to [`MOST_INNOVATION`]; 0: none. Decides between otherwise equal
    /// wishes, nothing else, and that last of all.
    pub innovation: u16,
    /// A firm that has had nothing on these lines yet.
    pub newcomer: bool,
    /// A small firm.
    pub small: bool,
    /// What it would take, most wanted first; it gets one of them or nothing. One without a product is of a product of
    /// its own, whose id is the wish's: nobody's before, so that it never counts as more of what a line has just run.
    pub choices: Vec<Request>,
}

/// By what a call is decided. Whatever places in an order a firm has, the first of them goes to the wish that it ranks
/// first, and so on: a firm decides itself which of its wishes its luck or its haste is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// Whoever came first goes first; of those who came in the same second, the higher innovation score.
    FirstCome,
    /// As many points as can be placed, each wish having so many more for every earlier call in which it got nothing.
    ScoreWithAgeing { per_call: u32 },
    /// As many points as can be placed while no firm takes more than its share of the line time on offer, and a part is
    /// left to newcomers and small firms.
    Shares(Shares),
    /// An order of firms drawn from the call's seed, to which the platform committed before anything was handed in: a
    /// lot a firm, however many wishes it has. They take turns in this order, each with one wish.
    Lottery,
}

/// Parts of the line time that a call offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// Minutes of all lines together.
    pub offered: Minutes,
    /// Most that one firm may take, in percent.
    pub per_firm: u8,
    /// What is left to newcomers and small firms, in percent: the others together take no more than the rest.
    pub reserved: u8,
}

/// How a rule decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decides {
    /// Each wish, by number, gets the best that those before it leave, and none of them loses by it.
    InOrder(Vec<usize>),
    /// Together they are to be worth as much as can be; worth by wish, positive, or 0 for one that has no part in it.
    ByWorth(Vec<i64>),
}

impl Decides {
    /// The numbers of the wishes, those that go before others, or are worth more, first.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        match self {
            Self::InOrder(order) => order.clone(),
            Self::ByWorth(worth) => {
                let mut order: Vec<usize> = (0..worth.len()).collect();
                order.sort_by_key(|wish| std::cmp::Reverse(worth[*wish]));
                order
            }
        }
    }

    /// The same of all but `others`, which have no turn and are worth nothing.
    #[must_use]
    pub fn without(&self, others: &BTreeSet<usize>) -> Self {
        match self {
            Self::InOrder(order) => {
                Self::InOrder(order.iter().copied().filter(|wish| !others.contains(wish)).collect())
            }
            Self::ByWorth(worth) => {
                let left = |(wish, worth): (usize, &i64)| if others.contains(&wish) { 0 } else { *worth };
                Self::ByWorth(worth.iter().enumerate().map(left).collect())
            }
        }
    }
}

/// Line time of which some wishes may take only so much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    pub share: Share,
    /// By wish, whether it counts.
    pub counts: Vec<bool>,
    /// Minutes, inclusive.
    pub most: Minutes,
}

/// Whose share of the line time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// The firm's own.
    Firm,
    /// What all but newcomers and small firms may take together.
    Unreserved,
}

impl Rule {
    /// How this rule decides between `wishes`; `seed` matters to the lottery alone.
    #[must_use]
    pub fn decides(&self, wishes: &[Wish], seed: u64) -> Decides {
        match self {
            Self::FirstCome => {
                let mut order: Vec<usize> = (0..wishes.len()).collect();
                order.sort_by_key(|number| {
                    let wish = &wishes[*number];
                    (wish.asked_at, std::cmp::Reverse(wish.innovation), wish.id)
                });
                Decides::InOrder(ranked(wishes, order))
            }
            Self::Lottery => Decides::InOrder(in_turns(wishes, seed)),
            Self::ScoreWithAgeing { per_call } => Decides::ByWorth(worth(wishes, *per_call)),
            Self::Shares(_) => Decides::ByWorth(worth(wishes, 0)),
        }
    }

    /// The limits of what may be taken.
    #[must_use]
    pub fn limits(&self, wishes: &[Wish]) -> Vec<Limit> {
        let Self::Shares(shares) = self else { return Vec::new() };
        let part = |percent: u8| shares.offered.saturating_mul(i64::from(percent.min(100))) / 100;
        let firms = firms(wishes);
        let limit = |share, most, counts: &dyn Fn(&Wish) -> bool| Limit {
            share,
            counts: wishes.iter().map(counts).collect(),
            most,
        };
        let own =
            firms.iter().map(|firm| limit(Share::Firm, part(shares.per_firm), &|wish| wish.firm == *firm));
        let rest = part(100 - shares.reserved.min(100));
        let others = limit(Share::Unreserved, rest, &|wish| !wish.newcomer && !wish.small);
        own.chain(std::iter::once(others)).collect()
    }
}

/// Every firm once, by id.
fn firms(wishes: &[Wish]) -> Vec<OrganisationId> {
    let mut firms: Vec<OrganisationId> = wishes.iter().map(|wish| wish.firm).collect();
    firms.sort_unstable();
    firms.dedup();
    firms
}

/// Firms in an order drawn by lot, each with the wish that it ranks first; then each with its second, and so on. Of one
/// rank the smaller id goes first.
fn in_turns(wishes: &[Wish], seed: u64) -> Vec<usize> {
    let mut firms = firms(wishes);
    Chance::new(seed).shuffle(&mut firms);
    let mut own: BTreeMap<OrganisationId, Vec<usize>> = BTreeMap::new();
    for (number, wish) in wishes.iter().enumerate() {
        own.entry(wish.firm).or_default().push(number);
    }
    for wanted in own.values_mut() {
        wanted.sort_by_key(|number| (wishes[*number].rank, wishes[*number].id));
    }
    let (firms, own) = (&firms, &own);
    let turns = own.values().map(Vec::len).max().unwrap_or(0);
    let turn = |turn: usize| firms.iter().filter_map(move |firm| own.get(firm)?.get(turn).copied());
    (0..turns).flat_map(turn).collect()
}

/// The same order, each firm's wishes at its places as it ranks them; of one rank, as they were.
fn ranked(wishes: &[Wish], order: Vec<usize>) -> Vec<usize> {
    let mut own: BTreeMap<OrganisationId, Vec<usize>> = BTreeMap::new();
    for number in &order {
        own.entry(wishes[*number].firm).or_default().push(*number);
    }
    for wanted in own.values_mut() {
        wanted.sort_by_key(|number| wishes[*number].rank);
        wanted.reverse();
    }
    let next = |number: usize| own.get_mut(&wishes[number].firm).and_then(Vec::pop).unwrap_or(number);
    order.into_iter().map(next).collect()
}

/// Points first; of plans with equally many, the one with what firms themselves rank first; of those, the one with more
/// innovation. A wish without points counts for something.
fn worth(wishes: &[Wish], per_call: u32) -> Vec<i64> {
    let innovation = |wish: &Wish| i64::from(wish.innovation.min(MOST_INNOVATION));
    let wanted = |wish: &Wish| i64::from(MOST_RANK - wish.rank.min(MOST_RANK));
    // One more than all of what counts less can come to.
    let scored = 1 + wishes.iter().map(innovation).sum::<i64>();
    let by_points = |by_wanted: i64| by_wanted.saturating_mul(1 + wishes.iter().map(wanted).sum::<i64>());
    let points = |wish: &Wish| i64::from(aged(wish, per_call));
    // Where sums would not stay exact the score is left out, lest it decide more than ties.
    let most = i128::from(by_points(scored))
        * (1 + wishes.iter().map(|wish| i128::from(points(wish))).sum::<i128>());
    let by_wanted = if most < i128::from(i64::MAX) { scored } else { 1 };
    let by_points = by_points(by_wanted);
    let worth = |wish: &Wish| {
        let score = if by_wanted == scored { innovation(wish) } else { 0 };
        let tie = wanted(wish) * by_wanted + score;
        points(wish).saturating_mul(by_points).saturating_add(tie)
    };
    wishes.iter().map(worth).collect()
}

/// The points with which a wish counts, those for earlier calls included; at least one.
pub(super) fn aged(wish: &Wish, per_call: u32) -> u32 {
    let aged = wish.points.saturating_add(per_call.saturating_mul(u32::from(wish.waited)));
    aged.clamp(1, MOST_POINTS)
}

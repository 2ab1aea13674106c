//! What counted for each wish of a round: what its firm may know of the deciding, and nothing of another's.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{
    Round, Rule, Wish,
    rule::{Decides, RULES, aged},
};

/// What counted for one wish, by the round's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its place in the order in which wishes were decided, from 1: of first come and of the lottery.
    pub place: Option<u32>,
    /// Where points count: how many in all.
    pub points: Option<u32>,
    /// Where earlier calls count: in how many its firm got nothing, and how many points that gave.
    pub waited: Option<(u16, u32)>,
    /// Where a part is reserved: whether its firm counted as a newcomer, and as a small one.
    pub reserve: Option<(bool, bool)>,
    /// The innovation score that decided between equals; the lot knows none.
    pub innovation: Option<u16>,
}

impl Round {
    /// What counted for every wish. Of a round that was decided by other rules than [`RULES`] the places aren't known.
    #[must_use]
    pub fn counted(&self) -> BTreeMap<Uuid, Counted> {
        let order = match self.rule.decides(&self.wishes, self.seed) {
            Decides::InOrder(order) if self.rules == RULES => order,
            Decides::InOrder(_) | Decides::ByWorth(_) => Vec::new(),
        };
        let mut places: BTreeMap<usize, u32> = order.into_iter().zip(1..).collect();
        let counted = |(number, wish): (usize, &Wish)| {
            let per_call = match self.rule {
                Rule::ScoreWithAgeing { per_call } => Some(per_call),
                Rule::FirstCome | Rule::Shares(_) | Rule::Lottery => None,
            };
            let counts = matches!(self.rule, Rule::ScoreWithAgeing { .. } | Rule::Shares(_));
            let counted = Counted {
                place: places.remove(&number),
                points: counts.then(|| aged(wish, per_call.unwrap_or(0))),
                waited: per_call
                    .map(|per_call| (wish.waited, per_call.saturating_mul(u32::from(wish.waited)))),
                reserve: matches!(self.rule, Rule::Shares(_)).then_some((wish.newcomer, wish.small)),
                innovation: (self.rule != Rule::Lottery).then_some(wish.innovation),
            };
            (wish.id, counted)
        };
        self.wishes.iter().enumerate().map(counted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OrganisationId, resolve::allocation::rule::Shares};

    fn wish(id: u128, firm: u128) -> Wish {
        Wish {
            id: Uuid::from_u128(id),
            firm: OrganisationId(Uuid::from_u128(firm)),
            rank: 1,
            asked_at: 100 - i64::try_from(id).unwrap_or(0),
            points: 10,
            waited: 3,
            innovation: 640,
            newcomer: false,
            small: true,
            choices: Vec::new(),
        }
    }

    fn counted(rule: Rule) -> Vec<Counted> {
        let round = Round {
            rules: RULES.to_owned(),
            rule,
            seed: 7,
            attempts: 0,
            now: 0,
            lines: Vec::new(),
            pools: Vec::new(),
            wishes: vec![wish(1, 1), wish(2, 2)],
            outcomes: Vec::new(),
            order: Vec::new(),
        };
        round.counted().into_values().collect()
    }

    #[test]
    fn each_rule_counts_what_it_says() {
        let first = counted(Rule::FirstCome);
        assert_eq!(first.iter().map(|one| one.place).collect::<Vec<_>>(), [Some(2), Some(1)]);
        assert_eq!((first[0].points, first[0].waited, first[0].reserve), (None, None, None));
        assert_eq!(first[0].innovation, Some(640));
        let scored = counted(Rule::ScoreWithAgeing { per_call: 5 })[0];
        assert_eq!((scored.place, scored.points, scored.waited), (None, Some(25), Some((3, 15))));
        let shares = counted(Rule::Shares(Shares { offered: 60, per_firm: 50, reserved: 10 }))[0];
        assert_eq!((shares.points, shares.waited, shares.reserve), (Some(10), None, Some((false, true))));
        let lot = counted(Rule::Lottery);
        let mut places: Vec<_> = lot.iter().filter_map(|one| one.place).collect();
        places.sort_unstable();
        assert_eq!((places, lot[0].innovation), (vec![1, 2], None));
    }
}

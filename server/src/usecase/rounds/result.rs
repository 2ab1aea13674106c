//! What becomes of a wish: by the round, and by what the platform changed of it.

use std::collections::BTreeMap;

use app::contract::{Failure, RefusalView, WishCounted, WishResult};
use domain::{
    availability::Placement,
    resolve::allocation::{Counted, Outcome, Place, Plan, Round, Rule, round::Hindrance, rule::Share},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::load::document;
use crate::{
    store::{Catalogue, tables::call_adjustment},
    usecase::{
        place,
        refusal::{self, Audience},
    },
};

/// Reasons shown of those that kept lines from taking a wish.
const SHOWN: usize = 5;

/// The reason on record for what nobody decided: what the rule made of the others after a change.
pub(super) const BY_RULE: &str = "";

/// What became of a wish, as it is kept with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    /// By the round, or by what was changed of it.
    pub outcome: Outcome,
    /// What the platform made of that, or the rule of what it made free, if anything changed.
    pub adjusted: Option<Adjusted>,
}

/// The last change of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Adjusted {
    /// Where it was put; `None`: it was taken out.
    pub place: Option<Place>,
    /// The platform's, or [`BY_RULE`].
    pub reason: String,
}

impl Adjusted {
    /// What the platform said, if it was the platform.
    pub fn said(&self) -> Option<&str> {
        Some(self.reason.as_str()).filter(|reason| *reason != BY_RULE)
    }
}

impl Told {
    /// Where it lies in the end.
    pub fn place(&self) -> Option<Place> {
        match (&self.adjusted, &self.outcome) {
            (Some(adjusted), _) => adjusted.place.clone(),
            (None, Outcome::Placed { choice, placement }) => {
                Some(Place { choice: *choice as usize, placement: placement.clone() })
            }
            (None, _) => None,
        }
    }

    /// For `audience`; `booking` is the hold that it was given, `counted` what counted for it. Which wishes took what
    /// it could have had is told to nobody.
    pub fn view(
        &self,
        catalogue: &Catalogue,
        audience: Audience,
        (booking, counted): (Option<Uuid>, Option<&Counted>),
    ) -> WishResult {
        let steps = |placement: &Placement| place::steps(catalogue, placement);
        let mut result = WishResult {
            outcome: if self.is_filled() { "filled" } else { self.word() }.into(),
            choice: None,
            steps: Vec::new(),
            refusals: Vec::new(),
            reason: self.said().map(str::to_owned),
            booking,
            counted: counted.map(|counted| counted_for(counted, audience)),
        };
        if let Some(place) = self.place() {
            result.choice = u32::try_from(place.choice + 1).ok();
            result.steps = steps(&place.placement);
        } else if let (
            None,
            Outcome::Booked { choices } | Outcome::Closed { choices } | Outcome::Impossible { choices },
        ) = (&self.adjusted, &self.outcome)
        {
            result.refusals = choices.first().map_or_else(Vec::new, |why| worded(catalogue, why, audience));
        }
        result
    }

    /// Whether `outcome` is told already; which wishes went before is told to nobody.
    pub fn says(&self, outcome: &Outcome) -> bool {
        let same = |outcome: &Outcome| match outcome {
            Outcome::Outranked { .. } => Outcome::Outranked { by: Vec::new() },
            Outcome::OwnWish { .. } => Outcome::OwnWish { by: Vec::new() },
            Outcome::PutBefore { .. } => Outcome::PutBefore { by: Vec::new() },
            other => other.clone(),
        };
        same(&self.outcome) == same(outcome)
    }

    /// Whether it has its place by the rule, but only after the platform had changed others by hand.
    fn is_filled(&self) -> bool {
        self.adjusted.as_ref().is_some_and(|one| one.place.is_some() && one.said().is_none())
    }

    /// The platform's reason, if it changed what becomes of it.
    pub fn said(&self) -> Option<&str> {
        self.adjusted.as_ref().and_then(Adjusted::said)
    }

    /// What the notice of it is called: where points count, others may be worth as much together.
    pub fn notice(&self, rule: Rule) -> &'static str {
        match (self.word(), rule) {
            ("outranked", Rule::ScoreWithAgeing { .. } | Rule::Shares(_)) => "outweighed",
            (word, _) => word,
        }
    }

    pub fn word(&self) -> &'static str {
        match (&self.adjusted, &self.outcome) {
            (Some(one @ Adjusted { place: Some(_), .. }), _) if one.said().is_none() => "placed",
            (Some(Adjusted { place: Some(_), .. }), _) => "moved",
            (Some(Adjusted { place: None, .. }), _) => "taken_out",
            (None, Outcome::Placed { .. }) => "placed",
            (None, Outcome::Outranked { .. }) => "outranked",
            (None, Outcome::OwnWish { .. }) => "own_wish",
            (None, Outcome::PutBefore { .. }) => "put_before",
            (None, Outcome::ShareExhausted { share: Share::Firm }) => "share_firm",
            (None, Outcome::ShareExhausted { share: Share::Unreserved }) => "share_unreserved",
            (None, Outcome::BeyondShare) => "beyond_share",
            (None, Outcome::Booked { .. }) => "booked",
            (None, Outcome::Closed { .. }) => "closed",
            (None, Outcome::Impossible { .. }) => "impossible",
            (None, Outcome::TakenOut) => "taken_out",
        }
    }
}

/// What counted, as `audience` may know it: no platform reads an innovation score.
fn counted_for(counted: &Counted, audience: Audience) -> WishCounted {
    let Counted { place, points, waited, reserve, innovation } = *counted;
    WishCounted {
        place,
        points,
        waited: waited.map(|(calls, _)| calls),
        waited_points: waited.map(|(_, points)| points),
        newcomer: reserve.map(|(newcomer, _)| newcomer),
        small: reserve.map(|(_, small)| small),
        innovation: innovation.filter(|_| audience == Audience::Outside),
    }
}

/// Why one choice can't be had, in few words.
fn worded(catalogue: &Catalogue, why: &Hindrance, audience: Audience) -> Vec<RefusalView> {
    let all = why.refusal.iter().chain(why.lines.iter().map(|line| &line.refusal));
    let mut views: Vec<RefusalView> = Vec::new();
    for view in all.map(|refusal| refusal::view(refusal, audience, catalogue)) {
        if views.len() < SHOWN && !views.contains(&view) {
            views.push(view);
        }
    }
    views
}

/// Whether the platform itself made this change; the others follow from those, by the rule.
pub(super) fn is_own(change: &call_adjustment::Model) -> bool {
    change.outcome.is_none() && change.reason != BY_RULE
}

/// What became of every wish of a round, with what was changed of it, the oldest change first, and what the rule made
/// of the others.
pub(super) fn told(
    round: &Round,
    changes: &[call_adjustment::Model],
) -> Result<BTreeMap<Uuid, Told>, Failure> {
    let mut told = decided(round);
    for change in changes {
        apply(&mut told, change)?;
    }
    Ok(told)
}

/// What each change did, in their order: `put` or `take_out` by the platform; by the rule `filled` a wish without a
/// place, `lifted` one to what it wants more, `shifted` one, or `displaced` it. None if it only gave another reason.
pub(super) fn deeds(
    round: &Round,
    changes: &[call_adjustment::Model],
) -> Result<Vec<Option<&'static str>>, Failure> {
    let mut told = decided(round);
    let place = |told: &BTreeMap<Uuid, Told>, wish: Uuid| told.get(&wish).and_then(Told::place);
    let deed = |change: &call_adjustment::Model| {
        let had = place(&told, change.wish);
        apply(&mut told, change)?;
        Ok(match (is_own(change), had, place(&told, change.wish)) {
            (true, _, Some(_)) => Some("put"),
            (true, _, None) => Some("take_out"),
            (false, None, Some(_)) => Some("filled"),
            (false, Some(had), Some(has)) if has.choice < had.choice => Some("lifted"),
            (false, Some(_), Some(_)) => Some("shifted"),
            (false, Some(_), None) => Some("displaced"),
            (false, None, None) => None,
        })
    };
    changes.iter().map(deed).collect()
}

/// What the round itself says.
fn decided(round: &Round) -> BTreeMap<Uuid, Told> {
    let outcome =
        |(wish, outcome): &(Uuid, Outcome)| (*wish, Told { outcome: outcome.clone(), adjusted: None });
    round.outcomes.iter().map(outcome).collect()
}

fn apply(told: &mut BTreeMap<Uuid, Told>, change: &call_adjustment::Model) -> Result<(), Failure> {
    let Some(one) = told.get_mut(&change.wish) else { return Ok(()) };
    if let Some(outcome) = &change.outcome {
        // What the rule gave it after another change it has no more.
        *one = Told { outcome: document(outcome)?, adjusted: None };
    } else {
        let place = change.place.as_deref().map(document).transpose()?;
        one.adjusted = Some(Adjusted { place, reason: change.reason.clone() });
    }
    Ok(())
}

/// Who gets what in the end, beginning with the round's own order.
pub(super) fn plan(round: &Round, told: &BTreeMap<Uuid, Told>) -> Plan {
    let first = round.order.iter().copied();
    let rest = told.keys().copied().filter(|wish| !round.order.contains(wish));
    first.chain(rest).filter_map(|wish| Some((wish, told.get(&wish)?.place()?))).collect()
}

//! What a change of a draft makes of the others: all that nobody has changed by hand are decided again around it, as
//! the call's rule has it, and those without a place are told why as it is then.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Second,
    resolve::allocation::{Outcome, Place, Plan, Round, Unfit},
    snapshot::Snapshot,
};
use uuid::Uuid;

use super::{
    load::document,
    result::{self, Told},
};
use crate::store::{StoreError, tables::call_adjustment};

/// Who gets what in the end, and what becomes of every wish.
pub(super) type Filled = (Plan, Vec<(Uuid, Outcome)>);

/// What a change makes of another wish: a place, or why it has none, if that is another reason or it had one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Follows {
    pub wish: Uuid,
    pub place: Option<Place>,
    pub outcome: Option<Outcome>,
}

impl Follows {
    /// As it is on record.
    ///
    /// # Errors
    /// The record can't be read.
    pub fn of(change: &call_adjustment::Model) -> Result<Self, StoreError> {
        Ok(Self {
            wish: change.wish,
            place: change.place.as_deref().map(document).transpose()?,
            outcome: change.outcome.as_deref().map(document).transpose()?,
        })
    }
}

/// What becomes of all wishes on `part`, once those that the platform has changed by hand stay as they are.
///
/// # Errors
/// What doesn't fit of the plan as it was changed.
pub(super) fn fill(
    round: &Round,
    told: &BTreeMap<Uuid, Told>,
    part: &Snapshot,
    now: Second,
) -> Result<Filled, Unfit> {
    let by_hand = told.iter().filter(|(_, told)| told.said().is_some());
    let by_hand: BTreeSet<Uuid> = by_hand.map(|(wish, _)| *wish).collect();
    round.fill(part, result::plan(round, told), &by_hand, now)
}

/// What of that isn't `told` yet, in the order in which it is put on record.
pub(super) fn follows(told: &BTreeMap<Uuid, Told>, (plan, became): Filled) -> Vec<Follows> {
    let by_rule = |wish: &Uuid| told.get(wish).filter(|told| told.said().is_none());
    let placed = plan
        .into_iter()
        .filter(|(wish, place)| by_rule(wish).is_some_and(|told| told.place().as_ref() != Some(place)))
        .map(|(wish, place)| Follows { wish, place: Some(place), outcome: None });
    let other = became
        .into_iter()
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Placed { .. }))
        .filter(|(wish, outcome)| {
            by_rule(wish).is_some_and(|told| told.place().is_some() || !told.says(outcome))
        })
        .map(|(wish, outcome)| Follows { wish, place: None, outcome: Some(outcome) });
    placed.chain(other).collect()
}

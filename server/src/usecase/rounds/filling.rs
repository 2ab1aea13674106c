//! What a change of a draft makes of the others: what becomes free goes to those without a place, as the call's rule
//! has them, and the rest are told why as it is then.

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

/// Wishes that get a place, and what becomes of others.
pub(super) type Filled = (Plan, Vec<(Uuid, Outcome)>);

/// What a change makes of another wish: a place, or another reason for which it has none.
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

/// What those that have no place, and weren't taken out, get of what is free on `part` beside the plan; and why the
/// rest of them get nothing then.
///
/// # Errors
/// What doesn't fit of the plan.
pub(super) fn fill(
    round: &Round,
    told: &BTreeMap<Uuid, Told>,
    part: &Snapshot,
    now: Second,
) -> Result<Filled, Unfit> {
    let waits = told.iter().filter(|(_, told)| told.adjusted.is_none() && told.place().is_none());
    let without: BTreeSet<Uuid> = waits.map(|(wish, _)| *wish).collect();
    let (filled, mut why) = round.fill(part, result::plan(round, told), &without, now)?;
    why.retain(|(wish, outcome)| without.contains(wish) && !matches!(outcome, Outcome::Placed { .. }));
    Ok((filled, why))
}

/// What of that isn't `told` yet, in the order in which it is put on record.
pub(super) fn follows(told: &BTreeMap<Uuid, Told>, (filled, why): Filled) -> Vec<Follows> {
    let placed = filled.into_iter().map(|(wish, place)| Follows { wish, place: Some(place), outcome: None });
    let other = why
        .into_iter()
        .filter(|(wish, outcome)| told.get(wish).is_some_and(|told| !told.says(outcome)))
        .map(|(wish, outcome)| Follows { wish, place: None, outcome: Some(outcome) });
    placed.chain(other).collect()
}

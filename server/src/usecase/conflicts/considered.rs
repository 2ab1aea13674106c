//! Where else a booking could have gone that the desk moves, for the record: as it is found when it is moved.

use app::contract::Failure;
use domain::resolve;

use crate::{
    state::AppState,
    usecase::{
        booking::Loaded,
        ground,
        repair::{Cause, Considered, Kept, Planned, declined_by_owner, rescue},
    },
};

/// `plan` with the ways that there are for `booking` now, whole or in parts, by rule or with its owner's consent; where
/// none of them is what was taken, with those farther away than anybody is asked to go.
///
/// # Errors
/// The store fails.
pub(super) async fn considered(
    state: &AppState,
    booking: &Loaded,
    until: i64,
    plan: Planned,
) -> Result<Planned, Failure> {
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    let Some(first) = plan.moves.first() else { return Ok(plan) };
    // As many more as its owner has declined were shown.
    let more = declined_by_owner(state.store.read(), (booking.row.id, plan.cause)).await?.len();
    let (mut manners, mut ways) = (0, Vec::new());
    for by_rule in [true, false] {
        if let Some(one) = rescue::stranded(state, booking, (by_rule, until)).await? {
            manners += 1;
            ways.extend(rescue::ways(&ground, &one, now, more).await?.iter().map(Kept::of_way));
        }
    }
    let mut rule = resolve::rescue::RULE;
    if let Some(one) = rescue::underway(state, booking, until).await? {
        manners += 1;
        rule = resolve::onward::RULE;
        ways.extend(rescue::ways_on(&ground, &one, now, more).await?.iter().map(Kept::of_way));
    }
    if plan.cause == Cause::Rescue
        && let Some(one) = rescue::divisible(state, booking, until).await?
    {
        manners += 1;
        ways.extend(rescue::parts(&ground, &one, booking, now).await?.iter().map(Kept::of_parts));
    }
    let rest = first.rest.as_ref().map(|rest| &rest.to);
    if rest.is_some() {
        rule = resolve::parted::RULE;
    }
    if !ways.iter().any(|way| way.is(&first.to, rest))
        && let Some(one) = rescue::farther(state, booking, until).await?
    {
        manners += 1;
        ways.extend(rescue::ways(&ground, &one, now, more).await?.iter().map(Kept::of_way));
    }
    let considered = Considered::of_places(rule, (manners, ways), (&first.to, rest));
    Ok(plan.considering(considered))
}

//! A campaign that can't stay where it is, and for which there is no place as it is: others make room for it, by the
//! rule that they agreed to beforehand. Nobody else is asked for it.

use std::sync::Arc;

use app::contract::Failure;
use domain::{
    OrganisationId, Second,
    availability::Placement,
    resolve::repair::{Limits, Movable, Proposal, repair, repair_at},
};
use uuid::Uuid;

use super::{
    movables::{Movables, movables},
    plan::{Planned, PlannedMove},
    rescue,
};
use crate::{
    state::AppState,
    store::{Catalogue, Current},
    usecase::{booking::Loaded, ground, internal},
};

/// The ways to place `stranded` inside its window, or just at the `place` that is named, the least costly first; where
/// it fits as it is, that.
///
/// # Errors
/// The store fails.
pub(crate) async fn ways(
    state: &AppState,
    ground: &Current,
    stranded: &Movable,
    place: Option<&Placement>,
) -> Result<Vec<Proposal>, Failure> {
    let request = stranded.request.clone();
    // Whose it is makes no difference to whom the rule lets move.
    let Movables { mut all, .. } = movables(state, ground, &request, OrganisationId(Uuid::nil())).await?;
    all.retain(|one| !one.needs_consent && one.booking != stranded.booking);
    let policy = request.platform.map(|platform| ground::policy(&ground.catalogue, platform));
    let moves = policy.map_or(0, |policy| usize::from(policy.move_most));
    let limits = Limits { moves, consents: 0, ..Limits::default() };
    let mut snapshot = (*ground.snapshot).clone();
    snapshot.release(&stranded.held);
    let (place, now) = (place.cloned(), state.clock.now());
    let thought = tokio::task::spawn_blocking(move || match &place {
        Some(place) => repair_at(&snapshot, &request, place, &all, now, limits),
        None => repair(&snapshot, &request, &all, now, limits),
    });
    let found = thought.await.map_err(|error| internal("making room for what can't stay", &error))?;
    // What makes it impossible wherever it is put leaves no way.
    Ok(found.map(|found| found.proposals).unwrap_or_default())
}

/// The move of `booking`, the first, with those that `way` makes for it; `None` if a route isn't offered any more.
pub(crate) fn planned(
    catalogue: &Catalogue,
    booking: &Loaded,
    way: &Proposal,
    now: Second,
) -> Option<Planned> {
    let mut planned = rescue::planned(catalogue, booking, way.offer.placement.clone(), now)?;
    for one in &way.moves {
        planned.moves.push(PlannedMove {
            booking: one.booking.0,
            from: one.from.clone(),
            to: one.to.clone(),
            route: catalogue.offered(one.to.route).map(Arc::clone)?,
            agreed: false,
            rest: None,
        });
    }
    Some(planned)
}

//! A campaign that can't stay where it is, and for which there is no place as it is: others make room for it, by the
//! rule that they agreed to beforehand, or as what is the platform's own. Nobody else is asked for it.

use std::{collections::BTreeSet, sync::Arc};

use app::contract::Failure;
use domain::{
    BookingId, OrganisationId, Second,
    availability::Placement,
    resolve::repair::{Extent, Limits, Movable, Proposal, Repairs, repair, repair_at},
};
use uuid::Uuid;

use super::{
    considered::{Considered, Effort},
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
/// it fits as it is, that. With them, which bookings are the platform's own production: that moves as it decides.
///
/// # Errors
/// The store fails.
pub(crate) async fn ways(
    state: &AppState,
    ground: &Current,
    stranded: &Movable,
    place: Option<&Placement>,
) -> Result<(Repairs, BTreeSet<BookingId>), Failure> {
    let request = stranded.request.clone();
    // Whose it is makes no difference to whom the rule lets move.
    let Movables { mut all, of_platform, .. } =
        movables(state, ground, &request, (OrganisationId(Uuid::nil()), false)).await?;
    all.iter_mut().filter(|one| of_platform.contains(&one.booking)).for_each(|one| one.needs_consent = false);
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
    let none = Repairs { proposals: Vec::new(), extent: Extent::Whole, tried: 0, searches: 0 };
    Ok((found.unwrap_or(none), of_platform))
}

/// What was considered when `way` was taken of what was `found`.
pub(crate) fn considered(catalogue: &Catalogue, found: &Repairs, way: &Proposal) -> Considered {
    Considered::of_room(catalogue, (Effort::of(found, 1), true), &found.proposals, Ok(way))
}

/// The move of `booking`, the first, with those that `way` makes for it; `None` if a route isn't offered any more.
pub(crate) fn planned(
    catalogue: &Catalogue,
    booking: &Loaded,
    (way, of_platform): (&Proposal, &BTreeSet<BookingId>),
    now: Second,
) -> Option<Planned> {
    let mut planned = rescue::planned(catalogue, booking, way.offer.placement.clone(), now)?;
    for one in &way.moves {
        planned.moves.push(PlannedMove {
            booking: one.booking.0,
            from: one.from.clone(),
            to: one.to.clone(),
            route: catalogue.offered(one.to.route).map(Arc::clone)?,
            agreed: of_platform.contains(&one.booking),
            given: of_platform.contains(&one.booking),
            rest: None,
        });
    }
    Some(planned)
}

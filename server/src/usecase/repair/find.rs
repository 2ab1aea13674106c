//! Asking the kernel for repairs, outside any transaction.

use std::sync::Arc;

use app::contract::Failure;
use domain::{
    OrganisationId,
    request::Request,
    resolve::repair::{Extent, Limits, Proposal, Repairs, repair},
};

use uuid::Uuid;

use super::movables::{Movables, movables};
use crate::{
    state::AppState,
    store::Current,
    usecase::{
        ground, internal,
        refusal::{self, Audience},
    },
};

/// What was found on which state.
pub(crate) struct Found {
    pub ground: Current,
    pub proposals: Vec<Proposal>,
    /// Whether all was tried, so that no proposal means that there is none.
    pub is_whole: bool,
}

/// Repairs for `request`, as `asker` wants it, which ask for none of the bookings `except`.
pub(crate) async fn find(
    state: &AppState,
    request: &Request,
    asker: OrganisationId,
    except: &[Uuid],
) -> Result<Found, Failure> {
    let ground = ground::ground(state).await?;
    let Movables { mut all, mut are_whole } = movables(state, &ground, request, asker).await?;
    let before = all.len();
    all.retain(|one| !(one.needs_consent && except.contains(&one.booking.0)));
    are_whole &= all.len() == before;
    let (snapshot, asked, now) = (Arc::clone(&ground.snapshot), request.clone(), state.clock.now());
    // Some tens of milliseconds of thought, beside which others are answered.
    let thought =
        tokio::task::spawn_blocking(move || repair(&snapshot, &asked, &all, now, Limits::default()));
    let found = thought.await.map_err(|error| internal("looking for a repair", &error))?;
    let worded =
        |why| Failure::Refused { refusal: refusal::view(&why, Audience::Outside, &*ground.catalogue) };
    let Repairs { proposals, extent } = found.map_err(worded)?;
    Ok(Found { ground, proposals, is_whole: are_whole && extent == Extent::Whole })
}

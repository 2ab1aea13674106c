//! One place to which a booking may move, looked at before anybody agrees to what that costs.

use std::iter::once;

use app::contract::{Failure, OfferQuery, OfferView, RefusalView};
use domain::{
    availability,
    booking::{Action, transition as next},
};
use uuid::Uuid;

use super::{
    Caller, booking,
    ground::ground,
    moving,
    offers::Showing,
    placing::{self, Placing},
    refusal::{self, Audience},
    relocate,
};
use crate::{limits::Searcher, state::AppState};

/// The place that `key` names, as an offer of the search `query` for the booking `id`. It tells of the neighbours
/// what a search does, and counts as one.
///
/// # Errors
/// As [`relocate::quote`]; [`Failure::Conflict`] with ranked alternatives if the place is taken; [`Failure::Refused`]
/// with the reason `already_there` if it is the booking's own.
pub async fn destination(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    query: OfferQuery,
    key: &str,
) -> Result<OfferView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    relocate::may_move(caller, &booking, side)?;
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let ground = ground(state).await?;
    next(booking.status, Action::Move).map_err(|why| Failure::Refused {
        refusal: refusal::view(&why, Audience::Outside, &*ground.catalogue),
    })?;
    let query = OfferQuery { moving: Some(id), ..query };
    let request = moving::campaign_in(&booking, query.request()?);
    let place = Placing::of(state, member, &query, request.clone(), key).await?;
    if moving::stands_at(&booking, &place.placement) {
        return Err(Failure::Refused { refusal: RefusalView::named("already_there") });
    }
    let snapshot = moving::free(state.store.read(), &ground.snapshot, &booking).await?;
    let now = state.clock.now();
    match availability::check(&snapshot, &request, &place.placement, now) {
        Ok(offer) => {
            let showing = Showing { catalogue: &ground.catalogue, window: request.window, now };
            let mut view = showing.view(&offer, 1).ok_or(Failure::NotFound)?;
            relocate::price(state, &booking, side, once(&mut view)).await?;
            Ok(view)
        }
        Err(why) => Err(placing::refused(state, member, &query, &request, &place.wanted(), &why).await),
    }
}

//! A booking that can't stay and for which there is no place as it is: others make room for it by rule.

use app::contract::{Failure, OptionView};
use domain::{
    Second,
    availability::Placement,
    resolve::repair::{Movable, Proposal},
};

use super::{choice::Choice, moves::is_unwanted, room::others};
use crate::{
    state::AppState,
    store::Current,
    usecase::{
        booking::Loaded,
        ground,
        offer_key::OfferKey,
        place,
        repair::{Cause, Planned, among, declined_by_owner, rescue},
    },
};

/// The way with the fewest moves by rule, if there is one: at once where the booking itself may move so, else once its
/// owner agrees.
pub(super) async fn options(
    state: &AppState,
    booking: &Loaded,
    until: i64,
) -> Result<Vec<OptionView>, Failure> {
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    for by_rule in [true, false] {
        let Some(one) = rescue::stranded(state, booking, (by_rule, until)).await? else { continue };
        if let Some(option) = option(state, &ground, (booking, &one), now).await? {
            return Ok(vec![option]);
        }
    }
    Ok(Vec::new())
}

async fn option(
    state: &AppState,
    ground: &Current,
    (booking, stranded): (&Loaded, &Movable),
    now: Second,
) -> Result<Option<OptionView>, Failure> {
    let (ways, of_platform) = among::ways(state, ground, stranded, None).await?;
    let moves = |way: &&Proposal| !way.moves.is_empty() && way.offer.placement != stranded.placement;
    let Some(way) = ways.proposals.iter().find(moves) else { return Ok(None) };
    let plan = among::planned(&ground.catalogue, booking, (way, &of_platform), now);
    let Some(plan) = plan else { return Ok(None) };
    let place = &way.offer.placement;
    let mut freed = (*ground.snapshot).clone();
    freed.release(&stranded.held);
    let wanted = (&stranded.request, place);
    let (moved, changeover_minutes) = others(state, &ground.catalogue, freed, wanted, &way.moves).await?;
    let starts = |place: &Placement| place.span().map_or(0, |span| span.start);
    let asks = plan.asks();
    let of_owner = (booking.row.id, Cause::Rescue);
    let unwanted = is_unwanted(&plan, &declined_by_owner(state.store.read(), of_owner).await?);
    Ok(Some(OptionView {
        key: Choice::Among(OfferKey::of(&way.offer)).encode(),
        kind: "among".into(),
        steps: place::steps(&ground.catalogue, place),
        shift_minutes: starts(place) - starts(&stranded.placement),
        price_fen: way.offer.price_fen,
        changeover_minutes,
        moves: way.cost.moves,
        moved,
        asks: booking.company.iter().filter(|_| asks).cloned().collect(),
        declined: unwanted,
        needs_reason: unwanted && asks,
        ..OptionView::default()
    }))
}

/// What was shown, as it is found now: the booking goes to just that `place`; `None` if the rule doesn't let it go
/// there any more.
pub(super) async fn planned(
    state: &AppState,
    booking: &Loaded,
    (place, until): (&Placement, i64),
) -> Result<Option<Planned>, Failure> {
    let (ground, now) = (ground::ground(state).await?, state.clock.now());
    for by_rule in [true, false] {
        let Some(one) = rescue::stranded(state, booking, (by_rule, until)).await? else { continue };
        if !place.span().is_some_and(|span| one.request.window.holds(span)) {
            continue;
        }
        let (found, of_platform) = among::ways(state, &ground, &one, Some(place)).await?;
        if let Some(way) = found.proposals.first() {
            let considered = among::considered(&ground.catalogue, &found, way);
            let planned = among::planned(&ground.catalogue, booking, (way, &of_platform), now);
            return Ok(planned.map(|planned| planned.considering(considered)));
        }
    }
    Ok(None)
}

//! The ways in which others could make room, and what each costs them: before anybody is asked, for whoever chooses.

use app::contract::{Failure, FieldProblem, OfferQuery, RepairCostView, RoomView, field};

use super::{declined, find::find, make};
use crate::{
    limits::Searcher,
    state::AppState,
    usecase::{Caller, offers::Showing, search},
};

/// Ways shown, the least costly first.
const SHOWN: usize = 5;

/// The ways to make room in the window of `query` for the caller's company; nothing is written and nobody is asked.
/// Each is asked for by its offer's key, and decided again then.
///
/// # Errors
/// As [`make::make`], but for what only an order can be refused for.
pub async fn ways(state: &AppState, caller: &Caller, query: &OfferQuery) -> Result<Vec<RoomView>, Failure> {
    let member = caller.verified_company()?;
    if query.moving.is_some() {
        return Err(field::invalid("moving", FieldProblem::Unknown { value: "moving".into() }));
    }
    let request = search::request(state, Some(member), query).await?;
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let declined = declined::for_room(state.store.read(), member.organisation, request.window).await?;
    let mut found = find(state, &request, member.organisation, &declined).await?;
    make::admitted(state, member, &mut found).await?;
    let now = state.clock.now();
    if found.proposals.first().ok_or_else(|| make::none(found.is_whole))?.moves.is_empty() {
        return Err(make::room(&found, request.window, now));
    }
    let showing = Showing { catalogue: &found.ground.catalogue, window: request.window, now };
    let view = |(one, rank): (&domain::resolve::repair::Proposal, u32)| {
        let cost = RepairCostView {
            consents: one.cost.consents,
            moves: one.cost.moves,
            shift_minutes: one.cost.shift,
        };
        Some(RoomView { offer: showing.view(&one.offer, rank)?, cost })
    };
    Ok(found.proposals.iter().take(SHOWN).zip(1..).filter_map(view).collect())
}

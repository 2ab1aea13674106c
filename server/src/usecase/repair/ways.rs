//! The ways in which others could make room, and what each costs them: before anybody is asked, for whoever chooses.

use app::contract::{Failure, FieldProblem, OfferQuery, RepairCostView, RoomView, field};

use super::{make::look, view::days_moved};
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
/// As [`look`]; [`Failure::Unverified`], [`Failure::Invalid`], [`Failure::TooMany`].
pub async fn ways(state: &AppState, caller: &Caller, query: &OfferQuery) -> Result<Vec<RoomView>, Failure> {
    let member = caller.verified_company()?;
    if query.moving.is_some() {
        return Err(field::invalid("moving", FieldProblem::Unknown { value: "moving".into() }));
    }
    let request = search::request(state, Some(member), query).await?;
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let found = look(state, member, (&request, None)).await?;
    let catalogue = &found.ground.catalogue;
    let showing = Showing { catalogue, window: request.window, now: state.clock.now() };
    let view = |(one, rank): (&domain::resolve::repair::Proposal, u32)| {
        let cost = RepairCostView {
            consents: one.cost.consents,
            moves: one.cost.moves,
            shift_days: one.moves.iter().map(|one| days_moved(catalogue, &one.from, &one.to)).sum(),
        };
        Some(RoomView { offer: showing.view(&one.offer, rank)?, cost })
    };
    Ok(found.proposals.iter().take(SHOWN).zip(1..).filter_map(view).collect())
}

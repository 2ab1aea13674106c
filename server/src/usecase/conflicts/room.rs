//! Room that others make: who would move for it, from where to where, and what that means.

use std::{collections::BTreeSet, sync::Arc};

use app::contract::{Failure, OptionView, OtherMoveView, TextView};
use domain::{
    Minutes,
    availability::Placement,
    refusal::Refusal,
    request::Request,
    resolve::repair::{Move, Proposal},
    snapshot::Snapshot,
};

use super::{choice::Choice, moves::changeover, wish::Wish, wishes::offered};
use crate::{
    state::AppState,
    store::Catalogue,
    usecase::{
        Member,
        booking::{self, Loaded},
        holding::Holding,
        moving,
        offer_key::OfferKey,
        place,
        placing::Placing,
        refusal::{self, Audience},
        repair::{self, Planned},
    },
};

/// Room in the time that is wanted. Whoever waits has asked for nothing that others would have to agree to.
pub(super) async fn options(
    state: &AppState,
    member: &Member,
    (wish, number): (&Wish, usize),
) -> Result<Vec<OptionView>, Failure> {
    let asker = wish.firm.organisation;
    let Ok(found) = repair::find(state, (&wish.request, None), (asker, false), &wish.declined).await else {
        return Ok(Vec::new());
    };
    let catalogue = &found.ground.catalogue;
    let may = |way: &&Proposal| !way.moves.is_empty() && (wish.proposal || found.asks(way) == 0);
    let shown: Vec<&Proposal> = ways(&found.proposals).filter(may).collect();
    let mut options = Vec::with_capacity(shown.len());
    for way in shown {
        let place = &way.offer.placement;
        let Some(holding) = holding(state, catalogue, member, (wish, place)) else { continue };
        let blocked = holding.hindrance(state, catalogue).await?;
        let ground = (*found.ground.snapshot).clone();
        let (moved, changeover_minutes) =
            others(state, catalogue, ground, (&wish.request, place), &way.moves).await?;
        options.push(OptionView {
            key: Choice::Room(wish.id, found.asks(way), OfferKey::of(&way.offer)).encode(),
            kind: "room".into(),
            steps: place::steps(catalogue, place),
            price_fen: repair::price(catalogue, &holding, way),
            changeover_minutes,
            moves: way.cost.moves,
            asks: asked(&moved),
            moved,
            blocked: blocked.map(|why| refusal::view(&why, Audience::Operators, &**catalogue)),
            ..offered(wish, number)
        });
    }
    Ok(options)
}

/// The least costly way, and the one of fewer moves that more owners must agree to, if there is one.
fn ways(proposals: &[Proposal]) -> impl Iterator<Item = &Proposal> {
    let fewer = match proposals {
        [first, .., last] if last.cost.moves < first.cost.moves => Some(last),
        _ => None,
    };
    proposals.first().into_iter().chain(fewer)
}

/// The moves for just the `place` that was shown, if they need no more consent than was shown, and what it will cost,
/// in fen.
pub(super) async fn planned(
    state: &AppState,
    member: &Member,
    wish: &Wish,
    (place, consents): (&Placement, u32),
) -> Result<(Planned, i64), Failure> {
    let asker = wish.firm.organisation;
    let as_shown = |way: &Proposal, asks: u32| way.offer.placement == *place && asks == consents;
    // It was shown as one of those in all of the window, and mostly is there still, with what else there is.
    let all = repair::find(state, (&wish.request, None), (asker, false), &wish.declined).await;
    let (found, others) = match all {
        Ok(all) if all.proposals.iter().any(|way| as_shown(way, all.asks(way))) => (all, None),
        all => {
            let there = (&wish.request, Some(place));
            (repair::find(state, there, (asker, false), &wish.declined).await?, all.ok())
        }
    };
    let catalogue = &found.ground.catalogue;
    let stale =
        || Failure::Refused { refusal: refusal::view(&Refusal::Stale, Audience::Operators, &**catalogue) };
    let best = found.proposals.iter().find(|one| as_shown(one, found.asks(one)));
    let fits = |best: &&Proposal| found.asks(best) <= consents;
    let best = best.or_else(|| found.proposals.first().filter(fits)).ok_or_else(stale)?;
    let holding = holding(state, catalogue, member, (wish, place)).ok_or_else(stale)?;
    let price_fen = repair::price(catalogue, &holding, best);
    let planned = repair::planned(&found, best, holding).ok_or_else(stale)?.given(&found.of_platform);
    let considered = found.considered(others.as_ref(), Ok(best)).by_desk();
    Ok((planned.considering(considered), price_fen))
}

fn holding(
    state: &AppState,
    catalogue: &Catalogue,
    member: &Member,
    (wish, place): (&Wish, &Placement),
) -> Option<Holding> {
    let route = catalogue.offered(place.route).map(Arc::clone)?;
    let placing = Placing { request: wish.request.clone(), route, placement: place.clone() };
    Some(wish.holding((state, catalogue), member, placing, true))
}

/// The bookings that move on `ground` so that `wanted` gets its place, and the set-up before that, in minutes.
pub(super) async fn others(
    state: &AppState,
    catalogue: &Catalogue,
    mut ground: Snapshot,
    wanted: (&Request, &Placement),
    moves: &[Move],
) -> Result<(Vec<OtherMoveView>, Minutes), Failure> {
    let (read, now) = (state.store.read(), state.clock.now());
    let mut moved: Vec<(Loaded, &Move)> = Vec::with_capacity(moves.len());
    for one in moves {
        let Some(booking) = booking::load(read, one.booking.0).await? else { continue };
        ground.release(&moving::held(read, &booking).await?);
        moved.push((booking, one));
    }
    let all = moved.iter().map(|(booking, one)| (&booking.campaign.request, &one.to));
    for (request, place) in all.chain([wanted]) {
        // What has changed since is found when it is taken.
        drop(ground.put(request, place, now));
    }
    let starts = |place: &Placement| place.span().map_or(0, |span| span.start);
    let view = |(booking, one): &(Loaded, &Move)| OtherMoveView {
        booking: booking.row.id,
        reference: booking.row.reference.clone(),
        company: booking.company.clone(),
        offering_name: place::offering_name(&booking.campaign.request.offering),
        from: place::steps(catalogue, &one.from),
        to: place::steps(catalogue, &one.to),
        shift_minutes: starts(&one.to) - starts(&one.from),
        changeover_minutes: changeover(&ground, &booking.campaign.request, &one.to),
        // Its own production the platform moves as it decides.
        asked: one.needs_consent && booking.row.organisation.is_some(),
    };
    let (request, place) = wanted;
    Ok((moved.iter().map(view).collect(), changeover(&ground, request, place)))
}

/// The firms that must agree, each once, by name.
fn asked(moved: &[OtherMoveView]) -> Vec<TextView> {
    let mut told = BTreeSet::new();
    let firms = moved.iter().filter(|one| one.asked).filter_map(|one| one.company.as_ref());
    firms.filter(|name| told.insert(name.zh.as_str())).cloned().collect()
}

//! Hold: an offered place is taken for everyone else until the hold expires.

use std::sync::Arc;

use app::contract::{BookingView, Failure, HoldOrder};
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Side},
    holding::{Holding, Most},
    placing::{self, Placing},
    products,
    protocol::{self, Attempt, Stop},
    search,
    waitlist::others_first,
};
use crate::{limits::Searcher, state::AppState};

/// Holds the offer for the caller's company.
///
/// # Errors
/// [`Failure::Conflict`] with ranked alternatives if it is taken, [`Failure::Refused`] if the company has as many holds
/// as it may or the campaign can't be made there, [`Failure::Unverified`], [`Failure::Invalid`],
/// [`Failure::KeyReused`]; [`Failure::TooMany`], for it counts as a search.
pub async fn hold(
    state: &AppState,
    caller: &Caller,
    order: HoldOrder,
    key: &IdempotencyKey,
) -> Result<BookingView, Failure> {
    let member = caller.verified_company()?;
    let attempt = Attempt::new(member, key, "hold", Uuid::nil(), &order);
    attempt.once(state, carry_out(state, member, &order, &attempt)).await
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    order: &HoldOrder,
    attempt: &Attempt,
) -> Result<BookingView, Failure> {
    // An answer tells of the neighbours as much as a search does.
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let mut request = search::request(state, Some(member), &order.query).await?;
    let code = order.product_code.as_deref().unwrap_or_default();
    let product = products::of_order(state, member.organisation, code, order.query.product).await?;
    request.product = product.id;
    let placing = Placing::of(state, member, &order.query, request.clone(), &order.offer).await?;
    let (touched, wanted) = (placing.touched(), placing.wanted());
    let holding = Holding {
        company: member.organisation,
        account: member.account,
        by: Some(member.clone()),
        most: Some(Most::of(state)),
        others_first: true,
        lasts: None,
        placing,
        product,
        flexible: order.flexible,
    };
    holding.leaves_room(state).await?;
    let done = others_first(state, |others_first| {
        let work = Arc::new((Holding { others_first, ..holding.clone() }, member.clone()));
        protocol::run(state, Some(attempt), touched.clone(), move |tx, scene| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (holding, holder) = &*work;
                let booking = holding.take(tx, &scene).await?;
                Ok(booking::view(&scene.catalogue, &booking, holder, Side::Owner, scene.now))
            })
        })
    });
    match done.await {
        Ok(view) => Ok(view),
        Err(Stop::Refused(why)) => {
            Err(placing::refused(state, member, &order.query, &request, &wanted, &why).await)
        }
        Err(stop) => Err(stop.failure(|_| Failure::Busy)),
    }
}

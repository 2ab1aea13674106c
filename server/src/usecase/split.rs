//! Hold a split: two runs instead of one, both or neither.

use std::sync::Arc;

use app::contract::{Failure, FieldProblem, SplitHeld, SplitOrder, SplitPartOrder, field};
use domain::request::Request;
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

/// Holds both runs for the caller's company, in one change.
///
/// # Errors
/// [`Failure::Conflict`] with ranked alternatives for all batches if either place is taken, [`Failure::Refused`] if the
/// company hasn't two holds left or a run can't be made there, [`Failure::Unverified`], [`Failure::Invalid`],
/// [`Failure::KeyReused`]. Nothing is held then.
pub async fn hold(
    state: &AppState,
    caller: &Caller,
    order: SplitOrder,
    key: &IdempotencyKey,
) -> Result<SplitHeld, Failure> {
    let member = caller.verified_company()?;
    let attempt = Attempt::new(member, key, "hold_split", Uuid::nil(), &order);
    attempt.once(state, carry_out(state, member, &order, &attempt)).await
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    order: &SplitOrder,
    attempt: &Attempt,
) -> Result<SplitHeld, Failure> {
    if order.query.moving.is_some() {
        return Err(field::invalid("moving", FieldProblem::Unknown { value: "moving".into() }));
    }
    // As for a hold.
    state.limits.search(Searcher::Organisation(member.organisation.0))?;
    let mut request = search::request(state, Some(member), &order.query).await?;
    let [one, two] = parts(order, request.batches)?;
    let code = order.product_code.as_deref().unwrap_or_default().trim();
    if code.is_empty() && order.query.product.is_none() {
        // A product without a code goes by one booking, and these are two.
        return Err(field::invalid("product_code", FieldProblem::Missing));
    }
    let product = products::of_order(state, member.organisation, code, order.query.product).await?;
    request.product = product.id;
    let mut holdings = Vec::with_capacity(2);
    for part in [one, two] {
        let run = Request { batches: part.batches, ..request.clone() };
        let placing = match Placing::read(state, run, &part.offer).await? {
            Ok(placing) => placing,
            Err(missed) => {
                let refused =
                    placing::refused(state, member, &order.query, &request, &missed.wanted, &missed.why);
                return Err(refused.await);
            }
        };
        holdings.push(Holding {
            company: member.organisation,
            account: member.account,
            by: Some(member.clone()),
            most: Some(Most::of(state)),
            others_first: true,
            lasts: None,
            placing,
            product: product.clone(),
            flexible: order.flexible,
        });
    }
    for holding in &holdings {
        holding.leaves_room(state).await?;
    }
    let mut touched = protocol::Touched::default();
    holdings.iter().for_each(|holding| touched.widen(&holding.placing.touched()));
    let wanted = holdings[0].placing.wanted();
    let done = others_first(state, |others_first| {
        let parts = holdings.iter().map(|part| Holding { others_first, ..part.clone() });
        let work = Arc::new((parts.collect::<Vec<_>>(), member.clone()));
        protocol::run(state, Some(attempt), touched.clone(), move |tx, scene| {
            let work = Arc::clone(&work);
            Box::pin(async move {
                let (holdings, holder) = &*work;
                let held = Holding::take_both([&holdings[0], &holdings[1]], tx, &scene).await?;
                let view = |one| booking::view(&scene.catalogue, one, holder, Side::Owner, scene.now);
                Ok(SplitHeld { bookings: held.iter().map(view).collect() })
            })
        })
    });
    match done.await {
        Ok(held) => Ok(held),
        Err(Stop::Refused(why)) => {
            Err(placing::refused(state, member, &order.query, &request, &wanted, &why).await)
        }
        Err(stop) => Err(stop.failure(|_| Failure::Busy)),
    }
}

/// The two runs, which together are all `batches`.
fn parts(order: &SplitOrder, batches: u32) -> Result<[&SplitPartOrder; 2], Failure> {
    let [one, two] = order.parts.as_slice() else { return Err(field::out_of_range("parts", 2, 2)) };
    let all = u64::from(one.batches) + u64::from(two.batches);
    if one.batches == 0 || two.batches == 0 || all != u64::from(batches) {
        return Err(field::out_of_range("parts", batches, batches));
    }
    Ok([one, two])
}

//! Giving one who waits a hold, if there is a place for it now.

use std::sync::Arc;

use app::contract::Failure;
use domain::{
    OrganisationId,
    availability::{self, STARTS, SameFinish},
    refusal::Refusal,
};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::{promote::holds_given, wish};
use crate::{
    state::AppState,
    store::{
        StoreError, Tx, statement,
        tables::{organisation, waiter},
    },
    usecase::{
        Member,
        booking::Loaded,
        ground,
        holding::{Holding, Most},
        late,
        placing::Placing,
        protocol::{self, Beside, Decision, Note, Scene, Stop},
        search,
        wanted::still_wanted,
    },
};

/// How often the place found may be gone when it is to be held.
const TRIES: u32 = 3;

/// What came of an entry's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Hold,
    /// There is no place for it, or it waits no more.
    Nothing,
    /// Its firm has been given more since the order was made: others may come first by now.
    Outdated,
}

/// Gives `row` a hold; `order` is whose turn it was, first to last, for the record, made when its firm had been given
/// `had` by the rule's count.
///
/// # Errors
/// The store fails.
pub(super) async fn give(
    state: &AppState,
    row: &waiter::Model,
    (order, had): (&[Uuid], u32),
) -> Result<Given, Failure> {
    let company = organisation::Entity::find_by_id(row.organisation).one(state.store.read()).await;
    if company.map_err(StoreError::from)?.is_none_or(|company| company.verified_at.is_none()) {
        return Ok(Given::Nothing);
    }
    let wish = wish(row)?;
    let member = Member::within(row.account, OrganisationId(row.organisation));
    // What was asked for may not be on offer any more.
    let wanted = still_wanted(state, &member, &wish.query, wish.product_code.as_deref()).await?;
    let Some((request, product)) = wanted else { return Ok(Given::Nothing) };
    for _ in 0..TRIES {
        let ground = ground::ground(state).await?;
        let now = state.clock.now();
        let Ok(mut found) = availability::search(&ground.snapshot, &request, now) else {
            return Ok(Given::Nothing);
        };
        let curbs = late::for_search(state, &ground.catalogue, Some(&member), None).await?;
        found.curb(&ground.snapshot, &curbs, now);
        found.offers.cheapen(&mut SameFinish::new(&ground.snapshot, &request, &curbs, now, STARTS), 1);
        let Some(offer) = found.offers.iter().next() else { return Ok(Given::Nothing) };
        let Some(route) = ground.catalogue.offered(offer.placement.route).map(Arc::clone) else {
            return Ok(Given::Nothing);
        };
        let placing = Placing { request: request.clone(), route, placement: offer.placement };
        let touched = placing.touched();
        let gift = Arc::new(Gift {
            holding: Holding {
                company: member.organisation,
                account: member.account,
                by: None,
                most: Some(Most::of(state)),
                others_first: false,
                lasts: None,
                placing,
                product: product.clone(),
                flexible: wish.flexible,
            },
            had,
            turn: Turn { waiter: row.id, order: order.to_vec(), by: None, reason: None },
        });
        let done = protocol::run(state, None, touched, move |tx, scene| {
            let gift = Arc::clone(&gift);
            Box::pin(async move { gift.give(tx, &scene).await })
        });
        match done.await {
            Ok(()) => return Ok(Given::Hold),
            Err(Stop::OthersFirst) => return Ok(Given::Outdated),
            // Somebody was quicker: look again.
            Err(Stop::Refused(why)) if search::is_taken(&why) => {}
            // The firm has its hands full or has just given up one more late, or the entry has left the list meanwhile.
            Err(
                Stop::Refused(
                    Refusal::TooManyHolds { .. }
                    | Refusal::TooManyUnconfirmed { .. }
                    | Refusal::UseOrLose { .. },
                )
                | Stop::Failed(Failure::NotFound),
            ) => return Ok(Given::Nothing),
            Err(stop) => return Err(stop.failure(|_| Failure::Busy)),
        }
    }
    Ok(Given::Nothing)
}

struct Gift {
    holding: Holding,
    /// What its firm had been given when the turns were reckoned.
    had: u32,
    turn: Turn,
}

impl Gift {
    async fn give(&self, tx: &Tx<'_>, scene: &Scene) -> Result<(), Stop> {
        // Gifts to one firm come one after the other: of two runs through the list none gives it a second hold that the
        // other would have given somebody else.
        let firm = self.holding.company;
        late::queue(tx, firm.0).await?;
        if holds_given(tx, Some(firm), scene.now).await?.get(&firm.0).is_some_and(|given| *given > self.had) {
            return Err(Stop::OthersFirst);
        }
        let holding = self.holding.where_offered(&scene.catalogue, scene.now);
        let booking = holding.take(tx, scene).await?;
        self.turn.given(tx, scene, &booking).await
    }
}

/// That an entry of the list got a hold.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    pub waiter: Uuid,
    /// Whose turn it was, first to last, for the record.
    pub order: Vec<Uuid>,
    /// Who gave it; `None`: the system, by the rule.
    pub by: Option<Member>,
    /// Why, if it wasn't its turn.
    pub reason: Option<String>,
}

impl Turn {
    /// Takes the entry off the list for `booking`, and tells its firm.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if it has left the list, or got another one.
    pub async fn given(&self, tx: &Tx<'_>, scene: &Scene, booking: &Loaded) -> Result<(), Stop> {
        let sql = "UPDATE waiter SET booking = ?, given_at = ? WHERE id = ? AND booking IS NULL AND closed_at IS NULL";
        let values = [booking.row.id.into(), scene.now.into(), self.waiter.into()];
        if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
            return Err(Failure::NotFound.into());
        }
        // About the list, not a step of the booking's life, which its client reads: others are named in it.
        let decision = Decision {
            by: self.by.as_ref(),
            booking: None,
            action: "give_hold",
            inputs: json!({ "order": self.order, "reason": self.reason }),
            rule: domain::resolve::waiting::RULE,
            versions: &scene.versions(),
            outcome: json!({ "waiter": self.waiter, "booking": booking.row.id }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        let note = Note {
            kind: "hold_given".into(),
            to: booking.row.organisation.into_iter().collect(),
            booking: Some(booking.row.id),
            reference: Some(booking.row.reference.clone()),
            reason: None,
        };
        protocol::tell_with(tx, &note, &Beside::place(booking), scene.now).await
    }
}

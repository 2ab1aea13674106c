//! Approve: the platform confirms a request. The policy in force is copied into the booking and counts from then on.

use app::contract::{BookingView, Failure, RefusalView, ReviewOrder};
use async_trait::async_trait;
use domain::{PlatformId, RouteId, booking::Action, refusal::Refusal};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded},
    ground,
    protocol::{Attempt, Beside, Scene, Stop, Touched},
    recheck::recheck,
    transition::{self, Change, Made},
    unmet::{LICENCES, unmet},
    verified::verified,
};
use crate::{
    state::AppState,
    store::{StoreError, Tx},
};

/// Approves a request. What it lacks of agreements, materials and evidence is approved for the reason that `order`
/// gives alone, which both sides read; licences that it calls for must be there.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] while the hazards aren't confirmed, where it
/// lacks something and no reason is given, for a company that isn't verified any more, once the reply is overdue, if
/// by the rules as they are now the campaign can't run there any more, and with the reason `booking_changed` where
/// `order` was given on another state of the booking.
pub async fn approve(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &ReviewOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "approve", id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let despite = transition::reason(&order.reason)?;
        let change = Approve { by: "operator", despite, version: order.version };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

/// Approves what is requested.
pub(crate) struct Approve {
    /// `operator`, or `policy`.
    pub by: &'static str,
    /// Why it is approved though something is lacking.
    pub despite: Option<String>,
    /// Of the state that was looked at.
    pub version: Option<i64>,
}

impl Approve {
    /// What of the request isn't met and approved all the same, with the reason for that.
    fn lacking(&self, booking: &Loaded) -> Result<(Vec<String>, Option<String>), Failure> {
        let lacks = unmet(booking);
        let refused = |name: &str, lacks: &[String]| {
            let refusal = RefusalView::named(name);
            let refusal = lacks.iter().fold(refusal, |refusal, check| refusal.with("check", check));
            Failure::Refused { refusal }
        };
        if lacks.iter().any(|check| check == LICENCES) {
            return Err(refused("licences_missing", &[]));
        }
        match &self.despite {
            None if !lacks.is_empty() => Err(refused("request_lacks", &lacks)),
            // Where nothing is lacking there is nothing to give a reason for.
            despite => Ok((lacks.clone(), despite.clone().filter(|_| !lacks.is_empty()))),
        }
    }
}

#[async_trait]
impl Change for Approve {
    fn action(&self) -> Action {
        Action::Approve
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        transition::as_shown(booking, self.version)?;
        if booking.row.hazards_confirmed_at.is_none() {
            return Err(Refusal::HazardsUnconfirmed.into());
        }
        let (lacking, despite) = self.lacking(booking)?;
        if let Some(company) = booking.row.organisation {
            verified(tx, company).await?;
        }
        // What was right when it was held may have been withdrawn since: an approval, a media fill, a capability.
        let route = scene.catalogue.route(RouteId(booking.row.route)).ok_or(Failure::NotFound)?;
        let mut touched = Touched::default();
        for (step, piece) in route.steps.iter().zip(&booking.steps) {
            step.uses.iter().for_each(|share| touched.pool(share.pool, piece.interval));
        }
        scene.covers(&touched)?;
        recheck(tx, &scene.snapshot(route), booking, scene.now).await??;
        let policy = ground::policy(&scene.catalogue, PlatformId(booking.row.platform));
        let document = serde_json::to_string(&*policy);
        booking.row.policy = Some(document.map_err(|error| StoreError::document("a policy", &error))?);
        booking.row.reply_by = None;
        // Its firm could withdraw from wherever others had moved it, and agrees to that place with this.
        booking.renew_notice();
        booking.row.confirmed_at.get_or_insert(scene.now);
        scene.keep_until(tx, booking, None).await?;
        let mut inputs = json!({ "policy": policy.version, "by": self.by });
        if !lacking.is_empty() {
            inputs["lacking"] = json!(lacking);
        }
        let reservation_fen = policy.reservation_fee(booking.row.price_fen);
        // With itself a platform settles nothing.
        let due_fen = booking.row.organisation.map(|_| reservation_fen).filter(|fen| *fen > 0);
        Ok(Made {
            inputs,
            outcome: json!({ "reservation_fen": reservation_fen }),
            reason: despite,
            beside: Beside { due_fen, ..Beside::default() },
            ..Made::default()
        })
    }
}

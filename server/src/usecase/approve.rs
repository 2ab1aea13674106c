//! Approve: the platform confirms a request. The policy in force is copied into the booking and counts from then on.

use app::contract::{BookingView, Failure};
use async_trait::async_trait;
use domain::{PlatformId, RouteId, booking::Action, refusal::Refusal};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded},
    ground,
    protocol::{Attempt, Scene, Stop, Touched},
    recheck::recheck,
    transition::{self, Change, Made},
    verified::verified,
};
use crate::{
    state::AppState,
    store::{StoreError, Tx},
};

/// Approves a request.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`], [`Failure::Refused`] while the hazards aren't confirmed, for a
/// company that isn't verified any more, once the reply is overdue, or if by the rules as they are now the campaign
/// can't run there any more.
pub async fn approve(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    caller.operates(PlatformId(booking.row.platform))?;
    let attempt = key.map(|key| Attempt::new(member, key, "approve", id, &()));
    Attempt::maybe_once(
        attempt.as_ref(),
        state,
        transition::carry_out(state, member, side, &booking, Approve { by: "operator" }, attempt.as_ref()),
    )
    .await
}

/// Approves what is requested.
pub(crate) struct Approve {
    /// `operator`, or `policy`.
    pub by: &'static str,
}

#[async_trait]
impl Change for Approve {
    fn action(&self) -> Action {
        Action::Approve
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if booking.row.hazards_confirmed_at.is_none() {
            return Err(Refusal::HazardsUnconfirmed.into());
        }
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
        booking.row.confirmed_at.get_or_insert(scene.now);
        scene.keep_until(tx, booking, None).await?;
        Ok(Made {
            inputs: json!({ "policy": policy.version, "by": self.by }),
            outcome: json!({ "reservation_fen": policy.reservation_fee(booking.row.price_fen) }),
            ..Made::default()
        })
    }
}

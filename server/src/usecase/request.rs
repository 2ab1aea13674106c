//! Request: a held booking goes to the platform, with all that it needs to answer.

use app::contract::{BookingView, Complaints, Failure, FieldProblem, Opened, RequestDetails, field};
use async_trait::async_trait;
use domain::{
    OrganisationId,
    booking::{Action, Status},
    refusal::Refusal,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Loaded, SavedBy, Side},
    ground, products,
    protocol::{Attempt, Scene, Stop, Touched},
    transition::{self, Change, Made},
};
use crate::{state::AppState, store::Tx};

/// Sends a held booking as a request.
///
/// # Errors
/// [`Failure::Invalid`] names the field that is missing or wrong; [`Failure::Refused`] if it isn't held any more.
pub async fn send(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    (details, opened): (&RequestDetails, Option<Opened>),
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let member = caller.verified_company()?;
    let (booking, _, side) = booking::visible(state, caller, id).await?;
    let attempt = key.map(|key| Attempt::new(member, key, "request", id, details));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let request = &booking.campaign.request;
        let mut complaints = Complaints::default();
        let whole = complaints.hear(details.complete(&request.hazards, request.gmp));
        // Whatever else is wrong, these are told with it; of what isn't held any more, only that.
        let now = state.clock.now();
        let is_held =
            booking.status == Status::Held && booking.row.hold_expires_at.is_some_and(|at| now < at);
        if is_held && details.storage.trim() != "none" {
            let _ = complaints.hear(booking.in_time(details.materials_on.trim(), now));
        }
        let named = complaints.hear(nameable(state, &booking, &details.product_code).await);
        complaints.in_order(RequestDetails::FIELDS).answer()?;
        named?;
        let details = whole?;
        let send = Send { details, opened };
        transition::carry_out(state, member, side, &booking, send, attempt.as_ref()).await
    })
    .await
}

struct Send {
    details: RequestDetails,
    opened: Option<Opened>,
}

#[async_trait]
impl Change for Send {
    fn action(&self) -> Action {
        Action::Request
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        unchanged(booking, &self.details, self.opened.as_ref())?;
        name_product(tx, booking, &self.details.product_code).await?;
        let policy = ground::policy(&scene.catalogue, domain::PlatformId(booking.row.platform));
        let due = scene.catalogue.holidays.deadline(scene.now.div_euclid(60), policy.reply_working_days);
        let reply_by = due.min(booking.first_start()) * 60;
        if reply_by <= scene.now {
            return Err(Refusal::HoldExpired.into());
        }
        booking.campaign.details = self.details.clone();
        booking.date_materials();
        booking.row.reply_by = Some(reply_by);
        booking.row.requested_at.get_or_insert(scene.now);
        booking.row.hold_expires_at = None;
        scene.keep_until(tx, booking, Some(reply_by)).await?;
        Ok(Made {
            inputs: json!({ "details": self.details }),
            outcome: json!({ "reply_by": reply_by }),
            ..Made::default()
        })
    }
}

/// Whether the product has a code of the client's or can have this one, as far as that is known before the lock.
pub(super) async fn nameable(state: &AppState, booking: &Loaded, code: &str) -> Result<(), Failure> {
    let code = field::line("product_code", code, products::CODE)?;
    match (&booking.product_code, booking.row.organisation) {
        (Some(known), _) if code.is_empty() || code == *known => Ok(()),
        (Some(_), _) => Err(field::unknown("product_code", &code)),
        (None, _) if code.is_empty() => Err(field::invalid("product_code", FieldProblem::Missing)),
        (None, Some(company)) => products::refuse_known(state, OrganisationId(company), &code).await,
        (None, None) => Ok(()),
    }
}

/// The product must have a code of the client's by now.
pub(super) async fn name_product(tx: &Tx<'_>, booking: &mut Loaded, code: &str) -> Result<(), Stop> {
    let problem = match (&booking.product_code, code) {
        (Some(known), code) if code.is_empty() || code == known => return Ok(()),
        (Some(_), code) => return Err(field::unknown("product_code", code).into()),
        (None, "") => FieldProblem::Missing,
        (None, code) => {
            if products::rename(tx, booking.row.product, &booking.row.reference, code).await? {
                booking.product_code = Some(code.to_owned());
                return Ok(());
            }
            // The company has a product of this code: had it been named when searching, less set-up might do.
            FieldProblem::Taken
        }
    };
    Err(field::invalid("product_code", problem).into())
}

/// Refuses what was made from another draft than the one that is saved: it would take back what a colleague, or one's
/// own other window, has saved since. What the same form has saved is its own, though the answer to that may have been
/// lost on its way; and what says the same takes nothing back.
pub(super) fn unchanged(
    booking: &Loaded,
    details: &RequestDetails,
    opened: Option<&Opened>,
) -> Result<(), Failure> {
    let Some(opened) = opened else { return Ok(()) };
    let (saved, last) = (&booking.campaign.details, booking.campaign.saved_by.as_ref());
    let own = last.is_some_and(|last| last.is_before(opened));
    if own || opened.known == saved.mark() || saved == details {
        return Ok(());
    }
    Err(Failure::refused("draft_changed"))
}

/// Saves what is filled in while the hold lasts; it may be partial. `opened` says from which draft it was made; `None`:
/// from any.
///
/// # Errors
/// [`Failure::Invalid`] names the field that is wrong; [`Failure::Refused`] if the booking isn't held any more,
/// or with the reason `draft_changed`.
pub async fn save(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    (details, opened): (&RequestDetails, Option<Opened>),
) -> Result<BookingView, Failure> {
    let member = caller.company()?;
    let (booking, _, side) = booking::visible(state, caller, id).await?;
    let details = details.checked()?;
    let catalogue = ground::catalogue(state).await?;
    let now = state.clock.now();
    let saved = super::protocol::run(state, None, Touched::default(), move |tx, scene| {
        let (details, opened) = (details.clone(), opened.clone());
        Box::pin(async move {
            let mut booking = booking::load(tx, id).await?.ok_or(Failure::NotFound)?;
            let held = booking.status == Status::Held;
            if !held || booking.row.hold_expires_at.is_some_and(|expiry| expiry <= scene.now) {
                return Err(Refusal::WrongState { status: booking.status, action: Action::Request }.into());
            }
            unchanged(&booking, &details, opened.as_ref())?;
            booking.campaign.details = details;
            booking.campaign.saved_by = opened.and_then(SavedBy::of);
            booking::save(tx, &booking, Status::Held).await?;
            Ok(booking.campaign.details)
        })
    });
    let saved = saved.await.map_err(|stop| {
        stop.failure(|why| Failure::Refused {
            refusal: super::refusal::view(&why, super::refusal::Audience::Outside, &*catalogue),
        })
    })?;
    let mut booking = booking;
    booking.campaign.details = saved;
    debug_assert_eq!(side, Side::Owner);
    Ok(booking::view(&catalogue, &booking, member, side, now))
}

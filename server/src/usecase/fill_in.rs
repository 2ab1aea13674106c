//! Fill in: what a request lacks that an operator booked on the phone, or for own production. Its firm can, and so can
//! the platform's operators, until it is approved. What a firm has sent itself is whole, and says what it says.

use app::contract::{BookingView, Complaints, Failure, Opened, RequestDetails};
use domain::{
    PlatformId, Second,
    booking::{Action, Status},
    calendar::DAY_SECONDS,
    refusal::Refusal,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Loaded, SavedBy, Side},
    ground,
    protocol::{self, Attempt, Decision, Note, Stop, Touched},
    refusal::{self, Audience},
    request::{name_product, nameable, unchanged},
    unmet::unmet,
};
use crate::{
    state::AppState,
    store::{Tx, statement},
};

/// What it is called among a booking's actions, and on record.
pub(crate) const ACTION: &str = "fill_in";
/// What is filled in so soon, in seconds, after the other side was told is told with that: whoever saves a form in
/// parts isn't refused, nor the other side told of each.
const TOLD_WITH: Second = 60 * 60;
/// So often within 24 hours it is told that nothing is missing any more, however soon after the last.
const WHOLE: usize = 5;

/// Whether `member` may fill in what `booking` says.
pub(crate) fn may(booking: &Loaded, member: &Member, side: Side) -> bool {
    is_open(booking) && (side == Side::Owner || member.operates())
}

/// Only what an operator booked waits without a deadline.
fn is_open(booking: &Loaded) -> bool {
    booking.status == Status::Requested && booking.row.reply_by.is_none()
}

/// Saves what is filled in; it may be partial. Where the evidence or a licence is another than quality assurance has
/// looked at, its confirmation counts no more. What is so already changes nothing, and nobody is told. Of the rest the
/// other side is told at once, but of what the same side fills in within an hour after that only where nothing is
/// missing any more, or quality assurance has to look again.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Forbidden`] but for the owner and the platform's operators; [`Failure::Invalid`]
/// names every field that is wrong; [`Failure::Refused`] for what a firm has sent itself or what is decided, and with
/// the reason `draft_changed`.
pub async fn fill_in(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    (details, opened): (&RequestDetails, Option<Opened>),
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    match side {
        Side::Owner => caller.verified_company()?,
        Side::Platform => caller.operates(PlatformId(booking.row.platform))?,
    };
    let attempt = key.map(|key| Attempt::new(member, key, ACTION, id, details));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let mut complaints = Complaints::default();
        let checked = complaints.hear(details.checked());
        if details.storage.trim() != "none" {
            let _ = complaints.hear(booking.in_time(details.materials_on.trim(), state.clock.now()));
        }
        if !details.product_code.trim().is_empty() {
            let _ = complaints.hear(nameable(state, &booking, &details.product_code).await);
        }
        complaints.in_order(RequestDetails::FIELDS).answer()?;
        let filled = Filled { id, side, details: checked?, opened };
        let catalogue = ground::catalogue(state).await?;
        let member = member.clone();
        let done = protocol::run(state, attempt.as_ref(), Touched::default(), move |tx, scene| {
            let (filled, member) = (filled.clone(), member.clone());
            Box::pin(async move { filled.save(tx, &scene, &member).await })
        });
        let audience = if side == Side::Platform { Audience::Operators } else { Audience::Outside };
        done.await.map_err(|stop| {
            stop.failure(|why| Failure::Refused { refusal: refusal::view(&why, audience, &*catalogue) })
        })
    })
    .await
}

#[derive(Clone)]
struct Filled {
    id: Uuid,
    side: Side,
    details: RequestDetails,
    opened: Option<Opened>,
}

impl Filled {
    async fn save(&self, tx: &Tx<'_>, scene: &protocol::Scene, member: &Member) -> Result<BookingView, Stop> {
        let mut booking = booking::load(tx, self.id).await?.ok_or(Failure::NotFound)?;
        if !is_open(&booking) {
            return Err(Refusal::WrongState { status: booking.status, action: Action::Request }.into());
        }
        unchanged(&booking, &self.details, self.opened.as_ref())?;
        let lacked = !unmet(&booking).is_empty();
        let unnamed = booking.product_code.is_none();
        if !self.details.product_code.is_empty() {
            name_product(tx, &mut booking, &self.details.product_code).await?;
        }
        let named = unnamed && booking.product_code.is_some();
        // The same day for materials is news where it was said of another start.
        let dates = booking.materials_before_move();
        if !named && !dates && booking.campaign.details == self.details {
            return Ok(booking::view(&scene.catalogue, &booking, member, self.side, scene.now));
        }
        let to = match self.side {
            Side::Owner => Some(booking.row.platform),
            Side::Platform => booking.row.organisation,
        };
        let unseen = evidence(&booking.campaign.details) != evidence(&self.details);
        let again = unseen && booking.row.hazards_confirmed_at.is_some();
        if again {
            booking.row.hazards_confirmed_by = None;
            booking.row.hazards_confirmed_at = None;
            booking.campaign.hazard_note = None;
        }
        booking.campaign.details = self.details.clone();
        booking.date_materials();
        booking.campaign.saved_by = self.opened.clone().and_then(SavedBy::of);
        let is_whole = lacked && unmet(&booking).is_empty();
        let told = again || is_news(tx, self.id, member, is_whole, scene.now).await?;
        booking::save(tx, &booking, Status::Requested).await?;
        let decision = Decision {
            by: Some(member),
            booking: Some(self.id),
            action: ACTION,
            inputs: json!({ "details": self.details }),
            rule: "transition/1",
            versions: &scene.versions(),
            outcome: json!({ "status": Status::Requested, "confirm_hazards_again": again, "told": told }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        if let Some(to) = to.filter(|_| told) {
            let note = Note {
                kind: "request_filled_in".into(),
                to: vec![to],
                booking: Some(self.id),
                reference: Some(booking.row.reference.clone()),
                reason: None,
            };
            protocol::tell(tx, &note, scene.now).await?;
        }
        booking.row.version += 1;
        Ok(booking::view(&scene.catalogue, &booking, member, self.side, scene.now))
    }
}

/// Whether the side of `member` has anything to tell the other by filling in `booking` once more: the first time, and
/// again once an hour has passed since it told the last, or since nothing is missing any more (`is_whole`).
async fn is_news(
    tx: &Tx<'_>,
    booking: Uuid,
    member: &Member,
    is_whole: bool,
    now: Second,
) -> Result<bool, Stop> {
    let sql = "SELECT at FROM decision WHERE booking = ? AND action = ? AND side = ? AND at > ? \
               AND outcome NOT LIKE '%\"told\":false%'";
    let values = [booking.into(), ACTION.into(), member.kind.word().into(), (now - DAY_SECONDS).into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    let told = rows.iter().map(|row| row.try_get("", "at")).collect::<Result<Vec<Second>, _>>()?;
    let lately = told.iter().any(|at| *at > now - TOLD_WITH);
    Ok(!lately || is_whole && told.len() < WHOLE)
}

/// What quality assurance looks at.
fn evidence(details: &RequestDetails) -> [&str; 5] {
    [
        &details.oel,
        &details.pde,
        &details.controlled_licence,
        &details.genetic_licence,
        &details.biosafety_licence,
    ]
}

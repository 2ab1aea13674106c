//! The day on which materials arrive, changed by whoever sends them: a campaign that has moved needs them sooner, or
//! has time. The rest of what was sent says what it says.

use app::contract::{BookingView, Failure, MaterialsOrder, field};
use domain::{
    Second,
    booking::{Action, Status},
    refusal::Refusal,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Loaded, Side},
    ground, often,
    protocol::{self, Attempt, Decision, Note, Stop, Touched},
    refusal::{self, Audience},
};
use crate::{state::AppState, store::Tx};

/// What it is called among a booking's actions, and on record.
pub(crate) const ACTION: &str = "change_materials";
/// What more changes than the platform has to read within a day are refused as.
const OFTEN: &str = "materials_often";

/// Whether whoever looks at `booking` from `side` may name another day.
pub(crate) fn may(booking: &Loaded, side: Side, now: Second) -> bool {
    side == Side::Owner && is_open(booking, now)
}

/// Asked for or confirmed, not begun, and with materials that are stored at all.
fn is_open(booking: &Loaded, now: Second) -> bool {
    let details = &booking.campaign.details;
    let lapsed = booking.row.reply_by.is_some_and(|by| by <= now);
    matches!(booking.status, Status::Requested | Status::Confirmed)
        && !lapsed
        && booking.first_start() * 60 > now
        && !details.materials_on.is_empty()
        && details.storage != "none"
}

/// Changes the day and tells the platform. Where it is the day already, and was said of where the campaign stands,
/// nothing changes, and nobody is told.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Forbidden`] but for the owner; [`Failure::Invalid`] for a day that can't be read,
/// on which the first step has begun before, or which would leave nothing to move in of the plan window;
/// [`Failure::Refused`] of what isn't asked for yet, or has begun, and
/// with the reason `materials_often` once it was changed often enough for a day.
pub async fn change(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &MaterialsOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    if side != Side::Owner {
        return Err(Failure::Forbidden);
    }
    let attempt = key.map(|key| Attempt::new(member, key, ACTION, id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let day = field::plant_day("materials_on", &order.materials_on)?.to_string();
        booking.in_time(&day, state.clock.now())?;
        let catalogue = ground::catalogue(state).await?;
        let member = member.clone();
        let done = protocol::run(state, attempt.as_ref(), Touched::default(), move |tx, scene| {
            let (day, member) = (day.clone(), member.clone());
            Box::pin(async move { save(tx, &scene, &member, id, &day).await })
        });
        done.await.map_err(|stop| {
            stop.failure(|why| Failure::Refused {
                refusal: refusal::view(&why, Audience::Outside, &*catalogue),
            })
        })
    })
    .await
}

async fn save(
    tx: &Tx<'_>,
    scene: &protocol::Scene,
    member: &Member,
    id: Uuid,
    day: &str,
) -> Result<BookingView, Stop> {
    let mut booking = booking::load(tx, id).await?.ok_or(Failure::NotFound)?;
    if !is_open(&booking, scene.now) {
        return Err(Refusal::WrongState { status: booking.status, action: Action::Answer }.into());
    }
    // It may have moved meanwhile.
    booking.in_time(day, scene.now)?;
    // The same day is news where it was said of another start.
    let dates = booking.materials_before_move();
    let before = std::mem::replace(&mut booking.campaign.details.materials_on, day.to_owned());
    if before != day || dates {
        booking.date_materials();
        often::rarely_decided(tx, (id, ACTION, OFTEN), member, scene.now).await?;
        booking::save(tx, &booking, booking.status).await?;
        booking.row.version += 1;
        let decision = Decision {
            by: Some(member),
            booking: Some(id),
            action: ACTION,
            inputs: json!({ "reason": day, "before": before }),
            rule: "transition/1",
            versions: &scene.versions(),
            outcome: json!({ "status": booking.status }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        let note = Note {
            kind: "materials_changed".into(),
            to: vec![booking.row.platform],
            booking: Some(id),
            reference: Some(booking.row.reference.clone()),
            reason: Some(day.to_owned()),
        };
        protocol::tell(tx, &note, scene.now).await?;
    }
    Ok(booking::view(&scene.catalogue, &booking, member, Side::Owner, scene.now))
}

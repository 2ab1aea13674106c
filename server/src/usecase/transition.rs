//! What every change to an existing booking has in common: look, authorise, lock its lines, look again, change, record,
//! tell the other side. The use cases say only what is theirs.

use std::sync::Arc;

use app::contract::{BookingView, Failure, RefusalView, field};
use async_trait::async_trait;
use domain::{
    PlatformId, Second,
    booking::{Action, Status, transition},
    refusal::Refusal,
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    Member,
    approve::Approve,
    booking::{self, Loaded, Side},
    ground,
    protocol::{self, Attempt, Beside, Decision, Effects, Lapsed, Note, Scene, Stop, Touched},
    refusal::{self, Audience},
    repair, resale,
    verified::is_verified,
    words::word,
};
use crate::{state::AppState, store::Tx};

/// Longest reason, in characters.
const REASON: u32 = 1000;

/// One kind of change.
#[async_trait]
pub(crate) trait Change: Send + Sync + 'static {
    fn action(&self) -> Action;

    /// Whether rows of lines change, so that the lines must be locked.
    fn touches_lines(&self) -> bool {
        true
    }

    /// Checks what is particular to it and changes `booking`. `status` is what it leads to. Rows of the booking are
    /// released by the effects; whether its steps leave them follows from the status.
    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop>;
}

/// What a change came to.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub effects: Effects,
    /// What the decision was made on, for the record.
    pub inputs: Json,
    pub outcome: Json,
    /// In words, for the other side.
    pub reason: Option<String>,
    /// What else it reads.
    pub beside: Beside,
    /// New steps, of a move.
    pub steps: Vec<booking::NewStep>,
    /// It is so already: nothing is written, and nobody is told again.
    pub is_so: bool,
}

/// Carries out `change` on a booking that `member` may see from `side` and may change.
pub(crate) async fn carry_out(
    state: &AppState,
    member: &Member,
    side: Side,
    booking: &Loaded,
    change: impl Change,
    attempt: Option<&Attempt>,
) -> Result<BookingView, Failure> {
    let touched = Touched::default();
    let done = attempt_change(state, member, side, booking, change, attempt, touched).await;
    let catalogue = ground::known_catalogue(state).await?;
    let audience = if side == Side::Platform { Audience::Operators } else { Audience::Outside };
    done.map_err(|stop| {
        stop.failure(|why| Failure::Refused { refusal: refusal::view(&why, audience, &*catalogue) })
    })
}

/// The same, for those who touch `more` than the booking, and have more to say about a refusal.
pub(crate) async fn attempt_change(
    state: &AppState,
    member: &Member,
    side: Side,
    booking: &Loaded,
    change: impl Change,
    attempt: Option<&Attempt>,
    more: Touched,
) -> Result<BookingView, Stop> {
    let mut touched = more;
    if change.touches_lines() {
        touched.widen(&held(state, booking.row.id).await?);
    }
    let (id, platform) = (booking.row.id, PlatformId(booking.row.platform));
    let company = booking.row.organisation;
    let (member, change) = (member.clone(), Arc::new(change));
    let done = protocol::run(state, attempt, touched, move |tx, scene| {
        let (member, change) = (member.clone(), Arc::clone(&change));
        Box::pin(async move {
            let view = one(tx, &scene, id, &member, side, &*change).await?;
            let policy = ground::policy(&scene.catalogue, platform);
            if !policy.auto_confirm || !awaits_nobody(change.action(), &view) {
                return Ok(view);
            }
            if let Some(company) = company
                && !is_verified(tx, company).await?
            {
                // Whether it is confirmed all the same, once it is verified again, an operator says.
                return Ok(view);
            }
            let by_policy = Approve { by: "policy", despite: None, version: None };
            one(tx, &scene.swept(), id, &member, side, &by_policy).await
        })
    });
    done.await
}

/// Whether `action` has left a request to which only an operator's yes is missing. Whether what it lacks matters, an
/// operator says.
fn awaits_nobody(action: Action, booking: &BookingView) -> bool {
    matches!(action, Action::Request | Action::ConfirmHazards)
        && booking.status == Status::Requested.name()
        && booking.hazards_confirmed
        && booking.unmet.is_empty()
}

/// Lines and pools that a booking holds now.
async fn held(state: &AppState, booking: Uuid) -> Result<Touched, Failure> {
    let read = state.store.read();
    let rows = Lapsed::one(read, booking).await?;
    let rows: Vec<Lapsed> = rows.into_iter().collect();
    Ok(Lapsed::touched(read, &rows).await?)
}

async fn one(
    tx: &Tx<'_>,
    scene: &Scene,
    id: Uuid,
    member: &Member,
    side: Side,
    change: &dyn Change,
) -> Result<BookingView, Stop> {
    let mut booking = booking::load(tx, id).await?.ok_or(Failure::NotFound)?;
    let action = change.action();
    let next = transition(booking.status, action)?;
    if is_over(&booking, scene.now) {
        return Err(Refusal::HoldExpired.into());
    }
    if change.touches_lines() {
        locked(scene, &booking)?;
    }
    // What is asked about it comes before the booking, as for whoever answers.
    repair::moot(tx, scene, member, (id, action)).await?;
    let before = booking.status;
    let made = change.make(tx, scene, &mut booking).await?;
    if made.is_so {
        return Ok(booking::view(&scene.catalogue, &booking, member, side, scene.now));
    }
    booking::save(tx, &booking, next).await?;
    made.effects.apply(tx, scene).await?;
    if !made.steps.is_empty() {
        booking::insert_steps(tx, &mut booking.row, next, &made.steps).await?;
    }
    if next == Status::Confirmed {
        resale::settle(tx, scene, &booking).await?;
    }
    let mut outcome = json!({ "from": before, "status": next });
    merge(&mut outcome, made.outcome);
    let mut inputs = made.inputs;
    if let Some(reason) = &made.reason {
        merge(&mut inputs, json!({ "reason": reason }));
    }
    let decision = Decision {
        by: Some(member),
        booking: Some(id),
        action: &word(action),
        inputs,
        rule: "transition/1",
        versions: &scene.versions(),
        outcome,
    };
    protocol::decide(tx, decision, scene.now).await?;
    let to = match side {
        Side::Owner => Some(booking.row.platform),
        Side::Platform => booking.row.organisation,
    };
    if let Some(to) = to {
        let note = Note {
            kind: kind(action).into(),
            to: vec![to],
            booking: Some(id),
            reference: Some(booking.row.reference.clone()),
            reason: made.reason,
        };
        protocol::tell_with(tx, &note, &made.beside, scene.now).await?;
    }
    booking.row.version += 1;
    next.name().clone_into(&mut booking.row.status);
    booking.status = next;
    Ok(booking::view(&scene.catalogue, &booking, member, side, scene.now))
}

/// Whether the booking's time has run out, though nobody has released it yet.
fn is_over(booking: &Loaded, now: Second) -> bool {
    let due = match booking.status {
        Status::Held => booking.row.hold_expires_at,
        Status::Requested => booking.row.reply_by,
        _ => None,
    };
    due.is_some_and(|due| due <= now)
}

/// A move in between may have put the booking on lines that aren't locked: lock those too.
fn locked(scene: &Scene, booking: &Loaded) -> Result<(), Stop> {
    let mut touched = Touched::default();
    for piece in booking.live() {
        let known = scene.lines.get(&piece.line).and_then(|line| line.row(piece.occupancy));
        if known.is_none() {
            touched.line(piece.line, piece.interval);
        }
    }
    if touched == Touched::default() { Ok(()) } else { Err(Stop::Widen(touched)) }
}

fn merge(into: &mut Json, more: Json) {
    if into.is_null() {
        *into = json!({});
    }
    if let (Some(into), Json::Object(more)) = (into.as_object_mut(), more) {
        into.extend(more);
    }
}

/// What the note to the other side is called.
pub(crate) const fn kind(action: Action) -> &'static str {
    match action {
        Action::Hold => "booking_held",
        Action::Request => "booking_requested",
        Action::Ask => "question_asked",
        Action::Answer => "question_answered",
        Action::ConfirmHazards => "hazards_confirmed",
        Action::RecallHazards => "hazards_recalled",
        Action::Approve => "booking_confirmed",
        Action::Decline => "booking_declined",
        Action::Withdraw => "booking_withdrawn",
        Action::Expire => "hold_expired",
        Action::Move => "booking_moved",
        Action::Cancel => "booking_cancelled",
        Action::Start => "campaign_started",
        Action::Complete => "campaign_completed",
        Action::Abort => "campaign_aborted",
        Action::Close => "booking_closed",
        Action::NoShow => "no_show",
    }
}

/// Refuses what was decided on another state of the booking than it is in now; `None`: on whatever it is.
pub(crate) fn as_shown(booking: &Loaded, version: Option<i64>) -> Result<(), Failure> {
    if version.is_some_and(|shown| shown != booking.row.version) {
        return Err(Failure::Refused { refusal: RefusalView::named("booking_changed") });
    }
    Ok(())
}

/// Effects that release all that a booking holds.
pub(crate) fn release_all(booking: &Loaded) -> Effects {
    let mut effects = Effects::default();
    for piece in booking.live() {
        effects.release(piece.line, piece.occupancy);
    }
    effects
}

/// The reason that somebody gives, in words; empty is none.
pub(crate) fn reason(text: &str) -> Result<Option<String>, Failure> {
    let text = field::text("reason", text, REASON)?;
    Ok((!text.is_empty()).then_some(text))
}

/// The reason of what isn't done without one.
pub(crate) fn required_reason(text: &str) -> Result<String, Failure> {
    field::required_text("reason", text, REASON)
}

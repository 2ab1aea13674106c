//! Ask back: the platform asks the client something about a booking. Nothing changes but the record; the client is told.

use app::contract::{BookingView, Failure, FieldProblem, Reason, field};
use domain::{
    booking::{Action, Status},
    refusal::Refusal,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Side},
    ground,
    protocol::{self, Attempt, Decision, Note, Scene, Stop, Touched},
    refusal::{self, Audience},
    transition,
};
use crate::{state::AppState, store::Tx};

/// Asks the client of a held or requested booking. Anybody of its platform may: quality assurance asks for evidence, an
/// operator for the rest.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Forbidden`] but for the platform; [`Failure::Invalid`] without a question;
/// [`Failure::Refused`] once it is decided, or on the platform's own production, where nobody is to ask.
pub async fn ask(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    question: &Reason,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (_, member, side) = booking::visible(state, caller, id).await?;
    if side != Side::Platform {
        return Err(Failure::Forbidden);
    }
    let attempt = key.map(|key| Attempt::new(member, key, "ask", id, question));
    let catalogue = ground::known_catalogue(state).await?;
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let question = transition::reason(&question.reason)?;
        let question = question.ok_or_else(|| field::invalid("reason", FieldProblem::Missing))?;
        let done = protocol::run(state, attempt.as_ref(), Touched::default(), {
            let member = member.clone();
            move |tx, scene| {
                let (question, member) = (question.clone(), member.clone());
                Box::pin(async move {
                    let booking = put(tx, &scene, id, &member, question).await?;
                    Ok(booking::view(&scene.catalogue, &booking, &member, side, scene.now))
                })
            }
        });
        done.await.map_err(|stop| {
            stop.failure(|why| Failure::Refused {
                refusal: refusal::view(&why, Audience::Operators, &*catalogue),
            })
        })
    })
    .await
}

async fn put(
    tx: &Tx<'_>,
    scene: &Scene,
    id: Uuid,
    member: &Member,
    question: String,
) -> Result<booking::Loaded, Stop> {
    let booking = booking::load(tx, id).await?.ok_or(Failure::NotFound)?;
    let client = booking.row.organisation;
    let (Some(client), Status::Held | Status::Requested) = (client, booking.status) else {
        return Err(Refusal::WrongState { status: booking.status, action: Action::Request }.into());
    };
    let decision = Decision {
        by: Some(member),
        booking: Some(id),
        action: "ask",
        inputs: json!({ "reason": question }),
        rule: "ask/1",
        versions: &scene.versions(),
        outcome: json!({ "status": booking.status }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let note = Note {
        kind: "question_asked".into(),
        to: vec![client],
        booking: Some(id),
        reference: Some(booking.row.reference.clone()),
        reason: Some(question),
    };
    protocol::tell(tx, &note, scene.now).await?;
    Ok(booking)
}

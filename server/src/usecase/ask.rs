//! Ask back, and answer: the platform asks the client something about a booking, the client says what it knows. Nothing
//! changes but the record, and the other side is told.

use app::contract::{AnswerOrder, BookingView, Complaints, Failure, Reason, field};
use async_trait::async_trait;
use domain::{booking::Action, refusal::Refusal};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey,
    booking::{self, Answer, Loaded, Question, Side},
    often,
    protocol::{Attempt, Scene, Stop},
    transition::{self, Change, Made},
};
use crate::{state::AppState, store::Tx};

/// Most characters of an answer: it may have to say what a page of evidence says.
const LONGEST: u32 = 4000;
/// So many questions a booking may be asked within 24 hours: each is told, and is one more to answer.
const QUESTIONS: usize = 10;
/// What is asked beyond them is refused as.
const ASKED_OFTEN: &str = "questions_often";
/// What more is added to answers than the platform has to read within a day is refused as.
const OFTEN: &str = "answers_often";

/// Asks the client of a held or requested booking. Anybody of its platform may: quality assurance asks for evidence, an
/// operator for the rest.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Forbidden`] but for the platform; [`Failure::Invalid`] without a question;
/// [`Failure::Refused`] once it is decided, on the platform's own production, where nobody is to ask, and with the
/// reason `questions_often` once enough was asked for a day.
pub async fn ask(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    question: &Reason,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    if side != Side::Platform {
        return Err(Failure::Forbidden);
    }
    let attempt = key.map(|key| Attempt::new(member, key, "ask", id, question));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let change = Ask { question: transition::required_reason(&question.reason)? };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

/// Answers a question of the platform. One that was answered before gets a further answer: two colleagues who answer at
/// once are both heard. What was said last is no further answer, and nobody is told of it again.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Forbidden`] but for the owner; [`Failure::Invalid`] without an answer, for a
/// question that nobody asked, or for materials that would come too late, for the plan window too; [`Failure::Refused`]
/// once the booking is decided, and with the reason `answers_often` once enough was added for a day to what had its
/// answer.
pub async fn answer(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: &AnswerOrder,
    key: Option<&IdempotencyKey>,
) -> Result<BookingView, Failure> {
    let (booking, member, side) = booking::visible(state, caller, id).await?;
    if side != Side::Owner {
        return Err(Failure::Forbidden);
    }
    let attempt = key.map(|key| Attempt::new(member, key, "answer", id, order));
    Attempt::maybe_once(attempt.as_ref(), state, async {
        let mut complaints = Complaints::default();
        let answer = complaints.hear(field::required_text("answer", &order.answer, LONGEST));
        let materials_on = complaints.hear(match order.materials_on.trim() {
            "" => Ok(None),
            day => field::plant_day("materials_on", day).map(|day| Some(day.to_string())),
        });
        complaints.answer()?;
        let change = Tell { question: order.question, answer: answer?, materials_on: materials_on? };
        transition::carry_out(state, member, side, &booking, change, attempt.as_ref()).await
    })
    .await
}

struct Ask {
    question: String,
}

#[async_trait]
impl Change for Ask {
    fn action(&self) -> Action {
        Action::Ask
    }

    fn touches_lines(&self) -> bool {
        false
    }

    async fn make(&self, _: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if booking.row.organisation.is_none() {
            return Err(Refusal::WrongState { status: booking.status, action: Action::Ask }.into());
        }
        let asked = booking.campaign.questions.iter().map(|asked| asked.at);
        often::at_most(QUESTIONS, ASKED_OFTEN, asked, scene.now)?;
        let (id, text) = (Uuid::now_v7(), self.question.clone());
        booking.campaign.questions.push(Question { id, at: scene.now, text, answers: Vec::new() });
        Ok(Made {
            outcome: json!({ "question": id }),
            reason: Some(self.question.clone()),
            ..Made::default()
        })
    }
}

struct Tell {
    question: Uuid,
    answer: String,
    /// `None`: it stays as it is.
    materials_on: Option<String>,
}

#[async_trait]
impl Change for Tell {
    fn action(&self) -> Action {
        Action::Answer
    }

    fn touches_lines(&self) -> bool {
        false
    }

    async fn make(&self, _: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        let questions = &booking.campaign.questions;
        let asked = questions.iter().position(|asked| asked.id == self.question);
        let asked = asked.ok_or_else(|| field::unknown("question", &self.question.to_string()))?;
        let changed = self.materials_on.as_ref().filter(|day| **day != booking.campaign.details.materials_on);
        if let Some(last) = questions[asked].answers.last() {
            // The same day is news where it was said of another start.
            let dates = self.materials_on.is_some() && booking.materials_before_move();
            if changed.is_none() && !dates && last.text == self.answer {
                return Ok(Made { is_so: true, ..Made::default() });
            }
            // What has no answer yet gets one, however often was added to others.
            let added = questions.iter().flat_map(|one| one.answers.iter().skip(1));
            often::rarely(OFTEN, added.map(|answer| answer.at), scene.now)?;
        }
        let answer = Answer { at: scene.now, text: self.answer.clone() };
        booking.campaign.questions[asked].answers.push(answer);
        if let Some(day) = changed {
            booking.in_time(day, scene.now)?;
            booking.campaign.details.materials_on.clone_from(day);
        }
        if self.materials_on.is_some() {
            booking.date_materials();
        }
        Ok(Made {
            inputs: match changed {
                Some(day) => json!({ "question": self.question, "materials_on": day }),
                None => json!({ "question": self.question }),
            },
            reason: Some(self.answer.clone()),
            ..Made::default()
        })
    }
}

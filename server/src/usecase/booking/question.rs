//! What the platform asks the client about a booking, and what the client says to it.

use app::contract::{AnswerView, Instant, QuestionView};
use domain::Second;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A question; open until the client has answered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: Uuid,
    pub at: Second,
    pub text: String,
    /// Oldest first: a later one adds to those before.
    pub answers: Vec<Answer>,
}

/// What the client said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub at: Second,
    pub text: String,
}

impl Question {
    /// As both sides see it.
    pub(super) fn view(&self) -> QuestionView {
        let answer = |answer: &Answer| AnswerView { at: Instant(answer.at), answer: answer.text.clone() };
        QuestionView {
            id: self.id,
            at: Instant(self.at),
            question: self.text.clone(),
            answers: self.answers.iter().map(answer).collect(),
        }
    }
}

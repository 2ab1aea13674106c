//! The steps of the demonstration's first booking: one list and one numbering, whoever tells of them.

use crate::{language::Language, words::say};

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TourStep {
    /// The firm's seat is taken.
    Seat,
    Search,
    Hold,
    Request,
    /// Quality assurance confirms the hazards.
    Confirm,
    /// The operator approves.
    Answer,
    /// The district looks on.
    Look,
}

impl TourStep {
    /// In their order.
    pub const ALL: [Self; 7] =
        [Self::Seat, Self::Search, Self::Hold, Self::Request, Self::Confirm, Self::Answer, Self::Look];

    /// Its number among them, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().take_while(|one| **one != self).count() + 1
    }

    /// Its name.
    pub fn name(self, language: Language) -> &'static str {
        match self {
            Self::Seat => say!(language, tour.first_seat),
            Self::Search => say!(language, tour.first_search),
            Self::Hold => say!(language, tour.first_hold),
            Self::Request => say!(language, tour.first_request),
            Self::Confirm => say!(language, tour.first_confirm),
            Self::Answer => say!(language, tour.first_answer),
            Self::Look => say!(language, tour.first_look),
        }
    }

    /// What stands between one sentence of it and the next.
    pub fn gap(language: Language) -> &'static str {
        match language {
            Language::en => " ",
            Language::zh_CN => "",
        }
    }

    /// What to do, as the name's sentence goes on.
    pub fn text(self, language: Language) -> &'static str {
        match self {
            Self::Seat => say!(language, tour.first_seat_text),
            Self::Search => say!(language, tour.first_search_text),
            Self::Hold => say!(language, tour.first_hold_text),
            Self::Request => say!(language, tour.first_request_text),
            Self::Confirm => say!(language, tour.first_confirm_text),
            Self::Answer => say!(language, tour.first_answer_text),
            Self::Look => say!(language, tour.first_look_text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_own_number() {
        assert_eq!(TourStep::ALL.map(TourStep::number), [1, 2, 3, 4, 5, 6, 7]);
    }
}

//! What a move leaves as it was: it holds nothing anew, and asks nothing anew.

use crate::{
    contract::{BookingView, FeeQuote, Instant, OrganisationKind},
    language::Language,
    request::use_reader,
    words::{say, short_deadline, yuan},
};

/// A booking that would move to what is offered.
#[derive(Clone, Debug)]
pub struct Moving {
    pub status: String,
    /// How long its hold lasts, or until when it is answered, wherever it moves.
    until: Option<Instant>,
    /// What leaving costs at least, once it has moved.
    least_fen: i64,
    /// The platform's own production, which pays for nothing.
    pub own: bool,
    /// Whether its price never rises by that: its owner doesn't want it elsewhere, but its platform does, or it can't
    /// stay.
    pub keeps_price: bool,
}

impl Moving {
    pub fn of(booking: &BookingView, quote: &FeeQuote) -> Self {
        let until = match booking.status.as_str() {
            "requested" => booking.reply_by,
            // However long it was given: from the move on it lasts at most as long as any hold of the platform.
            "held" => {
                let longest = Instant(booking.now.0 + booking.terms.hold_minutes * 60);
                booking.hold_expires_at.map(|until| until.min(longest))
            }
            _ => None,
        };
        let own = is_own_production(booking);
        let operates =
            use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
        Self {
            status: booking.status.clone(),
            until,
            least_fen: quote.left_fee_fen,
            own,
            keeps_price: !own && (operates || quote.waived),
        }
    }

    /// What a move to a place that begins at `start` leaves as it was, and what leaving then costs, in one line.
    pub fn gist(&self, language: Language, start: Option<Instant>, leaving: &str) -> String {
        // Nothing is held beyond its start.
        let until = self.until.map(|until| start.map_or(until, |start| until.min(start)));
        match (self.status.as_str(), until.map(|until| short_deadline(language, until))) {
            ("held", Some(until)) => {
                say!(language, terms.gist_moved_held, until = until, leaving = leaving).to_string()
            }
            ("requested", Some(until)) => {
                say!(language, terms.gist_moved_requested, until = until, leaving = leaving).to_string()
            }
            _ => say!(language, terms.gist_moved, leaving = leaving).to_string(),
        }
    }

    /// What leaving then costs at least, if that is more than `by_notice`, in fen.
    pub fn at_least(&self, language: Language, by_notice: i64) -> Option<String> {
        let more = self.least_fen > by_notice;
        more.then(|| say!(language, terms.costs_at_least, fee = yuan(self.least_fen)).to_string())
    }
}

/// Whether it is the reader's own platform's: firms see no company's name, be it their own.
pub fn is_own_production(booking: &BookingView) -> bool {
    let platform = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    platform && booking.company_name.is_none()
}

/// What becomes of a booking in the state `status` that moves, in a sentence.
pub fn move_keeps(language: Language, status: &str) -> Option<&'static str> {
    Some(match status {
        "held" => say!(language, campaign.move_keeps.held),
        "requested" => say!(language, campaign.move_keeps.requested),
        "confirmed" => say!(language, campaign.move_keeps.confirmed),
        _ => return None,
    })
}

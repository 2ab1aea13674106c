//! What of a campaign waits for its firm, and until when: so a firm's campaigns are ordered.

use uuid::Uuid;

use crate::contract::{AskView, BookingView, Instant, QuestionView};

/// Until when its firm is asked whether the campaign may move, if it is.
pub fn asked_until(booking: Uuid, asks: &[AskView]) -> Option<Instant> {
    let open = asks.iter().filter(|ask| ask.booking == booking && ask.state == "open");
    open.map(|ask| ask.answer_by).min()
}

/// Until when anything else of it waits for its firm: a hold for the request, a question for the answer, and what an
/// operator booked for what it lacks.
pub fn waits_until(booking: &BookingView) -> Option<Instant> {
    let asked = || booking.questions.iter().any(QuestionView::is_open);
    let by = match booking.status.as_str() {
        "held" => booking.hold_expires_at,
        "requested" if asked() || booking.is_unfilled() => booking.decide_by(),
        _ => None,
    };
    by.filter(|by| *by > booking.now)
}

/// First what waits for the firm, by the deadline that comes first, then the others by start.
pub fn by_urgency(mut bookings: Vec<BookingView>, asks: &[AskView]) -> Vec<BookingView> {
    bookings.sort_by_key(|booking| {
        let waits = asked_until(booking.id, asks).into_iter().chain(waits_until(booking)).min();
        let start = booking.steps.iter().map(|step| step.start).min();
        (waits.is_none(), waits, start)
    });
    bookings
}

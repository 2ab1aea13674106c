//! What may be moved without asking: by the plan window that its firm agreed to, and as long as it isn't confirmed in
//! the window that was asked for.

use tests::plant::DAY;
use uuid::Uuid;

use super::rules::{Model, Place, Span};

/// So many days before it begins a campaign with a plan window moves no more.
pub const FREEZE: i64 = 2;

impl Model {
    /// Where in a plan window something can still be put.
    fn open(&self, (start, end): Span) -> Option<Span> {
        let start = start.max(self.minute() + 1 + FREEZE * DAY);
        (start < end).then_some((start, end))
    }

    fn is_frozen(&self, start: i64) -> bool {
        self.now >= (start - FREEZE * DAY) * 60
    }

    /// Whether a campaign there could be moved by a day in the window: else there is no plan window to be had for it.
    pub fn leaves_room(&self, window: Span, place: Place) -> bool {
        let open = self.open(window).map_or(0, |(start, end)| end - start);
        !self.is_frozen(place.start) && open >= place.minutes() + DAY
    }

    /// Where a booking may be put by the rule of its plan window, so that others get room.
    pub fn by_rule(&self, id: Uuid) -> Option<Span> {
        let booking = &self.bookings[&id];
        let may_move = matches!(booking.status, "held" | "requested" | "confirmed");
        let plan = booking.plan.filter(|_| may_move && !self.is_frozen(booking.place.start));
        plan.and_then(|plan| self.open(plan))
    }

    /// Where a booking may be put if it can't stay.
    pub fn unasked(&self, id: Uuid) -> Option<Span> {
        let booking = &self.bookings[&id];
        let (start, end) = match booking.status {
            "confirmed" => return self.by_rule(id),
            "held" | "requested" => booking.asked,
            _ => return None,
        };
        let start = start.max(self.minute());
        (start < end).then_some((start, end))
    }
}

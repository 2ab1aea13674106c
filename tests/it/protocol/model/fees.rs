//! What leaving and moving cost, and how long before a campaign's day it is.

use uuid::Uuid;

use super::rules::{Model, day_of};

impl Model {
    /// What cancelling costs in fen: a share of the price by days of notice, counted in the plant's dates.
    pub fn cancellation(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let percent = match self.notice(id) {
            121.. => 0,
            61..=120 => 25,
            31..=60 => 50,
            15..=30 => 75,
            _ => 100,
        };
        booking.price * percent / 100
    }

    /// What moving costs: nothing before it is confirmed, nothing for the first move with sixty days of notice.
    pub fn move_fee(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let free = booking.status != "confirmed" || (booking.moves == 0 && self.notice(id) >= 60);
        if free { 0 } else { self.cancellation(id) }
    }

    fn notice(&self, id: Uuid) -> i64 {
        day_of(self.bookings[&id].place.start) - day_of(self.minute())
    }

    /// Whether the day of the campaign's start has come.
    pub fn day_has_come(&self, id: Uuid) -> bool {
        self.notice(id) <= 0
    }
}

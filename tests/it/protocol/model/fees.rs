//! What leaving and moving cost, and how long before a campaign's day it is.

use uuid::Uuid;

use super::rules::{Model, day_of};

/// So long a campaign that was moved by rule for a hold isn't moved so for another, in seconds.
const LATELY: i64 = 24 * 3600;

/// A campaign that was moved by rule for a hold.
#[derive(Clone, Debug)]
pub struct Room {
    pub booking: Uuid,
    pub hold: Uuid,
    pub at: i64,
    /// What cancelling cost where it stood.
    pub fee: i64,
}

impl Model {
    /// What cancelling costs in fen: a share of the price by days of notice, counted in the plant's dates, or what it
    /// cost where the campaign stood before it made room. That counts until the hold for which it did is confirmed, and
    /// always if that was its own firm's.
    pub fn cancellation(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let counts = |room: &&Room| {
            let hold = &self.bookings[&room.hold];
            let is_open = matches!(hold.status, "held" | "requested" | "expired" | "declined" | "withdrawn");
            room.booking == id && (is_open || hold.firm == booking.firm)
        };
        let before = self.rooms.iter().filter(counts).map(|room| room.fee).max().unwrap_or(0);
        self.ladder(id).max(before.min(booking.price))
    }

    /// What leaving costs by the days of notice alone.
    fn ladder(&self, id: Uuid) -> i64 {
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
        if free { 0 } else { self.ladder(id) }
    }

    /// What cancelling costs that has a price to it: nothing before it is confirmed, or while it can't run.
    pub fn leaving(&self, id: Uuid) -> i64 {
        let costs = self.bookings[&id].status == "confirmed" && !self.is_hit(id);
        if costs { self.cancellation(id) } else { 0 }
    }

    /// Whether a campaign was moved by rule for a hold so lately that it isn't again.
    pub fn moved_lately(&self, id: Uuid) -> bool {
        self.rooms.iter().any(|room| room.booking == id && self.now < room.at + LATELY)
    }

    /// Whether any was.
    pub fn has_moved_lately(&self) -> bool {
        self.rooms.iter().any(|room| self.now < room.at + LATELY)
    }

    fn notice(&self, id: Uuid) -> i64 {
        day_of(self.bookings[&id].place.start) - day_of(self.minute())
    }

    /// Whether the day of the campaign's start has come.
    pub fn day_has_come(&self, id: Uuid) -> bool {
        self.notice(id) <= 0
    }
}

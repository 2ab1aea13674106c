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
    /// What cancelling cost where it stood, without what was paid for moving since; nothing if it is its own firm's
    /// hold, for which it keeps that for good.
    pub fee: i64,
}

impl Model {
    /// What cancelling costs in fen: a share of the price by days of notice, counted in the plant's dates, or what it
    /// cost where the campaign left for nothing, or where it stood before it made room. The latter counts until the
    /// hold for which it did is confirmed. It never costs more than the campaign.
    pub fn cancellation(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let counts = |room: &&Room| {
            let hold = self.bookings[&room.hold].status;
            let is_open = matches!(hold, "held" | "requested" | "expired" | "declined" | "withdrawn");
            room.booking == id && is_open
        };
        let rooms = self.rooms.iter().filter(counts).map(|room| room.fee);
        let before = rooms.chain([booking.left]).max().unwrap_or(0);
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

    /// What leaving costs there by the days of notice alone: nothing before it is confirmed, or while it can't run.
    pub fn leaving(&self, id: Uuid) -> i64 {
        let costs = self.bookings[&id].status == "confirmed" && !self.is_hit(id);
        if costs { self.ladder(id) } else { 0 }
    }

    /// Its owner is about to move it for nothing, or for another firm that asks: leaving keeps what it costs here.
    pub fn keeps(&mut self, id: Uuid) {
        let leaving = self.leaving(id);
        let booking = self.bookings.get_mut(&id).expect("known");
        booking.left = booking.left.max(leaving);
    }

    /// Its owner pays for moving it: that counts against all that leaving cost before.
    pub fn pays(&mut self, id: Uuid, fee: i64) {
        let booking = self.bookings.get_mut(&id).expect("known");
        booking.paid += fee;
        booking.left = (booking.left - fee).max(0);
        for room in self.rooms.iter_mut().filter(|room| room.booking == id) {
            room.fee = (room.fee - fee).max(0);
        }
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

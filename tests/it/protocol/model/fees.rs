//! What leaving and moving cost, and how long before a campaign's day it is.

use uuid::Uuid;

use super::rules::{Model, day_of};

/// So long a campaign that was moved for a hold is left alone by whoever wants another, in seconds.
const LATELY: i64 = 24 * 3600;
/// So long one whose firm agreed to that isn't asked again if nobody confirmed the hold in the end, in seconds.
const IN_VAIN: i64 = 30 * LATELY;

/// So long after others have moved it a campaign is left as if it had stayed, in seconds.
const GRACE: i64 = 7 * LATELY;

/// A campaign that was moved for another firm's hold.
#[derive(Clone, Debug)]
pub struct Room {
    pub booking: Uuid,
    pub hold: Uuid,
    pub at: i64,
    /// Whether its firm was asked.
    pub agreed: bool,
}

impl Model {
    /// What cancelling costs in fen: a share of the price by days of notice, counted in the plant's dates, or what it
    /// cost where the campaign left for nothing, or was moved for others. It never costs more than the campaign.
    pub fn cancellation(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        self.ladder(id).max(booking.left.min(booking.price))
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

    /// It is about to leave for nothing, as its owner wants or for others: leaving keeps what it costs here.
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
    }

    /// Others are about to move it: for a week its notice is no shorter than here, unless its owner moves it. Before it
    /// is confirmed it has none.
    pub fn stays_noticed(&mut self, id: Uuid) {
        if self.bookings[&id].status != "confirmed" {
            self.notices_anew(id);
        } else if self.noticed(id) <= self.bookings[&id].place.start {
            let until = self.now + GRACE;
            let booking = self.bookings.get_mut(&id).expect("known");
            (booking.noticed, booking.noticed_until) = (booking.place.start, until);
        }
    }

    /// Its owner moves it: its notice is that of the new place.
    pub fn notices_anew(&mut self, id: Uuid) {
        let booking = self.bookings.get_mut(&id).expect("known");
        (booking.noticed, booking.noticed_until) = (i64::MIN, i64::MIN);
    }

    /// The start to which notice is counted now.
    fn noticed(&self, id: Uuid) -> i64 {
        let booking = &self.bookings[&id];
        let is_kept = self.now < booking.noticed_until.min(booking.place.start * 60);
        booking.place.start.max(if is_kept { booking.noticed } else { i64::MIN })
    }

    /// Whether a campaign was moved for a hold so lately that it isn't again by rule.
    pub fn moved_lately(&self, id: Uuid) -> bool {
        self.rooms.iter().any(|room| room.booking == id && self.now < room.at + LATELY)
    }

    /// Whether any was.
    pub fn has_moved_lately(&self) -> bool {
        self.rooms.iter().any(|room| self.now < room.at + LATELY)
    }

    /// Whether a firm isn't asked about it by whoever wants a hold: it was moved lately, or agreed to be for what
    /// nobody has confirmed.
    pub fn isnt_asked(&self, id: Uuid) -> bool {
        let ended = |room: &Room| {
            let hold = self.bookings[&room.hold].status;
            matches!(hold, "expired" | "declined" | "withdrawn") && self.now < room.at + IN_VAIN
        };
        let mut rooms = self.rooms.iter().filter(|room| room.booking == id);
        self.moved_lately(id) || rooms.any(|room| room.agreed && ended(room))
    }

    /// Days of notice: to its start, or for a while to that from which others have moved it.
    fn notice(&self, id: Uuid) -> i64 {
        day_of(self.noticed(id)) - day_of(self.minute())
    }

    /// Whether the day of the campaign's start has come.
    pub fn day_has_come(&self, id: Uuid) -> bool {
        day_of(self.bookings[&id].place.start) <= day_of(self.minute())
    }
}

//! Lines that are down: whoever stands there is hit, and nobody is put there any more.

use std::collections::BTreeSet;

use rand::{RngExt, seq::IndexedRandom};
use tests::plant::DAY;
use uuid::Uuid;

use super::{
    Play, reason,
    rules::{Booking, Model, Place},
};

/// States of bookings that an outage can hit.
const STANDING: [&str; 4] = ["held", "requested", "confirmed", "running"];

/// Half-open minutes; one that was called off before it began has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    line: usize,
    start: i64,
    end: i64,
    /// Whether it was said to be over.
    is_over: bool,
}

impl Outage {
    fn meets(self, place: Place) -> bool {
        self.line == place.line && self.start < self.end && place.meets((self.start, self.end))
    }
}

impl Model {
    /// Whether the line is down in some of that time.
    pub fn is_down(&self, place: Place) -> bool {
        self.outages.values().any(|outage| outage.meets(place))
    }

    /// Whether an outage hits a booking where it stands.
    pub fn is_hit(&self, id: Uuid) -> bool {
        let place = self.bookings[&id].place;
        self.hits.iter().any(|(outage, booking)| *booking == id && self.outages[outage].meets(place))
    }

    /// Whether anybody stands where it can't stay.
    pub fn is_anybody_hit(&self) -> bool {
        self.hits.iter().any(|(outage, id)| {
            let booking = &self.bookings[id];
            STANDING.contains(&booking.status) && self.outages[outage].meets(booking.place)
        })
    }

    /// Whom an outage hits from a minute on, but for those whom it is known to hit.
    fn struck(&self, outage: Outage, from: i64, known: &BTreeSet<Uuid>) -> BTreeSet<Uuid> {
        let part = Outage { start: outage.start.max(from), ..outage };
        let is_struck = |booking: &Booking| {
            let is_ahead = booking.place.end > self.minute();
            STANDING.contains(&booking.status) && is_ahead && part.meets(booking.place)
        };
        let struck = self.bookings.iter().filter(|(id, one)| is_struck(one) && !known.contains(*id));
        struck.map(|(id, _)| *id).collect()
    }

    /// Those on record as hit by an outage who stand in it.
    fn standing(&self, id: Uuid) -> BTreeSet<Uuid> {
        let stands = |booking: &Uuid| {
            let booking = &self.bookings[booking];
            STANDING.contains(&booking.status) && self.outages[&id].meets(booking.place)
        };
        let of = self.hits.iter().filter(|(outage, _)| *outage == id).map(|(_, booking)| *booking);
        of.filter(stands).collect()
    }
}

impl Play {
    /// A line goes down, mostly under somebody.
    pub(super) async fn break_down(&mut self) -> &'static str {
        let now = self.model.minute();
        let ahead = |booking: &&Booking| STANDING.contains(&booking.status) && booking.place.end > now;
        let places: Vec<Place> =
            self.model.bookings.values().filter(ahead).map(|booking| booking.place).collect();
        let under = places.choose(&mut self.random).copied().filter(|_| self.random.random_bool(0.8));
        let (line, around) = match under {
            Some(place) => (place.line, place.start + self.random.random_range(-300..place.minutes())),
            None => {
                let line = self.random.random_range(0..self.plant.lines.len());
                (line, now + self.random.random_range(-600..10 * DAY))
            }
        };
        let start = around.max(now - 600);
        let end = (start + self.random.random_range(120..36 * 60)).max(now + 60);
        let covers = |outage: &Outage| outage.line == line && outage.start <= start && end <= outage.end;
        let is_known = self.model.outages.values().any(covers);
        match self.desk.down(self.plant.line(line), (start, end)).await {
            Ok(answer) => {
                assert!(!is_known, "down once more");
                let outage = Outage { line, start, end, is_over: false };
                let struck = self.model.struck(outage, start, &BTreeSet::new());
                assert_eq!(usize::try_from(answer.hit).expect("few"), struck.len(), "{struck:?}");
                self.count(if struck.is_empty() { "down" } else { "down hits" });
                self.model.outages.insert(answer.outage.id, outage);
                self.model.hits.extend(struck.into_iter().map(|booking| (answer.outage.id, booking)));
                self.rescued().await;
            }
            Err(failure) => {
                assert_eq!(reason(&failure), "already_down");
                assert!(is_known, "it isn't down for all of that");
                self.count("down refused");
            }
        }
        "down"
    }

    /// An outage is called off, ends sooner, or lasts longer.
    pub(super) async fn change_outage(&mut self) -> &'static str {
        let now = self.model.minute();
        let all: Vec<Uuid> = self.model.outages.keys().copied().collect();
        let is_open = |id: &Uuid| self.model.outages[id].end > now && !self.model.outages[id].is_over;
        let open: Vec<Uuid> = all.iter().copied().filter(is_open).collect();
        let list = if open.is_empty() || self.random.random_bool(0.15) { all } else { open };
        let Some(id) = list.choose(&mut self.random).copied() else { return "nothing is down" };
        let before = self.model.outages[&id];
        let until = match self.random.random_range(0..4) {
            0 => now,
            1 => i64::midpoint(now.max(before.start), before.end),
            _ => before.end + self.random.random_range(60..24 * 60),
        };
        let was_hit = self.model.standing(id);
        match self.desk.down_until(id, until).await {
            Ok(answer) => {
                assert!(!before.is_over && before.end > now, "it was over: {before:?}");
                let is_over = until <= now;
                // The minute that has begun was still down.
                let end = if is_over { self.model.first_minute() } else { until };
                let end = end.max(before.start);
                let after = Outage { end, is_over: is_over || end == before.start, ..before };
                self.model.outages.insert(id, after);
                let struck = self.model.struck(after, before.end, &was_hit);
                assert_eq!(usize::try_from(answer.hit).expect("few"), struck.len(), "{struck:?}");
                self.count(if end > before.end { "down longer" } else { "down for less" });
                self.model.hits.extend(struck.into_iter().map(|booking| (id, booking)));
                self.rescued().await;
            }
            Err(failure) => {
                assert_eq!(reason(&failure), "outage_over");
                assert!(before.is_over || before.end <= now, "it isn't over: {before:?}");
                self.count("down for less refused");
            }
        }
        "down until"
    }

    /// Whether the outages are on record as the model has them, and whom they hit.
    pub(super) async fn same_outages(&self, after: &str) {
        let mut found: Vec<(Uuid, usize, i64, i64)> = Vec::new();
        let sql = "SELECT id, line, starts_at, ends_at FROM outage";
        for row in self.db.rows(sql, vec![]).await.expect("rows") {
            let id = row.try_get_by_index(0).expect("an id");
            let line = self.line(row.try_get_by_index(1).expect("a line"));
            let time = |index| row.try_get_by_index::<i64>(index).expect("a minute");
            found.push((id, line, time(2), time(3)));
        }
        found.sort_unstable();
        let known = self.model.outages.iter().map(|(id, one)| (*id, one.line, one.start, one.end));
        assert_eq!(found, known.collect::<Vec<_>>(), "{after}");
        let mut hits: BTreeSet<(Uuid, Uuid)> = BTreeSet::new();
        for row in self.db.rows("SELECT outage, booking FROM outage_hit", vec![]).await.expect("rows") {
            let outage = row.try_get_by_index(0).expect("an id");
            hits.insert((outage, row.try_get_by_index(1).expect("an id")));
        }
        assert_eq!(hits, self.model.hits, "{after}");
    }
}

//! Taking on what the resolver chose: the model asks of it what the rules ask, and believes it then.

use std::collections::BTreeSet;

use domain::availability::Placement;
use uuid::Uuid;

use super::{
    FIRMS, Play,
    rules::{Booking, Model, NOTICE, Place, Product, Span},
};

/// A hold lasts so long, in seconds.
pub const LASTS: i64 = 72 * 3600;

/// A hold that the desk has given, and not in answer to one.
pub struct Hold {
    pub firm: usize,
    pub class: usize,
    /// The window that it was asked for in.
    pub asked: Span,
    /// How many minutes of notice it needs.
    pub notice: i64,
}

/// What the database says of a booking that stands somewhere.
pub struct Stored {
    pub place: Place,
    pub firm: usize,
    pub price: i64,
    pub due: Option<i64>,
}

impl Model {
    /// Whether a booking may be moved to `place` inside `open`, where its firm needs not be asked.
    pub fn may_be_moved(&self, id: Uuid, place: Place, open: Option<Span>) -> bool {
        let is_open = matches!(self.bookings[&id].status, "held" | "requested" | "confirmed");
        let is_agreed = open.is_some_and(|open| place.is_inside(open));
        let is_ahead = place.start >= self.first_minute() + NOTICE;
        is_open && is_agreed && is_ahead && !self.is_down(place)
    }
}

impl Play {
    pub(super) fn firm(&self, organisation: Uuid) -> usize {
        let known = (0..FIRMS).find(|number| tests::plant::id(8, *number) == organisation);
        known.expect("one of the firms")
    }

    pub(super) fn line(&self, id: Uuid) -> usize {
        self.plant.lines.iter().position(|line| line.id.0 == id).expect("a line of the plant")
    }

    /// The place that a document of a proposal tells of.
    pub(super) fn place_of(&self, document: &str) -> Place {
        let placement: Placement = serde_json::from_str(document).expect("a placement");
        let step = &placement.steps[0];
        Place { line: self.line(step.line.0), start: step.interval.start, end: step.interval.end }
    }

    /// What the database says of a booking that stands somewhere.
    pub(super) async fn stored(&self, id: Uuid) -> Stored {
        let sql = "SELECT o.line, o.starts_at, o.ends_at, b.organisation, b.price_fen, \
            COALESCE(b.hold_expires_at, b.reply_by) FROM booking b \
            JOIN step s ON s.booking = b.id AND s.live IS NOT NULL JOIN occupancy o ON o.id = s.occupancy \
            WHERE b.id = $1";
        let rows = self.db.rows(sql, vec![id.into()]).await.expect("a booking is read");
        let row = rows.first().expect("a booking that stands somewhere");
        let place = Place {
            line: self.line(row.try_get_by_index(0).expect("a line")),
            start: row.try_get_by_index(1).expect("a minute"),
            end: row.try_get_by_index(2).expect("a minute"),
        };
        Stored {
            place,
            firm: self.firm(row.try_get_by_index(3).expect("a firm")),
            price: row.try_get_by_index(4).expect("fen"),
            due: row.try_get_by_index(5).expect("a second"),
        }
    }

    /// The bookings that stand elsewhere than the model has them, in the order in which they were put there: the ids of
    /// their rows rise with the time.
    pub(super) async fn changed(&self) -> Vec<(Uuid, Place)> {
        let sql = "SELECT o.id, s.booking, o.line, o.starts_at, o.ends_at FROM occupancy o \
            JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL WHERE o.live IS NOT NULL";
        let mut changed: BTreeSet<(Uuid, Uuid, Place)> = BTreeSet::new();
        for row in self.db.rows(sql, vec![]).await.expect("rows are read") {
            let place = Place {
                line: self.line(row.try_get_by_index(2).expect("a line")),
                start: row.try_get_by_index(3).expect("a minute"),
                end: row.try_get_by_index(4).expect("a minute"),
            };
            let booking: Uuid = row.try_get_by_index(1).expect("an id");
            if self.model.bookings.get(&booking).is_some_and(|known| known.place != place) {
                changed.insert((row.try_get_by_index(0).expect("an id"), booking, place));
            }
        }
        changed.into_iter().map(|(_, booking, place)| (booking, place)).collect()
    }

    /// Takes on a hold that was given: it lies where its firm asked for it and the rules let it, and expires.
    pub(super) async fn take_on(&mut self, id: Uuid, Hold { firm, class, asked, notice }: Hold) {
        let stored = self.stored(id).await;
        let (place, product) = (stored.place, Product::of(firm, class));
        assert_eq!(stored.firm, firm, "a hold of somebody else's");
        assert!(place.is_inside(asked), "held {place:?}, outside of {asked:?}");
        let why = self.model.place(place, product, None, notice);
        assert!(why.is_empty(), "given {place:?}, but {why:?}");
        assert!(self.model.full(firm, 1).is_empty(), "given to a firm that has its hands full");
        assert_eq!(stored.due, Some((self.model.now + LASTS).min(place.start * 60)));
        self.model.put(id, place, product);
        let booking = Booking {
            firm,
            status: "held",
            place,
            class,
            batches: self.model.batches(place.minutes()),
            due: stored.due,
            price: stored.price,
            moves: 0,
            paid: 0,
            left: 0,
            noticed: i64::MIN,
            noticed_until: i64::MIN,
            asked,
            plan: None,
        };
        self.model.bookings.insert(id, booking);
    }
}

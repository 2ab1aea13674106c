//! Splits: two runs where one of all batches finds no place; both are held, or neither.

use app::contract::{OfferQuery, field};
use rand::RngExt;
use tests::{desk::Desk, plant::DAY};
use uuid::Uuid;

use super::{
    FIRMS, HAZARDS, Play,
    adopting::Hold,
    bookings::span,
    rules::{NOTICE, Product},
};

impl Play {
    /// A firm looks for more batches than a day takes, and holds them in two runs.
    pub(super) async fn split(&mut self) -> &'static str {
        let (firm, query, class) = self.long_day();
        let Ok(Some(split)) = self.firms[firm].split(&query).await else { return "nothing to split" };
        // Somebody else may be faster.
        if self.random.random_bool(0.3) {
            self.hold().await;
        }
        let done = self.firms[firm].hold_split(&query, &split, class).await;
        self.gifts().await;
        let places = [0, 1].map(|part: usize| self.offered(&split.parts[part].offer));
        let product = Product::of(firm, class);
        // The second is put where the first leaves it.
        let mut expected = self.model.full(firm, 2);
        expected.extend(self.model.place(places[0], product, None, NOTICE));
        let mut beside = self.model.clone();
        beside.put(Uuid::nil(), places[0], product);
        expected.extend(beside.place(places[1], product, None, NOTICE));
        match done {
            Ok(held) => {
                assert!(expected.is_empty(), "held both, but {expected:?}");
                assert_eq!(held.bookings.len(), 2);
                let asked = span(&query);
                for (view, place) in held.bookings.iter().zip(places) {
                    self.take_on(view.id, Hold { firm, class, asked, notice: NOTICE }).await;
                    assert_eq!(self.model.bookings[&view.id].place, place);
                }
                self.count("split ok");
            }
            Err(failure) => self.refused("split", &failure, &expected),
        }
        "split"
    }

    /// A search for one of the days ahead, with more batches than may be made in one run on it.
    fn long_day(&mut self) -> (usize, OfferQuery, usize) {
        let (firm, class) = (self.random.random_range(0..FIRMS), self.random.random_range(0..HAZARDS.len()));
        let day = self.model.tomorrow() + NOTICE + self.random.random_range(0..25) * DAY;
        let day = field::plant_date(day).to_string();
        let batches = self.random.random_range(3..5);
        (firm, Desk::query(batches, HAZARDS[class], (day.as_str(), day.as_str())), class)
    }
}

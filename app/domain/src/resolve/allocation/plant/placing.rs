//! Placing on the plant, as the search asks for it.

use super::{ATTEMPTS, Chance, Ground, Manner, Minutes, Place, Plant, Stay, search_within};

impl Ground for Plant {
    type Place = Place;

    fn place(&self, request: usize) -> Option<&Place> {
        self.places[request].as_ref()
    }

    fn find(&mut self, request: usize, manner: Manner, chance: &mut Chance) -> Option<Place> {
        if !self.is_possible(request) || self.kept.contains(&request) {
            return None;
        }
        self.refresh();
        self.choices[request][..self.open[request]].iter().enumerate().find_map(|(choice, asked)| {
            let found = search_within(&self.current, asked, self.now, ATTEMPTS).ok()?;
            let many = found.offers.len();
            let offer = match manner {
                // They are ranked by when they are done.
                Manner::Earliest => found.offers.get(0),
                Manner::Latest => found.offers.get(many.checked_sub(1)?),
                Manner::Snug | Manner::Any => found.offers.get(chance.below(many)),
            };
            offer.map(|offer| Place { choice, placement: offer.placement })
        })
    }

    fn put(&mut self, request: usize, place: Place) {
        for placed in &place.placement.steps {
            let Some(line) = self.number(placed.line) else { continue };
            let row = self.row(request, place.choice, line, placed.interval);
            self.lines[line].1.add(request, row);
            self.stale.insert(line);
        }
        self.claim(&place.placement, true);
        self.places[request] = Some(place);
    }

    fn take(&mut self, request: usize) -> Option<Place> {
        if self.kept.contains(&request) {
            return None;
        }
        let place = self.places[request].take()?;
        for placed in &place.placement.steps {
            let Some(line) = self.number(placed.line) else { continue };
            self.lines[line].1.remove(request);
            self.stale.insert(line);
        }
        self.claim(&place.placement, false);
        Some(place)
    }

    fn torn(&mut self) -> Option<usize> {
        let suspect = self.stale.iter().chain(&self.broken);
        suspect.copied().find_map(|line| self.lines[line].1.torn(&self.kept))
    }

    fn stays(&self, _: usize, place: &Place, stay: &mut dyn FnMut(Stay)) {
        for placed in &place.placement.steps {
            if let Some(line) = self.number(placed.line) {
                stay(Stay { line, start: placed.interval.start, end: placed.interval.end });
            }
        }
    }

    fn alone(&self, request: usize, chance: &mut Chance, stay: &mut dyn FnMut(Stay)) {
        let places = &self.alone[request];
        if let Some(place) = places.get(chance.below(places.len())) {
            self.stays(request, place, stay);
        }
    }

    fn window(&self, request: usize) -> (i64, i64) {
        let windows = self.choices[request].iter().map(|choice| (choice.window.start, choice.window.end));
        windows.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or((0, 0))
    }

    fn reach(&self) -> i64 {
        self.reach
    }

    fn burden(&self, request: usize) -> f64 {
        let minutes = |place: &Place| -> Minutes {
            place.placement.steps.iter().map(|step| step.interval.minutes()).sum()
        };
        self.alone[request].iter().map(minutes).min().unwrap_or(1).max(1) as f64
    }
}

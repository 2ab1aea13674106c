//! A plan with the changes since it was last settled.

use super::{Ground, Stay};

/// A ground whose plan is being changed.
pub(super) struct Trial<'a, G: Ground> {
    pub ground: &'a mut G,
    pub worth: &'a [i64],
    /// Requests worth something that are not in the plan, and which they were when it was settled.
    pub absent: Vec<usize>,
    settled: Vec<usize>,
    /// What was in the plan and was taken out, with its old place; and what was put in.
    taken: Vec<(usize, G::Place)>,
    put: Vec<usize>,
    /// Where something was taken out.
    pub freed: Vec<Stay>,
}

impl<'a, G: Ground> Trial<'a, G> {
    pub fn new(ground: &'a mut G, worth: &'a [i64]) -> Self {
        let absent = |request: &usize| worth[*request] > 0 && ground.place(*request).is_none();
        let absent: Vec<usize> = (0..worth.len()).filter(absent).collect();
        let settled = absent.clone();
        Self { ground, worth, absent, settled, taken: Vec::new(), put: Vec::new(), freed: Vec::new() }
    }

    /// Takes `request` out of the plan, if it is in.
    pub fn take(&mut self, request: usize) {
        let Some(place) = self.ground.take(request) else { return };
        self.ground.stays(request, &place, &mut |stay| self.freed.push(stay));
        if let Some(at) = self.put.iter().position(|put| *put == request) {
            // It goes as it came.
            self.put.swap_remove(at);
        } else {
            self.taken.push((request, place));
        }
        self.absent.push(request);
    }

    /// Puts `request` there, which is no longer listed as absent.
    pub fn put(&mut self, request: usize, place: G::Place) {
        self.ground.put(request, place);
        self.put.push(request);
    }

    /// By how much the plan is worth more than when it was settled.
    pub fn gain(&self) -> i64 {
        let put: i64 = self.put.iter().map(|request| self.worth[*request]).sum();
        let taken: i64 = self.taken.iter().map(|(request, _)| self.worth[*request]).sum();
        put - taken
    }

    /// The changes stand.
    pub fn settle(&mut self) {
        self.settled.clone_from(&self.absent);
        self.taken.clear();
        self.put.clear();
        self.freed.clear();
    }

    /// The plan is again what it was when it was settled.
    pub fn undo(&mut self) {
        for request in self.put.drain(..) {
            self.ground.take(request);
        }
        for (request, place) in self.taken.drain(..) {
            self.ground.put(request, place);
        }
        self.freed.clear();
        self.absent.clone_from(&self.settled);
    }

    /// Every request's place.
    pub fn places(&self) -> Vec<Option<G::Place>> {
        (0..self.worth.len()).map(|request| self.ground.place(request).cloned()).collect()
    }

    /// Puts everything where it was.
    pub fn restore(&mut self, places: &[Option<G::Place>]) {
        for request in 0..places.len() {
            self.ground.take(request);
        }
        for (request, place) in places.iter().enumerate() {
            // What may not go is where it was.
            if let Some(place) = place
                && self.ground.place(request).is_none()
            {
                self.ground.put(request, place.clone());
            }
        }
    }
}

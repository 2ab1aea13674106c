//! A plan with the changes since it was last settled.

use super::{super::ground::Stay, Ground};

/// A ground whose plan is being changed.
pub(super) struct Trial<'a, G: Ground> {
    pub ground: &'a mut G,
    pub worth: &'a [i64],
    /// Requests worth something that are not in the plan.
    pub absent: Vec<usize>,
    /// What was in the plan and is touched, with its old place; and what was put in.
    pub taken: Vec<(usize, G::Place)>,
    put: Vec<usize>,
    /// Where something was taken out.
    pub freed: Vec<Stay>,
}

impl<'a, G: Ground> Trial<'a, G> {
    pub fn new(ground: &'a mut G, worth: &'a [i64]) -> Self {
        let mut trial =
            Self { ground, worth, absent: Vec::new(), taken: Vec::new(), put: Vec::new(), freed: Vec::new() };
        trial.list_absent();
        trial
    }

    fn list_absent(&mut self) {
        let Self { ground, worth, absent, .. } = self;
        absent.clear();
        absent.extend(
            (0..worth.len()).filter(|request| worth[*request] > 0 && ground.place(*request).is_none()),
        );
    }

    /// Takes `request` out of the plan and, if it was in, notes it.
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

    /// Puts `request`, which is the absent one at `at`, there.
    pub fn put(&mut self, request: usize, place: G::Place) {
        self.ground.put(request, place);
        self.put.push(request);
    }

    /// By how much the plan is worth more than when it was settled.
    pub fn gain(&self) -> i64 {
        let sum = |requests: &mut dyn Iterator<Item = usize>| -> i64 {
            requests.map(|request| self.worth[request]).sum()
        };
        sum(&mut self.put.iter().copied()) - sum(&mut self.taken.iter().map(|(request, _)| *request))
    }

    /// The changes stand. Answers what the plan is worth.
    pub fn settle(&mut self) -> i64 {
        self.taken.clear();
        self.put.clear();
        self.freed.clear();
        let placed = (0..self.worth.len()).filter(|request| self.ground.place(*request).is_some());
        placed.map(|request| self.worth[request]).sum()
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
        self.list_absent();
    }

    /// Every request's place.
    pub fn places(&self) -> Vec<Option<G::Place>> {
        (0..self.worth.len()).map(|request| self.ground.place(request).cloned()).collect()
    }

    /// Puts everything back where it was.
    pub fn restore(&mut self, places: &[Option<G::Place>]) {
        for request in 0..places.len() {
            self.ground.take(request);
        }
        for (request, place) in places.iter().enumerate() {
            if let Some(place) = place {
                self.ground.put(request, place.clone());
            }
        }
    }
}

//! A ground on which some requests together may take only so much line time.

use super::{
    chance::Chance,
    ground::{Ground, Manner, Stay},
    rule::{Limit, Share},
};

/// A ground with limits.
#[derive(Debug)]
pub struct Limited<'a, G> {
    ground: &'a mut G,
    limits: &'a [Limit],
    /// By limit, what is taken of it.
    used: Vec<i64>,
}

impl<'a, G: Ground> Limited<'a, G> {
    /// The same plan with limits, which it must keep.
    pub fn new(ground: &'a mut G, limits: &'a [Limit]) -> Self {
        let mut limited = Self { ground, limits, used: vec![0; limits.len()] };
        let requests = limits.first().map_or(0, |limit| limit.counts.len());
        for request in 0..requests {
            let taken = limited.ground.place(request).map_or(0, |place| limited.taken(request, place));
            limited.count(request, taken);
        }
        limited
    }

    /// What has no limits.
    pub const fn ground(&mut self) -> &mut G {
        self.ground
    }

    /// The first share that `request` would overdraw there.
    pub fn overdrawn(&self, request: usize, place: &G::Place) -> Option<Share> {
        let taken = self.taken(request, place);
        let limits = self.limits.iter().zip(&self.used);
        limits
            .filter(|(limit, used)| limit.counts[request] && *used + taken > limit.most)
            .map(|(limit, _)| limit.share)
            .next()
    }

    /// The share that leaves `request` least, with what it leaves and what it is in all; `None` if none counts it.
    pub fn tightest(&self, request: usize) -> Option<(Share, i64, i64)> {
        let limits = self.limits.iter().zip(&self.used).filter(|(limit, _)| limit.counts[request]);
        limits
            .map(|(limit, used)| (limit.share, limit.most - used, limit.most))
            .min_by_key(|(_, left, _)| *left)
    }

    fn taken(&self, request: usize, place: &G::Place) -> i64 {
        let mut taken = 0;
        self.ground.stays(request, place, &mut |stay| taken += stay.end - stay.start);
        taken
    }

    fn count(&mut self, request: usize, taken: i64) {
        for (limit, used) in self.limits.iter().zip(&mut self.used) {
            if limit.counts[request] {
                *used += taken;
            }
        }
    }
}

impl<G: Ground> Ground for Limited<'_, G> {
    type Place = G::Place;

    fn place(&self, request: usize) -> Option<&G::Place> {
        self.ground.place(request)
    }

    fn find(&mut self, request: usize, manner: Manner, chance: &mut Chance) -> Option<G::Place> {
        let place = self.ground.find(request, manner, chance)?;
        self.overdrawn(request, &place).is_none().then_some(place)
    }

    fn put(&mut self, request: usize, place: G::Place) {
        let taken = self.taken(request, &place);
        self.count(request, taken);
        self.ground.put(request, place);
    }

    fn take(&mut self, request: usize) -> Option<G::Place> {
        let place = self.ground.take(request)?;
        let taken = self.taken(request, &place);
        self.count(request, -taken);
        Some(place)
    }

    fn torn(&mut self) -> Option<usize> {
        self.ground.torn()
    }

    fn stays(&self, request: usize, place: &G::Place, stay: &mut dyn FnMut(Stay)) {
        self.ground.stays(request, place, stay);
    }

    fn alone(&self, request: usize, chance: &mut Chance, stay: &mut dyn FnMut(Stay)) {
        self.ground.alone(request, chance, stay);
    }

    fn window(&self, request: usize) -> (i64, i64) {
        self.ground.window(request)
    }

    fn reach(&self) -> i64 {
        self.ground.reach()
    }

    fn couples_times(&self) -> bool {
        !self.limits.is_empty() || self.ground.couples_times()
    }

    fn burden(&self, request: usize) -> f64 {
        self.ground.burden(request)
    }
}

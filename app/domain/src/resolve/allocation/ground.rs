//! What the search works on: requests that are placed whole or not at all, on lines and pools whose rules it doesn't
//! know.

use super::chance::Chance;

/// Where among the places that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As soon as can be.
    Earliest,
    /// As late as can be.
    Latest,
    /// Where it wastes least beside its neighbours.
    Snug,
    /// Anywhere.
    Any,
}

/// A line's time that a request takes or would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Any number that is the line's own.
    pub line: usize,
    /// Half-open, in the ground's units.
    pub start: i64,
    pub end: i64,
}

/// Requests by number, from 0, and the plant that they compete for. It holds a plan: what is placed, and where.
pub trait Ground {
    /// Where a request lies as a whole.
    type Place: Clone;

    /// Where `request` lies in the plan.
    fn place(&self, request: usize) -> Option<&Self::Place>;

    /// A place for `request`, which has none, that fits beside everything in the plan; `None` if none was found.
    fn find(&mut self, request: usize, manner: Manner, chance: &mut Chance) -> Option<Self::Place>;

    /// Puts `request`, which has no place, there. The place must come from [`Ground::find`] on this plan, or the plan
    /// must on the whole become one that was good before.
    fn put(&mut self, request: usize, place: Self::Place);

    /// Takes `request` out of the plan, if it is in and may go.
    fn take(&mut self, request: usize) -> Option<Self::Place>;

    /// A request that doesn't fit any more since something between it and another was taken out. What remains after
    /// taking out all such is good again.
    fn torn(&mut self) -> Option<usize>;

    /// Tells `stay` the time that `place` takes.
    fn stays(&self, request: usize, place: &Self::Place, stay: &mut dyn FnMut(Stay));

    /// Tells `stay` some time that `request` would take if it had the plant to itself; nothing if it can't be placed
    /// even then.
    fn alone(&self, request: usize, chance: &mut Chance, stay: &mut dyn FnMut(Stay));

    /// The half-open time in which all of `request` lies wherever it is placed.
    fn window(&self, request: usize) -> (i64, i64);

    /// How long before and behind the time that a request took there may be room for others once it is taken out, in
    /// the ground's units, nearly always: what lay between it and them is gone with it.
    fn reach(&self) -> i64;

    /// Whether taking a request out may make room for others at quite other times, since they share more than lines and
    /// pools.
    fn couples_times(&self) -> bool {
        false
    }

    /// Units of line time that `request` takes at least, positive.
    fn burden(&self, request: usize) -> f64;
}

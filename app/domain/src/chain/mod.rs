//! The chain: what each live row of a line remembers of its predecessor, and how a change rewrites it.

mod closure;
mod fit;
mod relink;

use crate::{Minute, OccupancyId, occupancy::Occupancy};

pub use closure::{Hit, hits};
pub use relink::relink;

/// A change to one line: rows to release and rows to add, as one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub release: Vec<OccupancyId>,
    /// New rows; their `link` is ignored and computed, as are a closure's `leaves` and `product`.
    pub add: Vec<Occupancy>,
    /// Rows that end sooner.
    pub shorten: Vec<Shorten>,
}

/// A row that ends sooner. A row's end never changes, so one with another id takes its place: it begins as it did,
/// behind what it was behind, and leaves what it would have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shorten {
    pub row: OccupancyId,
    pub id: OccupancyId,
    /// After its start, before its end.
    pub end: Minute,
}

/// What the store must write, in this order, in one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// Rows that stop holding capacity, as they were.
    pub released: Vec<Occupancy>,
    /// Rows that stay and whose link (or, on a closure, carried state) changed.
    pub relinked: Vec<Occupancy>,
    /// New rows with their links, cleaning rows included.
    pub added: Vec<Occupancy>,
}

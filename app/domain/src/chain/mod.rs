//! The chain: what each live row of a line remembers of its predecessor, and how a change rewrites it.

use crate::{OccupancyId, Second, occupancy::Occupancy, refusal::Refusal, snapshot::LineState};

/// A change to one line: rows to release and rows to add, as one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub release: Vec<OccupancyId>,
    /// New rows; their `link` is ignored and computed.
    pub add: Vec<Occupancy>,
}

/// What the store must write, in this order, in one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// Rows that stop holding capacity.
    pub released: Vec<Occupancy>,
    /// Rows that stay and whose link (or, on a closure, carried state) changed.
    pub relinked: Vec<Occupancy>,
    /// New rows with their links, cleaning rows included.
    pub added: Vec<Occupancy>,
}

/// Works out the rows to write for `change` on `line`, whose rows are the line's or a neighbourhood that holds every
/// released row, a predecessor and a successor of each changed place.
///
/// A release always succeeds: where the neighbours of a released row don't fit each other, an owner-less cleaning row
/// (`Kind::Cleaning`, id from `fresh_id`) with that row's interval, needs and leaves takes its place, unless an added
/// row mends the gap. Rows whose hold has expired stay in the chain until they are released.
///
/// # Errors
/// The refusal of the first added row that doesn't fit its neighbours.
pub fn relink(
    _line: &LineState,
    _change: &Change,
    _now: Second,
    _fresh_id: &mut dyn FnMut() -> OccupancyId,
) -> Result<Writes, Refusal> {
    Err(Refusal::NoSlot)
}

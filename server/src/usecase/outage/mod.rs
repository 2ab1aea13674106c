//! Line down: a fact, which can always be put on record, unlike a closure, which is made over nothing. What it hits
//! stays where it is until it is repaired; the line offers nothing in that time, since the kernel refuses what meets an
//! outage.
//!
//! Whoever is hit is told at once. Then a way out is looked for: what may move by rule moves, others are asked
//! (`usecase/repair/rescue.rs`). That goes on after the commit, and the sweep takes up what was left. Nobody pays for
//! it.

mod change;
mod foreseen;
mod hit;
mod mark;
mod reached;
mod rescue;
mod view;

pub(crate) use self::{
    foreseen::foretell,
    hit::{Hit, MEETS, is_open, open_hits},
};
pub use {
    change::change,
    foreseen::foresee,
    mark::mark,
    reached::reached,
    rescue::rescue,
    view::{list, of_booking},
};

/// The rule's name in the record, with its version.
const RULE: &str = "outage/1";
/// Work that is planned over bookings, which are to be found another place: SEMI E10's scheduled down. It has a column
/// of its own.
const PLANNED: &str = "planned";
/// SEMI E10's unscheduled down, by what it comes from.
const KINDS: &[&str] = &["breakdown", "utilities", "contamination", "safety", OTHER];
const OTHER: &str = "other";

/// The sort of an outage as it is told: `kind`, unless it is planned.
fn word(planned: bool, kind: String) -> String {
    if planned { PLANNED.to_owned() } else { kind }
}

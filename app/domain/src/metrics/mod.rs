//! What the district sees: hours of lines over a period, and the suppression of small cells.

mod bridge;
mod hours;
mod spans;
mod suppress;

pub use hours::{LineHours, LineUse, committed_occupancy};
pub use spans::Spans;
pub use suppress::{Cell, FEWEST_CLIENTS, FEWEST_RANKED, Part, Table, publish_parts, publish_together};

//! The parts that are alive in the browser. Each is whole as the server renders it, and better awake.

mod countdown;
mod live;
mod units;

pub use countdown::Countdown;
pub use live::Live;
pub use units::{Units, UnitsOf};

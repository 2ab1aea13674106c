//! The parts that are alive in the browser. Each is whole as the server renders it, and better awake.

mod countdown;
mod finder;
mod live;
mod own_time;
mod sending;
mod units;

pub use countdown::Countdown;
pub use finder::Finder;
pub use live::Live;
pub use own_time::OwnTime;
pub use sending::Sending;
pub use units::{Units, UnitsOf};

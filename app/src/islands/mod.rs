//! The parts that are alive in the browser. Each is whole as the server renders it, and better awake.

mod countdown;
mod finder;
mod fit;
mod live;
mod own_time;
#[cfg(target_arch = "wasm32")]
mod typed;
mod units;

pub use countdown::Countdown;
pub use finder::{Finder, FinderWords};
pub use fit::Findable;
pub use live::Live;
pub use own_time::{OwnSteps, OwnTime};
pub use units::{Units, UnitsOf};

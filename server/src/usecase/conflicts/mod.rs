//! The conflict desk (tier 5): a person decides, with the reasons on one screen. What is open is read from what is on
//! record; the options of one conflict are computed by the kernel when it is opened, and decided again when one is
//! taken.

mod among;
mod cases;
mod choice;
mod considered;
mod failed;
mod gone;
mod list;
mod moves;
mod neighbours;
mod options;
mod over;
mod resolve;
mod room;
mod settle;
mod told;
mod wish;
mod wishes;

pub(crate) use self::{cases::open_cleanings, over::or_over};
pub use self::{
    list::{brief, list},
    options::open,
    resolve::resolve,
    settle::settle,
};

//! Tier 4, a call: requests collected until a closing date are allocated together by a published rule.
//!
//! [`search`] makes a plan worth as much as can be found, by ruin and recreate on a [`ground`]: the kernel's lines and
//! pools ([`plant`]) in a real [`round`], whole [`units`] in the instances against which the search is measured.

pub mod adjust;
pub mod chance;
pub mod counted;
pub mod ground;
pub mod inputs;
pub mod instance;
pub mod limited;
pub mod plant;
pub mod round;
pub mod rule;
pub mod search;
pub mod units;
pub mod verify;

pub use adjust::{Plan, Unfit};
pub use counted::Counted;
pub use inputs::Inputs;
pub use plant::Place;
pub use round::{Outcome, Round, allocate};
pub use rule::{Rule, Wish};

//! Tier 4, a call: requests collected until a closing date are allocated together.

pub mod chance;
pub mod ground;
pub mod instance;
pub mod search;
pub mod units;
pub mod verify;

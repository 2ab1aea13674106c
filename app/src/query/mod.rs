//! What pages keep in their address, as their forms write it.

mod closure;
mod outage;
mod search;

pub use closure::ClosureDraft;
pub use outage::OutageDraft;
pub use search::{again, blank, parse, read, write};

//! What pages keep in their address, as their forms write it.

mod closure;
mod search;

pub use closure::ClosureDraft;
pub use search::{again, blank, choose, chosen, parse, read, write};

//! Calls: their lists, their published rule, wishes and what becomes of them.

mod counted;
mod facts;
mod form;
mod list;
mod result;
mod while_so;
mod wishes;

pub use facts::{CallFacts, CallState};
pub use form::WishForm;
pub use list::CallList;
pub use result::Decided;
pub use while_so::WhileSo;
pub use wishes::{Wishes, windows};

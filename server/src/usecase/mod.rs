//! One file an action: authorise, load, decide, save. The only callers of both domain and store.

pub mod caller;
mod cause;
mod key;
mod paging;
pub mod people;

pub use caller::{Caller, Credential, Member};
pub use cause::internal;
pub use key::IdempotencyKey;
pub use paging::Paging;

//! The store: transactions, the statements of a booking, the cache.

mod chain;
mod migrating;
mod neighbourhood;
mod plant;
mod pools;
mod reference;
mod retry;
mod snapshot;
mod write;

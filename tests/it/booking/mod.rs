//! Bookings through the API, on both databases.

mod answering;
mod bad_input;
mod cancelling;
mod closing;
mod contention;
mod desk;
mod expiry;
mod idempotency;
mod journey;
mod moving;
mod noticing;
mod numbers;
mod operators;
mod resale;
mod sameness;
mod secrecy;
mod statements;
pub mod world;

pub use world::World;

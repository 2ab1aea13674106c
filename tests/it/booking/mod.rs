//! Bookings through the API, on both databases.

mod answering;
mod bad_input;
mod cancelling;
mod changing;
mod closing;
mod contention;
mod desk;
mod expiry;
mod fairness;
mod flags;
mod idempotency;
mod instead;
mod journey;
mod late;
mod moving;
mod nearest;
mod noticing;
mod numbers;
mod operators;
mod outages;
mod plans;
mod products;
mod races;
mod repairing;
mod resale;
mod room_pages;
pub mod rounds;
mod sameness;
mod secrecy;
mod splitting;
mod statements;
mod swapping;
mod waiting;
pub mod world;

pub use world::World;

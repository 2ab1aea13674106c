//! One integration binary: every further one is another link step.

mod architecture;
mod booking;
mod cli;
mod design;
#[path = "../e2e/mod.rs"]
mod e2e;
mod endpoints;
mod guard;
mod harness;
mod live;
mod people;
mod protocol;
mod setup;
mod store;
mod style;
mod verify;
mod words;

//! The protocol by itself: what it promises holds even where the schema guards nothing.

mod kill;
mod model;
mod naive;
mod one_slot;
mod retries;
mod same;
mod unguarded;

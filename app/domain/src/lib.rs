//! The rules of booking pilot-scale capacity: pure functions over plain data.
//!
//! No async, no IO, no clock, no randomness: the time of asking is an argument everywhere. Instants are whole UTC
//! minutes ([`Minute`]), intervals are half-open, money is integer fen. The vocabulary is the field's: a client books a
//! *campaign*, a run of a *route* whose steps each claim one exclusive *line* and shares of *pools*; between neighbours
//! on a line lies a *changeover*.

pub mod availability;
pub mod booking;
pub mod calendar;
pub mod capability;
pub mod chain;
pub mod changeover;
pub mod checker;
mod gaps;
pub mod hazard;
pub mod id;
pub mod interval;
pub mod length;
pub mod metrics;
pub mod occupancy;
pub mod offering;
pub mod plan;
pub mod policy;
pub mod price;
pub mod refusal;
pub mod request;
pub mod resolve;
pub mod resource;
pub mod route;
pub mod segregation;
pub mod snapshot;
pub mod supposed;
pub mod text;
pub mod use_or_lose;

pub use id::*;
pub use interval::{Interval, Minute, Minutes, Second};
pub use text::Text;

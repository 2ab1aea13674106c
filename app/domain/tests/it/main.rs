//! The kernel's tests: properties against a minute-by-minute brute force, and the edges by name.

mod brute;
mod calendars;
mod edges;
mod starts;
mod world;

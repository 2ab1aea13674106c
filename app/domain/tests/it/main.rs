//! The kernel's tests: properties against a minute-by-minute brute force, and the edges by name.

mod brute;
mod calendars;
mod edges;
mod operations;
mod plant;
mod routes;
mod starts;
mod world;

//! The kernel's tests: properties against a minute-by-minute brute force, and the edges by name.

mod allocation;
mod around;
mod bookings;
mod bounds;
mod brute;
mod calendars;
mod chains;
mod checker;
mod edges;
mod hazards;
mod metamorphic;
mod metrics;
mod moves;
mod onward;
mod operations;
mod outages;
mod partings;
mod plant;
mod policies;
mod repairs;
mod routes;
mod splits;
mod starts;
mod taken;
mod use_or_lose;
mod world;

//! Allocation rounds: the search against brute force, plans against the checkers, rules by their words.

mod adjusted;
mod replay;
pub mod rounds;
mod rules;
mod units;

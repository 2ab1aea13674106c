//! Allocation rounds: the search against brute force, plans against the checkers, rules by their words.

pub mod rounds;
mod replay;
mod rules;
mod units;

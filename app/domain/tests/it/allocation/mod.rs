//! Allocation rounds: the search against brute force, plans against the checkers, rules by their words, and whether
//! every reason is true.

mod adjusted;
mod judge;
mod reasons;
mod replay;
pub mod rounds;
mod rules;
mod units;

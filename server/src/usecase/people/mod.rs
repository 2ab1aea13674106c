//! Organisations, accounts, and how people get in.

pub mod credit_code;

//! The harness: a database per test on both engines, a small catalogue, and an audit that trusts nothing.

pub mod database;

pub use database::{Engine, TestDatabase};

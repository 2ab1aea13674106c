//! The harness: a database per test on both engines, a small plant to book, writers without manners, and an audit that
//! trusts nothing.

pub mod app;
pub mod audit;
pub mod booking;
pub mod browser;
pub mod chain;
pub mod database;
pub mod desk;
pub mod html;
pub mod office;
pub mod plant;
pub mod rows;
pub mod unguarded;
pub mod vandal;

pub use app::{App, Visitor};
pub use audit::audit;
pub use database::{Engine, TestDatabase};
pub use plant::Plant;
pub use rows::Row;

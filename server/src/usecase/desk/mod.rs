//! The operator's desk: what the pages of a platform's people show in one look each. Nothing is changed here.

mod board;
mod checks;
mod home;
mod request;

pub use board::{of_line, of_platform};
pub use home::home;
pub use request::request;

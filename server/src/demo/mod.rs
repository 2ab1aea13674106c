//! The demonstration: seven platforms, invented firms and people, and a history made through the protocol.

mod files;

pub use files::files;

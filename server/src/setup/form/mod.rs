//! A part as a form: its text taken apart into fields, and fields put together to a text again. The text goes the way
//! of every import, so that there is one set of rules; what it finds wrong with a line is told at that line's field.

mod compose;
mod fill;

pub use compose::{Written, compose};
pub use fill::{blank, fill};

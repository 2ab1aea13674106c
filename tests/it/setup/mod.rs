//! Set-up from files, and the demonstration.

mod bulk;
mod feasible;
mod format;
mod history;
mod import;
mod visit;
mod written;

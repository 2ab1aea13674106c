//! Set-up from files, and the demonstration.

mod bulk;
mod feasible;
mod format;
mod forms;
mod history;
mod import;
mod visit;
mod written;

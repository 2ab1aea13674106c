//! Set-up from files, and the demonstration.

mod feasible;
mod format;
mod history;
mod import;

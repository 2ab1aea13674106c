//! Set-up from files, and the demonstration.

mod format;

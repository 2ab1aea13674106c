//! Structured logs on standard error.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, filter::ParseError, fmt};

use crate::settings::{LogFormat, LogSettings};

/// Starts logging; once a process. A second start changes nothing.
///
/// # Errors
/// The filter doesn't parse.
pub fn start(settings: &LogSettings) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(&settings.filter)?;
    let lines =
        fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let started = match settings.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging had already been started");
    }
    Ok(())
}

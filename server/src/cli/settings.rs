//! `zhongshi settings`.

use clap::Args;

use super::{CommandError, SettingFlags};
use crate::settings::template;

/// Options of `zhongshi settings`.
#[derive(Debug, Args)]
pub struct SettingsOptions {
    /// Check the settings in force instead, and name the first wrong one and where it came from.
    #[arg(long)]
    check: bool,
}

/// Prints the template, or checks the settings.
///
/// # Errors
/// A wrong setting, with `--check`.
pub fn print(options: &SettingsOptions, flags: &SettingFlags) -> Result<(), CommandError> {
    if options.check {
        flags.load()?;
        println!("the settings are right");
    } else {
        print!("{}", template());
    }
    Ok(())
}

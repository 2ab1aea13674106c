//! Settings as flags, the same for every command.

use std::path::PathBuf;

use clap::Args;

use crate::settings::{Origins, Settings, SettingsError, load};

/// Flags that set settings. They win over the environment (`ZHONGSHI_…`), which wins over the file.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Settings (all of them: zhongshi settings)")]
pub struct SettingFlags {
    /// Read settings from this TOML file.
    #[arg(long, global = true, value_name = "FILE", env = "ZHONGSHI_CONFIG")]
    config: Option<PathBuf>,

    /// Database URL: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME.
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,

    /// Address and port to listen on.
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    listen: Option<String>,

    /// Address by which people reach the installation, such as https://pilot.example.org.
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,

    /// Any other setting by its dotted name, such as --set log.format=json; may be repeated.
    #[arg(long = "set", global = true, value_name = "NAME=VALUE", value_parser = assignment)]
    set: Vec<(String, String)>,
}

impl SettingFlags {
    /// The settings, from these flags, the environment and the file.
    ///
    /// # Errors
    /// The first wrong one, with its origin.
    pub fn load(&self) -> Result<Settings, SettingsError> {
        let named =
            [("database.url", &self.database), ("listen", &self.listen), ("public_url", &self.public_url)];
        let named = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        load(&Origins { file: self.config.clone(), flags: named.chain(self.set.iter().cloned()).collect() })
    }
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write NAME=VALUE, such as log.format=json".to_owned()),
    }
}

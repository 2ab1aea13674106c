//! Everything that can be set, with its default and meaning. Flags win over the environment, the environment over the
//! file, the file over the defaults.

mod load;
mod types;

pub use load::{Origins, SettingsError, load, template};
pub use types::{
    DatabaseSettings, HttpSettings, LimitSettings, LogFormat, LogSettings, SessionSettings, Settings,
};

//! Gathering the settings, and saying where a wrong one came from.

use std::path::{Path, PathBuf};

use confique::{
    Config, File, FileFormat, Layer,
    meta::{Field, FieldKind, Meta},
};

use super::Settings;

type SettingsLayer = <Settings as Config>::Layer;

/// Where settings come from besides the environment.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// A TOML file; it must exist.
    pub file: Option<PathBuf>,
    /// Settings given as flags: a dotted name and a value, such as `log.format` and `json`.
    pub flags: Vec<(String, String)>,
}

/// A setting that is wrong, and where it came from.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("settings from {origin}: {cause}")]
    Wrong { origin: String, cause: String },
    #[error("no settings file at {}: leave --config out or name one that exists", path.display())]
    NoFile { path: PathBuf },
}

/// Reads flags, environment and file over the defaults.
///
/// # Errors
/// The first setting that is wrong, unknown or malformed, with its origin.
pub fn load(origins: &Origins) -> Result<Settings, SettingsError> {
    let mut layer = SettingsLayer::empty();
    for (name, value) in &origins.flags {
        layer = flag(name, value)?.with_fallback(layer);
    }
    known(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
    layer = layer.with_fallback(SettingsLayer::from_env().map_err(|error| wrong("the environment", &error))?);
    if let Some(path) = &origins.file {
        layer = layer.with_fallback(file(path)?);
    }
    Settings::from_layer(layer.with_fallback(SettingsLayer::default_values()))
        .map_err(|error| wrong("all origins together", &error))
}

/// Refuses names of ours in the environment that name no setting: a slip of the pen would else go unseen.
fn known(names: impl Iterator<Item = String>) -> Result<(), SettingsError> {
    let settings = variables(&Settings::META);
    // What names the file, what tests and benchmarks tell each other, and what an orchestrator says of a service that
    // is called zhongshi.
    let other = |name: &str| {
        name == "ZHONGSHI_CONFIG"
            || ["TEST_", "BENCH_", "PICTURES", "SERVICE_", "PORT"]
                .iter()
                .any(|start| name.strip_prefix("ZHONGSHI_").is_some_and(|rest| rest.starts_with(start)))
    };
    let unknown =
        |name: &String| name.starts_with("ZHONGSHI_") && !settings.contains(&name.as_str()) && !other(name);
    match names.into_iter().find(unknown) {
        None => Ok(()),
        Some(name) => Err(SettingsError::Wrong {
            origin: "the environment".to_owned(),
            cause: format!("no setting is called {name}; `zhongshi settings` prints all of them"),
        }),
    }
}

/// The environment's names of all settings.
fn variables(meta: &Meta) -> Vec<&'static str> {
    let of = |field: &Field| match field.kind {
        FieldKind::Leaf { env, .. } => env.into_iter().collect(),
        FieldKind::Nested { meta } => variables(meta),
    };
    meta.fields.iter().flat_map(of).collect()
}

/// Every setting with its meaning and default, as a TOML file to start from.
#[must_use]
pub fn template() -> String {
    confique::toml::template::<Settings>(confique::toml::FormatOptions::default())
}

fn file(path: &Path) -> Result<SettingsLayer, SettingsError> {
    if !path.is_file() {
        return Err(SettingsError::NoFile { path: path.to_owned() });
    }
    File::with_format(path, FileFormat::Toml)
        .load()
        .map_err(|error| wrong(&format!("the file {}", path.display()), &error))
}

/// One flag as a layer: as TOML if the value reads as such (numbers, booleans), else as a string.
fn flag(name: &str, value: &str) -> Result<SettingsLayer, SettingsError> {
    let quoted = toml::Value::String(value.to_owned());
    let parse = |text: String| toml::from_str::<SettingsLayer>(&text);
    let (plain, worded) = (parse(format!("{name} = {value}")), parse(format!("{name} = {quoted}")));
    // What is said of a number that is refused is about the number, not about the text that it would be in quotes.
    let is_toml = toml::from_str::<toml::Table>(&format!("value = {value}")).is_ok();
    let layer = match (plain, worded) {
        (Ok(layer), _) | (Err(_), Ok(layer)) => Ok(layer),
        (Err(plain), Err(worded)) => Err(if is_toml { plain } else { worded }),
    };
    layer.map_err(|error| SettingsError::Wrong {
        origin: format!("the flag for {name}"),
        cause: error.message().to_owned(),
    })
}

fn wrong(origin: &str, error: &confique::Error) -> SettingsError {
    let mut cause = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(next) = source {
        let text = next.to_string();
        if !cause.contains(&text) {
            cause = format!("{cause}: {text}");
        }
        source = next.source();
    }
    SettingsError::Wrong { origin: origin.to_owned(), cause }
}

pub(super) fn at_least_one(number: &u32) -> Result<(), &'static str> {
    if *number >= 1 { Ok(()) } else { Err("must be 1 or more") }
}

#[expect(clippy::ptr_arg, reason = "confique passes the setting's own type")]
pub(super) fn database_url(url: &String) -> Result<(), &'static str> {
    if ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        Ok(())
    } else {
        Err("a database URL starts with sqlite:// or postgres://")
    }
}

#[expect(clippy::ptr_arg, reason = "confique passes the setting's own type")]
pub(super) fn public_url(url: &String) -> Result<(), &'static str> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(()),
        _ => Err("a public URL is scheme and host, such as https://pilot.example.org, without a path"),
    }
}

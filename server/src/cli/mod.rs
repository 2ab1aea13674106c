//! The commands of `zhongshi`.

mod admin;
mod demo;
mod import;
mod migrate;
mod options;
mod rounds;
mod settings;
mod verify;

use std::{ffi::OsString, process::ExitCode};

use clap::{Parser, Subcommand};

pub use options::SettingFlags;

use crate::{
    settings::Settings,
    store::{Store, StoreOptions},
};

/// What a command fails with: told to the person at the terminal as it is.
pub type CommandError = Box<dyn std::error::Error + Send + Sync>;

/// Zhongshi: booking of pharmaceutical pilot capacity. 中试产能预约系统。
#[derive(Debug, Parser)]
#[command(name = "zhongshi", version, propagate_version = true, arg_required_else_help = true)]
struct Zhongshi {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: SettingFlags,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server.
    #[command(after_help = "Stop it with Ctrl-C or SIGTERM: requests under way finish first.")]
    Serve(crate::serve::ServeOptions),
    /// Bring the database's schema up to date.
    Migrate(migrate::MigrateOptions),
    /// Make an administrator of the district, and print a one-time link by which to choose a password.
    ///
    /// An installation needs one before anybody can verify companies or invite platforms. Run it again for another
    /// link or another administrator.
    Admin(admin::AdminOptions),
    /// Fill an empty database with the demonstration: invented firms and people, and a history made through the
    /// protocol.
    Demo(demo::DemoOptions),
    /// Import platforms, lines, pools, calendars, matrices, routes, prices, policies and holidays from TOML files.
    #[command(after_help = "All or nothing; a second import of the same files changes nothing.")]
    Import(import::ImportOptions),
    /// Audit the whole database: chains, gaps, pools, live rows against bookings, decisions against outcomes.
    #[command(
        after_help = "It only reads, and names the first thing that is wrong. A running server is not disturbed."
    )]
    Verify,
    /// Check allocation rounds against their records.
    Rounds(rounds::RoundsOptions),
    /// Print every setting with its meaning and default, as a TOML file to start from.
    Settings(settings::SettingsOptions),
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    run_with(std::env::args_os())
}

/// Runs the command that `arguments` say, the program's name first. Wrong arguments end the process with an
/// explanation.
#[must_use]
pub fn run_with<A: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = A>) -> ExitCode {
    match run(Zhongshi::parse_from(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zhongshi: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The database that there is, for what only reads it.
///
/// # Errors
/// It can't be opened, or its schema isn't up to date.
async fn opened(settings: &Settings) -> Result<Store, CommandError> {
    let store = Store::open(&StoreOptions { create: false, ..(&settings.database).into() }).await?;
    if store.pending_migrations().await?.is_empty() {
        Ok(store)
    } else {
        Err("the schema isn't up to date: run `zhongshi migrate` first".into())
    }
}

fn run(asked: Zhongshi) -> Result<(), CommandError> {
    match asked.command {
        Command::Settings(options) => settings::print(&options, &asked.flags),
        command => {
            let settings = asked.flags.load()?;
            crate::log::start(&settings.log).map_err(|error| format!("log.filter: {error}"))?;
            tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
                match command {
                    Command::Serve(options) => crate::serve::run(settings, &options).await,
                    Command::Migrate(options) => migrate::run(&settings, options).await,
                    Command::Admin(options) => admin::run(settings, &options).await,
                    Command::Demo(options) => demo::run(&settings, &options).await,
                    Command::Import(options) => import::run(&settings, &options).await,
                    Command::Verify => verify::run(&settings).await,
                    Command::Rounds(options) => rounds::run(&settings, options).await,
                    Command::Settings(_) => Ok(()),
                }
            })
        }
    }
}

//! `zhongshi demo`.

use std::time::Instant;

use clap::Args;

use super::CommandError;
use crate::{
    clock::{Clock, SystemClock},
    demo::{Demonstration, load, new_password},
    settings::Settings,
    store::{Store, StoreOptions},
};

/// Options of `zhongshi demo`.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// Seed of everything that is made up: the same seed makes the same demonstration.
    #[arg(long, default_value_t = 20_251_104)]
    seed: u64,

    /// Campaigns that are asked for in the history.
    #[arg(long, default_value_t = 520)]
    campaigns: u32,

    /// Password of the demonstration's accounts; a random one is made and printed unless given.
    #[arg(long)]
    password: Option<String>,
}

/// Fills an empty database with the demonstration.
///
/// # Errors
/// The database holds data already, or fails.
pub async fn run(settings: &Settings, options: &DemoOptions) -> Result<(), CommandError> {
    let begun = Instant::now();
    let store = Store::open(&StoreOptions::from(&settings.database)).await?;
    store.migrate().await?;
    let now = SystemClock.now();
    let password = options.password.clone().unwrap_or_else(new_password);
    let wanted =
        Demonstration { seed: options.seed, campaigns: options.campaigns, password: password.clone(), now };
    let loaded = load(&store, settings, &wanted).await?;
    let (people, report) =
        loaded.ok_or("the database holds data already; the demonstration needs an empty one")?;
    println!(
        "{} bookings, {} closures in {:.1} s ({report:?})",
        report.bookings,
        report.closures,
        begun.elapsed().as_secs_f64()
    );
    println!("{}", crate::demo::accounts(&people, &password));
    store.close().await;
    Ok(())
}

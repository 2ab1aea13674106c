//! `zhongshi demo`.

use std::time::Instant;

use clap::Args;

use super::CommandError;
use crate::{
    clock::{Clock, SystemClock},
    demo::{Bulk, Demonstration, DemonstrationError, fill, load, new_password, reset},
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

    /// For measuring: so many made-up lines instead of the seven platforms, filled without a history.
    #[arg(long, requires = "bookings", conflicts_with = "campaigns", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    lines: Option<u32>,

    /// For measuring: so many bookings in all on those lines.
    #[arg(long, requires = "lines", value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    bookings: Option<u32>,

    /// Begin anew: delete the embedded database first. Only one that holds a demonstration, and that no server has
    /// open.
    #[arg(long)]
    reset: bool,

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
    if options.reset {
        reset(settings).await?;
    }
    let quickly = StoreOptions { durable: false, ..StoreOptions::from(&settings.database) };
    let store = Store::open(&quickly).await?;
    store.migrate().await?;
    let now = SystemClock.now();
    let password = options.password.clone().unwrap_or_else(new_password);
    if let (Some(lines), Some(bookings)) = (options.lines, options.bookings) {
        let bulk = Bulk { lines, bookings, seed: options.seed, now, password: password.clone() };
        let written = fill(&store, &bulk).await?;
        store.close().await;
        let seconds = begun.elapsed().as_secs_f64();
        println!(
            "{written} bookings on {lines} lines in {seconds:.1} s, {:.0} a second",
            f64::from(written) / seconds
        );
        println!("All accounts, such as member@jia.example, have the password {password}");
        return Ok(());
    }
    let wanted =
        Demonstration { seed: options.seed, campaigns: options.campaigns, password: password.clone(), now };
    let loaded = load(&store, settings, &wanted).await?;
    let (people, report) = loaded.ok_or(DemonstrationError::NotEmpty)?;
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

//! `zhongshi migrate`.

use clap::Args;

use super::CommandError;
use crate::{settings::Settings, store::Store};

/// Options of `zhongshi migrate`.
#[derive(Clone, Copy, Debug, Args)]
pub struct MigrateOptions {
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
}

/// Brings the schema up to date, or says what that would take.
///
/// # Errors
/// The database can't be opened or a migration fails.
pub async fn run(settings: &Settings, options: MigrateOptions) -> Result<(), CommandError> {
    let store = Store::open(&(&settings.database).into()).await?;
    let pending = store.pending_migrations().await?;
    for name in &pending {
        println!("{name}");
    }
    if options.dry_run {
        println!("{} migrations are waiting", pending.len());
    } else {
        store.migrate().await?;
        println!("{} migrations ran; the schema is up to date", pending.len());
    }
    store.close().await;
    Ok(())
}

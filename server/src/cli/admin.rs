//! `zhongshi admin`.

use std::sync::Arc;

use app::language::Language;
use clap::Args;

use super::CommandError;
use crate::{clock::SystemClock, settings::Settings, state::AppState, store::Store, usecase::people};

/// Options of `zhongshi admin`.
#[derive(Clone, Debug, Args)]
pub struct AdminOptions {
    /// The administrator's e-mail address, to sign in with.
    #[arg(long)]
    email: String,
    /// The administrator's name.
    #[arg(long)]
    name: String,
    /// The district's name, if it is not there yet.
    #[arg(long, default_value = "哈尔滨新区")]
    district: String,
}

/// Makes an administrator of the district and prints the one-time link to a password.
///
/// # Errors
/// The database can't be opened or lacks migrations; e-mail address or name is malformed.
pub async fn run(settings: Settings, options: &AdminOptions) -> Result<(), CommandError> {
    let store = Store::open(&(&settings.database).into()).await?;
    store.migrate().await?;
    let hours = settings.session.link_hours;
    let state = AppState::new(store, Arc::new(SystemClock), settings);
    let made = people::make_administrator(&state, &options.email, &options.name, &options.district).await;
    let made = made.map_err(|failure| app::words::failure(Language::en, &failure))?;
    println!("{} administers the district. Choose a password within {hours} hours:", made.email);
    println!("{}", made.link);
    state.close().await;
    Ok(())
}

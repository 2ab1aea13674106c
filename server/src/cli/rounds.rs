//! `zhongshi rounds`.

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{CommandError, opened};
use crate::{
    settings::Settings,
    usecase::rounds::{Replayed, replay},
};

/// What to do with allocation rounds.
#[derive(Clone, Copy, Debug, Args)]
pub struct RoundsOptions {
    #[command(subcommand)]
    command: RoundsCommand,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum RoundsCommand {
    /// Run published rounds again from their records: whether each gives the same, its seed is the one committed to,
    /// and the holds made were those.
    #[command(after_help = "It only reads. It fails if any round differs from its record.")]
    Verify {
        /// Only this call; all that are published when left out.
        #[arg(value_name = "CALL")]
        call: Option<Uuid>,
    },
}

/// Runs the command.
///
/// # Errors
/// A round differs from its record; there is no such published call; the database can't be opened or read, or its
/// schema isn't up to date.
pub async fn run(settings: &Settings, options: RoundsOptions) -> Result<(), CommandError> {
    let RoundsCommand::Verify { call } = options.command;
    let store = opened(settings).await?;
    let replayed = replay(&store, call).await;
    store.close().await;
    let replayed = replayed?;
    replayed.iter().for_each(tell);
    match replayed.iter().filter(|round| !round.wrong.is_empty()).count() {
        0 => {
            println!(
                "all is well: {} published rounds give the same when they are run again",
                replayed.len()
            );
            Ok(())
        }
        wrong => {
            Err(format!("{wrong} of {} published rounds differ from their records", replayed.len()).into())
        }
    }
}

fn tell(round: &Replayed) {
    let Replayed { call, title, wishes, placed, adjusted, filled, reworded, undecided, wrong } = round;
    let said = if wrong.is_empty() { "the same" } else { "DIFFERENT" };
    println!("{call} {title}: {said}, {placed} of {wishes} wishes placed");
    if *adjusted > 0 {
        println!(
            "  changes by the platform: {adjusted}; places filled by the rule after them: {filled}; reasons told \
             otherwise: {reworded}"
        );
    }
    if *undecided > 0 {
        println!(
            "  not decided again: {undecided} of these {filled} places, for the calendar of then isn't on record"
        );
    }
    for one in wrong {
        println!("  {one}");
    }
}

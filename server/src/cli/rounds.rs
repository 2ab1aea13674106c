//! `zhongshi rounds`.

use clap::{Args, Subcommand};
use domain::resolve::allocation::rule::RULES;
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
    #[command(
        after_help = "It only reads. It fails if any round differs from its record. A round that was decided by \
                      another version of the rules is said to be so: it can't be decided again here, and the rest of \
                      its record is checked."
    )]
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
    let wrong = replayed.iter().filter(|round| !round.wrong.is_empty()).count();
    let all = replayed.len();
    if wrong > 0 {
        return Err(format!("{wrong} of {all} published rounds differ from their records").into());
    }
    let others = replayed.iter().filter(|round| round.other_rules.is_some()).count();
    let same = all - others;
    println!("all is well: {same} published rounds give the same when they are run again");
    if others > 0 {
        println!(
            "{others} more were decided by other versions of the rules and can't be run again here: their records are \
             in order"
        );
    }
    Ok(())
}

fn tell(round: &Replayed) {
    let Replayed { call, title, wishes, placed, adjusted, filled, reworded, .. } = round;
    let Replayed { other_rules, undecided, outdated, wrong, .. } = round;
    let said = match (wrong.is_empty(), other_rules) {
        (false, _) => "DIFFERENT",
        (true, Some(_)) => "decided by other rules",
        (true, None) => "the same",
    };
    println!("{call} {title}: {said}, {placed} of {wishes} wishes placed");
    if let Some(rules) = other_rules {
        println!(
            "  decided by the rules {rules}; this version has {RULES}, and can't decide it again: seed, wishes, what \
             was told and the holds were checked"
        );
    }
    if *adjusted > 0 {
        println!(
            "  changes by the platform: {adjusted}; places given by the rule after them: {filled}; reasons told \
             otherwise: {reworded}"
        );
    }
    if *outdated > 0 {
        println!(
            "  not decided again: {outdated} of these {filled} places, given by other rules than {RULES}"
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

//! Two runs instead of one, in words.

use super::{moment, say};
use crate::{
    contract::{SplitPartView, SplitView},
    language::Language,
};

/// Both runs, such as “2 batches from 3 Dec; 1 batch from 9 Dec”.
#[must_use]
pub fn split_runs(language: Language, split: &SplitView) -> String {
    let run = |part: &SplitPartView| {
        let batches = split_batches(language, part.batches);
        let start = part.offer.steps.iter().map(|step| step.start).min();
        start.map_or_else(String::new, |start| {
            say!(language, offer.split.run, batches = batches, start = moment(language, start)).to_string()
        })
    };
    let runs: Vec<String> = split.parts.iter().map(run).collect();
    runs.join(say!(language, term.semicolon))
}

/// How many batches a run has.
#[must_use]
pub fn split_batches(language: Language, batches: u32) -> String {
    match batches {
        1 => say!(language, offer.split.batches_one).to_owned(),
        count => say!(language, offer.split.batches, count = count).to_string(),
    }
}

//! All open conflicts of a platform, the most urgent first.

use app::contract::{ConflictCount, ConflictList, ConflictsBrief, Failure};

use super::cases;
use crate::{
    state::AppState,
    usecase::{Caller, Paging},
};

/// Conflicts told in short; the desk has them all.
const FIRST: usize = 5;

/// A page of the caller's platform's open conflicts, and how many there are of each kind: what starts first comes first
/// within its kind, and what stands where a line is down before everything else.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub async fn list(state: &AppState, caller: &Caller, paging: Paging) -> Result<ConflictList, Failure> {
    let cases = cases::all(state, caller).await?;
    let mut counts: Vec<ConflictCount> = Vec::new();
    for case in &cases {
        match counts.iter_mut().find(|known| known.kind == case.kind()) {
            Some(known) => known.count += 1,
            None => counts.push(ConflictCount { kind: case.kind().to_owned(), count: 1 }),
        }
    }
    // A page begins behind the entry that the one before ended with; if that has been resolved meanwhile, anew.
    let begin = paging.after.and_then(|after| cases.iter().position(|case| case.id() == after));
    let rest: Vec<_> = cases.into_iter().skip(begin.map_or(0, |at| at + 1)).collect();
    let page = paging.page(rest, cases::Case::id);
    Ok(ConflictList { items: cases::views(state, caller, page.items).await?, next: page.next, counts })
}

/// The caller's platform's open conflicts in short.
///
/// # Errors
/// As [`list`].
pub async fn brief(state: &AppState, caller: &Caller) -> Result<ConflictsBrief, Failure> {
    let mut cases = cases::all(state, caller).await?;
    let open = cases.len();
    cases.retain(cases::Case::is_untold);
    let untold = cases.len();
    cases.truncate(FIRST);
    let first = if cases.is_empty() { Vec::new() } else { cases::views(state, caller, cases).await? };
    Ok(ConflictsBrief { open, untold, first })
}

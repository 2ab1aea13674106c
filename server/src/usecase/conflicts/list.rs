//! All open conflicts of a platform, the most urgent first.

use app::contract::{ConflictView, Failure, Page};

use super::cases;
use crate::{
    state::AppState,
    usecase::{Caller, Paging},
};

/// A page of the caller's platform's open conflicts: what starts first comes first within its kind, and what stands
/// where a line is down before everything else.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub async fn list(state: &AppState, caller: &Caller, paging: Paging) -> Result<Page<ConflictView>, Failure> {
    let views = cases::all(state, caller).await?;
    // A page begins behind the entry that the one before ended with; if that has been resolved meanwhile, anew.
    let begin = paging.after.and_then(|after| views.iter().position(|view| view.id == after));
    let rest = views.into_iter().skip(begin.map_or(0, |at| at + 1)).collect();
    Ok(paging.page(rest, |view| view.id))
}

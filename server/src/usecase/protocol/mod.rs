//! The one path by which anything changes on a line: lock, release what has expired, read the neighbourhood again,
//! decide again with the kernel, write everything that belongs together, commit, and only then answer.
//!
//! Holds, moves, operators' bookings, requests, approvals, cancellations, closures and expiry all go through [`run`].

mod attempt;
mod effects;
mod lapse;
mod record;
mod scene;
mod stop;

use std::sync::Arc;

use app::contract::Failure;
use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};

pub(crate) use attempt::Attempt;
pub(crate) use effects::Effects;
pub(crate) use lapse::{Lapsed, due};
pub(crate) use record::{
    Beside, Decision, Note, Shown, decide, show_companies, show_line, tell, tell_of, tell_with,
};
pub(crate) use scene::{Scene, Touched};
pub(crate) use stop::Stop;

use super::{Failures, ground};
use crate::{state::AppState, store::Tx};

/// How often the set of touched lines may have to be widened, or the catalogue be read anew, before giving up.
const ROUNDS: u32 = 8;

/// Carries out one change. `work` gets the locked lines and pools that `touched` names, as they are; whatever it
/// answers is stored under the attempt's key in the same commit. It may run several times.
///
/// # Errors
/// What `work` stops with; [`Stop::Failed`] with `Busy` if others were in the way again and again.
pub(crate) async fn run<T, F>(
    state: &AppState,
    attempt: Option<&Attempt>,
    touched: Touched,
    work: F,
) -> Result<T, Stop>
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: for<'a> Fn(&'a Tx<'a>, Scene) -> BoxFuture<'a, Result<T, Stop>> + Send + Sync + 'static,
{
    let work = Arc::new(work);
    let attempt = attempt.cloned();
    let mut touched = touched;
    for _ in 0..ROUNDS {
        let catalogue = ground::known_catalogue(state).await.map_err(Stop::Failed)?;
        let now = state.clock.now();
        let (run, lines, kept) = (Arc::clone(&work), touched.clone(), attempt.clone());
        let answered = state
            .store
            .write(move |tx| {
                let (run, lines, kept) = (Arc::clone(&run), lines.clone(), kept.clone());
                let catalogue = Arc::clone(&catalogue);
                Box::pin(async move {
                    let scene = Scene::enter(tx, catalogue, &lines, now).await?;
                    let answer = run(tx, scene).await?;
                    if let Some(attempt) = &kept {
                        attempt.keep(tx, &answer, now)?;
                    }
                    Ok(answer)
                })
            })
            .await;
        match answered {
            Err(Stop::Widen(more)) => touched.widen(&more),
            Err(Stop::Outdated) => drop(ground::ground(state).await.map_err(Stop::Failed)?),
            other => return other,
        }
    }
    Err(Stop::Failed(Failure::Busy))
}

/// Carries out one change for each of `rows`, which touches no line; one that fails holds up no other. Answers for how
/// many `work` said yes.
///
/// # Errors
/// The last failure; what the others changed stays.
pub(crate) async fn each<R, F>(state: &AppState, rows: Vec<R>, work: F) -> Result<usize, Failure>
where
    R: Send + Sync + 'static,
    F: for<'a> Fn(&'a Tx<'a>, Scene, Arc<R>) -> BoxFuture<'a, Result<bool, Stop>> + Send + Sync + 'static,
{
    let work = Arc::new(work);
    let (mut count, mut failures) = (0, Failures::default());
    for row in rows {
        let (work, row) = (Arc::clone(&work), Arc::new(row));
        let done = run(state, None, Touched::default(), move |tx, scene| work(tx, scene, Arc::clone(&row)));
        let done = done.await.map_err(|stop| stop.failure(|_| Failure::Busy));
        count += usize::from(failures.keep(done).unwrap_or(false));
    }
    failures.or(count)
}

//! Those who wait come first: what has become free is nobody else's until they have had their turn at it.

use domain::{Interval, LineId, OrganisationId, availability::Placement};
use sea_orm::{ConnectionTrait, Value};

use super::promote::promote;
use crate::{
    state::AppState,
    store::{Tx, statement},
    usecase::{
        protocol::{Scene, Stop},
        sweep::sweep,
    },
};

/// How often they are asked before a change goes on all the same: a turn that fails keeps nobody from booking for ever.
const TURNS: u32 = 4;

/// Carries out `change`, which is told whether to stop with [`Stop::OthersFirst`] where others are [`due`]; then they
/// have their turn, and it is tried again.
///
/// # Errors
/// What `change` stops with.
pub(crate) async fn others_first<T, F: Future<Output = Result<T, Stop>> + Send>(
    state: &AppState,
    change: impl Fn(bool) -> F,
) -> Result<T, Stop> {
    for _ in 0..TURNS {
        match change(true).await {
            Err(Stop::OthersFirst) => {}
            done => return done,
        }
        // The sweep has more to do than this: what fails there takes nobody's turn away.
        for failure in [sweep(state).await.err(), promote(state).await.err()].into_iter().flatten() {
            tracing::error!(?failure, "not all who wait could be asked first");
        }
    }
    change(false).await
}

/// Asks how many entries of other firms on the list could want what has become free, or has expired, where `placement`
/// lies: the statement, which answers one number, and its parameters.
pub(crate) fn due(
    scene: &Scene,
    company: OrganisationId,
    placement: &Placement,
) -> Option<(String, Vec<Value>)> {
    let span = placement.span()?;
    let mut values: Vec<Value> = vec![company.0.into(), span.end.into(), span.start.into()];
    let expired = |line: LineId, row: Interval| {
        placement.steps.iter().any(|step| step.line == line && step.interval.overlaps(row))
    };
    let mut lapsed = scene.lapsed.iter().flat_map(|booking| &booking.rows);
    let free = if lapsed.any(|(_, line, row)| expired(*line, *row)) {
        String::new()
    } else {
        for step in &placement.steps {
            values.extend([step.line.0.into(), step.interval.end.into(), step.interval.start.into()]);
        }
        let here = vec!["f.line = ? AND f.starts_at < ? AND f.ends_at > ?"; placement.steps.len()];
        format!(" AND EXISTS (SELECT 1 FROM freed f WHERE {})", here.join(" OR "))
    };
    let sql = format!(
        "SELECT COUNT(*) FROM waiter w WHERE w.booking IS NULL AND w.closed_at IS NULL AND w.organisation <> ? \
         AND w.starts_at < ? AND w.ends_at > ?{free}"
    );
    Some((sql, values))
}

/// Whether others wait who haven't had their turn at what `company` would take.
///
/// # Errors
/// The database's failure.
pub(crate) async fn are_due(
    tx: &Tx<'_>,
    scene: &Scene,
    company: OrganisationId,
    placement: &Placement,
) -> Result<bool, Stop> {
    let Some((sql, values)) = due(scene, company, placement) else { return Ok(false) };
    let sql = format!("SELECT ({sql}) AS others");
    let row = tx.query_one_raw(statement(tx, &sql, values)).await?;
    Ok(row.map(|row| row.try_get::<i64>("", "others")).transpose()?.is_some_and(|others| others > 0))
}

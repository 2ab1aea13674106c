//! Those who wait come first: what has become free is nobody else's until they have had their turn at it.

use domain::{
    Interval, OrganisationId, PoolId,
    availability::{PlacedStep, Placement},
    occupancy::Occupancy,
    resolve::waiting::Waiter,
    route::RouteStep,
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::promote::{promote, promote_ahead};
use crate::{
    state::AppState,
    store::{Tx, queries::LONGEST_CELL, statement, tables::waiter},
    usecase::{
        protocol::{Scene, Stop},
        sweep::release_over,
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
        have_turns(state, None).await;
    }
    change(false).await
}

/// The same for a change by which the firm of the entry `own` gets what that waits for: whoever is ahead of it has a
/// turn, once, since what they don't take stays free for those behind it.
///
/// # Errors
/// What `change` stops with.
pub(crate) async fn those_ahead_first<T, F: Future<Output = Result<T, Stop>> + Send>(
    state: &AppState,
    own: Option<&waiter::Model>,
    change: impl Fn(bool) -> F,
) -> Result<T, Stop> {
    if own.is_none() {
        return others_first(state, change).await;
    }
    match change(true).await {
        Err(Stop::OthersFirst) => {}
        done => return done,
    }
    have_turns(state, own).await;
    change(false).await
}

/// Lets all who wait have their turns, or those ahead of `own`. What fails there takes nobody's turn away.
async fn have_turns(state: &AppState, own: Option<&waiter::Model>) {
    let released = release_over(state).await.err();
    let given = match own {
        Some(own) => promote_ahead(state, own).await.err(),
        None => promote(state).await.err(),
    };
    for failure in [released, given].into_iter().flatten() {
        tracing::error!(?failure, "not all who wait could be asked first");
    }
}

/// That an entry is on the list, and another firm's than the value's.
const OTHERS: &str = "w.booking IS NULL AND w.closed_at IS NULL AND w.organisation <> ?";
/// What its place in the list follows from.
const ENTRY: &str = "SELECT w.id, w.organisation, w.created_at";

/// Asks whether an entry of another firm could want what has become free, or has expired, where `placement` lies: the
/// statement, which answers 0 if none could, and its parameters.
pub(crate) fn due(
    scene: &Scene,
    company: OrganisationId,
    placement: &Placement,
) -> Option<(String, Vec<Value>)> {
    let all = wanting(scene, company, placement);
    let one = |(sql, _): &(String, Vec<Value>)| format!("(SELECT COUNT(*) FROM ({sql} LIMIT 1) AS word)");
    let counts: Vec<String> = all.iter().map(one).collect();
    let values = all.into_iter().flat_map(|(_, values)| values).collect();
    (!counts.is_empty()).then(|| (format!("SELECT {}", counts.join(" + ")), values))
}

/// Those entries themselves, each in a row as often as it could want something; how much their firms have been given
/// isn't counted here.
///
/// # Errors
/// The database's failure.
pub(super) async fn those_due(
    tx: &Tx<'_>,
    scene: &Scene,
    company: OrganisationId,
    placement: &Placement,
) -> Result<Vec<Waiter>, Stop> {
    let mut all = Vec::new();
    for (sql, values) in wanting(scene, company, placement) {
        for row in tx.query_all_raw(statement(tx, &sql, values)).await? {
            let firm = OrganisationId(row.try_get("", "organisation")?);
            let (id, since) = (row.try_get("", "id")?, row.try_get("", "created_at")?);
            all.push(Waiter { id, firm, since, given: 0 });
        }
    }
    Ok(all)
}

/// Statements with their parameters that give the entries of firms other than `company` that could want what has become
/// free, or has expired, where `placement` lies, with the set-ups beside it and the shares of pools.
fn wanting(scene: &Scene, company: OrganisationId, placement: &Placement) -> Vec<(String, Vec<Value>)> {
    if placement.span().is_none() {
        return Vec::new();
    }
    let shares = shares(scene, placement);
    let mut here: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut at = |what: &'static str, which: Uuid, stretch: Interval| {
        here.push(format!("({what} = ? AND f.starts_at < ? AND f.ends_at > ?)"));
        values.extend([which.into(), stretch.end.into(), stretch.start.into()]);
    };
    placement.steps.iter().for_each(|step| at("f.pool IS NULL AND f.line", step.line.0, step.interval));
    shares.iter().for_each(|(pool, interval)| at("f.pool", pool.0, *interval));
    values.push(company.0.into());
    // `CROSS`: SQLite then begins with what has become free, which is next to nothing, and not with all who wait.
    let freed = format!(
        "{ENTRY} FROM freed f CROSS JOIN waiter w WHERE ({}) AND {OTHERS} \
         AND w.starts_at < f.ends_at AND w.ends_at > f.starts_at",
        here.join(" OR ")
    );
    let mut all = vec![(freed, values)];
    if let Some(expired) = expired(scene, placement, &shares) {
        let lapsed = format!("{ENTRY} FROM waiter w WHERE {OTHERS} AND w.starts_at < ? AND w.ends_at > ?");
        all.push((lapsed, vec![company.0.into(), expired.end.into(), expired.start.into()]));
    }
    all
}

/// The pools of which `placement` takes shares, each with the time in which.
fn shares(scene: &Scene, placement: &Placement) -> Vec<(PoolId, Interval)> {
    let route = scene.catalogue.route(placement.route);
    let steps = route.into_iter().flat_map(|route| &route.steps).zip(&placement.steps);
    let of = |(step, placed): (&RouteStep, &PlacedStep)| {
        let time = placed.interval;
        step.uses.iter().map(|share| (share.pool, time)).collect::<Vec<_>>()
    };
    steps.flat_map(of).collect()
}

/// What has expired, and nobody has released yet, where `placement` lies: all of it in one stretch.
fn expired(scene: &Scene, placement: &Placement, shares: &[(PoolId, Interval)]) -> Option<Interval> {
    let rows = || scene.lapsed.iter().flat_map(|booking| &booking.rows);
    let goes = |row: &Occupancy| rows().any(|(gone, ..)| *gone == row.id);
    let times = rows().filter_map(|(_, line, row)| {
        let stretch = scene.lines.get(line)?.opened_around(*row, goes);
        let meets = |step: &PlacedStep| step.line == *line && step.interval.overlaps(stretch);
        placement.steps.iter().any(meets).then_some(stretch)
    });
    let now = scene.now;
    let cells = shares.iter().flat_map(|&(pool, interval)| {
        let claims = scene.pools.get(&pool).into_iter().flat_map(|state| &state.expiring);
        let over = claims.filter(move |claim| claim.expires_at <= now);
        let cells = over.map(|claim| Interval { start: claim.cell, end: claim.cell + LONGEST_CELL });
        cells.filter(move |cell| cell.overlaps(interval))
    });
    times
        .chain(cells)
        .reduce(|one, other| Interval { start: one.start.min(other.start), end: one.end.max(other.end) })
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

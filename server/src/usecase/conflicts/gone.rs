//! Those who waited, several for the same or one alone, and don't any more. Nobody put the conflict on record, for it
//! is read from who waits: so is what ended it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::contract::{Failure, RefusalView};
use domain::{LineId, Minute, PlatformId, Second, calendar::DAY_SECONDS, route::Route};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult};
use uuid::Uuid;

use super::cases::waiting_for;
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, statement, tables::waiter},
    usecase::{refusal::second, waitlist},
};

/// Windows that ended longer ago are remembered by nobody.
const REMEMBERED: Second = 366 * DAY_SECONDS;

/// When a firm's entry left the list, and how, by the names of decisions.
type End = (Second, &'static str);

/// What became of those who waited on `platform` for what the desk called `id`, if there were several.
pub(super) async fn gone(
    read: &impl ConnectionTrait,
    catalogue: &Catalogue,
    (platform, id): (PlatformId, Uuid),
    now: Second,
) -> Result<Option<RefusalView>, StoreError> {
    let known = subject(read, catalogue, (platform, id), now).await?;
    let Some((line, from)) = known else { return Ok(None) };
    let made = offerings(catalogue, line);
    let sql = "SELECT organisation, offering, ends_at, given_at, closed_at FROM waiter \
               WHERE starts_at <= ? AND ends_at > ? AND (platform IS NULL OR platform = ?)";
    let values = [from.into(), from.into(), platform.0.into()];
    let mut firms: BTreeMap<Uuid, Option<End>> = BTreeMap::new();
    for row in read.query_all_raw(statement(read, sql, values)).await? {
        if !made.contains(row.try_get::<String>("", "offering")?.as_str()) {
            continue;
        }
        let (firm, ended): (Uuid, Option<End>) = (row.try_get("", "organisation")?, end(&row, now)?);
        // A firm waits as long as one of its entries does.
        let known = firms.entry(firm).or_insert(ended);
        *known = known.zip(ended).map(|(one, other)| one.max(other));
    }
    let mut ends: Vec<Option<End>> = firms.into_values().collect();
    ends.sort_unstable_by_key(|ended| ended.unwrap_or((Second::MAX, "")));
    // It was over once a single firm was left: with the last but one.
    Ok(ends.iter().nth_back(1).map(|ended| match ended {
        Some((at, how)) => RefusalView::named("conflict_over").with("done", how).with("at", second(*at)),
        None => RefusalView::named("conflict_regrouped"),
    }))
}

/// What became of one who waited alone, which is the entry `id`, if `platform` could have served it: it waits no more,
/// or for what others wait for too by now.
///
/// # Errors
/// The store fails.
pub(super) async fn alone(
    state: &AppState,
    catalogue: &Catalogue,
    (platform, id): (PlatformId, Uuid),
) -> Result<Option<RefusalView>, Failure> {
    let (read, now) = (state.store.read(), state.clock.now());
    let row = waiter::Entity::find_by_id(id).one(read).await.map_err(StoreError::from)?;
    let Some(row) = row else { return Ok(None) };
    let made = catalogue.routes().any(|route| route.platform == platform && route.offering == row.offering);
    if !made || row.platform.is_some_and(|only| only != platform.0) {
        return Ok(None);
    }
    if let Some((at, how)) = ended((row.given_at, row.closed_at, row.ends_at), now) {
        let over = RefusalView::named("conflict_over").with("done", how).with("at", second(at));
        return Ok(Some(over));
    }
    // What it could never take is no business of its.
    let could = waitlist::servable(state, platform, std::slice::from_ref(&row)).await?;
    Ok((!could.is_empty()).then(|| RefusalView::named("conflict_regrouped")))
}

/// The line, and the first minute of all windows, that the desk called `id`.
async fn subject(
    read: &impl ConnectionTrait,
    catalogue: &Catalogue,
    (platform, id): (PlatformId, Uuid),
    now: Second,
) -> Result<Option<(LineId, Minute)>, StoreError> {
    let lines: Vec<LineId> =
        catalogue.lines().filter(|line| line.platform == platform).map(|line| line.id).collect();
    let sql =
        "SELECT DISTINCT starts_at FROM waiter WHERE ends_at > ? AND (platform IS NULL OR platform = ?)";
    let values = [(now - REMEMBERED).div_euclid(60).into(), platform.0.into()];
    for row in read.query_all_raw(statement(read, sql, values)).await? {
        let from: Minute = row.try_get("", "starts_at")?;
        if let Some(line) = lines.iter().find(|line| waiting_for(**line, from) == id) {
            return Ok(Some((*line, from)));
        }
    }
    Ok(None)
}

/// The forms in whose making the line has a part.
fn offerings(catalogue: &Catalogue, line: LineId) -> BTreeSet<&str> {
    let on = |route: &&Arc<Route>| {
        let mut figures = route.steps.iter().flat_map(|step| &step.lines);
        figures.any(|figures| figures.line == line)
    };
    catalogue.routes().filter(on).map(|route| route.offering.as_str()).collect()
}

fn end(row: &QueryResult, now: Second) -> Result<Option<End>, StoreError> {
    let times = (row.try_get("", "given_at")?, row.try_get("", "closed_at")?, row.try_get("", "ends_at")?);
    Ok(ended(times, now))
}

/// How an entry ended that was given a hold, or closed, at these times and waited until then at most; `None`: it waits
/// still.
fn ended((given, closed, until): (Option<Second>, Option<Second>, Minute), now: Second) -> Option<End> {
    // Whose window is over waits no more, be it that nobody has looked since.
    let over = Some(until.saturating_mul(60)).filter(|until| *until <= now);
    let left = closed.or(over).map(|at| (at, "stop_waiting"));
    given.map(|at| (at, "give_hold")).or(left)
}

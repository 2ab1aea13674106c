//! Cleanings that nobody owns: what a release left because its neighbours don't fit each other. A conflict for the
//! operator, who moves a neighbour or waits, and then removes it.

use app::contract::{CleaningView, Failure, Instant, Page};
use domain::{
    LineId, OccupancyId, Second,
    chain::{Change, relink},
    occupancy::{Kind, Occupancy},
    snapshot::LineState,
};
use sea_orm::EntityTrait;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member, Paging,
    conflicts::or_over,
    ground::{self, ground},
    protocol::{self, Attempt, Decision, Effects, Scene, Stop, Touched},
    refusal::{self, Audience},
    repair,
};
use crate::{
    state::AppState,
    store::{StoreError, Tx, tables::occupancy},
};

/// The cleanings ahead on the lines of the caller's platform, by time.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub async fn list(state: &AppState, caller: &Caller) -> Result<Vec<CleaningView>, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let ground = ground(state).await?;
    let now = state.clock.now();
    let lines = ground.snapshot.lines.values().filter(|line| line.line.platform == platform);
    let mut views: Vec<CleaningView> = lines.flat_map(|line| on_line(line, now)).collect();
    views.sort_by_key(|view| (view.start, view.id));
    Ok(views)
}

/// A page of the same, in the order in which they were left.
///
/// # Errors
/// As [`list`].
pub async fn page(state: &AppState, caller: &Caller, paging: Paging) -> Result<Page<CleaningView>, Failure> {
    let mut views = list(state, caller).await?;
    views.retain(|view| paging.after.is_none_or(|after| view.id > after));
    views.sort_by_key(|view| view.id);
    Ok(paging.page(views, |view| view.id))
}

fn on_line(line: &LineState, now: Second) -> impl Iterator<Item = CleaningView> {
    let ahead = move |row: &&Occupancy| row.kind == Kind::Cleaning && row.interval.end * 60 > now;
    line.rows().iter().filter(ahead).map(move |row| CleaningView {
        id: row.id.0,
        line: line.line.id.0,
        line_name: line.line.name.clone().into(),
        start: Instant::from_minute(row.interval.start),
        end: Instant::from_minute(row.interval.end),
        removable: removable(line, row),
    })
}

/// Whether nothing takes its place when it goes.
pub(crate) fn removable(line: &LineState, row: &Occupancy) -> bool {
    let change = Change { release: vec![row.id], ..Change::default() };
    let writes = relink(line, &change, &mut || OccupancyId(Uuid::now_v7()));
    writes.is_ok_and(|writes| writes.added.is_empty())
}

/// Removes a cleaning whose neighbours fit each other by now. Whoever is asked to go for it is asked no more.
///
/// # Errors
/// [`Failure::NotFound`], [`Failure::Forbidden`]; [`Failure::Refused`] while they don't fit, and for one that is gone
/// with the reason `conflict_settled` or `conflict_over`; [`Failure::KeyReused`].
pub async fn remove(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    key: Option<&IdempotencyKey>,
) -> Result<(), Failure> {
    let member = caller.member()?;
    let attempt = key.map(|key| Attempt::new(member, key, "remove_cleaning", id, &()));
    let work = remove_once(state, caller, id, attempt.as_ref(), ());
    let done = Attempt::maybe_once(attempt.as_ref(), state, work).await;
    or_over(state, caller, id, done).await
}

/// The same, with `answer` kept under the attempt's key.
///
/// # Errors
/// As [`remove`], but for one that is gone: [`Failure::NotFound`].
pub(crate) async fn remove_once<T>(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    attempt: Option<&Attempt>,
    answer: T,
) -> Result<T, Failure>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let member = caller.member()?;
    let platform = member.platform().ok_or(Failure::NotFound)?;
    let catalogue = ground::catalogue(state).await?;
    let row = occupancy::Entity::find_by_id(id).one(state.store.read()).await;
    let row = row.map_err(StoreError::from)?;
    let row = row.filter(|row| row.kind == "cleaning" && row.live.is_some()).ok_or(Failure::NotFound)?;
    let line = LineId(row.line);
    if catalogue.line(line).is_none_or(|line| line.platform != platform) {
        return Err(Failure::NotFound);
    }
    let member = caller.operates(platform)?.clone();
    let mut touched = Touched::default();
    touched.line(line, domain::Interval { start: row.starts_at, end: row.ends_at });
    let done = protocol::run(state, attempt, touched, move |tx, scene| {
        let (member, answer) = (member.clone(), answer.clone());
        Box::pin(async move {
            release(tx, &scene, &member, line, OccupancyId(id)).await?;
            Ok(answer)
        })
    });
    done.await.map_err(|stop| {
        stop.failure(|why| Failure::Refused {
            refusal: refusal::view(&why, Audience::Operators, &*catalogue),
        })
    })
}

async fn release(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    line: LineId,
    id: OccupancyId,
) -> Result<(), Stop> {
    let state = scene.lines.get(&line).ok_or(Stop::Outdated)?;
    let row = state.row(id).ok_or(Failure::NotFound)?;
    if !removable(state, row) {
        return Err(domain::refusal::Refusal::ChangeoverForbidden { line, neighbour: id }.into());
    }
    repair::leave_neighbours(tx, scene, member, id.0).await?;
    let mut effects = Effects::default();
    effects.release(line, id);
    effects.apply(tx, scene).await?;
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "remove_cleaning",
        inputs: json!({ "line": line, "cleaning": id }),
        rule: "cleaning/1",
        versions: &scene.versions(),
        outcome: json!({ "released": id }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    protocol::show_line(tx, member.organisation.0, scene.now).await
}

//! What became of a conflict that is off the desk: a colleague who comes second is told by whom it was dealt with, and
//! when.

use app::contract::{Failure, RefusalView};
use domain::{LineId, PlatformId, Second, availability::Placement};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{
    cases, failed,
    gone::{alone, gone},
};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError, statement,
        tables::{occupancy, proposal},
    },
    usecase::{
        Caller, ground,
        refusal::second,
        repair::{Cause, document},
    },
};

/// What a booking may have done so that it is in no conflict any more, by the names of decisions.
const LEFT: &str = "'move', 'make_room', 'rescue', 'swap', 'part', 'cancel', 'withdraw', 'decline', \
    'expire', 'complete', 'abort', 'no_show', 'close'";

/// The answer about the conflict `id`; where there is none, but was one on the desk of the caller's platform, what
/// became of it.
///
/// # Errors
/// Those of the answer; instead of [`Failure::NotFound`] [`Failure::Refused`] with the reason `conflict_settled`,
/// `conflict_over` or `conflict_regrouped`.
pub(crate) async fn or_over<T>(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    answer: Result<T, Failure>,
) -> Result<T, Failure> {
    match answer {
        Err(Failure::NotFound) => match over(state, caller, id).await? {
            Some(refusal) => Err(Failure::Refused { refusal }),
            None => Err(Failure::NotFound),
        },
        answer => answer,
    }
}

/// The answer about the conflict `id`, asked for at `since`; of two at once the one is told what the other did, and not
/// what that left for it.
///
/// # Errors
/// Those of the answer; instead of another refusal [`Failure::Refused`] with the reason `conflict_settled`.
pub(super) async fn or_dealt_with<T>(
    state: &AppState,
    platform: PlatformId,
    (id, since): (Uuid, Second),
    answer: Result<T, Failure>,
) -> Result<T, Failure> {
    let Err(Failure::Refused { .. }) = &answer else { return answer };
    match dealt(state.store.read(), platform, id, since).await? {
        Some(refusal) => Err(Failure::Refused { refusal }),
        None => answer,
    }
}

async fn over(state: &AppState, caller: &Caller, id: Uuid) -> Result<Option<RefusalView>, Failure> {
    let Some(platform) = caller.member()?.platform() else { return Ok(None) };
    // What isn't there is something else about it.
    if cases::all(state, caller).await?.iter().any(|case| case.id() == id) {
        return Ok(None);
    }
    let read = state.store.read();
    if let Some(known) = dealt(read, platform, id, Second::MIN).await? {
        return Ok(Some(known));
    }
    if let Some(known) = left(read, platform, id).await? {
        return Ok(Some(known));
    }
    let catalogue = ground::catalogue(state).await?;
    if was_here(read, &catalogue, platform, id).await? {
        return Ok(Some(RefusalView::named("conflict_over")));
    }
    if let Some(known) = alone(state, &catalogue, (platform, id)).await? {
        return Ok(Some(known));
    }
    Ok(gone(read, &catalogue, (platform, id), state.clock.now()).await?)
}

/// That somebody dealt with it on this desk, at `since` or later.
async fn dealt(
    read: &impl ConnectionTrait,
    platform: PlatformId,
    id: Uuid,
    since: Second,
) -> Result<Option<RefusalView>, StoreError> {
    let sql = "SELECT c.at, a.name FROM conflict_dealt c JOIN account a ON a.id = c.by_account \
               WHERE c.platform = ? AND c.conflict = ? AND c.at >= ?";
    let values = [platform.0.into(), id.into(), since.into()];
    let row = read.query_one_raw(statement(read, sql, values)).await?;
    let Some(row) = row else { return Ok(None) };
    let (at, name): (i64, String) = (row.try_get("", "at")?, row.try_get("", "name")?);
    Ok(Some(RefusalView::named("conflict_settled").with("who", name).with("at", second(at))))
}

/// What the booking of a flag or an outage did instead of waiting for the desk; who of the platform did it, if somebody
/// there did.
async fn left(
    read: &impl ConnectionTrait,
    platform: PlatformId,
    id: Uuid,
) -> Result<Option<RefusalView>, StoreError> {
    let sql = "SELECT f.booking, f.at FROM flag f JOIN booking b ON b.id = f.booking \
               WHERE f.id = ? AND b.platform = ? UNION ALL \
               SELECT h.booking, h.at FROM outage_hit h JOIN booking b ON b.id = h.booking \
               WHERE h.id = ? AND b.platform = ?";
    let of_desk = [id.into(), platform.0.into(), id.into(), platform.0.into()];
    let Some(row) = read.query_one_raw(statement(read, sql, of_desk)).await? else { return Ok(None) };
    let (booking, since): (Uuid, i64) = (row.try_get("", "booking")?, row.try_get("", "at")?);
    let sql = format!(
        "SELECT d.at, d.action, a.name FROM decision d \
         LEFT JOIN membership m ON m.account = d.account AND m.organisation = ? \
         LEFT JOIN account a ON a.id = m.account \
         WHERE d.booking = ? AND d.at >= ? AND d.action IN ({LEFT}) ORDER BY d.id DESC LIMIT 1"
    );
    let values = [platform.0.into(), booking.into(), since.into()];
    let Some(row) = read.query_one_raw(statement(read, &sql, values)).await? else {
        return Ok(Some(RefusalView::named("conflict_over")));
    };
    let (at, action): (i64, String) = (row.try_get("", "at")?, row.try_get("", "action")?);
    let name: Option<String> = row.try_get("", "name")?;
    let refusal = match name {
        Some(name) => RefusalView::named("conflict_settled").with("who", name),
        None => RefusalView::named("conflict_over"),
    };
    Ok(Some(refusal.with("done", action).with("at", second(at))))
}

/// Whether it was a cleaning on a line of `platform`, or room there that nobody made.
async fn was_here(
    read: &impl ConnectionTrait,
    catalogue: &Catalogue,
    platform: PlatformId,
    id: Uuid,
) -> Result<bool, StoreError> {
    if let Some(row) = occupancy::Entity::find_by_id(id).one(read).await? {
        let here = catalogue.line(LineId(row.line)).is_some_and(|line| line.platform == platform);
        return Ok(here && row.kind == "cleaning" && row.live.is_none());
    }
    let Some(row) = proposal::Entity::find_by_id(id).one(read).await? else { return Ok(false) };
    if row.kind != Cause::Room.word() || !failed::has_failed(&row) {
        return Ok(false);
    }
    let place: Placement = document(&row.place)?;
    Ok(catalogue.route(place.route).is_some_and(|route| route.platform == platform))
}

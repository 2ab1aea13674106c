//! Flags: bookings that a late change of holidays or set-up left where they no longer fit. They stand until somebody
//! has looked at them and said what came of it; a booking that moved, ended or fits again needs no look any more.

use app::contract::{Failure, FlagView, Instant, Reason, TextView, TroubleView};
use domain::{PlatformId, Second};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Side},
    conflicts::or_over,
    ground,
    protocol::{self, Attempt, Decision, Scene, Stop, Touched},
    repair, transition,
    words::word,
};
use crate::{
    setup::Wrong,
    state::AppState,
    store::{Catalogue, StoreError, Tx, statement, tables::booking as table},
};

/// Open flags of bookings that stand as they did when they were raised.
pub(super) const OPEN: &str = "SELECT f.id, f.booking, f.at, f.troubles FROM flag f JOIN booking b ON b.id = f.booking \
     WHERE b.platform = ? AND f.settled_at IS NULL AND b.status IN ('held', 'requested', 'confirmed', 'running') \
     AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.booking = b.id AND d.action IN ('move', 'make_room', 'rescue', 'swap', 'part') AND d.at > f.at)";

/// An open flag, as far as it takes to find it and to know its place.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub id: Uuid,
    booking: Uuid,
    at: Second,
    troubles: Vec<Wrong>,
}

/// The open flags of a platform, by the start of what doesn't fit.
///
/// # Errors
/// The store fails.
pub(crate) async fn open(state: &AppState, platform: PlatformId) -> Result<Vec<Open>, Failure> {
    let read = state.store.read();
    let rows =
        read.query_all_raw(statement(read, OPEN, [platform.0.into()])).await.map_err(StoreError::from)?;
    let mut flags: Vec<Open> = Vec::with_capacity(rows.len());
    for row in &rows {
        let column = |error| Failure::from(StoreError::from(error));
        let document: String = row.try_get("", "troubles").map_err(column)?;
        flags.push(Open {
            id: row.try_get("", "id").map_err(column)?,
            booking: row.try_get("", "booking").map_err(column)?,
            at: row.try_get("", "at").map_err(column)?,
            troubles: serde_json::from_str(&document)
                .map_err(|error| StoreError::document("a flag", &error))?,
        });
    }
    flags.sort_by_key(|flag| (flag.troubles.iter().map(|one| one.starts_at).min(), flag.id));
    Ok(flags)
}

/// These flags as `member`, one of the platform's people, reads them, in their order.
///
/// # Errors
/// The store fails.
pub(crate) async fn views(
    state: &AppState,
    member: &Member,
    flags: Vec<Open>,
) -> Result<Vec<FlagView>, Failure> {
    let (catalogue, read, now) = (ground::catalogue(state).await?, state.store.read(), state.clock.now());
    let ids = flags.iter().map(|flag| flag.booking);
    let found = table::Entity::find().filter(table::Column::Id.is_in(ids)).all(read).await;
    let found = booking::load_many(read, found.map_err(StoreError::from)?).await?;
    let view = |flag: Open| {
        let loaded = found.iter().find(|loaded| loaded.row.id == flag.booking)?;
        let platform = PlatformId(loaded.row.platform);
        Some(FlagView {
            id: flag.id,
            booking: booking::view(&catalogue, loaded, member, Side::Platform, now),
            at: Instant(flag.at),
            troubles: flag.troubles.iter().map(|one| trouble(&catalogue, platform, one)).collect(),
        })
    };
    Ok(flags.into_iter().filter_map(view).collect())
}

fn trouble(catalogue: &Catalogue, platform: PlatformId, wrong: &Wrong) -> TroubleView {
    let line = catalogue.lines().find(|line| line.platform == platform && line.code == wrong.line);
    TroubleView {
        trouble: word(wrong.trouble),
        line: line.map(|line| line.id.0),
        line_name: line.map_or_else(
            || TextView { zh: wrong.line.clone(), en: wrong.line.clone() },
            |line| line.name.clone().into(),
        ),
        start: Instant::from_minute(wrong.starts_at),
    }
}

/// Settles a flag: somebody looked at it, and says what came of it. If the booking is well where it stands, its owner
/// learns that, and is asked no more to go.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`] for another platform's, [`Failure::Forbidden`] but for
/// operators, [`Failure::Refused`] with the reason `conflict_settled` or `conflict_over`, [`Failure::Invalid`] without
/// words, [`Failure::KeyReused`].
pub async fn settle(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    why: &Reason,
    key: &IdempotencyKey,
) -> Result<(), Failure> {
    let member = caller.member()?;
    let platform = member.platform().ok_or(Failure::NotFound)?;
    caller.operates(platform)?;
    let reason = transition::required_reason(&why.reason)?;
    let attempt = Attempt::new(member, key, "settle_flag", id, why).dealing_with(platform, id);
    let done = attempt
        .once(state, async {
            let member = member.clone();
            let touched = touched(state, id).await?;
            let done = protocol::run(state, Some(&attempt), touched, move |tx, scene| {
                let (member, reason) = (member.clone(), reason.clone());
                Box::pin(async move { one(tx, &scene, &member, platform, id, &reason).await })
            });
            done.await.map_err(|stop| stop.failure(|_| Failure::NotFound))
        })
        .await;
    or_over(state, caller, id, done).await
}

/// Where the flagged booking stands: whatever moves it, or asks for that, comes before this or after it.
async fn touched(state: &AppState, flag: Uuid) -> Result<Touched, Failure> {
    let read = state.store.read();
    let sql = "SELECT booking FROM flag WHERE id = ?";
    let row = read.query_one_raw(statement(read, sql, [flag.into()])).await.map_err(StoreError::from)?;
    let id: Uuid = row.ok_or(Failure::NotFound)?.try_get("", "booking").map_err(StoreError::from)?;
    let booking = booking::load(read, id).await?.ok_or(Failure::NotFound)?;
    let mut touched = Touched::default();
    for piece in booking.live() {
        touched.line(piece.line, piece.interval);
    }
    Ok(touched)
}

/// Whether nobody has settled `flag`, and its booking stands as it did when it was raised.
///
/// # Errors
/// The database fails.
pub(crate) async fn is_open(
    connection: &impl ConnectionTrait,
    flag: Uuid,
    platform: Uuid,
) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM ({OPEN}) f WHERE f.id = ?");
    let found = connection.query_one_raw(statement(connection, &sql, [platform.into(), flag.into()])).await?;
    Ok(found.is_some())
}

async fn one(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    platform: PlatformId,
    id: Uuid,
    reason: &str,
) -> Result<(), Stop> {
    let sql = "UPDATE flag SET settled_at = ?, settled_by = ?, reason = ? WHERE id = ? AND settled_at IS NULL \
               AND booking IN (SELECT id FROM booking WHERE platform = ?)";
    let values = [scene.now.into(), member.account.into(), reason.into(), id.into(), platform.0.into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
        return Err(Failure::NotFound.into());
    }
    // About the platform's own look, not one of the steps of the booking's life, which its client reads.
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "settle_flag",
        inputs: json!({ "flag": id, "reason": reason }),
        rule: "flag/1",
        versions: &scene.versions(),
        outcome: json!({ "settled": id }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let sql = "SELECT booking FROM flag WHERE id = ?";
    let flagged = tx.query_one_raw(statement(tx, sql, [id.into()])).await?.ok_or(Failure::NotFound)?;
    // Of a flag its owner knows only by being asked.
    repair::stays(tx, scene, Some(member), (flagged.try_get("", "booking")?, false)).await
}

//! What happened around a booking that is no step of its own life: its line went down or its set-up changed, its firm
//! was asked to leave, and somebody of the platform said that it may stay.

use app::contract::{EventView, Failure, Instant};
use domain::Second;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use uuid::Uuid;

use super::{booking::Side, repair::Cause};
use crate::{
    state::AppState,
    store::{StoreError, statement},
};

const PLATFORM: &str = "platform";
const COMPANY: &str = "company";
const SYSTEM: &str = "system";

/// All of that, as `side` may read it: what its platform found out and said about it by itself is told to its own
/// people alone.
///
/// # Errors
/// The store fails.
pub(super) async fn of(state: &AppState, booking: Uuid, side: Side) -> Result<Vec<EventView>, Failure> {
    let read = state.store.read();
    let mut events = Vec::new();
    let hits = "SELECT h.at, h.settled_at, h.reason, a.name, o.planned, o.reason AS why FROM outage_hit h \
                JOIN outage o ON o.id = h.outage LEFT JOIN account a ON a.id = h.settled_by \
                WHERE h.booking = ? ORDER BY h.id";
    let asks = "SELECT p.created_at, p.closed_at, p.outcome, m.stays FROM proposal p \
                JOIN proposal_move m ON m.proposal = p.id \
                WHERE m.booking = ? AND m.organisation IS NOT NULL AND p.kind IN (?, ?) ORDER BY p.id";
    let flags = "SELECT f.at, f.settled_at, f.reason, a.name FROM flag f \
                 LEFT JOIN account a ON a.id = f.settled_by WHERE f.booking = ? ORDER BY f.id";
    for row in rows(read, hits, vec![booking.into()]).await? {
        hit(&row, side, &mut events).map_err(StoreError::from)?;
    }
    if side == Side::Platform {
        for row in rows(read, flags, vec![booking.into()]).await? {
            flag(&row, &mut events).map_err(StoreError::from)?;
        }
    }
    let values = vec![booking.into(), Cause::Rescue.word().into(), Cause::Cleaning.word().into()];
    for row in rows(read, asks, values).await? {
        ask(&row, &mut events).map_err(StoreError::from)?;
    }
    Ok(events)
}

async fn rows(
    read: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<QueryResult>, StoreError> {
    Ok(read.query_all_raw(statement(read, sql, values)).await?)
}

fn hit(row: &QueryResult, side: Side, events: &mut Vec<EventView>) -> Result<(), DbErr> {
    let planned: bool = row.try_get("", "planned")?;
    let action = if planned { "line_planned" } else { "line_down" };
    let why =
        EventView { reason: row.try_get("", "why")?, ..event(row.try_get("", "at")?, action, PLATFORM) };
    events.push(why);
    if side == Side::Platform {
        events.extend(stays(row)?);
    }
    Ok(())
}

fn flag(row: &QueryResult, events: &mut Vec<EventView>) -> Result<(), DbErr> {
    events.push(event(row.try_get("", "at")?, "flagged", SYSTEM));
    let said = stays(row)?;
    // Nobody says so of what was mended.
    let mended = row.try_get::<Option<Second>>("", "settled_at")?.filter(|_| said.is_none());
    events.extend(said.or(mended.map(|at| event(at, "fits_again", SYSTEM))));
    Ok(())
}

/// That somebody said that it may stay, and in which words.
fn stays(row: &QueryResult) -> Result<Option<EventView>, DbErr> {
    let (at, reason): (Option<Second>, Option<String>) =
        (row.try_get("", "settled_at")?, row.try_get("", "reason")?);
    let person: Option<String> = row.try_get("", "name")?;
    let said = at.zip(reason).map(|(at, reason)| EventView {
        reason: Some(reason),
        person,
        ..event(at, "may_stay", PLATFORM)
    });
    Ok(said)
}

/// That its firm was asked, and how that ended but for what was made of it, which is a step of its life.
fn ask(row: &QueryResult, events: &mut Vec<EventView>) -> Result<(), DbErr> {
    let is_part = row.try_get::<Option<i64>>("", "stays")?.is_some();
    let asked = if is_part { "asked_to_part" } else { "asked_to_move" };
    events.push(event(row.try_get("", "created_at")?, asked, PLATFORM));
    let outcome: Option<String> = row.try_get("", "outcome")?;
    let ended = match outcome.as_deref() {
        Some("declined") => Some(("asked_declined", COMPANY)),
        Some("expired") => Some(("asked_expired", SYSTEM)),
        Some("withdrawn") => Some(("asked_withdrawn", PLATFORM)),
        Some("overtaken") => Some(("asked_overtaken", SYSTEM)),
        _ => None,
    };
    let at: Option<Second> = row.try_get("", "closed_at")?;
    events.extend(at.zip(ended).map(|(at, (action, by))| event(at, action, by)));
    Ok(())
}

fn event(at: Second, action: &str, by: &str) -> EventView {
    EventView {
        at: Instant(at),
        action: action.to_owned(),
        by: by.to_owned(),
        person: None,
        reason: None,
        moved: None,
        fee_fen: None,
        considered: None,
        call: None,
        split_with: None,
        freed: Vec::new(),
    }
}

//! A closure that takes less time: it ends sooner, begins later, or both. What a row holds never changes, so a shorter
//! one takes its place in the same change: what stays closed is closed throughout, and the rest is first of all theirs
//! who wait.

use app::contract::{ClosureView, Failure, RefusalView, ShorterClosure, field};
use domain::{Interval, LineId, Minute, OccupancyId, occupancy::Occupancy};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member, closures, ground,
    of_line::{its_operator, refused},
    protocol::{self, Attempt, Decision, Effects, Scene, Stop, Touched},
    refusal,
};
use crate::{
    state::AppState,
    store::{
        StoreError, Tx, statement,
        tables::{closure, occupancy},
    },
};

/// Lets a closure take less time. Asking once more for what it takes already changes nothing.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Forbidden`]; [`Failure::Invalid`] for an end that
/// isn't behind the start, or is past, and for another start of one that has begun; [`Failure::Refused`] with the
/// reason `closure_longer` for what isn't closed now, `closure_lifted` once it was lifted, or while the campaign behind
/// it would find the line's clean state expired, with no time to clean again; [`Failure::KeyReused`].
pub async fn shorten(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    asked: &ShorterClosure,
    key: &IdempotencyKey,
) -> Result<ClosureView, Failure> {
    caller.member()?;
    let catalogue = ground::catalogue(state).await?;
    let read = state.store.read();
    let known = closure::Entity::find_by_id(id).one(read).await.map_err(StoreError::from)?;
    let known = known.ok_or(Failure::NotFound)?;
    let member = its_operator(caller, &catalogue, LineId(known.line))?.clone();
    let row = occupancy::Entity::find_by_id(known.occupancy).one(read).await.map_err(StoreError::from)?;
    let row = row.ok_or(Failure::NotFound)?;
    let attempt = Attempt::new(&member, key, "shorten_closure", id, asked);
    let mut touched = Touched::default();
    // Closures only get shorter: what it takes under the lock lies inside of this.
    touched.line(LineId(known.line), Interval { start: row.starts_at, end: row.ends_at });
    let asked = *asked;
    attempt
        .once(state, async {
            let done = protocol::run(state, Some(&attempt), touched, move |tx, scene| {
                let member = member.clone();
                Box::pin(async move { less(tx, &scene, &member, id, asked).await })
            });
            done.await.map_err(|stop| refused(stop, &catalogue))
        })
        .await
}

async fn less(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    id: Uuid,
    asked: ShorterClosure,
) -> Result<ClosureView, Stop> {
    let known = closure::Entity::find_by_id(id).one(tx).await?.ok_or(Failure::NotFound)?;
    if known.lifted_at.is_some() {
        return Err(Failure::refused("closure_lifted").into());
    }
    let state = scene.lines.get(&LineId(known.line)).ok_or(Failure::NotFound)?;
    let row = *state.row(OccupancyId(known.occupancy)).ok_or(Failure::NotFound)?;
    let interval = inside(row.interval, asked, scene.now.div_euclid(60))?;
    if interval != row.interval {
        let shorter = keep(tx, scene, (id, row), interval).await?;
        let decision = Decision {
            by: Some(member),
            booking: None,
            action: "shorten_closure",
            inputs: json!({ "closure": id, "was": row.interval, "interval": interval }),
            rule: "closure/1",
            versions: &scene.versions(),
            outcome: json!({ "released": row.id, "occupancy": shorter }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        protocol::show_line(tx, member.organisation.0, scene.now).await?;
    }
    closures::view(&scene.catalogue, interval, known).ok_or_else(|| Failure::NotFound.into())
}

/// Lets a closure take no more than `interval` of what its row takes. Answers which row holds it then.
pub(super) async fn keep(
    tx: &Tx<'_>,
    scene: &Scene,
    (closure, row): (Uuid, Occupancy),
    interval: Interval,
) -> Result<OccupancyId, Stop> {
    if interval == row.interval {
        return Ok(row.id);
    }
    // What it carries through follows from its predecessor, as does its link.
    let shorter = Occupancy { id: OccupancyId(Uuid::now_v7()), interval, link: None, ..row };
    let mut effects = Effects::default();
    effects.release(row.line, row.id);
    effects.add(shorter);
    effects.apply(tx, scene).await?;
    let sql = "UPDATE closure SET occupancy = ? WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [shorter.id.0.into(), closure.into()])).await?;
    Ok(shorter.id)
}

/// The time that is asked for, inside of what is closed `now`: in the minute that has begun it may end. What of it has
/// passed was closed, and stays so.
fn inside(closed: Interval, asked: ShorterClosure, now: Minute) -> Result<Interval, Failure> {
    let start = asked.start.map_or(closed.start, |start| start.minute());
    let end = asked.end.map_or(closed.end, |end| end.minute());
    if start < closed.start || end > closed.end {
        let fact = |minute: Minute| refusal::second(minute.saturating_mul(60));
        let refusal = RefusalView::named("closure_longer")
            .with("start", fact(closed.start))
            .with("end", fact(closed.end));
        return Err(Failure::Refused { refusal });
    }
    let interval = Interval::new(start, end).ok_or_else(|| field::reversed("end", "start"))?;
    if interval.start != closed.start && closed.start <= now {
        return Err(field::reversed("start", "now"));
    }
    if interval != closed && interval.end < now {
        return Err(field::reversed("end", "now"));
    }
    Ok(interval)
}

#[cfg(test)]
mod tests {
    use app::contract::Instant;

    use super::*;

    const CLOSED: Interval = Interval { start: 100, end: 200 };

    fn asked(start: Option<i64>, end: Option<i64>) -> ShorterClosure {
        ShorterClosure { start: start.map(Instant::from_minute), end: end.map(Instant::from_minute) }
    }

    #[test]
    fn a_closure_ends_sooner_or_begins_later() {
        for (start, end, expected) in [
            (None, None, (100, 200)),
            (None, Some(150), (100, 150)),
            (Some(150), None, (150, 200)),
            (Some(120), Some(150), (120, 150)),
            (Some(100), Some(200), (100, 200)),
        ] {
            let expected = Interval { start: expected.0, end: expected.1 };
            assert_eq!(inside(CLOSED, asked(start, end), 99), Ok(expected));
        }
        assert_eq!(inside(CLOSED, asked(None, Some(150)), 120), Ok(Interval { start: 100, end: 150 }));
        // One that is over may still be said to last as long as it did.
        assert_eq!(inside(CLOSED, asked(None, Some(200)), 300), Ok(CLOSED));
    }

    #[test]
    fn it_gets_no_longer_and_ends_in_no_past() {
        for (start, end) in [(Some(99), None), (None, Some(201)), (Some(99), Some(150))] {
            match inside(CLOSED, asked(start, end), 120) {
                Err(Failure::Refused { refusal }) => {
                    assert_eq!(refusal.reason, "closure_longer");
                    assert_eq!(refusal.fact("end"), Some("1970-01-01T03:20:00Z"));
                }
                other => panic!("{other:?}"),
            }
        }
        // It has begun, and has been closed since.
        for (start, end) in [(Some(150), Some(150)), (Some(200), None), (None, Some(119)), (Some(150), None)]
        {
            assert!(matches!(inside(CLOSED, asked(start, end), 120), Err(Failure::Invalid { .. })));
        }
        assert_eq!(inside(CLOSED, asked(None, Some(120)), 120), Ok(Interval { start: 100, end: 120 }));
    }
}

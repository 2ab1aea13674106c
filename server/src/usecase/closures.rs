//! Closures: a line is closed for maintenance or the like. A closure names everything that it would hit, and is made
//! only over nothing. It doesn't clean: the line's state goes through it.

use std::sync::Arc;

use app::contract::{
    ClosureAnswer, ClosureHit, ClosureOrder, ClosureView, Complaints, Failure, FieldProblem, Instant, Page,
    field,
};
use domain::{
    ClassId, Interval, LineId, OccupancyId, ProductId,
    calendar::DAY,
    chain::{self, Hit},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member, Paging, booking, ground,
    of_line::{LONGEST, OfLine, its_operator, its_people, refused},
    outage,
    protocol::{self, Attempt, Decision, Effects, Scene, Stop, Touched},
    shorter_closure,
    words::word,
};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError, Tx, statement,
        tables::{closure, occupancy},
    },
};

const KINDS: &[&str] = &["maintenance", "requalification", "media_fill", "fumigation", "hvac", "other"];

/// Closes a line, or with `dry_run` says what that would hit.
///
/// # Errors
/// [`Failure::InTheWay`] names every booking, cleaning and closure that it would hit; [`Failure::NotFound`] for lines
/// of other platforms, [`Failure::Forbidden`], [`Failure::Invalid`], [`Failure::KeyReused`].
pub async fn close(
    state: &AppState,
    caller: &Caller,
    order: &ClosureOrder,
    key: &IdempotencyKey,
) -> Result<ClosureAnswer, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let member = its_operator(caller, &catalogue, LineId(order.line))?;
    let mut complaints = Complaints::default();
    let known = KINDS.contains(&order.kind.as_str());
    let known = complaints.hear(if known { Ok(()) } else { Err(field::unknown("kind", &order.kind)) });
    let interval = complaints.hear(interval(order));
    let note = complaints.hear(field::text("note", &order.note, 2000));
    complaints.answer()?;
    known?;
    let (interval, note) = (interval?, note?);
    let attempt = Attempt::new(member, key, "close", order.line, order);
    let plan = Arc::new(Plan {
        member: member.clone(),
        line: LineId(order.line),
        interval,
        kind: order.kind.clone(),
        note,
        dry_run: order.dry_run,
    });
    let mut answer = attempt
        .once(state, async {
            let mut touched = Touched::default();
            touched.line(plan.line, interval);
            let kept = (!order.dry_run).then_some(&attempt);
            let plan = Arc::clone(&plan);
            let done = protocol::run(state, kept, touched, move |tx, scene| {
                let plan = Arc::clone(&plan);
                Box::pin(async move { plan.close(tx, &scene).await })
            });
            done.await.map_err(|stop| refused(stop, &catalogue))
        })
        .await?;
    if order.dry_run {
        outage::foretell(state, (LineId(order.line), interval), &mut answer.hits).await?;
    }
    Ok(answer)
}

/// The time that the closure takes, or between which days it may end.
fn interval(order: &ClosureOrder) -> Result<Interval, Failure> {
    let (start, end) = (order.start.minute(), order.end.minute());
    let interval = Interval::new(start, end).ok_or_else(|| field::reversed("end", "start"))?;
    (interval.minutes() <= LONGEST).then_some(interval).ok_or_else(|| {
        let (first, last) = (field::plant_date(start), field::plant_date(start.saturating_add(LONGEST)));
        field::out_of_range("end", first, last)
    })
}

struct Plan {
    member: Member,
    line: LineId,
    interval: Interval,
    kind: String,
    note: String,
    dry_run: bool,
}

impl Plan {
    async fn close(&self, tx: &Tx<'_>, scene: &Scene) -> Result<ClosureAnswer, Stop> {
        let state = scene.lines.get(&self.line).ok_or(Failure::NotFound)?;
        let earliest = scene.now.div_euclid(60) - DAY;
        if self.interval.start < earliest {
            // To the minute: its day begins before.
            let earliest = Instant::from_minute(earliest);
            return Err(field::invalid("start", FieldProblem::TooEarly { earliest }).into());
        }
        if self.interval.end > domain::calendar::plant_midnight(field::LAST_DAY) {
            return Err(field::out_of_range("end", field::plant_date(earliest), field::LAST_DAY).into());
        }
        let row = Occupancy {
            id: OccupancyId(Uuid::now_v7()),
            line: self.line,
            kind: Kind::Closure,
            interval: self.interval,
            needs: None,
            // What it carries through follows from its predecessor.
            leaves: ClassId(0),
            product: ProductId::NONE,
            batches: 0,
            expires_at: None,
            link: None,
        };
        let hits = hits(tx, &self.member, &chain::hits(state, &row, scene.now)?).await?;
        if self.dry_run {
            return Ok(ClosureAnswer { closure: None, hits });
        }
        if !hits.is_empty() {
            return Err(Failure::InTheWay { hits }.into());
        }
        let mut effects = Effects::default();
        effects.add(row);
        effects.apply(tx, scene).await?;
        let id = Uuid::now_v7();
        let sql = "INSERT INTO closure (id, line, occupancy, kind, note, created_by, created_at, lifted_at) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, NULL)";
        let values = [
            id.into(),
            self.line.0.into(),
            row.id.0.into(),
            self.kind.clone().into(),
            self.note.clone().into(),
            self.member.account.into(),
            scene.now.into(),
        ];
        tx.execute_raw(statement(tx, sql, values)).await?;
        let decision = Decision {
            by: Some(&self.member),
            booking: None,
            action: "close_line",
            inputs: json!({ "line": self.line, "interval": self.interval, "kind": self.kind }),
            rule: "closure/1",
            versions: &scene.versions(),
            outcome: json!({ "closure": id, "occupancy": row.id }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        protocol::show_line(tx, self.member.organisation.0, scene.now).await?;
        let closure = ClosureView {
            id,
            line: self.line.0,
            line_name: state.line.name.clone().into(),
            start: Instant::from_minute(self.interval.start),
            end: Instant::from_minute(self.interval.end),
            kind: self.kind.clone(),
            note: self.note.clone(),
            created_at: Instant(scene.now),
            lifted_at: None,
        };
        Ok(ClosureAnswer { closure: Some(closure), hits })
    }
}

pub(super) async fn hits(
    connection: &impl ConnectionTrait,
    member: &Member,
    hits: &[Hit],
) -> Result<Vec<ClosureHit>, Stop> {
    let ids: Vec<Uuid> = hits.iter().map(|hit| hit.row.id.0).collect();
    let owners = booking::owners(connection, &ids).await?;
    let bookings: Vec<Uuid> = owners.values().map(|owner| owner.id).collect();
    let names = booking::names(connection, member, &bookings).await?;
    let hit = |Hit { row, why }: &Hit| {
        let owner = owners.get(&row.id.0);
        ClosureHit {
            kind: word(row.kind),
            booking: owner.map(|owner| owner.id),
            reference: owner.map(|owner| owner.reference.clone()),
            campaign: owner.and_then(|owner| names.get(&owner.id).cloned()),
            status: owner.map(|owner| owner.status.clone()),
            start: Instant::from_minute(row.interval.start),
            end: Instant::from_minute(row.interval.end),
            why: why.as_ref().map(|why| trouble(why).to_owned()),
            latest_end: match why {
                Some(Refusal::ChangeoverAfter { latest_end, .. }) => Some(Instant::from_minute(*latest_end)),
                _ => None,
            },
            way: None,
            to: Vec::new(),
            parted: None,
        }
    };
    Ok(hits.iter().map(hit).collect())
}

/// What a closure leaves too little time for, though it doesn't overlap the row.
const fn trouble(why: &Refusal) -> &'static str {
    match why {
        Refusal::ChangeoverForbidden { .. } => "forbidden",
        Refusal::RecleanAfter { .. } => "clean_hold",
        _ => "changeover",
    }
}

/// A page of the closures of a line, the latest first, for the people of its platform.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Invalid`].
pub async fn list(state: &AppState, caller: &Caller, of: &OfLine) -> Result<Page<ClosureView>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    its_people(caller, &catalogue, LineId(of.line))?;
    let paging = Paging::read(of.cursor.as_deref(), of.limit)?;
    let mut query = closure::Entity::find()
        .filter(closure::Column::Line.eq(of.line))
        .order_by_desc(closure::Column::Id)
        .limit(paging.rows());
    if let Some(after) = paging.after {
        query = query.filter(closure::Column::Id.lt(after));
    }
    let found = query.all(state.store.read()).await.map_err(StoreError::from)?;
    let Page { items, next } = paging.page(found, |closure| closure.id);
    let rows = occupancy::Entity::find()
        .filter(occupancy::Column::Id.is_in(items.iter().map(|closure| closure.occupancy)))
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let interval = |id: Uuid| {
        let row = rows.iter().find(|row| row.id == id)?;
        Some(Interval { start: row.starts_at, end: row.ends_at })
    };
    let views = items.into_iter().filter_map(|one| view(&catalogue, interval(one.occupancy)?, one));
    Ok(Page { items: views.collect(), next })
}

pub(super) fn view(catalogue: &Catalogue, interval: Interval, row: closure::Model) -> Option<ClosureView> {
    Some(ClosureView {
        id: row.id,
        line: row.line,
        line_name: catalogue.line(LineId(row.line))?.name.clone().into(),
        start: Instant::from_minute(interval.start),
        end: Instant::from_minute(interval.end),
        kind: row.kind,
        note: row.note,
        created_at: Instant(row.created_at),
        lifted_at: row.lifted_at.map(Instant),
    })
}

/// Lifts a closure. One that has begun ends: what has passed was closed, and stays so in the figures. One that hasn't
/// is as though it had never been. Lifting it again changes nothing.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Forbidden`]; [`Failure::Refused`] with the reason
/// `closure_over` once it has ended, or while the campaign behind it would find the line's clean state expired, with no
/// time to clean again.
pub async fn lift(state: &AppState, caller: &Caller, id: Uuid) -> Result<ClosureView, Failure> {
    caller.member()?;
    let catalogue = ground::catalogue(state).await?;
    let read = state.store.read();
    let closure = closure::Entity::find_by_id(id).one(read).await.map_err(StoreError::from)?;
    let closure = closure.ok_or(Failure::NotFound)?;
    let member = its_operator(caller, &catalogue, LineId(closure.line))?.clone();
    let row = occupancy::Entity::find_by_id(closure.occupancy).one(read).await.map_err(StoreError::from)?;
    let row = row.ok_or(Failure::NotFound)?;
    let interval = Interval { start: row.starts_at, end: row.ends_at };
    let mut touched = Touched::default();
    // Closures only get shorter: what it takes under the lock lies inside of this.
    touched.line(LineId(closure.line), interval);
    let done = protocol::run(state, None, touched, move |tx, scene| {
        let member = member.clone();
        Box::pin(async move { open_again(tx, &scene, &member, id).await })
    });
    done.await.map_err(|stop| refused(stop, &catalogue))
}

async fn open_again(tx: &Tx<'_>, scene: &Scene, member: &Member, id: Uuid) -> Result<ClosureView, Stop> {
    let known = closure::Entity::find_by_id(id).one(tx).await?.ok_or(Failure::NotFound)?;
    if known.lifted_at.is_some() {
        let row = occupancy::Entity::find_by_id(known.occupancy).one(tx).await?.ok_or(Failure::NotFound)?;
        let interval = Interval { start: row.starts_at, end: row.ends_at };
        return view(&scene.catalogue, interval, known).ok_or_else(|| Failure::NotFound.into());
    }
    let state = scene.lines.get(&LineId(known.line)).ok_or(Failure::NotFound)?;
    let row = *state.row(OccupancyId(known.occupancy)).ok_or(Failure::NotFound)?;
    if row.interval.end <= scene.now.div_euclid(60) {
        return Err(Failure::refused("closure_over").into());
    }
    // The minute that has begun was still closed.
    let until = row.interval.end.min((scene.now + 59).div_euclid(60));
    let stays = Interval::new(row.interval.start, until);
    let left = match stays {
        Some(stays) => Some(shorter_closure::keep(tx, scene, (id, row), stays).await?),
        None => {
            let mut effects = Effects::default();
            effects.release(row.line, row.id);
            effects.apply(tx, scene).await?;
            None
        }
    };
    let sql = "UPDATE closure SET lifted_at = ? WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [scene.now.into(), id.into()])).await?;
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "lift_closure",
        inputs: json!({ "closure": id, "was": row.interval, "stays": stays }),
        rule: "closure/1",
        versions: &scene.versions(),
        outcome: json!({ "released": row.id, "occupancy": left }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    protocol::show_line(tx, member.organisation.0, scene.now).await?;
    let lifted = closure::Model { lifted_at: Some(scene.now), ..known };
    view(&scene.catalogue, stays.unwrap_or(row.interval), lifted).ok_or_else(|| Failure::NotFound.into())
}

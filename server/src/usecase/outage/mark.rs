//! Putting an outage on record.

use std::sync::Arc;

use app::contract::{Complaints, Failure, FieldProblem, Instant, OutageAnswer, OutageOrder, field};
use domain::{Interval, LineId, Minute, Second, calendar::DAY};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{KINDS, OTHER, PLANNED, RULE, hit, rescue, view};
use crate::{
    state::AppState,
    store::{Catalogue, Tx, statement, tables::outage},
    usecase::{
        Caller, IdempotencyKey, Member, ground,
        of_line::{LONGEST, its_operator, refused},
        protocol::{self, Attempt, Decision, Effects, Scene, Stop, Touched},
        transition,
    },
};

/// Marks a line as down, tells everybody whom it hits, and has ways out looked for.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] for lines of other platforms, [`Failure::Forbidden`] but for
/// operators, [`Failure::Invalid`], [`Failure::KeyReused`]; [`Failure::Refused`] with the reason `already_down` for
/// what is on record already.
pub async fn mark(
    state: &AppState,
    caller: &Caller,
    order: &OutageOrder,
    key: &IdempotencyKey,
) -> Result<OutageAnswer, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let (member, reason, interval) = read(caller, &catalogue, order, state.clock.now())?;
    let attempt = Attempt::new(member, key, "line_down", order.line, order);
    let down = Arc::new(Down {
        member: member.clone(),
        line: LineId(order.line),
        kind: order.kind.clone(),
        reason,
        interval,
    });
    let mut touched = Touched::default();
    touched.line(down.line, interval);
    let answer = attempt
        .once(state, async {
            let done = protocol::run(state, Some(&attempt), touched, move |tx, scene| {
                let down = Arc::clone(&down);
                Box::pin(async move { down.mark(tx, &scene).await })
            });
            done.await.map_err(|stop| refused(stop, &catalogue))
        })
        .await?;
    // What can't be done now the sweep does.
    if let Err(failure) = rescue(state).await {
        tracing::error!(?failure, "no way out could be looked for after an outage");
    }
    Ok(answer)
}

/// Who gives the order, why, and for which time.
///
/// # Errors
/// As [`mark`], of what can be told without the line's state.
pub(super) fn read<'a>(
    caller: &'a Caller,
    catalogue: &Catalogue,
    order: &OutageOrder,
    now: Second,
) -> Result<(&'a Member, String, Interval), Failure> {
    let member = its_operator(caller, catalogue, LineId(order.line))?;
    let now = now.div_euclid(60);
    let from = order.from.map_or(now, |from| from.minute());
    let mut complaints = Complaints::default();
    let known = order.kind == PLANNED || KINDS.contains(&order.kind.as_str());
    let known = complaints.hear(if known { Ok(()) } else { Err(field::unknown("kind", &order.kind)) });
    let reason = complaints.hear(transition::required_reason(&order.reason));
    let interval = complaints.hear(interval(from, order.until.minute(), now));
    complaints.answer()?;
    known?;
    Ok((member, reason?, interval?))
}

/// From a day ago on, and not over yet.
pub(super) fn interval(from: Minute, until: Minute, now: Minute) -> Result<Interval, Failure> {
    let day = field::plant_date;
    if from < now - DAY {
        let earliest = Instant::from_minute(now - DAY);
        return Err(field::invalid("from", FieldProblem::TooEarly { earliest }));
    }
    if from > now.saturating_add(LONGEST) {
        return Err(field::out_of_range("from", day(now - DAY), day(now.saturating_add(LONGEST))));
    }
    if until <= now {
        return Err(field::reversed("until", "now"));
    }
    let interval = Interval::new(from, until).ok_or_else(|| field::reversed("until", "start"))?;
    (interval.minutes() <= LONGEST)
        .then_some(interval)
        .ok_or_else(|| field::out_of_range("until", day(from.max(now)), day(from.saturating_add(LONGEST))))
}

struct Down {
    member: Member,
    line: LineId,
    kind: String,
    reason: String,
    interval: Interval,
}

impl Down {
    async fn mark(&self, tx: &Tx<'_>, scene: &Scene) -> Result<OutageAnswer, Stop> {
        let planned = self.kind == PLANNED;
        let row = outage::Model {
            id: Uuid::now_v7(),
            line: self.line.0,
            kind: if planned { OTHER.to_owned() } else { self.kind.clone() },
            reason: self.reason.clone(),
            starts_at: self.interval.start,
            ends_at: self.interval.end,
            created_by: self.member.account,
            created_at: scene.now,
            ended_at: None,
            planned,
        };
        // Holds that have expired are nobody's to be hit.
        Effects::default().apply(tx, scene).await?;
        is_new(tx, &row).await?;
        row.clone().into_active_model().insert(tx).await?;
        keep_until(tx, self.line).await?;
        let hit = hit::find(tx, scene, (&row, row.starts_at), &[]).await?;
        hit::look_again(tx, row.id).await?;
        let decision = Decision {
            by: Some(&self.member),
            booking: None,
            action: "line_down",
            inputs: json!({ "line": self.line, "interval": self.interval, "kind": self.kind, "reason": self.reason }),
            rule: RULE,
            versions: &scene.versions(),
            outcome: json!({ "outage": row.id, "hit": hit }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        protocol::show_line(tx, self.member.organisation.0, scene.now).await?;
        let outage = view::view(&scene.catalogue, &row).ok_or(Failure::NotFound)?;
        Ok(OutageAnswer { outage, hit })
    }
}

/// Refuses what is on record already: the line is down for all of that time, planned or not as this is.
async fn is_new(tx: &Tx<'_>, row: &outage::Model) -> Result<(), Stop> {
    let known = outage::Entity::find()
        .filter(outage::Column::Line.eq(row.line))
        .filter(outage::Column::Planned.eq(row.planned))
        .filter(outage::Column::StartsAt.lte(row.starts_at))
        .filter(outage::Column::EndsAt.gte(row.ends_at));
    if known.count(tx).await? == 0 { Ok(()) } else { Err(Failure::refused("already_down").into()) }
}

/// Notes on the line until when it is down at most, which whoever locks it reads.
pub(super) async fn keep_until(tx: &Tx<'_>, line: LineId) -> Result<(), Stop> {
    let sql = "UPDATE line SET down_until = (SELECT MAX(ends_at) FROM outage WHERE line = ? AND starts_at < ends_at) \
               WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [line.0.into(), line.0.into()])).await?;
    Ok(())
}

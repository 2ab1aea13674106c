//! An outage that is over sooner, or takes longer, than was said.

use std::sync::Arc;

use app::contract::{Failure, OutageAnswer, OutageEnd, field};
use domain::{Interval, LineId};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    RULE,
    hit::{self, Standing},
    mark::keep_until,
    rescue, view,
};
use crate::{
    state::AppState,
    store::{StoreError, Tx, queries, statement, tables::outage},
    usecase::{
        Caller, IdempotencyKey, Member, blameless, booking, ground,
        of_line::{LONGEST, its_operator, refused},
        protocol::{self, Attempt, Decision, Effects, Note, Scene, Stop, Touched},
        repair,
    },
};

/// Says until when an outage lasts; an end that is past or now ends it now. Whoever no outage hits any more is told,
/// and asked no more to go; whoever it hits now is told; and for all others a way out is looked for again.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] for another platform's, [`Failure::Forbidden`],
/// [`Failure::Invalid`]: also once it has ended; [`Failure::KeyReused`].
pub async fn change(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    end: &OutageEnd,
    key: &IdempotencyKey,
) -> Result<OutageAnswer, Failure> {
    caller.member()?;
    let catalogue = ground::catalogue(state).await?;
    let known = outage::Entity::find_by_id(id).one(state.store.read()).await.map_err(StoreError::from)?;
    let known = known.ok_or(Failure::NotFound)?;
    let member = its_operator(caller, &catalogue, LineId(known.line))?.clone();
    let until = end.until.minute();
    let first = field::plant_date(known.starts_at);
    let last = known.starts_at.saturating_add(LONGEST);
    if until > last {
        return Err(field::out_of_range("until", first, field::plant_date(last)));
    }
    let attempt = Attempt::new(&member, key, "line_down_until", id, end);
    let mut touched = Touched::default();
    let reach = Interval { start: known.starts_at, end: known.ends_at.max(until).max(known.starts_at + 1) };
    touched.line(LineId(known.line), reach);
    let answer = attempt
        .once(state, async {
            let member = Arc::new(member);
            let done = protocol::run(state, Some(&attempt), touched, move |tx, scene| {
                let member = Arc::clone(&member);
                Box::pin(async move { until_then(tx, &scene, &member, id, until).await })
            });
            done.await.map_err(|stop| refused(stop, &catalogue))
        })
        .await?;
    if let Err(failure) = rescue(state).await {
        tracing::error!(?failure, "no way out could be looked for after an outage changed");
    }
    Ok(answer)
}

async fn until_then(
    tx: &Tx<'_>,
    scene: &Scene,
    member: &Member,
    id: Uuid,
    until: i64,
) -> Result<OutageAnswer, Stop> {
    let before = outage::Entity::find_by_id(id).one(tx).await?.ok_or(Failure::NotFound)?;
    let now = scene.now.div_euclid(60);
    if before.ended_at.is_some() || before.ends_at <= now {
        return Err(Failure::refused("outage_over").into());
    }
    let is_over = until <= now;
    // The minute that has begun was still down.
    let ends_at = if is_over { (scene.now + 59).div_euclid(60) } else { until }.max(before.starts_at);
    let ended_at = (is_over || ends_at == before.starts_at).then_some(scene.now);
    let known_until = before.ends_at;
    Effects::default().apply(tx, scene).await?;
    let hit_before = hit::standing(tx, id).await?;
    let sql = "UPDATE outage SET ends_at = ?, ended_at = ? WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [ends_at.into(), ended_at.into(), id.into()])).await?;
    keep_until(tx, LineId(before.line)).await?;
    if let Some(up) = Interval::new(ends_at, known_until) {
        // Nobody else's until those who wait for it have had their turn, nor the set-ups beside it.
        let line = LineId(before.line);
        let freed = scene.lines.get(&line).map_or(up, |state| state.opened_around(up, |_| false));
        queries::leave_word(tx, line, freed);
    }
    let row = outage::Model { ends_at, ended_at, ..before };
    let still = hit::standing(tx, id).await?;
    for one in hit_before.iter().filter(|one| !still.contains(one)) {
        up(tx, scene, member, one).await?;
    }
    hit::look_again(tx, id).await?;
    let hit = hit::find(tx, scene, (&row, known_until), &hit_before).await?;
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "line_down_until",
        inputs: json!({ "outage": id, "until": until }),
        rule: RULE,
        versions: &scene.versions(),
        outcome: json!({ "ends_at": ends_at, "ended": ended_at.is_some(), "hit": hit,
            "free_again": hit_before.len() - still.len().min(hit_before.len()) }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    protocol::show_line(tx, member.organisation.0, scene.now).await?;
    let outage = view::view(&scene.catalogue, &row).ok_or(Failure::NotFound)?;
    Ok(OutageAnswer { outage, hit })
}

/// Tells whoever an outage doesn't hit any more, unless another does, or a changed set-up keeps it from running.
async fn up(tx: &Tx<'_>, scene: &Scene, member: &Member, one: &Standing) -> Result<(), Stop> {
    let Some(booking) = booking::load(tx, one.booking).await? else { return Ok(()) };
    if hit::is_hit(tx, one.booking).await? || blameless::is_hit(tx, &booking).await? {
        return Ok(());
    }
    repair::ask_no_more(tx, scene, Some(member), one.booking).await?;
    let note = Note {
        kind: "line_up".into(),
        to: one.organisation.into_iter().chain([member.organisation.0]).collect(),
        booking: Some(one.booking),
        reference: Some(one.reference.clone()),
        reason: None,
    };
    protocol::tell(tx, &note, scene.now).await
}

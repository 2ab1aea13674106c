//! Opening a call.

use std::{collections::BTreeSet, sync::Arc};

use app::contract::{
    CallOrder, CallRule, CallView, Complaints, Failure, FieldProblem, Instant, Period, field,
};
use domain::{
    Interval, LineId, Minutes, Second,
    calendar::{DAY, DAY_SECONDS},
    resolve::allocation::{
        Rule,
        rule::{RULES, Shares},
    },
    snapshot::Snapshot,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    ATTEMPTS, LONGEST,
    load::{Call, write},
    seed::seal,
    view::view,
};
use crate::{
    state::AppState,
    store::{
        Tx,
        tables::{call, call_line},
    },
    usecase::{
        Caller, IdempotencyKey, Member, free_busy, ground, period,
        protocol::{self, Attempt, Decision, Scene, Stop, Touched},
        refusal::second,
    },
};

/// Lines that a call is for, at most.
const MOST_LINES: usize = 50;
/// Most points a wish ages by in a call.
const MOST_PER_CALL: u32 = 100;
/// Longest hold that a call gives, in days.
const LONGEST_HOLD: u32 = 60;
/// So long after its closing the result is to be published, where its platform says nothing else.
const USUAL_WAIT: Second = 7 * DAY_SECONDS;

/// Opens a call of the caller's platform.
///
/// # Errors
/// [`Failure::Forbidden`] but for operators, [`Failure::Invalid`], [`Failure::KeyReused`].
pub async fn open(
    state: &AppState,
    caller: &Caller,
    order: &CallOrder,
    key: &IdempotencyKey,
) -> Result<CallView, Failure> {
    let (member, _) = caller.own_platform()?;
    let attempt = Attempt::new(member, key, "open_call", Uuid::nil(), order);
    attempt.once(state, carry_out(state, member, order, &attempt)).await
}

/// What opening it would publish. No seed is drawn, and nothing is written.
///
/// # Errors
/// As [`open`].
pub async fn foresee(state: &AppState, caller: &Caller, order: &CallOrder) -> Result<CallView, Failure> {
    let (member, _) = caller.own_platform()?;
    let call = prepared(state, member, order).await?;
    let catalogue = ground::catalogue(state).await?;
    Ok(view(&catalogue, &call, Some(member), None, state.clock.now())?)
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    order: &CallOrder,
    attempt: &Attempt,
) -> Result<CallView, Failure> {
    let mut call = prepared(state, member, order).await?;
    let sealed = seal()?;
    call.row.seed = sealed.seed;
    call.row.salt = sealed.salt;
    call.row.commitment = sealed.commitment;
    let opening = Arc::new((call, member.clone()));
    let done = protocol::run(state, Some(attempt), Touched::default(), move |tx, scene| {
        let opening = Arc::clone(&opening);
        Box::pin(async move { insert(tx, &scene, &opening.0, &opening.1).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

/// The call as it would be, without a seed.
async fn prepared(state: &AppState, member: &Member, order: &CallOrder) -> Result<Call, Failure> {
    let now = state.clock.now();
    let ground = ground::ground(state).await?;
    let mut complaints = Complaints::default();
    let title = complaints.hear(title(&order.title));
    let days = complaints
        .hear(period::interval(&Period { from: order.from.clone(), to: order.to.clone() }, LONGEST));
    let lines = complaints.hear(lines(&ground.snapshot, member, &order.lines));
    let known = days.as_ref().ok().copied();
    let times = complaints.hear(times(order, known, now));
    let closes = times.as_ref().ok().map(|(_, closes)| *closes);
    let result_by = complaints.hear(result_by(order, known.zip(closes)));
    let criteria = complaints.hear(criteria(order));
    let hold_days = complaints.hear(in_range("hold_days", order.hold_days, 1, LONGEST_HOLD));
    let figures = complaints.hear(figures(order.rule));
    complaints.answer()?;
    figures?;
    let (days, lines, (opens_at, closes_at)) = (days?, lines?, times?);
    let rule = rule(order.rule, free(&ground.snapshot, &lines, days, now));
    let row = call::Model {
        id: Uuid::now_v7(),
        platform: member.organisation.0,
        account: member.account,
        title: title?,
        starts_at: days.start,
        ends_at: days.end,
        opens_at,
        closes_at,
        rule: write(&rule)?,
        criteria: criteria?,
        hold_minutes: i64::from(hold_days?) * DAY,
        attempts: i64::from(ATTEMPTS),
        seed: String::new(),
        salt: String::new(),
        commitment: String::new(),
        state: "open".into(),
        draft: None,
        created_at: now,
        closed_at: None,
        ended_at: None,
        reason: None,
        version: 1,
        result_by: Some(result_by?),
    };
    Ok(Call { row, lines })
}

async fn insert(tx: &Tx<'_>, scene: &Scene, call: &Call, member: &Member) -> Result<CallView, Stop> {
    call.row.clone().into_active_model().insert(tx).await?;
    for line in &call.lines {
        call_line::Model { call: call.row.id, line: line.0 }.into_active_model().insert(tx).await?;
    }
    let decision = Decision {
        by: Some(member),
        booking: None,
        action: "open_call",
        inputs: json!({ "call": call.row.id, "lines": call.lines, "period": call.period(),
            "rule": call.rule()?, "times": [call.row.opens_at, call.row.closes_at],
            "result_by": call.row.result_by }),
        rule: RULES,
        versions: &[],
        outcome: json!({ "commitment": call.row.commitment }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    Ok(view(&scene.catalogue, call, Some(member), Some(0), scene.now)?)
}

fn title(title: &str) -> Result<String, Failure> {
    match field::line("title", title, 120)? {
        title if title.is_empty() => Err(field::invalid("title", FieldProblem::Missing)),
        title => Ok(title),
    }
}

fn criteria(order: &CallOrder) -> Result<String, Failure> {
    let criteria = field::text("criteria", &order.criteria, 2000)?;
    let counts = matches!(order.rule, CallRule::ScoreWithAgeing { .. } | CallRule::Shares { .. });
    if counts && criteria.is_empty() {
        return Err(field::invalid("criteria", FieldProblem::Missing));
    }
    Ok(criteria)
}

fn lines(snapshot: &Snapshot, member: &Member, ids: &[Uuid]) -> Result<BTreeSet<LineId>, Failure> {
    let lines: BTreeSet<LineId> = ids.iter().map(|id| LineId(*id)).collect();
    if lines.is_empty() {
        return Err(field::invalid("lines", FieldProblem::Missing));
    }
    if lines.len() > MOST_LINES {
        return Err(field::out_of_range("lines", 1, MOST_LINES));
    }
    let own = |line: &&LineId| {
        snapshot.lines.get(line).is_some_and(|known| Some(known.line.platform) == member.platform())
    };
    match lines.iter().find(|line| !own(line)) {
        Some(other) => Err(field::unknown("lines", &other.0.to_string())),
        None => Ok(lines),
    }
}

/// When it opens and closes: not in the past, and closed before its period begins.
fn times(order: &CallOrder, days: Option<Interval>, now: Second) -> Result<(Second, Second), Failure> {
    let opens = order.opens_at.map_or(now, |opens| opens.0);
    // A form tells minutes, so that the one under way counts as now.
    if opens < now - 60 {
        return Err(field::out_of_range("opens_at", second(now), field::LAST_DAY));
    }
    let opens = opens.max(now);
    let Instant(closes) = order.closes_at;
    let latest = days.map_or(i64::MAX, |days| days.start.saturating_mul(60));
    if closes <= opens && order.opens_at.is_some() {
        return Err(field::reversed("closes_at", "opens_at"));
    }
    if closes <= opens || closes > latest {
        let last = days.map_or(field::LAST_DAY, |days| field::plant_date(days.start - 1));
        // The day would be the one that was given, where that is seconds past.
        return Err(field::out_of_range("closes_at", second(opens), last));
    }
    Ok((opens, closes))
}

/// By when the result is to be published: after the closing, and before the period is over. `known` are the period and
/// the closing, where nothing is wrong with them.
fn result_by(order: &CallOrder, known: Option<(Interval, Second)>) -> Result<Second, Failure> {
    let Some((days, closes)) = known else { return Ok(0) };
    let Some(Instant(by)) = order.result_by else {
        let begins = days.start.saturating_mul(60);
        return Ok((closes + USUAL_WAIT).min(begins).max(closes + DAY_SECONDS));
    };
    if by <= closes {
        return Err(field::reversed("result_by", "closes_at"));
    }
    if by > days.end.saturating_mul(60) {
        return Err(field::out_of_range("result_by", second(closes), field::plant_date(days.end - 1)));
    }
    Ok(by)
}

fn figures(rule: CallRule) -> Result<(), Failure> {
    match rule {
        CallRule::FirstCome | CallRule::Lottery => Ok(()),
        CallRule::ScoreWithAgeing { per_call } => in_range("per_call", per_call, 0, MOST_PER_CALL).map(drop),
        CallRule::Shares { per_firm, reserved } => {
            let mut complaints = Complaints::default();
            let _told = complaints.hear(in_range("per_firm", per_firm.into(), 1, 100));
            let _told = complaints.hear(in_range("reserved", reserved.into(), 0, 100));
            complaints.answer()
        }
    }
}

fn in_range(name: &str, value: u32, min: u32, max: u32) -> Result<u32, Failure> {
    if (min..=max).contains(&value) { Ok(value) } else { Err(field::out_of_range(name, min, max)) }
}

fn rule(asked: CallRule, offered: Minutes) -> Rule {
    match asked {
        CallRule::FirstCome => Rule::FirstCome,
        CallRule::Lottery => Rule::Lottery,
        CallRule::ScoreWithAgeing { per_call } => Rule::ScoreWithAgeing { per_call },
        CallRule::Shares { per_firm, reserved } => Rule::Shares(Shares { offered, per_firm, reserved }),
    }
}

/// The line time on offer: what isn't published as taken of the period as it is now, nights and days off included,
/// since a campaign takes its line through them. Every firm reads it: the minutes that nobody holds, beside what is
/// published, would tell how long the lines take to change.
fn free(snapshot: &Snapshot, lines: &BTreeSet<LineId>, days: Interval, now: Second) -> Minutes {
    let states = lines.iter().filter_map(|line| snapshot.lines.get(line));
    let free = states.map(|state| {
        let taken = free_busy::published(state, days, now);
        let taken = taken.into_iter().filter_map(|piece| piece.intersection(days)).map(Interval::minutes);
        days.minutes() - taken.sum::<Minutes>()
    });
    free.sum()
}

//! A draft: the call decided by its rule on the calendar as it is now. Nothing is held by it.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{AdjustmentView, DecideOrder, DraftView, Failure, Instant, RefusalView};
use domain::{
    Second,
    resolve::allocation::{Inputs, Plan, Round, Unfit, allocate},
    snapshot::Snapshot,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{
    close_over,
    filling::{self, Filled},
    load::{self, Call, Phase, document, write},
    result::{self, BY_RULE, Told, is_own},
    settle::{over, settle},
    view::{Names, view, wish as shown},
};
use crate::{
    state::AppState,
    store::{
        Catalogue,
        tables::{call_adjustment, call_draft, wish},
    },
    usecase::{
        Caller, IdempotencyKey, ground, internal, late,
        protocol::{self, Attempt, Decision, Touched},
        refusal::{self, Audience},
    },
};

/// Decides the call, anew if there is a draft, and shows what came of it. The same wishes and calendar give the same.
///
/// # Errors
/// [`Failure::NotFound`] but for its platform, [`Failure::Forbidden`] but for operators; [`Failure::Refused`] while it
/// is open, once it has ended, or with the reason `no_wishes`, or `draft_adjusted` if more changes of the draft would
/// be lost than `order` says; [`Failure::KeyReused`].
pub async fn draft(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    order: DecideOrder,
    key: &IdempotencyKey,
) -> Result<DraftView, Failure> {
    caller.member()?;
    let call = load::call(state.store.read(), id).await?.ok_or(Failure::NotFound)?;
    let member = call.operated_by(caller)?.clone();
    let attempt = Attempt::new(&member, key, "draft_call", id, &order);
    close_over(state).await?;
    attempt
        .once(state, async {
            let read = state.store.read();
            let call = load::call(read, id).await?.ok_or(Failure::NotFound)?;
            if !matches!(call.phase(state.clock.now()), Phase::Closed | Phase::Drafted) {
                return Err(over(Some(&call.row.state)));
            }
            if let Some((_, changes)) = load::draft(read, &call).await? {
                may_lose(&changes, order.discard)?;
            }
            let rows = load::wishes(read, id, None).await?;
            if rows.is_empty() {
                return Err(Failure::refused("no_wishes"));
            }
            let ground = ground::ground(state).await?;
            let policy = ground::policy(&ground.catalogue, call.platform());
            let curbed = late::curbed(read, &policy, call.platform(), state.clock.now()).await?;
            let wishes = load::asked(read, &call, &rows, &curbed).await?;
            let part = ground.snapshot.of_lines(&call.lines);
            let (rule, by, now) = (call.rule()?, (call.seed()?, call.attempts()), state.clock.now());
            // Some seconds of work: not on the threads that answer requests.
            let decided = tokio::task::spawn_blocking(move || {
                let inputs = Inputs::of(&part, &ground.catalogue.holidays);
                (allocate(&part, &wishes, rule, by, now), inputs)
            });
            let (round, inputs) = decided.await.map_err(|error| internal("deciding a call", &error))?;
            let row = call_draft::Model {
                id: Uuid::now_v7(),
                call: id,
                account: member.account,
                drafted_at: now,
                round: write(&round)?,
                inputs: write(&inputs)?,
            };
            let done = Arc::new((call, member.clone(), row, round));
            let done = protocol::run(state, Some(&attempt), Touched::default(), move |tx, scene| {
                let done = Arc::clone(&done);
                Box::pin(async move {
                    let (call, member, row, round) = &*done;
                    settle(tx, call, "state = 'drafted', draft = ?", vec![row.id.into()]).await?;
                    row.clone().into_active_model().insert(tx).await?;
                    let decision = Decision {
                        by: Some(member),
                        booking: None,
                        action: "draft_call",
                        inputs: json!({ "call": call.row.id, "draft": row.id, "rule": round.rule,
                            "attempts": round.attempts, "wishes": round.wishes.len() }),
                        rule: &round.rules,
                        versions: &round.lines,
                        outcome: json!({ "placed": round.order }),
                    };
                    protocol::decide(tx, decision, scene.now).await
                })
            });
            done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
        })
        .await?;
    look(state, caller, id).await
}

/// Refuses to lose more of what the platform itself has changed of the draft than `discard` says. Whoever changes it
/// after this look counts the call's version up, and so stops what would lose it.
pub(super) fn may_lose(changes: &[call_adjustment::Model], discard: Option<u32>) -> Result<(), Failure> {
    let own = changes.iter().filter(|change| is_own(change)).count();
    if own <= discard.unwrap_or(0) as usize {
        return Ok(());
    }
    Err(Failure::Refused { refusal: RefusalView::named("draft_adjusted").with("changes", own) })
}

/// The draft as it stands, asked of the kernel again.
///
/// # Errors
/// [`Failure::NotFound`] but for its platform; [`Failure::Refused`] with the reason `no_draft` if there is none.
pub async fn look(state: &AppState, caller: &Caller, id: Uuid) -> Result<DraftView, Failure> {
    caller.member()?;
    let read = state.store.read();
    let call = load::call(read, id).await?.ok_or(Failure::NotFound)?;
    let member = call.seen_by(caller)?;
    let standing = Standing::of(state, &call).await?;
    let ground = ground::ground(state).await?;
    let (catalogue, now) = (&*ground.catalogue, state.clock.now());
    let rows = load::wishes(read, id, None).await?;
    let drafted = call.phase(now) == Phase::Drafted;
    let names =
        if drafted { Names::to_score(read, &call, &rows).await? } else { Names::of(read, &rows).await? };
    let unfit = if drafted {
        let plan = standing.plan();
        let asked = standing.bookable(ground.snapshot.of_lines(&call.lines), plan, now).await?;
        asked.err().map(|unfit| worded(catalogue, &names, &rows, &unfit))
    } else {
        None
    };
    let counted = standing.round.counted();
    let wishes = rows.iter().map(|row| {
        let told = standing.told.get(&row.id);
        let given = (row.booking, counted.get(&row.id));
        let result = told.map(|told| told.view(catalogue, Audience::Operators, given));
        shown(&names, row, result, true)
    });
    let wishes = wishes.collect::<Result<Vec<_>, _>>()?;
    let deeds = result::deeds(&standing.round, &standing.changes)?;
    let adjustments = standing.changes.iter().zip(deeds).filter_map(|(change, deed)| {
        let wish = wishes.iter().find(|wish| wish.id == change.wish)?;
        Some(AdjustmentView {
            wish: wish.id,
            company: wish.company.clone()?,
            offering_name: wish.offering_name.clone(),
            kind: deed?.into(),
            reason: Some(change.reason.clone()).filter(|reason| reason != BY_RULE),
            at: Instant(change.adjusted_at),
        })
    });
    let adjustments = adjustments.collect();
    let count = u32::try_from(wishes.len()).ok();
    Ok(DraftView {
        call: view(catalogue, &call, Some(member), count, now)?,
        version: call.row.version,
        drafted_at: Instant(standing.draft.drafted_at),
        wishes,
        adjustments,
        unfit,
    })
}

/// A draft with what was changed of it.
pub(super) struct Standing {
    pub draft: call_draft::Model,
    pub changes: Vec<call_adjustment::Model>,
    pub round: Arc<Round>,
    pub told: BTreeMap<Uuid, Told>,
}

impl Standing {
    /// Of a call that has one.
    ///
    /// # Errors
    /// [`Failure::Refused`] with the reason `no_draft`.
    pub async fn of(state: &AppState, call: &Call) -> Result<Self, Failure> {
        let found = load::draft(state.store.read(), call).await?;
        let (draft, changes) = found.ok_or_else(|| Failure::refused("no_draft"))?;
        let round: Round = document(&draft.round)?;
        let told = result::told(&round, &changes)?;
        Ok(Self { draft, changes, round: Arc::new(round), told })
    }

    pub fn plan(&self) -> Plan {
        result::plan(&self.round, &self.told)
    }

    /// Asks the kernel for an order in which `plan` can be booked on `part`, the call's part of the snapshot.
    ///
    /// # Errors
    /// [`Failure::Internal`] if the kernel couldn't be asked.
    pub async fn bookable(
        &self,
        part: Snapshot,
        plan: Plan,
        now: Second,
    ) -> Result<Result<Plan, Unfit>, Failure> {
        let round = Arc::clone(&self.round);
        let asked = tokio::task::spawn_blocking(move || round.bookable(&part, plan, now));
        asked.await.map_err(|error| internal("asking for a plan", &error))
    }

    /// What becomes of all wishes on `part` around those that were changed by hand.
    ///
    /// # Errors
    /// [`Failure::Internal`] if the kernel couldn't be asked.
    pub async fn fill(&self, part: Snapshot, now: Second) -> Result<Result<Filled, Unfit>, Failure> {
        let (round, told) = (Arc::clone(&self.round), self.told.clone());
        let asked = tokio::task::spawn_blocking(move || filling::fill(&round, &told, &part, now));
        asked.await.map_err(|error| internal("filling a plan", &error))
    }
}

/// Which wish doesn't fit, and why, for the platform.
pub(super) fn worded(
    catalogue: &Catalogue,
    names: &Names,
    rows: &[wish::Model],
    unfit: &Unfit,
) -> RefusalView {
    let (wish, why) = match unfit {
        Unfit::Refused { wish, why } => (*wish, Some(refusal::view(why, Audience::Operators, catalogue))),
        Unfit::Share { wish, .. } => (*wish, None),
        Unfit::Unknown { wish } => (*wish, None),
    };
    let mut facts = Vec::new();
    if let Some(row) = rows.iter().find(|row| row.id == wish) {
        let name = names.firm(row);
        facts.push(("company".to_owned(), name.zh));
        facts.push(("company_en".to_owned(), name.en));
    }
    let reason = if matches!(unfit, Unfit::Share { .. }) { "share_overdrawn" } else { "draft_outdated" };
    let line = why.and_then(|why| {
        facts.push(("why".to_owned(), why.reason));
        facts.extend(why.facts);
        why.line
    });
    RefusalView { reason: reason.into(), line, facts }
}

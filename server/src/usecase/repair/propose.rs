//! Asking those who would have to move.

use std::sync::Arc;

use app::contract::{Failure, RefusalView, RepairAnswer, RepairOrder};
use domain::{
    Minute, OrganisationId, Second,
    calendar::{day_start, plant_day},
    policy::Policy,
    refusal::Refusal,
    resolve::{
        onward,
        repair::{self, Proposal},
    },
    snapshot::Snapshot,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    MOST,
    declined::lately as asked_lately,
    find::Found,
    movables::already_asked,
    plan::{Cause, Planned, PlannedMove},
    view,
};
use crate::{
    state::AppState,
    store::{
        Catalogue, Tx, statement,
        tables::{proposal, proposal_move},
    },
    usecase::{
        Member, booking, ground,
        holding::Holding,
        protocol::{self, Attempt, Beside, Decision, Note, Scene, Stop},
        refusal::second,
        waitlist::others_first,
    },
};

/// Over so long the questions of a company are counted, in seconds.
const COUNTED: Second = 24 * 60 * 60;

/// A proposal to be made.
struct Asking {
    member: Member,
    order: RepairOrder,
    planned: Planned,
    proposal: Proposal,
    price_fen: i64,
    /// Questions that the company may put in a day.
    most: u32,
}

/// Puts the proposal on record and asks everybody concerned. Nothing is held meanwhile.
pub(super) async fn propose(
    state: &AppState,
    member: &Member,
    order: &RepairOrder,
    (planned, holding): (Planned, &Holding),
    (proposal, found): (&Proposal, &Found),
    attempt: &Attempt,
) -> Result<RepairAnswer, Stop> {
    let price_fen = price(&found.ground.catalogue, holding, proposal);
    let touched = planned.touched(&found.ground.catalogue);
    let done = others_first(state, |others_first| {
        let asking = Arc::new(Asking {
            member: member.clone(),
            order: order.clone(),
            planned: planned.behind(member.organisation, others_first),
            proposal: proposal.clone(),
            price_fen,
            most: state.settings.limits.questions_per_company,
        });
        protocol::run(state, Some(attempt), touched.clone(), move |tx, scene| {
            let asking = Arc::clone(&asking);
            Box::pin(async move { asking.ask(tx, &scene).await })
        })
    });
    done.await
}

/// What the hold of a proposal will cost, in fen: lowered where its window is agreed to as a plan window.
pub(crate) fn price(catalogue: &Catalogue, holding: &Holding, proposal: &Proposal) -> i64 {
    let policy = ground::policy(catalogue, holding.placing.route.platform);
    let plan = policy.plan(holding.placing.request.window).filter(|_| holding.flexible);
    plan.map_or(proposal.offer.price_fen, |plan| plan.price(proposal.offer.price_fen))
}

impl Asking {
    async fn ask(&self, tx: &Tx<'_>, scene: &Scene) -> Result<RepairAnswer, Stop> {
        within_limit(tx, self.member.organisation.0, self.most, scene.now).await?;
        // Nobody is asked for what can't be done.
        self.planned.decide(tx, scene).await?;
        let draft = Draft {
            cause: None,
            organisation: self.member.organisation.0,
            account: self.member.account,
            by: self.member.account,
            wish: view::write_in(&self.order)?,
            place: view::write_in(&self.proposal.offer.placement)?,
            price_fen: self.price_fen,
        };
        let row = put(tx, scene, &self.planned, draft).await?;
        let decision = Decision {
            by: Some(&self.member),
            booking: None,
            action: "propose_repair",
            inputs: json!({ "proposal": row.id, "order": self.order, "moves": self.proposal.moves,
                "considered": self.planned.considered }),
            rule: repair::RULE,
            versions: &scene.versions(),
            outcome: json!({ "cost": self.proposal.cost, "expires_at": row.expires_at }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        let moves = proposal_move::Entity::find().filter(proposal_move::Column::Proposal.eq(row.id));
        let moves = moves.all(tx).await?;
        let repair = Some(view::own(&scene.catalogue, &row, &moves.iter().collect::<Vec<_>>())?);
        Ok(RepairAnswer { booking: None, repair })
    }
}

/// What is put on record besides the moves.
pub(crate) struct Draft {
    /// The booking that it is for, unless it is for room.
    pub cause: Option<Uuid>,
    /// Who wants it.
    pub organisation: Uuid,
    pub account: Uuid,
    /// Who decides it: for the platform whose own production moves with its consent by that, if any does.
    pub by: Uuid,
    pub wish: String,
    pub place: String,
    pub price_fen: i64,
}

/// Writes a proposal and asks everybody whose consent `planned` needs, but for whoever wants it: they have agreed. Who
/// asks has locked the lines of all of them, so that nobody else asks meanwhile.
///
/// # Errors
/// [`Refusal::Stale`] if one of them is asked for something else by now, or was by the same firm just now, or there is
/// no time left to ask; the database's failure.
pub(crate) async fn put(
    tx: &Tx<'_>,
    scene: &Scene,
    planned: &Planned,
    draft: Draft,
) -> Result<proposal::Model, Stop> {
    let row = proposal::Model {
        id: Uuid::now_v7(),
        kind: planned.cause.word().into(),
        cause: draft.cause,
        cleaning: planned.cleaning.map(|cleaning| cleaning.id.0),
        organisation: draft.organisation,
        account: draft.account,
        wish: draft.wish,
        place: draft.place,
        price_fen: draft.price_fen,
        created_at: scene.now,
        expires_at: expires_at(scene, planned)?,
        closed_at: None,
        outcome: None,
        booking: None,
        considered: planned.considered.as_ref().map(view::write_in).transpose()?,
    };
    let mut busy = already_asked(tx).await?;
    if planned.is_firms() || planned.cause == Cause::Swap {
        // What is open no more was closed before this looks.
        busy.extend(asked_lately(tx, OrganisationId(draft.organisation), scene.now).await?);
    }
    row.clone().into_active_model().insert(tx).await?;
    for one in &planned.moves {
        let booking = booking::load(tx, one.booking).await?.ok_or(Failure::NotFound)?;
        // About its own production the platform is asked.
        let owner = booking.row.organisation.unwrap_or(booking.row.platform);
        let asked = Some(owner).filter(|_| one.agreed);
        let wants_it = one.given || asked == Some(draft.organisation);
        if asked.is_some() && !wants_it && busy.contains(&one.booking) {
            return Err(Refusal::Stale.into());
        }
        let move_row = proposal_move::Model {
            id: Uuid::now_v7(),
            proposal: row.id,
            booking: one.booking,
            organisation: asked,
            from_place: view::write_in(&one.from)?,
            to_place: view::write_in(&one.to)?,
            stays: one.rest.as_ref().map(|rest| rest.stays.into()),
            goes: one
                .rest
                .as_ref()
                .map(|rest| booking.campaign.request.batches.saturating_sub(rest.stays).into()),
            rest_place: one.rest.as_ref().map(|rest| view::write_in(&rest.to)).transpose()?,
            rest: None,
            lapse: None,
            price_fen: planned.prices.get(&one.booking).copied(),
            answer: wants_it.then(|| "accepted".into()),
            answered_by: wants_it.then_some(if one.given { draft.by } else { draft.account }),
            answered_at: wants_it.then_some(scene.now),
        };
        move_row.into_active_model().insert(tx).await?;
        let Some(firm) = asked.filter(|_| !wants_it) else { continue };
        let kind = match planned.cause {
            Cause::Room | Cause::Cleaning => "move_asked",
            Cause::Rescue if one.rest.is_some() => "part_asked",
            Cause::Rescue => "rescue_asked",
            Cause::Swap => "swap_asked",
        };
        let note = Note {
            kind: kind.into(),
            to: vec![firm],
            booking: Some(one.booking),
            reference: Some(booking.row.reference.clone()),
            reason: None,
        };
        // The minute of a place that another firm has is told once both have agreed.
        let beside = if planned.cause == Cause::Swap || one.rest.is_some() {
            Beside::default()
        } else {
            Beside::moved(&one.from, &one.to)
        };
        protocol::tell_with(tx, &note, &beside, scene.now).await?;
    }
    Ok(row)
}

/// Answers count for as long as the platforms concerned say, the shortest of them, but not beyond the first of the
/// starts concerned; of what can't run where it is as [`latest`] says. Where others read it too, of those starts the
/// plant day alone counts: the minute would tell each firm when another begins, and with the first start that a search
/// offers before it, how long the line takes to change. So it does of what needn't move at all.
///
/// # Errors
/// [`Refusal::Stale`] if that day has begun, be it of what moves by rule: then nobody is asked.
fn expires_at(scene: &Scene, planned: &Planned) -> Result<Second, Refusal> {
    let (catalogue, now, snapshot) = (&scene.catalogue, scene.now, scene.bare());
    let routes = planned.moves.iter().map(|one| &one.route);
    let routes = routes.chain(planned.holding.iter().map(|holding| &holding.placing.route));
    let within = routes.map(|route| ground::policy(catalogue, route.platform).ask_answer).min();
    let within = within.unwrap_or_else(|| Policy::default().ask_answer) * 60;
    let first = match planned.cause {
        // Whoever makes room by rule for what can't stay is asked nothing, and when it goes on is told nobody.
        Cause::Rescue => {
            let told = planned.moves.iter().filter(|one| one.agreed);
            told.filter_map(|one| latest(&snapshot, one, now)).min()
        }
        Cause::Room | Cause::Swap | Cause::Cleaning => {
            let places = planned.moves.iter().flat_map(|one| [&one.from, &one.to]);
            let places = places.chain(planned.holding.iter().map(|holding| &holding.placing.placement));
            places.filter_map(|place| place.span()).map(|span| span.start).min()
        }
    };
    let midnight = |start| Some(day_start(plant_day(start))).filter(|midnight| midnight * 60 > now);
    let first = match planned.cause {
        Cause::Rescue => first,
        Cause::Room | Cause::Swap | Cause::Cleaning => {
            first.map(|start| midnight(start).ok_or(Refusal::Stale)).transpose()?
        }
    };
    Ok((now + within).min(first.map_or(i64::MAX, |first| first * 60)).max(now + 1))
}

/// The minute up to which `one`, which can't stay, can go: the first start, of any part of it, that is still ahead, be
/// it that it begins there as it does now; and its own, where its line isn't down then and it would be begun. What runs
/// can go on elsewhere until one of the steps that differ begins.
fn latest(snapshot: &Snapshot, one: &PlannedMove, now: Second) -> Option<Minute> {
    let begun = onward::begun(snapshot, &one.from, now) > 0;
    let differs = onward::latest(snapshot, &one.from, &one.to);
    if begun && one.rest.is_none() && one.from.steps.first() == one.to.steps.first() {
        return differs;
    }
    let goes = one.rest.iter().flat_map(|rest| &rest.to.steps);
    let starts = one.to.steps.iter().chain(goes).map(|step| step.interval.start);
    // Where it stands it can't be begun in time any more.
    let here = differs.filter(|_| !begun);
    starts.chain(here).filter(|start| start * 60 > now).min()
}

/// Refuses one proposal too many at once, or more than `most` in a day, be it that a platform's desk put them for the
/// company; those of one company queue as its holds do.
///
/// # Errors
/// [`Failure::Refused`] with the reason `too_many_repairs` or `too_many_questions`; the database's failure.
pub(crate) async fn within_limit(tx: &Tx<'_>, company: Uuid, most: u32, now: Second) -> Result<(), Stop> {
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        let queue = "SELECT id FROM organisation WHERE id = ? FOR NO KEY UPDATE";
        tx.query_one_raw(statement(tx, queue, [company.into()])).await?;
    }
    let sql = "SELECT COUNT(*) AS open FROM proposal WHERE organisation = ? AND closed_at IS NULL";
    let row = tx.query_one_raw(statement(tx, sql, [company.into()])).await?;
    let open: i64 = row.map_or(Ok(0), |row| row.try_get("", "open"))?;
    if u64::try_from(open).unwrap_or(u64::MAX) >= MOST {
        let refusal = RefusalView::named("too_many_repairs").with("max", MOST);
        return Err(Failure::Refused { refusal }.into());
    }
    // As many as may count, the newest first: once the last of them counts no more, another may be put.
    let sql = "SELECT created_at FROM proposal WHERE organisation = ? AND created_at > ? \
               ORDER BY created_at DESC LIMIT ?";
    let values = [company.into(), (now - COUNTED).into(), i64::from(most).into()];
    let counted = tx.query_all_raw(statement(tx, sql, values)).await?;
    let is_full = u32::try_from(counted.len()).is_ok_and(|count| count >= most);
    let Some(last) = counted.last().filter(|_| is_full) else { return Ok(()) };
    let until = last.try_get::<Second>("", "created_at")? + COUNTED;
    let refusal = RefusalView::named("too_many_questions").with("max", most).with("until", second(until));
    Err(Failure::Refused { refusal }.into())
}

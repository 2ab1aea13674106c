//! A firm's answer to a move that it is asked for. The last yes makes the move, if it still fits.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{AskView, Failure, RepairOrder};
use domain::{Interval, LineId, OccupancyId, OrganisationId, availability::Placement, resolve::repair};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::{
    close::{close, over, overtaken},
    commit::Granted,
    lapse::lapses,
    plan::{Cause, Gap, Planned, PlannedMove, Rest},
    swap::may_swap,
    view,
};
use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError, Tx, statement,
        tables::{occupancy, proposal, proposal_move},
    },
    usecase::{
        Caller, IdempotencyKey, Member, booking, ground,
        holding::{Holding, Most},
        placing::Placing,
        protocol::{self, Attempt, Beside, Decision, Note, Scene, Stop},
        waitlist::others_first,
        wanted::still_wanted,
    },
};

/// What a firm says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Decline,
}

impl Answer {
    const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Decline => "declined",
        }
    }
}

/// Answers for the caller's company, or for its platform about its own production. Saying the same again changes
/// nothing. Whoever isn't verified any more can still decline.
///
/// # Errors
/// [`Failure::NotFound`] for everybody but those who are asked, [`Failure::Forbidden`] for a platform's people who
/// don't operate it, [`Failure::Unverified`] for a company's yes;
/// [`Failure::Refused`] with the reason `proposal_over` once it has ended or its time is over, `proposal_answered` if
/// the other answer was given. What fails otherwise leaves the proposal as it is, and can be said again.
pub async fn answer(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    answer: Answer,
    key: &IdempotencyKey,
) -> Result<AskView, Failure> {
    let member = caller.member()?;
    let read = state.store.read();
    let one = proposal_move::Entity::find_by_id(id).one(read).await.map_err(StoreError::from)?;
    let one = one.filter(|one| one.organisation == Some(member.organisation.0)).ok_or(Failure::NotFound)?;
    let member = match (member.platform(), answer) {
        // About its own production the platform answers.
        (Some(platform), _) => caller.operates(platform)?,
        (None, Answer::Accept) => caller.verified_company()?,
        (None, Answer::Decline) => caller.company()?,
    };
    let member = member.clone();
    let whole = proposal::Entity::find_by_id(one.proposal).one(read).await.map_err(StoreError::from)?;
    let whole = whole.ok_or(Failure::NotFound)?;
    let catalogue = ground::catalogue(state).await?;
    // What can't be put together any more is overtaken; the answer counts all the same.
    let planned = plan(state, &catalogue, &whole).await?;
    let touched = planned.as_ref().map(|planned| planned.touched(&catalogue)).unwrap_or_default();
    let attempt = Attempt::new(&member, key, answer.word(), id, &());
    let asker = OrganisationId(whole.organisation);
    let work = async {
        let done = others_first(state, |others_first| {
            // A platform waits for nobody.
            let others_first =
                others_first && !Cause::from_word(&whole.kind).is_some_and(Cause::is_platforms);
            let planned = planned.as_ref().map(|planned| planned.behind(asker, others_first));
            let say = Arc::new(Said { member: member.clone(), one: one.clone(), answer, planned });
            protocol::run(state, Some(&attempt), touched.clone(), move |tx, scene| {
                let say = Arc::clone(&say);
                Box::pin(async move { say.say(tx, &scene).await })
            })
        });
        done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
    };
    attempt.once(state, work).await
}

struct Said {
    member: Member,
    one: proposal_move::Model,
    answer: Answer,
    planned: Option<Planned>,
}

impl Said {
    async fn say(&self, tx: &Tx<'_>, scene: &Scene) -> Result<AskView, Stop> {
        if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
            // Answers to one proposal queue here, whatever lines they lock.
            let queue = "SELECT id FROM proposal WHERE id = ? FOR NO KEY UPDATE";
            tx.query_one_raw(statement(tx, queue, [self.one.proposal.into()])).await?;
        }
        let whole = proposal::Entity::find_by_id(self.one.proposal).one(tx).await?;
        let whole = whole.ok_or(Failure::NotFound)?;
        let one = proposal_move::Entity::find_by_id(self.one.id).one(tx).await?.ok_or(Failure::NotFound)?;
        match one.answer.as_deref() {
            Some(said) if said == self.answer.word() => return self.view(tx, scene).await,
            _ if whole.closed_at.is_some() || whole.expires_at <= scene.now => return Err(over().into()),
            Some(_) => return Err(answered().into()),
            None => {}
        }
        let sql = "UPDATE proposal_move SET answer = ?, answered_by = ?, answered_at = ? WHERE id = ? AND answer IS NULL";
        let values = [self.answer.word().into(), self.member.account.into(), scene.now.into(), one.id.into()];
        if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
            return Err(answered().into());
        }
        let decision = Decision {
            by: Some(&self.member),
            booking: None,
            action: "answer_move",
            inputs: json!({ "move": one.id, "proposal": whole.id, "booking": one.booking }),
            rule: repair::RULE,
            versions: &[],
            outcome: json!({ "answer": self.answer.word() }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        match self.answer {
            Answer::Decline => drop(close(tx, scene, &whole, "declined", Some(&self.member)).await?),
            Answer::Accept if open(tx, whole.id).await? == 0 => self.make(tx, scene, &whole).await?,
            Answer::Accept => {}
        }
        self.view(tx, scene).await
    }

    /// All have agreed: it is made if it still fits, else nothing moves.
    async fn make(&self, tx: &Tx<'_>, scene: &Scene, whole: &proposal::Model) -> Result<(), Stop> {
        let Some(planned) = &self.planned else {
            return overtaken(tx, scene, whole, None).await;
        };
        let granted = match grant(tx, scene, whole, planned).await {
            Ok(granted) => granted,
            // Not what was agreed to either: terms of a plan window that are offered no more, or leave nothing to move.
            Err(
                stop @ (Stop::Refused(_) | Stop::Failed(Failure::Refused { .. } | Failure::Invalid { .. })),
            ) => {
                return overtaken(tx, scene, whole, Some(&stop)).await;
            }
            Err(stop) => return Err(stop),
        };
        let made = planned.write(tx, scene, granted, json!({ "proposal": whole.id })).await?;
        if let Some(rest) = &made.rest {
            let sql = "UPDATE proposal_move SET rest = ? WHERE id = ?";
            tx.execute_raw(statement(tx, sql, [rest.row.id.into(), self.one.id.into()])).await?;
        }
        let hold = made.hold;
        let sql = "UPDATE proposal SET closed_at = ?, outcome = 'made', booking = ? \
                   WHERE id = ? AND closed_at IS NULL";
        let values = [scene.now.into(), hold.as_ref().map(|hold| hold.row.id).into(), whole.id.into()];
        if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
            return Err(over().into());
        }
        // Who moved has been told of it.
        let Some(hold) = hold else { return Ok(()) };
        let note = Note {
            kind: "room_made".into(),
            to: vec![whole.organisation],
            booking: Some(hold.row.id),
            reference: Some(hold.row.reference.clone()),
            reason: None,
        };
        protocol::tell_with(tx, &note, &Beside::place(&hold), scene.now).await
    }

    async fn view(&self, tx: &Tx<'_>, scene: &Scene) -> Result<AskView, Stop> {
        let whole = proposal::Entity::find_by_id(self.one.proposal).one(tx).await?;
        let one = proposal_move::Entity::find_by_id(self.one.id).one(tx).await?;
        let booking = booking::load(tx, self.one.booking).await?;
        let (Some(whole), Some(one), Some(booking)) = (whole, one, booking) else {
            return Err(Failure::NotFound.into());
        };
        let reader = self.member.organisation.0;
        let lapses = lapses(tx, &scene.catalogue, std::slice::from_ref(&whole), reader, scene.now).await?;
        let lapse = lapses.get(&whole.id).copied();
        Ok(view::asked(&scene.catalogue, &one, &whole, &booking, (lapse, scene.now))?)
    }
}

/// Decides again, also whether whoever asked may still have it.
async fn grant(
    tx: &Tx<'_>,
    scene: &Scene,
    whole: &proposal::Model,
    planned: &Planned,
) -> Result<Granted, Stop> {
    if let (Cause::Swap, Some(offered)) = (planned.cause, whole.cause) {
        may_swap(tx, scene, planned, (offered, OrganisationId(whole.organisation))).await?;
    }
    planned.decide(tx, scene).await
}

/// Those asked who haven't answered.
async fn open(tx: &Tx<'_>, proposal: Uuid) -> Result<i64, Stop> {
    let sql = "SELECT COUNT(*) AS open FROM proposal_move \
               WHERE proposal = ? AND organisation IS NOT NULL AND answer IS NULL";
    let row = tx.query_one_raw(statement(tx, sql, [proposal.into()])).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "open"))?)
}

/// The proposal put together again from its record, if all that it is made of is still there.
pub(super) async fn plan(
    state: &AppState,
    catalogue: &Catalogue,
    whole: &proposal::Model,
) -> Result<Option<Planned>, Failure> {
    let Some(mut moves) = moves(state, catalogue, whole).await? else { return Ok(None) };
    let cause = Cause::from_word(&whole.kind).ok_or(Failure::Busy)?;
    let considered = whole.considered.as_deref().map(view::document).transpose()?;
    if cause == Cause::Rescue {
        // Its own comes before those that make room for it.
        moves.sort_by_key(|one| whole.cause != Some(one.booking));
    }
    if cause != Cause::Room {
        let prices = prices(state, whole).await?;
        let planned = Planned { agreed: true, considered, prices, ..Planned::new(cause, None, moves) };
        let Some(cleaning) = whole.cleaning else { return Ok(Some(planned)) };
        return Ok(gap(state, cleaning).await?.map(|cleaning| planned.for_cleaning(cleaning)));
    }
    let order: RepairOrder = view::document(&whole.wish)?;
    let placement: Placement = view::document(&whole.place)?;
    let member = Member::within(whole.account, OrganisationId(whole.organisation));
    let wish = still_wanted(state, &member, &order.query, order.product_code.as_deref()).await?;
    let Some((request, product)) = wish else { return Ok(None) };
    let Some(route) = catalogue.offered(placement.route).map(Arc::clone) else { return Ok(None) };
    let holding = Holding {
        company: member.organisation,
        account: member.account,
        by: None,
        most: Some(Most::of(state)),
        others_first: false,
        lasts: None,
        placing: Placing { request, route, placement },
        product,
        flexible: order.flexible,
    };
    Ok(Some(Planned { agreed: true, considered, ..Planned::new(cause, Some(holding), moves) }))
}

/// The cleaning that a proposal is for, while it stands.
async fn gap(state: &AppState, id: Uuid) -> Result<Option<Gap>, Failure> {
    let row = occupancy::Entity::find_by_id(id).one(state.store.read()).await.map_err(StoreError::from)?;
    let gap = |row: occupancy::Model| Gap {
        id: OccupancyId(row.id),
        line: LineId(row.line),
        interval: Interval { start: row.starts_at, end: row.ends_at },
    };
    Ok(row.filter(|row| row.live.is_some()).map(gap))
}

/// The moves of a proposal, unless a route that one goes to isn't offered any more.
async fn moves(
    state: &AppState,
    catalogue: &Catalogue,
    whole: &proposal::Model,
) -> Result<Option<Vec<PlannedMove>>, Failure> {
    let rows = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.eq(whole.id))
        .order_by_asc(proposal_move::Column::Id)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let mut moves = Vec::with_capacity(rows.len());
    for row in rows {
        let to: Placement = view::document(&row.to_place)?;
        let Some(route) = catalogue.offered(to.route).map(Arc::clone) else { return Ok(None) };
        let from = view::document(&row.from_place)?;
        let rest = match row.rest_place.as_deref().zip(row.stays) {
            None => None,
            Some((place, stays)) => {
                let to: Placement = view::document(place)?;
                let Some(route) = catalogue.offered(to.route).map(Arc::clone) else { return Ok(None) };
                Some(Rest { stays: u32::try_from(stays).unwrap_or(0), to, route })
            }
        };
        let agreed = row.organisation.is_some();
        moves.push(PlannedMove { booking: row.booking, from, to, route, agreed, given: false, rest });
    }
    Ok(Some(moves))
}

/// By booking, what its owner was shown to pay where it goes, if anything.
async fn prices(state: &AppState, whole: &proposal::Model) -> Result<BTreeMap<Uuid, i64>, Failure> {
    let rows = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.eq(whole.id))
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.booking, row.price_fen?))).collect())
}

fn answered() -> Failure {
    Failure::refused("proposal_answered")
}

//! Asking those who would have to move.

use std::sync::Arc;

use app::contract::{Failure, RefusalView, RepairAnswer, RepairOrder};
use domain::{
    Second,
    resolve::repair::{self, Proposal},
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{ANSWER_WITHIN, MOST, find::Found, plan::Planned, view};
use crate::{
    state::AppState,
    store::{
        Tx, statement,
        tables::{proposal, proposal_move},
    },
    usecase::{
        Member, booking,
        protocol::{self, Attempt, Decision, Note, Scene, Stop},
    },
};

/// A proposal to be made.
struct Asking {
    member: Member,
    order: RepairOrder,
    planned: Planned,
    proposal: Proposal,
    price_fen: i64,
}

/// Puts the proposal on record and asks everybody concerned. Nothing is held meanwhile.
pub(super) async fn propose(
    state: &AppState,
    member: &Member,
    order: &RepairOrder,
    planned: Planned,
    (proposal, found): (&Proposal, &Found),
    attempt: &Attempt,
) -> Result<RepairAnswer, Stop> {
    let policy =
        crate::usecase::ground::policy(&found.ground.catalogue, planned.holding.placing.route.platform);
    let plan = policy.plan(planned.holding.placing.request.window).filter(|_| order.flexible);
    let price_fen = plan.map_or(proposal.offer.price_fen, |plan| plan.price(proposal.offer.price_fen));
    let touched = planned.touched(&found.ground.catalogue);
    let asking = Arc::new(Asking {
        member: member.clone(),
        order: order.clone(),
        planned,
        proposal: proposal.clone(),
        price_fen,
    });
    let done = protocol::run(state, Some(attempt), touched, move |tx, scene| {
        let asking = Arc::clone(&asking);
        Box::pin(async move { asking.ask(tx, &scene).await })
    });
    done.await
}

impl Asking {
    async fn ask(&self, tx: &Tx<'_>, scene: &Scene) -> Result<RepairAnswer, Stop> {
        within_limit(tx, self.member.organisation.0).await?;
        // Nobody is asked for what can't be done.
        self.planned.decide(tx, scene).await?;
        let row = proposal::Model {
            id: Uuid::now_v7(),
            organisation: self.member.organisation.0,
            account: self.member.account,
            wish: view::write_in(&self.order)?,
            place: view::write_in(&self.proposal.offer.placement)?,
            price_fen: self.price_fen,
            created_at: scene.now,
            expires_at: self.expires_at(scene.now),
            closed_at: None,
            outcome: None,
            booking: None,
        };
        row.clone().into_active_model().insert(tx).await?;
        for one in &self.planned.moves {
            let booking = booking::load(tx, one.booking).await?.ok_or(Failure::NotFound)?;
            let asked = booking.row.organisation.filter(|_| one.agreed);
            let row = proposal_move::Model {
                id: Uuid::now_v7(),
                proposal: row.id,
                booking: one.booking,
                organisation: asked,
                from_place: view::write_in(&one.from)?,
                to_place: view::write_in(&one.to)?,
                answer: None,
                answered_by: None,
                answered_at: None,
            };
            row.into_active_model().insert(tx).await?;
            if let Some(firm) = asked {
                let note = Note {
                    kind: "move_asked".into(),
                    to: vec![firm],
                    booking: Some(one.booking),
                    reference: Some(booking.row.reference.clone()),
                    reason: None,
                };
                protocol::tell(tx, &note, scene.now).await?;
            }
        }
        let decision = Decision {
            by: Some(&self.member),
            booking: None,
            action: "propose_repair",
            inputs: json!({ "proposal": row.id, "order": self.order, "moves": self.proposal.moves }),
            rule: repair::RULE,
            versions: &scene.versions(),
            outcome: json!({ "cost": self.proposal.cost, "expires_at": row.expires_at }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        let repair = Some(view::own(&scene.catalogue, &row)?);
        Ok(RepairAnswer { booking: None, repair })
    }

    /// Answers count for so long, but not beyond the first of the starts concerned.
    fn expires_at(&self, now: Second) -> Second {
        let places = self.planned.moves.iter().flat_map(|one| [&one.from, &one.to]);
        let places = places.chain([&self.proposal.offer.placement]);
        let first = places.filter_map(|place| place.span()).map(|span| span.start * 60).min();
        (now + ANSWER_WITHIN).min(first.unwrap_or(i64::MAX)).max(now + 1)
    }
}

/// Refuses one proposal too many; those of one company queue as its holds do.
async fn within_limit(tx: &Tx<'_>, company: Uuid) -> Result<(), Stop> {
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        let queue = "SELECT id FROM organisation WHERE id = ? FOR NO KEY UPDATE";
        tx.query_one_raw(statement(tx, queue, [company.into()])).await?;
    }
    let sql = "SELECT COUNT(*) AS open FROM proposal WHERE organisation = ? AND closed_at IS NULL";
    let row = tx.query_one_raw(statement(tx, sql, [company.into()])).await?;
    let open: i64 = row.map_or(Ok(0), |row| row.try_get("", "open"))?;
    if u64::try_from(open).unwrap_or(u64::MAX) < MOST {
        return Ok(());
    }
    let facts = vec![("max".to_owned(), MOST.to_string())];
    let refusal = RefusalView { reason: "too_many_repairs".into(), line: None, facts };
    Err(Failure::Refused { refusal }.into())
}

//! How a proposal ends without a move: declined, expired, overtaken by events, or withdrawn.

use app::contract::{Failure, FieldFault, FieldProblem, RepairOrder};
use domain::{PlatformId, booking::Action, refusal::Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{
    lapse::{Lapse, lapses},
    plan::Cause,
    stays::stays,
    view::document,
};
use crate::{
    state::AppState,
    store::{
        StoreError, Tx, statement,
        tables::{proposal, proposal_move},
    },
    usecase::{
        Caller, Member, ground,
        protocol::{self, Decision, Note, Scene, Stop, Touched},
    },
};

/// Proposals looked at in one go.
const BATCH: u64 = 200;

/// Ends a proposal as `outcome`, and tells whoever wanted the place and those who were asked. Answers whether it was
/// open until now.
pub(crate) async fn close(
    tx: &Tx<'_>,
    scene: &Scene,
    row: &proposal::Model,
    outcome: &str,
    by: Option<&Member>,
) -> Result<bool, Stop> {
    end(tx, scene, row, (outcome, None, Lapse::Other), (by, None)).await
}

/// Ends what is asked about a campaign that can't stay where it is: nobody is asked for two things at once, and this
/// one can't wait. Whoever owns it learns that another time is proposed.
pub(super) async fn make_way(
    tx: &Tx<'_>,
    scene: &Scene,
    stranded: Uuid,
    by: Option<&Member>,
) -> Result<(), Stop> {
    let sql = "SELECT DISTINCT p.id FROM proposal p JOIN proposal_move m ON m.proposal = p.id \
               WHERE m.booking = ? AND m.organisation IS NOT NULL AND p.closed_at IS NULL ORDER BY p.id";
    let rows = tx.query_all_raw(statement(tx, sql, [stranded.into()])).await?;
    let ids = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<Uuid>, _>>()?;
    let open = proposal::Entity::find().filter(proposal::Column::Id.is_in(ids));
    for row in open.order_by_asc(proposal::Column::Id).all(tx).await? {
        end(tx, scene, &row, ("overtaken", None, Lapse::Other), (by, Some(stranded))).await?;
    }
    Ok(())
}

/// Ends what its platform asks the owner of `booking`, which goes elsewhere or ends by what `by` is doing.
///
/// # Errors
/// The database's failure.
pub(crate) async fn moot(
    tx: &Tx<'_>,
    scene: &Scene,
    by: &Member,
    (booking, action): (Uuid, Action),
) -> Result<(), Stop> {
    let lapse = match action {
        Action::Move => Lapse::Moved,
        Action::Cancel | Action::Withdraw | Action::Decline | Action::NoShow => Lapse::Ended,
        _ => return Ok(()),
    };
    let open = proposal::Entity::find()
        .filter(proposal::Column::Cause.eq(booking))
        .filter(proposal::Column::Kind.is_in([Cause::Rescue, Cause::Cleaning].map(Cause::word)))
        .filter(proposal::Column::ClosedAt.is_null())
        .order_by_asc(proposal::Column::Id);
    for row in open.all(tx).await? {
        end(tx, scene, &row, ("overtaken", None, lapse), (Some(by), None)).await?;
    }
    Ok(())
}

/// Ends what the neighbours of a cleaning are asked, which is removed, or left where it is.
///
/// # Errors
/// The database's failure.
pub(crate) async fn leave_neighbours(
    tx: &Tx<'_>,
    scene: &Scene,
    by: &Member,
    cleaning: Uuid,
) -> Result<(), Stop> {
    let open = proposal::Entity::find()
        .filter(proposal::Column::Cleaning.eq(cleaning))
        .filter(proposal::Column::ClosedAt.is_null())
        .order_by_asc(proposal::Column::Id);
    for row in open.all(tx).await? {
        close(tx, scene, &row, "withdrawn", Some(by)).await?;
    }
    Ok(())
}

/// Ends a proposal to which all have agreed, and that can't be made: that `stopped` it, or, for `None`, what was asked
/// for isn't on offer any more. What keeps its own firm from a hold is told to that firm alone.
pub(super) async fn overtaken(
    tx: &Tx<'_>,
    scene: &Scene,
    row: &proposal::Model,
    stopped: Option<&Stop>,
) -> Result<(), Stop> {
    let why = stopped.and_then(Hindrance::of);
    let is_taken = matches!(stopped, Some(Stop::Refused(_))) && why.is_none();
    let lapse = if is_taken { Lapse::Place } else { Lapse::Asker };
    end(tx, scene, row, ("overtaken", why, lapse), (None, None)).await?;
    look_again(tx, row).await
}

/// Has another place looked for, for a campaign that can't stay and can't go where it was asked to.
async fn look_again(tx: &Tx<'_>, row: &proposal::Model) -> Result<(), Stop> {
    if row.kind == Cause::Rescue.word() {
        let sql = "UPDATE outage_hit SET looked_at = NULL WHERE booking = ? AND settled_at IS NULL";
        tx.execute_raw(statement(tx, sql, [row.cause.into()])).await?;
    }
    Ok(())
}

/// What keeps whoever asked for room from holding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hindrance {
    /// It has as many holds as it may, or as many holds and requests without an answer.
    HoldsFull,
    /// It often gave up late, and this begins too late for it.
    UseOrLose,
    /// It isn't verified any more.
    Unverified,
    /// Its place could be moved no more, which is what it was to be cheaper for: without that nobody agreed to it.
    Frozen,
}

impl Hindrance {
    /// What a stop says of the firm itself; `None` of what lies with the calendar.
    fn of(stop: &Stop) -> Option<Self> {
        match stop {
            Stop::Refused(Refusal::TooManyHolds { .. } | Refusal::TooManyUnconfirmed { .. }) => {
                Some(Self::HoldsFull)
            }
            Stop::Refused(Refusal::UseOrLose { .. }) => Some(Self::UseOrLose),
            Stop::Refused(Refusal::Unverified) => Some(Self::Unverified),
            Stop::Failed(Failure::Invalid { faults }) => {
                let is_frozen = |fault: &FieldFault| matches!(fault.problem, FieldProblem::Frozen { .. });
                faults.iter().any(is_frozen).then_some(Self::Frozen)
            }
            _ => None,
        }
    }

    /// The kind of the firm's notice, and the record's name for it.
    const fn word(self) -> &'static str {
        match self {
            Self::HoldsFull => "room_holds_full",
            Self::UseOrLose => "room_use_or_lose",
            Self::Unverified => "room_unverified",
            Self::Frozen => "room_frozen",
        }
    }
}

/// `stranded` is the campaign for which another time is proposed at once; `lapse` is what those asked are told of one
/// that is overtaken, unless one of the campaigns concerned is why, or is about to be.
async fn end(
    tx: &Tx<'_>,
    scene: &Scene,
    row: &proposal::Model,
    (outcome, why, lapse): (&str, Option<Hindrance>, Lapse),
    (by, stranded): (Option<&Member>, Option<Uuid>),
) -> Result<bool, Stop> {
    let sql = "UPDATE proposal SET closed_at = ?, outcome = ? WHERE id = ? AND closed_at IS NULL";
    let values = [scene.now.into(), outcome.into(), row.id.into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
        return Ok(false);
    }
    let decision = Decision {
        by,
        booking: None,
        action: "close_repair",
        inputs: json!({ "proposal": row.id }),
        rule: Cause::from_word(&row.kind).unwrap_or(Cause::Room).rule(),
        versions: &scene.versions(),
        outcome: json!({ "outcome": outcome, "why": why.map(Hindrance::word) }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let asked = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.eq(row.id))
        .filter(proposal_move::Column::Organisation.is_not_null())
        .order_by_asc(proposal_move::Column::Id)
        .all(tx)
        .await?;
    let whys = match outcome {
        "overtaken" => keep_why(tx, scene, row, &asked, (lapse, stranded)).await?,
        _ => Vec::new(),
    };
    let cause = Cause::from_word(&row.kind).unwrap_or(Cause::Room);
    // What its platform wanted to go has gone, be it elsewhere, or is over.
    let has_gone = |(booking, why): &(Uuid, Lapse)| {
        row.cause == Some(*booking) && matches!(why, Lapse::Moved | Lapse::Ended)
    };
    let is_moot = cause.is_platforms() && whys.iter().any(has_gone);
    if outcome != "withdrawn" {
        let declined = outcome == "declined";
        let kind = match cause {
            Cause::Rescue | Cause::Cleaning if is_moot => "ask_moot",
            Cause::Rescue | Cause::Cleaning if declined => "rescue_declined",
            Cause::Rescue => "rescue_not_made",
            Cause::Cleaning => "cleaning_not_made",
            Cause::Swap => "swap_not_made",
            Cause::Room if declined => "room_declined",
            Cause::Room => why.map_or("room_not_made", Hindrance::word),
        };
        let reference = match row.cause {
            Some(cause) => reference(tx, cause).await?,
            None => None,
        };
        let note = Note {
            kind: kind.into(),
            to: vec![row.organisation],
            booking: row.cause,
            reference,
            reason: None,
        };
        if cause == Cause::Room {
            let order: RepairOrder = document(&row.wish)?;
            protocol::tell_of(tx, &note, order.query, scene.now).await?;
        } else {
            protocol::tell(tx, &note, scene.now).await?;
        }
    }
    // Whoever hasn't said no learns that nothing moves; whoever offered a swap has learnt it.
    let learns = |one: &&proposal_move::Model| {
        one.answer.as_deref() != Some("declined") && one.organisation != Some(row.organisation)
    };
    for one in asked.iter().filter(learns) {
        let kind = match cause {
            _ if is_moot => "ask_moot",
            Cause::Rescue => "rescue_over",
            _ if stranded == Some(one.booking) => "move_replaced",
            _ => "move_not_needed",
        };
        let note = Note {
            kind: kind.into(),
            to: one.organisation.into_iter().collect(),
            booking: Some(one.booking),
            reference: reference(tx, one.booking).await?,
            reason: None,
        };
        protocol::tell(tx, &note, scene.now).await?;
    }
    Ok(true)
}

/// Keeps why `row` came to nothing, for each of those asked as they may know it. Answers that by booking.
async fn keep_why(
    tx: &Tx<'_>,
    scene: &Scene,
    row: &proposal::Model,
    asked: &[proposal_move::Model],
    (lapse, stranded): (Lapse, Option<Uuid>),
) -> Result<Vec<(Uuid, Lapse)>, Stop> {
    let mut whys = Vec::with_capacity(asked.len());
    for one in asked {
        let Some(firm) = one.organisation else { continue };
        let told = if stranded == Some(one.booking) {
            Lapse::Replaced
        } else if matches!(lapse, Lapse::Moved | Lapse::Ended) {
            lapse
        } else {
            let known = lapses(tx, &scene.catalogue, std::slice::from_ref(row), firm, scene.now).await?;
            known.get(&row.id).copied().unwrap_or(lapse)
        };
        let sql = "UPDATE proposal_move SET lapse = ? WHERE id = ?";
        tx.execute_raw(statement(tx, sql, [told.word().into(), one.id.into()])).await?;
        whys.push((one.booking, told));
    }
    Ok(whys)
}

async fn reference(tx: &Tx<'_>, booking: Uuid) -> Result<Option<String>, Stop> {
    let sql = "SELECT reference FROM booking WHERE id = ?";
    let known = tx.query_one_raw(statement(tx, sql, [booking.into()])).await?;
    Ok(known.map(|row| row.try_get("", "reference")).transpose()?)
}

/// Ends every proposal whose time for answers is over. Answers how many there were.
///
/// # Errors
/// The store fails; the others are ended all the same.
pub async fn close_over(state: &AppState) -> Result<usize, Failure> {
    let now = state.clock.now();
    let over = proposal::Entity::find()
        .filter(proposal::Column::ClosedAt.is_null())
        .filter(proposal::Column::ExpiresAt.lte(now))
        .order_by_asc(proposal::Column::ExpiresAt)
        .limit(BATCH)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    protocol::each(state, over, |tx, scene, row| {
        Box::pin(async move { close(tx, &scene, &row, "expired", None).await })
    })
    .await
}

/// Ends every ask that can't be made any more, since one of the campaigns that would move is over, stands elsewhere or
/// has begun, or that is needed no more, since the campaign can stay where it is: whoever wants it learns it now, and
/// not when the time for answers is over. Answers how many there were.
///
/// # Errors
/// As [`close_over`].
pub async fn close_lapsed(state: &AppState) -> Result<usize, Failure> {
    let (read, now) = (state.store.read(), state.clock.now());
    let open = proposal::Entity::find()
        .filter(proposal::Column::ClosedAt.is_null())
        .filter(proposal::Column::ExpiresAt.gt(now))
        .order_by_asc(proposal::Column::ExpiresAt)
        .limit(BATCH)
        .all(read)
        .await
        .map_err(StoreError::from)?;
    if open.is_empty() {
        return Ok(0);
    }
    let catalogue = ground::catalogue(state).await?;
    // Whose eyes it is seen with decides only what is told.
    let lapsed = lapses(read, &catalogue, &open, Uuid::nil(), now).await?;
    let over = open.into_iter().filter_map(|row| Some((lapsed.get(&row.id).copied()?, row)));
    let over: Vec<(Lapse, proposal::Model)> = over.collect();
    protocol::each(state, over, |tx, scene, over| {
        Box::pin(async move {
            let (why, row) = &*over;
            let fits_again = *why == Lapse::Needless && row.kind == Cause::Rescue.word();
            if let Some(stranded) = row.cause.filter(|_| fits_again) {
                // As if somebody had said so: its owner is asked no more, and told that it stays.
                stays(tx, &scene, None, (stranded, false)).await?;
                return Ok(true);
            }
            let is_closed = close(tx, &scene, row, "overtaken", None).await?;
            if is_closed {
                look_again(tx, row).await?;
            }
            Ok(is_closed)
        })
    })
    .await
}

/// Takes the wish back, or what a platform asks the owner of a campaign. One that has been withdrawn already is left as
/// it is.
///
/// # Errors
/// [`Failure::Unauthenticated`]; [`Failure::NotFound`] for everybody but the company that wants the place, or the
/// platform that asks, [`Failure::Forbidden`] for those there who don't operate it; [`Failure::Refused`] with the
/// reason `proposal_over` once it has ended otherwise.
pub async fn withdraw(state: &AppState, caller: &Caller, id: Uuid) -> Result<(), Failure> {
    let member = caller.member()?;
    let known = proposal::Entity::find_by_id(id).one(state.store.read()).await.map_err(StoreError::from)?;
    let known = known.filter(|row| row.organisation == member.organisation.0).ok_or(Failure::NotFound)?;
    match Cause::from_word(&known.kind) {
        Some(cause) if cause.is_platforms() => caller.operates(PlatformId(known.organisation))?,
        _ => caller.company()?,
    };
    let member = member.clone();
    let done = protocol::run(state, None, Touched::default(), move |tx, scene| {
        let (member, known) = (member.clone(), known.clone());
        Box::pin(async move {
            if close(tx, &scene, &known, "withdrawn", Some(&member)).await? {
                return Ok(());
            }
            let now = proposal::Entity::find_by_id(known.id).one(tx).await?;
            let withdrawn = now.is_some_and(|row| row.outcome.as_deref() == Some("withdrawn"));
            if withdrawn { Ok(()) } else { Err(over().into()) }
        })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}

/// The refusal of what comes too late.
pub(super) fn over() -> Failure {
    Failure::refused("proposal_over")
}

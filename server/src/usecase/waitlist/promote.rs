//! Whose turn it is, when something has become free.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::Failure;
use domain::{
    LineId, OrganisationId, Second,
    booking::Status,
    resolve::waiting::{self, Waiter},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, Value,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    IN_ONE_GO,
    give::{Given, give},
    on_the_list, wish,
};
use crate::{
    state::AppState,
    store::{
        StoreError, Tx, statement,
        tables::{freed, waiter},
    },
    usecase::{
        Failures, ground,
        protocol::{self, Decision, Note, Scene, Stop},
    },
};

/// Freed stretches looked at in one go.
const BATCH: u64 = 500;

/// Offers what has become free to those who wait. Answers how many holds were given.
///
/// # Errors
/// One of the turns fails, or the store; what was given stays given. With [`Failure::Busy`] the rest is tried again;
/// whoever's turn fails otherwise has had it, or what one can't take would be kept from everybody.
pub async fn promote(state: &AppState) -> Result<usize, Failure> {
    let (mut given, mut failures) = (0, Failures::default());
    loop {
        let gone = gone(state).await?;
        if gone.is_empty() {
            return failures.or(given);
        }
        let offerings = offerings(state, &gone).await?;
        match turn(state, Some(&offerings), None).await {
            Err(Failure::Busy) => return Err(Failure::Busy),
            done => given += failures.keep(done).unwrap_or(0),
        }
        let seen: Vec<Uuid> = gone.iter().map(|stretch| stretch.id).collect();
        let forgotten: Result<(), StoreError> = state
            .store
            .write(move |tx| {
                let seen = seen.clone();
                Box::pin(async move {
                    freed::Entity::delete_many().filter(freed::Column::Id.is_in(seen)).exec(tx).await?;
                    Ok(())
                })
            })
            .await;
        forgotten?;
    }
}

/// The same for those alone who come before the entry `own`, whose firm is booked for: nothing is held for it. What has
/// become free stays so for those behind it.
///
/// # Errors
/// As [`promote`].
pub(super) async fn promote_ahead(state: &AppState, own: &waiter::Model) -> Result<usize, Failure> {
    let gone = gone(state).await?;
    if gone.is_empty() {
        return Ok(0);
    }
    let offerings = offerings(state, &gone).await?;
    turn(state, Some(&offerings), Some(own)).await
}

/// Stretches that have become free and haven't been offered yet, the oldest.
async fn gone(state: &AppState) -> Result<Vec<freed::Model>, Failure> {
    let gone = freed::Entity::find().order_by_asc(freed::Column::Id).limit(BATCH).all(state.store.read());
    Ok(gone.await.map_err(StoreError::from)?)
}

/// What is offered on the platforms where these stretches are: somebody who waits for it may want them.
async fn offerings(state: &AppState, gone: &[freed::Model]) -> Result<BTreeSet<String>, Failure> {
    let catalogue = ground::catalogue(state).await?;
    let lines: BTreeSet<LineId> = gone.iter().map(|stretch| LineId(stretch.line)).collect();
    let platforms: BTreeSet<_> =
        lines.iter().filter_map(|line| Some(catalogue.line(*line)?.platform)).collect();
    let routes = catalogue.routes().filter(|route| platforms.contains(&route.platform));
    Ok(routes.map(|route| route.offering.clone()).collect())
}

/// The same for all who wait: for what becomes free without anybody's release, such as by a change of the set-up. Whose
/// window is over leaves the list.
///
/// # Errors
/// As [`promote`].
pub async fn promote_all(state: &AppState) -> Result<usize, Failure> {
    let mut failures = Failures::default();
    failures.keep(close_over(state).await);
    let given = failures.keep(turn(state, None, None).await).unwrap_or(0);
    failures.or(given)
}

/// Goes once through those who wait for one of `offerings`, in the order of the rule, up to the entry `until` if there
/// is one, of whose firm no other has a turn either. One whose turn fails keeps nobody behind it waiting, and one that
/// can't be read leaves the list.
///
/// # Errors
/// [`Failure::Busy`] if somebody's turn is to be taken again, else the last failure.
async fn turn(
    state: &AppState,
    offerings: Option<&BTreeSet<String>>,
    until: Option<&waiter::Model>,
) -> Result<usize, Failure> {
    let mut query = waiter::Entity::find()
        .filter(on_the_list())
        .filter(waiter::Column::EndsAt.gt(state.clock.now().div_euclid(60)));
    if let Some(offerings) = offerings {
        query = query.filter(waiter::Column::Offering.is_in(offerings));
    }
    let rows = query.order_by_asc(waiter::Column::CreatedAt).limit(IN_ONE_GO).all(state.store.read()).await;
    let rows = rows.map_err(StoreError::from)?.into_iter();
    let (rows, unreadable): (Vec<waiter::Model>, Vec<waiter::Model>) =
        rows.partition(|row| wish(row).is_ok());
    let (mut given, mut failures, mut busy) = (0, Failures::default(), false);
    for row in &unreadable {
        tracing::error!(waiter = %row.id, "what somebody waits for can't be read: the entry is ended");
    }
    failures.keep(end(state, unreadable).await);
    let has_turn = |row: &waiter::Model| {
        until.is_none_or(|until| row.id == until.id || row.organisation != until.organisation)
    };
    let mut left: BTreeMap<Uuid, waiter::Model> =
        rows.into_iter().filter(has_turn).map(|row| (row.id, row)).collect();
    if left.is_empty() {
        return failures.or(0);
    }
    let mut held = held_now(state).await?;
    while !left.is_empty() {
        let mut order = order(&left, &held);
        if let Some(end) = until.and_then(|until| order.iter().position(|id| *id == until.id)) {
            order.truncate(end);
        }
        let mut once_more = false;
        for (place, id) in order.iter().enumerate() {
            let Some(row) = left.remove(id) else { continue };
            let had = held.get(&row.organisation).copied().unwrap_or(0);
            let turn = give(state, &row, (order.get(place..).unwrap_or_default(), had)).await;
            if let Err(failure) = &turn {
                busy |= *failure == Failure::Busy;
                tracing::error!(waiter = %row.id, ?failure, "one who waits could not be given a hold");
            }
            match failures.keep(turn).unwrap_or(Given::Nothing) {
                Given::Nothing => continue,
                Given::Hold => {
                    *held.entry(row.organisation).or_default() += 1;
                    given += 1;
                }
                // Somebody else goes through the list at the same time.
                Given::Outdated => {
                    left.insert(row.id, row);
                    held = held_now(state).await?;
                }
            }
            once_more = true;
            break;
        }
        if !once_more {
            break;
        }
    }
    if busy { Err(Failure::Busy) } else { failures.or(given) }
}

/// These entries in the order of the rule, first to last.
///
/// # Errors
/// The store fails.
pub(crate) async fn ranked(state: &AppState, rows: &[waiter::Model]) -> Result<Vec<Uuid>, Failure> {
    let rows = rows.iter().map(|row| (row.id, row.clone())).collect();
    Ok(order(&rows, &held_now(state).await?))
}

fn order(left: &BTreeMap<Uuid, waiter::Model>, held: &BTreeMap<Uuid, u32>) -> Vec<Uuid> {
    let waiter = |row: &waiter::Model| Waiter {
        id: row.id,
        firm: OrganisationId(row.organisation),
        since: row.created_at,
        given: held.get(&row.organisation).copied().unwrap_or(0),
    };
    let mut waiters: Vec<Waiter> = left.values().map(waiter).collect();
    waiting::rank(&mut waiters);
    waiters.into_iter().map(|waiter| waiter.id).collect()
}

async fn held_now(state: &AppState) -> Result<BTreeMap<Uuid, u32>, Failure> {
    Ok(holds_given(state.store.read(), None, state.clock.now()).await?)
}

/// Holds from the list that wait for their firm's answer or, asked for, for the platform's, and those that their firm
/// let go lately before they were confirmed: by firm, of all of them or of one. What its platform declined, or left
/// unanswered, the firm did not let go.
///
/// # Errors
/// The database fails.
pub(super) async fn holds_given(
    connection: &impl ConnectionTrait,
    firm: Option<OrganisationId>,
    now: Second,
) -> Result<BTreeMap<Uuid, u32>, StoreError> {
    let of = if firm.is_some() { "AND w.organisation = ?" } else { "" };
    let sql = format!(
        "SELECT w.organisation, COUNT(*) AS given FROM waiter w JOIN booking b ON b.id = w.booking \
         WHERE b.confirmed_at IS NULL AND ((b.status = ? AND b.hold_expires_at > ?) \
           OR (b.status = ? AND b.reply_by > ?) \
           OR (b.status IN (?, ?, ?) AND w.given_at > ?)) {of} GROUP BY w.organisation"
    );
    let name = |status: Status| Value::from(status.name());
    let (held, requested) = (name(Status::Held), name(Status::Requested));
    let let_go = [Status::Held, Status::Withdrawn, Status::Expired].map(name);
    let values = [held, now.into(), requested, now.into()].into_iter().chain(let_go);
    let values = values.chain([(now - waiting::REMEMBERED).into()]).chain(firm.map(|firm| firm.0.into()));
    let count = |row: &QueryResult| {
        let given: i64 = row.try_get("", "given")?;
        Ok((row.try_get("", "organisation")?, u32::try_from(given).unwrap_or(u32::MAX)))
    };
    connection.query_all_raw(statement(connection, &sql, values)).await?.iter().map(count).collect()
}

/// Takes those off the list whose window is over. Answers how many there were.
async fn close_over(state: &AppState) -> Result<usize, Failure> {
    let over = waiter::Entity::find()
        .filter(on_the_list())
        .filter(waiter::Column::EndsAt.lte(state.clock.now().div_euclid(60)));
    let over = over.limit(IN_ONE_GO).all(state.store.read()).await.map_err(StoreError::from)?;
    end(state, over).await
}

/// Takes these off the list, and tells them why: their window is over, or what they wait for can't be read.
async fn end(state: &AppState, rows: Vec<waiter::Model>) -> Result<usize, Failure> {
    protocol::each(state, rows, |tx, scene, row| Box::pin(async move { close(tx, &scene, &row).await })).await
}

async fn close(tx: &Tx<'_>, scene: &Scene, row: &waiter::Model) -> Result<bool, Stop> {
    let sql = "UPDATE waiter SET closed_at = ? WHERE id = ? AND booking IS NULL AND closed_at IS NULL";
    if tx.execute_raw(statement(tx, sql, [scene.now.into(), row.id.into()])).await?.rows_affected() != 1 {
        return Ok(false);
    }
    let wished = wish(row).ok();
    let decision = Decision {
        by: None,
        booking: None,
        action: "stop_waiting",
        inputs: json!({ "waiter": row.id }),
        rule: waiting::RULE,
        versions: &[],
        outcome: json!({ "waits": false, "readable": wished.is_some() }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let kind = if wished.is_some() { "waiting_over" } else { "waiting_unreadable" };
    let note =
        Note { kind: kind.into(), to: vec![row.organisation], booking: None, reference: None, reason: None };
    match wished {
        Some(wished) => protocol::tell_of(tx, &note, wished.query, scene.now).await?,
        None => protocol::tell(tx, &note, scene.now).await?,
    }
    Ok(true)
}

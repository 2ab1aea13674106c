//! Running published rounds again from their records.

use std::collections::BTreeMap;

use domain::{
    availability::Placement,
    resolve::allocation::{Inputs, Round, Wish, rule::RULES},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    load::{self, Call, document},
    result::{self, Told},
    seed::commitment,
};
use crate::store::{
    Store, StoreError, statement,
    tables::{call, wish},
};

/// What came of running a published round again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    pub call: Uuid,
    pub title: String,
    pub wishes: usize,
    /// Wishes that were given a place.
    pub placed: usize,
    /// Changes that the platform made of the draft, each with its reason on record.
    pub adjusted: usize,
    /// What differs from the record; empty: it gives the same.
    pub wrong: Vec<String>,
}

#[derive(Deserialize)]
struct Held {
    placement: Placement,
}

/// Runs every published round again, or one: whether its seed is the one committed to, deciding it on its record gives
/// the same, what was told is that with the changes on record, and the holds made are those. Nothing is written.
///
/// # Errors
/// The database fails or a record can't be read; [`StoreError::NotFound`] if `only` names no published call.
pub async fn replay(store: &Store, only: Option<Uuid>) -> Result<Vec<Replayed>, StoreError> {
    let read = store.read();
    let mut query = call::Entity::find().filter(call::Column::State.eq("published"));
    if let Some(id) = only {
        query = query.filter(call::Column::Id.eq(id));
    }
    let rows = query.order_by_asc(call::Column::Id).all(read).await?;
    if only.is_some() && rows.is_empty() {
        return Err(StoreError::NotFound("published call"));
    }
    let mut all = Vec::with_capacity(rows.len());
    for call in load::with_lines(read, rows).await? {
        all.push(again(read, &call).await?);
    }
    Ok(all)
}

async fn again(read: &impl ConnectionTrait, call: &Call) -> Result<Replayed, StoreError> {
    let missing = || StoreError::Internal(format!("the draft of call {} is missing", call.row.id));
    let (draft, changes) = load::draft(read, call).await?.ok_or_else(missing)?;
    let (round, inputs): (Round, Inputs) = (document(&draft.round)?, document(&draft.inputs)?);
    let rows = load::wishes(read, call.row.id, None).await?;
    let mut wrong = Vec::new();
    let mut must = |holds: bool, otherwise: &str| {
        if !holds {
            wrong.push(otherwise.to_owned());
        }
    };
    let row = &call.row;
    must(commitment(&row.seed, &row.salt) == row.commitment, "the seed is not the one committed to");
    must(Ok(round.seed) == row.seed.parse(), "it was decided by another seed");
    must(round.rule == call.rule()?, "it was decided by another rule");
    must(round.attempts == call.attempts(), "it was decided with another budget");
    must(same_wishes(call, &round, &rows), "it was decided on other wishes");
    if round.rules == RULES {
        let snapshot = inputs.snapshot();
        must(round.is_replayed_by(&snapshot), "deciding it again gives another result");
    } else {
        must(false, &format!("it was decided by the rules {}, these are {RULES}", round.rules));
    }
    let told = result::told(&round, &changes)
        .map_err(|failure| StoreError::Internal(format!("the changes of call {}: {failure}", row.id)))?;
    must(same_outcomes(&told, &rows)?, "a firm was told something else");
    let held = held(read, row.id).await?;
    for wish in &rows {
        let place = told.get(&wish.id).and_then(Told::place).map(|place| place.placement);
        let made = wish.booking.and_then(|booking| held.get(&booking));
        must(place.as_ref() == made, &format!("wish {} was given another place", wish.id));
    }
    Ok(Replayed {
        call: row.id,
        title: row.title.clone(),
        wishes: rows.len(),
        placed: rows.iter().filter(|row| row.booking.is_some()).count(),
        adjusted: changes.len(),
        wrong,
    })
}

/// Whether the round was decided on just these wishes, as they were handed in and scored. What else counts for a firm
/// is read from the state of that day, which nobody has any more.
fn same_wishes(call: &Call, round: &Round, rows: &[wish::Model]) -> bool {
    let decided: BTreeMap<_, _> = round.wishes.iter().map(|wish| (wish.id, wish)).collect();
    let same = |row: &wish::Model| {
        decided.get(&row.id).zip(load::as_made(call, row).ok()).is_some_and(|(decided, made)| {
            let Wish { waited, innovation, newcomer, small, .. } = **decided;
            Wish { waited, innovation, newcomer, small, ..made } == **decided
        })
    };
    round.wishes.len() == rows.len() && rows.iter().all(same)
}

fn same_outcomes(told: &BTreeMap<Uuid, Told>, rows: &[wish::Model]) -> Result<bool, StoreError> {
    for row in rows {
        let kept: Option<Told> = row.outcome.as_deref().map(document).transpose()?;
        if kept.as_ref() != told.get(&row.id) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// By booking, where it was held first: the decision that made it is on record, whatever became of it.
async fn held(read: &impl ConnectionTrait, call: Uuid) -> Result<BTreeMap<Uuid, Placement>, StoreError> {
    let sql = "SELECT d.booking AS booking, d.inputs AS inputs FROM decision d JOIN wish w ON w.booking = d.booking \
               WHERE w.call = ? AND d.action = 'hold'";
    let rows = read.query_all_raw(statement(read, sql, [call.into()])).await?;
    let one = |row: &sea_orm::QueryResult| {
        let held: Held = document(&row.try_get::<String>("", "inputs")?)?;
        Ok((row.try_get("", "booking")?, held.placement))
    };
    rows.iter().map(one).collect()
}

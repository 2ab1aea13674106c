//! Running published rounds again from their records.

use std::collections::BTreeMap;

use domain::{
    Second,
    availability::Placement,
    resolve::allocation::{Inputs, Round, Wish, rule::RULES},
    snapshot::Snapshot,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    filling::{Follows, fill, follows},
    load::{self, Call, document},
    result::{self, Told, is_own},
    seed::commitment,
};
use crate::store::{
    Store, StoreError, statement,
    tables::{call, call_adjustment, wish},
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
    /// Places that the rule then gave to others, or put elsewhere.
    pub filled: usize,
    /// Wishes that were told another reason after those, or have no place any more.
    pub reworded: usize,
    /// By which version of the rules it was decided, if this one has another: it can't be decided again here, and only
    /// the rest of its record was checked.
    pub other_rules: Option<String>,
    /// Places of those filled that couldn't be decided again, since the calendar of then isn't on record.
    pub undecided: usize,
    /// Places of those filled that were by another version of the rules.
    pub outdated: usize,
    /// What differs from the record; empty: it gives the same, as far as it could be decided again.
    pub wrong: Vec<String>,
}

#[derive(Deserialize)]
struct Held {
    placement: Placement,
}

/// On what the rule decided the others again after a change.
#[derive(Deserialize)]
pub(super) struct Adjusting {
    /// Records of before it was kept have none.
    pub now: Option<Second>,
    /// [`Inputs`]; `None`: the draft's.
    pub calendar: Option<String>,
    /// The version of the call that the change made; records of before it was kept have none.
    version: Option<i64>,
}

/// Runs every published round again, or one: whether its seed is the one committed to, deciding it on its record gives
/// the same, what was told is that with the changes on record, and the holds made are those. What was decided by
/// another version of the rules isn't decided again; all else is checked. Nothing is written.
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
    must(same_calendar(&round, &inputs), "it was decided on another calendar");
    let other_rules = Some(round.rules.clone()).filter(|rules| rules != RULES);
    let again = other_rules.is_some() || round.is_replayed_by(&inputs.snapshot());
    must(again, "deciding it again gives another result");
    let (mut undecided, mut outdated) = (0, 0);
    let decided = adjusting(read, draft.id).await?;
    for (number, follow) in follow_ups(&round, &changes)?.into_iter().enumerate() {
        match decided.get(number) {
            Some((rules, _)) if rules != RULES => outdated += follow.placed(),
            Some((_, Adjusting { now: Some(now), calendar, .. })) => {
                let kept: Option<Inputs> = calendar.as_deref().map(document).transpose()?;
                let snapshot = kept.as_ref().unwrap_or(&inputs).snapshot();
                must(follow.is_given_by(&round, &snapshot, *now), "what became free goes to others");
            }
            _ => undecided += follow.placed(),
        }
    }
    let told = told(&round, &changes)?;
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
        adjusted: changes.iter().filter(|change| is_own(change)).count(),
        filled: changes.iter().filter(|change| !is_own(change) && change.place.is_some()).count(),
        reworded: changes.iter().filter(|change| change.outcome.is_some()).count(),
        other_rules,
        undecided,
        outdated,
        wrong,
    })
}

/// What came of one change of the platform: what was told when it had made it, and what followed by the rule.
struct FollowUp {
    told: BTreeMap<Uuid, Told>,
    follows: Vec<Follows>,
}

impl FollowUp {
    /// Places that others got.
    fn placed(&self) -> usize {
        self.follows.iter().filter(|one| one.place.is_some()).count()
    }

    /// Whether the rule gives the same again.
    fn is_given_by(&self, round: &Round, part: &Snapshot, now: Second) -> bool {
        fill(round, &self.told, part, now).is_ok_and(|filled| follows(&self.told, filled) == self.follows)
    }
}

/// A change of the platform's own each, in their order, with those that followed before the next.
fn follow_ups(round: &Round, changes: &[call_adjustment::Model]) -> Result<Vec<FollowUp>, StoreError> {
    let own = (0..changes.len()).filter(|number| is_own(&changes[*number]));
    own.map(|number| {
        let (before, behind) = changes.split_at(number + 1);
        let of_this = behind.iter().take_while(|change| !is_own(change));
        Ok(FollowUp {
            told: told(round, before)?,
            follows: of_this.map(Follows::of).collect::<Result<_, StoreError>>()?,
        })
    })
    .collect()
}

/// What every wish's firm is told by the round and these changes.
fn told(round: &Round, changes: &[call_adjustment::Model]) -> Result<BTreeMap<Uuid, Told>, StoreError> {
    result::told(round, changes)
        .map_err(|failure| StoreError::Internal(format!("a draft's changes: {failure}")))
}

/// What the platform's changes of a draft were decided on, and by which version of the rules, the oldest first: as the
/// changes themselves are ordered.
pub(super) async fn adjusting(
    read: &impl ConnectionTrait,
    draft: Uuid,
) -> Result<Vec<(String, Adjusting)>, StoreError> {
    let sql = "SELECT rule, inputs FROM decision \
               WHERE booking IS NULL AND action = 'adjust_call' AND inputs LIKE ? ORDER BY id";
    let of = format!("%\"draft\":\"{draft}\"%");
    let rows = read.query_all_raw(statement(read, sql, [of.into()])).await?;
    let one = |row: &sea_orm::QueryResult| {
        let inputs: Adjusting = document(&row.try_get::<String>("", "inputs")?)?;
        Ok((row.try_get("", "rule")?, inputs))
    };
    let mut all = rows.iter().map(one).collect::<Result<Vec<(String, Adjusting)>, StoreError>>()?;
    all.sort_by_key(|(_, inputs)| inputs.version);
    Ok(all)
}

/// Whether the calendar on record is the one that the round says it was decided on.
fn same_calendar(round: &Round, inputs: &Inputs) -> bool {
    let lines = inputs.lines.iter().map(|one| (one.line.id, one.version));
    let pools = inputs.pools.iter().map(|one| (one.pool.id, one.version));
    lines.eq(round.lines.iter().copied()) && pools.eq(round.pools.iter().copied())
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

//! A call as the use cases handle it, and its wishes in the domain's terms.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{Failure, WishOrder};
use domain::{
    Interval, LineId, OrganisationId, PlatformId, ProductId, Second,
    request::Request,
    resolve::allocation::{Counted, Round, Rule, Wish},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    state::AppState,
    store::{
        StoreError, statement,
        tables::{call, call_adjustment, call_draft, call_line, wish},
    },
    usecase::{Caller, Member, people::innovation},
};

/// A call with its lines.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub row: call::Model,
    pub lines: BTreeSet<LineId>,
}

/// How far a call is, by its state and the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Announced,
    Open,
    Closed,
    Drafted,
    Published,
    Cancelled,
}

impl Call {
    pub fn phase(&self, now: Second) -> Phase {
        match self.row.state.as_str() {
            "open" if now < self.row.opens_at => Phase::Announced,
            "open" if now < self.row.closes_at => Phase::Open,
            "drafted" => Phase::Drafted,
            "published" => Phase::Published,
            "cancelled" => Phase::Cancelled,
            // The sweep comes within seconds.
            _ => Phase::Closed,
        }
    }

    pub fn rule(&self) -> Result<Rule, StoreError> {
        document(&self.row.rule)
    }

    pub fn seed(&self) -> Result<u64, StoreError> {
        let wrong = |error| StoreError::Internal(format!("the seed of call {}: {error}", self.row.id));
        self.row.seed.parse().map_err(wrong)
    }

    pub fn attempts(&self) -> u32 {
        u32::try_from(self.row.attempts).unwrap_or(super::ATTEMPTS)
    }

    pub const fn period(&self) -> Interval {
        Interval { start: self.row.starts_at, end: self.row.ends_at }
    }

    pub const fn platform(&self) -> PlatformId {
        PlatformId(self.row.platform)
    }

    /// The caller as one of those who operate its platform; to others it is no call that could be operated.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Forbidden`].
    pub fn operated_by<'a>(&self, caller: &'a Caller) -> Result<&'a Member, Failure> {
        self.seen_by(caller)?;
        caller.operates(self.platform())
    }

    /// The caller as one of its platform's people.
    ///
    /// # Errors
    /// [`Failure::Unauthenticated`], [`Failure::NotFound`].
    pub fn seen_by<'a>(&self, caller: &'a Caller) -> Result<&'a Member, Failure> {
        let member = caller.member()?;
        if member.platform() == Some(self.platform()) { Ok(member) } else { Err(Failure::NotFound) }
    }
}

/// Reads one of a call's documents.
pub(super) fn document<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::document("a call", &error))
}

/// Writes one.
pub(super) fn write(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::document("a call", &error))
}

/// The call of this id.
pub(super) async fn call(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<Call>, StoreError> {
    let Some(row) = call::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    Ok(with_lines(connection, vec![row]).await?.pop())
}

/// Calls with their lines, in the same order.
pub(super) async fn with_lines(
    connection: &impl ConnectionTrait,
    rows: Vec<call::Model>,
) -> Result<Vec<Call>, StoreError> {
    let of = call_line::Column::Call.is_in(rows.iter().map(|row| row.id));
    let mut lines: BTreeMap<Uuid, BTreeSet<LineId>> = BTreeMap::new();
    for line in call_line::Entity::find().filter(of).all(connection).await? {
        lines.entry(line.call).or_default().insert(LineId(line.line));
    }
    let call = |row: call::Model| Call { lines: lines.remove(&row.id).unwrap_or_default(), row };
    Ok(rows.into_iter().map(call).collect())
}

/// A wish with its call.
pub(super) async fn wish(state: &AppState, id: Uuid) -> Result<Option<(wish::Model, Call)>, Failure> {
    let read = state.store.read();
    let found = wish::Entity::find_by_id(id).one(read).await.map_err(StoreError::from)?;
    let Some(row) = found else { return Ok(None) };
    Ok(call(read, row.call).await?.map(|call| (row, call)))
}

/// The wishes of a call that count, in the order in which they came in; those of one firm if it is named.
pub(super) async fn wishes(
    connection: &impl ConnectionTrait,
    call: Uuid,
    firm: Option<Uuid>,
) -> Result<Vec<wish::Model>, StoreError> {
    let mut query =
        wish::Entity::find().filter(wish::Column::Call.eq(call)).filter(wish::Column::WithdrawnAt.is_null());
    if let Some(firm) = firm {
        query = query.filter(wish::Column::Organisation.eq(firm)).order_by_asc(wish::Column::Rank);
    }
    Ok(query.order_by_asc(wish::Column::Id).all(connection).await?)
}

/// The draft that counts, with what was changed of it, the oldest change first: by the version of the call that each
/// made, for the clocks of two servers may differ.
pub(super) async fn draft(
    connection: &impl ConnectionTrait,
    call: &Call,
) -> Result<Option<(call_draft::Model, Vec<call_adjustment::Model>)>, StoreError> {
    let Some(id) = call.row.draft else { return Ok(None) };
    let Some(draft) = call_draft::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    let mut changes = call_adjustment::Entity::find()
        .filter(call_adjustment::Column::Draft.eq(id))
        .order_by_asc(call_adjustment::Column::Id)
        .all(connection)
        .await?;
    // Those of before versions were kept came first. Those of one change were written one after the other.
    changes.sort_by_key(|change| change.version);
    Ok(Some((draft, changes)))
}

/// What counted for the wishes of a call that is decided; what the call was decided on isn't read for that.
pub(super) async fn counted(
    connection: &impl ConnectionTrait,
    call: &Call,
) -> Result<BTreeMap<Uuid, Counted>, StoreError> {
    let sql = "SELECT round FROM call_draft WHERE id = ?";
    let found = connection.query_one_raw(statement(connection, sql, [call.row.draft.into()])).await?;
    let Some(row) = found else { return Ok(BTreeMap::new()) };
    let round: Round = document(&row.try_get::<String>("", "round")?)?;
    Ok(round.counted())
}

/// What a wish asks for: its windows, the most wanted first.
///
/// # Errors
/// [`Failure::Invalid`] names the field.
pub(super) fn choices(call: &Call, order: &WishOrder, product: ProductId) -> Result<Vec<Request>, Failure> {
    let first = std::iter::once((order.query.from.clone(), order.query.to.clone()));
    let others = order.otherwise.iter().map(|days| (days.from.clone(), days.to.clone()));
    first
        .chain(others)
        .map(|(from, to)| {
            let query = app::contract::OfferQuery { from, to, ..order.query.clone() };
            let request = query.request()?;
            Ok(Request { product, platform: Some(call.platform()), ..request })
        })
        .collect()
}

/// The wishes as the rule reads them. The reserve isn't for the `curbed`, who have often given up late.
pub(super) async fn asked(
    connection: &impl ConnectionTrait,
    call: &Call,
    rows: &[wish::Model],
    curbed: &BTreeSet<Uuid>,
) -> Result<Vec<Wish>, Failure> {
    let waited = waited(connection, call).await?;
    let known = known(connection, call).await?;
    let scores = innovation::scores(connection).await?;
    // As it was when the wish was handed in: what a firm says of itself since then doesn't make it small.
    let small = |row: &wish::Model| matches!(row.size.as_deref(), Some("micro" | "small"));
    rows.iter()
        .map(|row| {
            Ok(Wish {
                waited: waited.get(&row.organisation).copied().unwrap_or(0),
                innovation: scores.get(&row.organisation).copied().unwrap_or(0),
                newcomer: !known.contains(&row.organisation) && !curbed.contains(&row.organisation),
                small: small(row) && !curbed.contains(&row.organisation),
                ..as_made(call, row)?
            })
        })
        .collect()
}

/// A wish as its firm handed it in and its platform scored it, without what else counts for its firm.
///
/// # Errors
/// [`Failure::Invalid`] names the field, [`Failure::Internal`] if it can't be read.
pub(super) fn as_made(call: &Call, row: &wish::Model) -> Result<Wish, Failure> {
    let order: WishOrder = document(&row.document)?;
    let product = row.product.map_or(ProductId::NONE, ProductId);
    Ok(Wish {
        id: row.id,
        firm: OrganisationId(row.organisation),
        rank: u16::try_from(row.rank).unwrap_or(u16::MAX),
        asked_at: row.asked_at,
        points: row.points.and_then(|points| u32::try_from(points).ok()).unwrap_or(1),
        waited: 0,
        innovation: 0,
        newcomer: false,
        small: false,
        choices: choices(call, &order, product)?,
    })
}

/// By firm, the earlier calls of the platform in which it got nothing, though not for want of room alone: what was
/// booked or closed before, can't be made, or is more than a firm's share, is no wait that a wish could be made for.
async fn waited(connection: &impl ConnectionTrait, call: &Call) -> Result<BTreeMap<Uuid, u16>, StoreError> {
    let sql = "SELECT organisation, COUNT(*) AS lost FROM ( \
                 SELECT w.organisation AS organisation, w.call, COUNT(w.booking) AS got, \
                   SUM(CASE WHEN w.outcome LIKE '%\"outcome\":\"booked\"%' \
                     OR w.outcome LIKE '%\"outcome\":\"closed\"%' \
                     OR w.outcome LIKE '%\"outcome\":\"beyond_share\"%' \
                     OR w.outcome LIKE '%\"outcome\":\"impossible\"%' \
                     THEN 0 ELSE 1 END) AS could \
                 FROM wish w JOIN call c ON c.id = w.call \
                 WHERE c.platform = ? AND c.state = 'published' AND w.withdrawn_at IS NULL \
                 GROUP BY w.organisation, w.call) taken_part \
               WHERE got = 0 AND could > 0 GROUP BY organisation";
    let rows = connection.query_all_raw(statement(connection, sql, [call.row.platform.into()])).await?;
    let count = |row: &sea_orm::QueryResult| {
        let lost: i64 = row.try_get("", "lost")?;
        Ok((row.try_get("", "organisation")?, u16::try_from(lost).unwrap_or(u16::MAX)))
    };
    rows.iter().map(count).collect()
}

/// The firms that have had a confirmed campaign on the call's lines.
pub(super) async fn known(
    connection: &impl ConnectionTrait,
    call: &Call,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let sql = "SELECT DISTINCT b.organisation AS organisation FROM booking b \
               JOIN step s ON s.booking = b.id JOIN occupancy o ON o.id = s.occupancy \
               JOIN call_line l ON l.line = o.line \
               WHERE l.call = ? AND b.organisation IS NOT NULL \
                 AND b.status IN ('confirmed', 'running', 'completed', 'closed')";
    let rows = connection.query_all_raw(statement(connection, sql, [call.row.id.into()])).await?;
    rows.iter().map(|row| Ok(row.try_get("", "organisation")?)).collect()
}

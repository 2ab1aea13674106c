//! Loading bookings with what belongs to them: a fixed number of statements however many they are.

use std::collections::{BTreeMap, HashMap, HashSet};

use app::contract::{Failure, FieldProblem, TextView, field};
use domain::{
    Interval, LineId, Minute, OccupancyId, Second, StepId,
    booking::Status,
    calendar::{DAY, day_start, plant_day, plant_midnight},
    plan::{LEAST_SLACK, PlanWindow},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Campaign, plan};
use crate::store::{
    StoreError,
    queries::marks,
    statement,
    tables::{booking, organisation, product},
};

/// So long after others have moved it a campaign is left as if it had stayed: a week, in which its firm reads of that
/// and makes up its mind, whatever day it is. For longer it would be an option for nothing on a time that is near.
const GRACE: Second = 7 * 24 * 60 * 60;

/// A step with the stretch of the line that it holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub step: StepId,
    pub seq: u32,
    pub occupancy: OccupancyId,
    pub line: LineId,
    pub interval: Interval,
    /// Whether it holds capacity.
    pub live: bool,
}

/// A booking, whole.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub row: booking::Model,
    pub status: Status,
    pub campaign: Campaign,
    /// By place in the route; of a place that was moved, the last.
    pub steps: Vec<Piece>,
    /// `None` while the product has no code of the client's.
    pub product_code: Option<String>,
    /// Whose it is; `None`: the platform's own production.
    pub company: Option<TextView>,
    /// Where it may still be moved by rule.
    pub plan: Option<PlanWindow>,
    /// Whether its run was broken off.
    pub broken_off: bool,
}

impl Loaded {
    /// The least that leaving costs, since it stood elsewhere.
    pub fn least_fee_fen(&self) -> i64 {
        self.row.left_fee_fen.min(self.row.price_fen)
    }

    /// Start of the first step.
    pub fn first_start(&self) -> i64 {
        self.steps.iter().map(|step| step.interval.start).min().unwrap_or(i64::MAX)
    }

    /// The start from which its notice is reckoned at `now`: its own, or for a while a later one from which others have
    /// moved it since its owner put it somewhere.
    pub fn notice_start(&self, now: Second) -> Minute {
        self.noticed_elsewhere(now).unwrap_or_else(|| self.first_start())
    }

    /// That start, if it isn't its own.
    pub fn noticed_elsewhere(&self, now: Second) -> Option<Minute> {
        self.noticed_until(now).map(|_| self.row.notice_at.div_euclid(60))
    }

    /// Until when, exclusive, it is reckoned from there, if it is at `now`: no longer than until its own start.
    pub fn noticed_until(&self, now: Second) -> Option<Second> {
        let starts = self.first_start().saturating_mul(60);
        let until = self.campaign.notice_until?.min(starts);
        (self.row.notice_at > starts && now < until).then_some(until)
    }

    /// Others are about to move it: for a while its notice is reckoned from no sooner than here. A further move in that
    /// time doesn't make it longer, or one ally after another would.
    pub fn keep_notice(&mut self, now: Second) {
        if self.noticed_until(now).is_none() {
            self.row.notice_at = self.first_start().saturating_mul(60);
            self.campaign.notice_until = Some(now.saturating_add(GRACE));
        }
    }

    /// Its owner is about to move it, or it is confirmed: its notice is reckoned from where it stands then.
    pub fn renew_notice(&mut self) {
        self.row.notice_at = 0;
        self.campaign.notice_until = None;
    }

    /// Refuses a day that is past, unless it was told before, and one on which materials would arrive after the first
    /// step has begun, or so late that nothing could be moved any more in the window that it is cheaper for; none is
    /// not too late.
    ///
    /// # Errors
    /// [`Failure::Invalid`].
    pub fn in_time(&self, materials_on: &str, now: Second) -> Result<(), Failure> {
        if materials_on.is_empty() {
            return Ok(());
        }
        let there = plant_midnight(field::plant_day("materials_on", materials_on)?);
        let told = self.status != Status::Held && materials_on == self.campaign.details.materials_on;
        // Where it is still yesterday, that is today.
        let earliest = day_start(plant_day(now.div_euclid(60))) - DAY;
        if !told && there < earliest {
            return Err(field::invalid("materials_on", FieldProblem::DayPast));
        }
        if there > self.first_start() {
            let latest = field::plant_date(self.first_start()).to_string();
            return Err(field::invalid("materials_on", FieldProblem::TooLate { latest }));
        }
        let Some(last) = self.movable_from(now).filter(|last| there > *last) else { return Ok(()) };
        let latest = field::plant_date(last).to_string();
        Err(field::invalid("materials_on", FieldProblem::PinsWindow { latest }))
    }

    /// The minute from which on, at the latest, it must be movable in its plan window: what is left of that is as much
    /// as whoever holds for the lower price must leave, or no less than what it has agreed to already. `None`: it moves
    /// no more by rule.
    fn movable_from(&self, now: Second) -> Option<Minute> {
        let plan = self.plan.filter(|plan| !plan.is_frozen(self.first_start(), now))?;
        let open = plan.open(now)?;
        let ends = self.steps.iter().map(|step| step.interval.end).max()?;
        let length = ends - self.first_start();
        // What a draft says nobody has been told.
        let told = self.materials_there().filter(|_| self.status != Status::Held).unwrap_or(i64::MIN);
        Some((open.end - length - LEAST_SLACK).max(open.start).max(told))
    }

    /// The plant midnight of the day on which its materials arrive; `None`: nothing is stored, or the day isn't told.
    pub fn materials_there(&self) -> Option<i64> {
        let details = &self.campaign.details;
        let day = field::plant_day("materials_on", &details.materials_on).ok();
        day.filter(|_| details.storage != "none").map(plant_midnight)
    }

    /// Its client says on which day they arrive, of where it stands now.
    pub fn date_materials(&mut self) {
        self.campaign.materials_for = Some(self.first_start());
    }

    /// Whether that day was said of another start than it has now.
    pub fn materials_before_move(&self) -> bool {
        let start = self.first_start();
        let moved = self.campaign.materials_for.map_or(self.row.moves > 0, |said_for| said_for != start);
        moved && self.materials_there().is_some()
    }

    /// Steps that hold capacity.
    pub fn live(&self) -> impl Iterator<Item = &Piece> {
        self.steps.iter().filter(|step| step.live)
    }
}

/// One booking.
pub(crate) async fn load(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<Loaded>, StoreError> {
    let Some(row) = booking::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    Ok(load_many(connection, vec![row]).await?.pop())
}

/// What belongs to `rows`, in their order.
pub(crate) async fn load_many(
    connection: &impl ConnectionTrait,
    rows: Vec<booking::Model>,
) -> Result<Vec<Loaded>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (mut steps, plans) = steps(connection, &rows).await?;
    let products = rows.iter().map(|row| row.product);
    let products =
        product::Entity::find().filter(product::Column::Id.is_in(products)).all(connection).await?;
    let codes: HashMap<Uuid, String> =
        products.into_iter().map(|product| (product.id, product.code)).collect();
    let clients = rows.iter().filter_map(|row| row.organisation);
    let clients =
        organisation::Entity::find().filter(organisation::Column::Id.is_in(clients)).all(connection).await?;
    let names: HashMap<Uuid, TextView> = clients
        .into_iter()
        .map(|client| (client.id, TextView { zh: client.name_zh, en: client.name_en }))
        .collect();
    let broken_off = broken_off(connection, &rows).await?;
    let whole = |row: booking::Model| {
        let status = Status::from_name(&row.status)
            .ok_or_else(|| StoreError::Internal(format!("booking {} has no known status", row.id)))?;
        Ok(Loaded {
            status,
            campaign: Campaign::from_document(&row.request)?,
            steps: steps.remove(&row.id).unwrap_or_default(),
            product_code: codes.get(&row.product).filter(|code| **code != row.reference).cloned(),
            company: row.organisation.and_then(|id| names.get(&id).cloned()),
            plan: plans.get(&row.id).copied(),
            broken_off: broken_off.contains(&row.id),
            row,
        })
    };
    rows.into_iter().map(whole).collect()
}

/// Those whose run is over since it was broken off.
async fn broken_off(
    connection: &impl ConnectionTrait,
    rows: &[booking::Model],
) -> Result<HashSet<Uuid>, StoreError> {
    let over = [Status::Completed, Status::Closed].map(Status::name);
    let ids: Vec<sea_orm::Value> =
        rows.iter().filter(|row| over.contains(&row.status.as_str())).map(|row| row.id.into()).collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let sql =
        format!("SELECT booking FROM decision WHERE action = 'abort' AND booking IN ({})", marks(ids.len()));
    let found = connection.query_all_raw(statement(connection, &sql, ids)).await?;
    found.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

/// The step of every place of every booking that counts: the live one, else the newest. Ids are ordered by time, of
/// servers whose clocks may differ a little. With them the bookings' plan windows.
async fn steps(
    connection: &impl ConnectionTrait,
    rows: &[booking::Model],
) -> Result<(HashMap<Uuid, Vec<Piece>>, HashMap<Uuid, PlanWindow>), StoreError> {
    let sql = format!(
        "SELECT s.id, s.booking, s.seq, s.live, o.id AS occupancy, o.line, o.starts_at, o.ends_at, \
         p.starts_at AS plan_from, p.ends_at AS plan_until, p.freeze_days, p.percent \
         FROM step s JOIN occupancy o ON o.id = s.occupancy LEFT JOIN plan_window p ON p.booking = s.booking WHERE s.booking IN ({}) ORDER BY s.live IS NOT NULL, s.id",
        marks(rows.len())
    );
    let ids = rows.iter().map(|row| row.id.into());
    let mut pieces: HashMap<Uuid, BTreeMap<u32, Piece>> = HashMap::new();
    let mut plans = HashMap::new();
    for row in connection.query_all_raw(statement(connection, &sql, ids)).await? {
        let seq = u32::try_from(row.try_get::<i64>("", "seq")?).unwrap_or(u32::MAX);
        let piece = Piece {
            step: StepId(row.try_get("", "id")?),
            seq,
            occupancy: OccupancyId(row.try_get("", "occupancy")?),
            line: LineId(row.try_get("", "line")?),
            interval: Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? },
            live: row.try_get::<Option<Uuid>>("", "live")?.is_some(),
        };
        let booking: Uuid = row.try_get("", "booking")?;
        pieces.entry(booking).or_default().insert(seq, piece);
        plans.extend(plan::read(&row)?.map(|plan| (booking, plan)));
    }
    let pieces = pieces.into_iter().map(|(booking, pieces)| (booking, pieces.into_values().collect()));
    Ok((pieces.collect(), plans))
}

/// The booking that a row of a line belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub id: Uuid,
    pub reference: String,
    pub status: String,
}

/// The bookings that hold these rows, by row.
pub(crate) async fn owners(
    connection: &impl ConnectionTrait,
    rows: &[Uuid],
) -> Result<HashMap<Uuid, Owner>, StoreError> {
    let mut owners = HashMap::new();
    for some in rows.chunks(500) {
        let sql = format!(
            "SELECT s.occupancy, b.id, b.reference, b.status FROM step s JOIN booking b ON b.id = s.booking \
             WHERE s.occupancy IN ({})",
            marks(some.len())
        );
        let ids = some.iter().map(|id| (*id).into());
        for row in connection.query_all_raw(statement(connection, &sql, ids)).await? {
            let owner = Owner {
                id: row.try_get("", "id")?,
                reference: row.try_get("", "reference")?,
                status: row.try_get("", "status")?,
            };
            owners.insert(row.try_get("", "occupancy")?, owner);
        }
    }
    Ok(owners)
}

//! What companies are limited to, now.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{Failure, OrganisationKind};
use domain::{
    Minute, OrganisationId, PlatformId, Second,
    policy::Policy,
    use_or_lose::{Curb, Curbs, UseOrLose},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::COUNTS;
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, Tx, statement},
    usecase::{Member, booking, protocol::Stop},
};

/// Lets changes to what a company holds and may hold come one after the other. PostgreSQL runs them side by side, so
/// they queue at its row; SQLite has one writer.
pub(crate) async fn queue(tx: &Tx<'_>, company: Uuid) -> Result<(), Stop> {
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        let queue = "SELECT id FROM organisation WHERE id = ? FOR NO KEY UPDATE";
        tx.query_one_raw(statement(tx, queue, [company.into()])).await?;
    }
    Ok(())
}

/// Refuses `company`, which is queued where that decides, what begins too late for it to hold on `platform`.
///
/// # Errors
/// [`domain::refusal::Refusal::UseOrLose`], the database's failure.
pub(crate) async fn admit(
    connection: &impl ConnectionTrait,
    policy: &Policy,
    (company, platform): (OrganisationId, PlatformId),
    first_start: Minute,
    now: Second,
) -> Result<(), Stop> {
    let Some(rule) = policy.use_or_lose else { return Ok(()) };
    let left = left(connection, "l.organisation = ? AND l.platform = ?", [company.0, platform.0]).await?;
    let left: Vec<Second> = left.into_iter().map(|one| one.at).collect();
    match rule.curb(rule.standing(&left, now)) {
        Some(curb) => Ok(curb.admit(first_start, now)?),
        None => Ok(()),
    }
}

/// Every platform that limits `company` at `now`.
///
/// # Errors
/// The database fails.
async fn curbs(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    company: OrganisationId,
    now: Second,
) -> Result<Curbs, StoreError> {
    let rules = rules(catalogue);
    if rules.is_empty() {
        return Ok(Curbs::new());
    }
    let mut by_platform: BTreeMap<PlatformId, Vec<Second>> = BTreeMap::new();
    for one in left(connection, "l.organisation = ?", [company.0]).await? {
        by_platform.entry(one.platform).or_default().push(one.at);
    }
    let curb = |(platform, left): (&PlatformId, &Vec<Second>)| {
        let rule = rules.get(platform)?;
        Some((*platform, rule.curb(rule.standing(left, now))?))
    };
    Ok(by_platform.iter().filter_map(curb).collect())
}

/// The limits of whoever searches. What is booked already may go anywhere that isn't later than where it is.
///
/// # Errors
/// The database fails.
pub(crate) async fn for_search(
    state: &AppState,
    catalogue: &Catalogue,
    member: Option<&Member>,
    moving: Option<Uuid>,
) -> Result<Curbs, Failure> {
    let Some(member) = member.filter(|member| member.kind == OrganisationKind::Company) else {
        return Ok(Curbs::new());
    };
    let (read, now) = (state.store.read(), state.clock.now());
    let mut curbs = curbs(read, catalogue, member.organisation, now).await?;
    if let (false, Some(id)) = (curbs.is_empty(), moving)
        && let Some(booking) = booking::load(read, id).await?
    {
        let ahead = booking.first_start() - now.div_euclid(60);
        let wider = |curb: Curb| Curb { horizon: curb.horizon.max(ahead), ..curb };
        curbs = curbs.into_iter().map(|(platform, curb)| (platform, wider(curb))).collect();
    }
    Ok(curbs)
}

/// The companies that `platform` limits at `now`.
///
/// # Errors
/// The database fails.
pub(crate) async fn curbed(
    connection: &impl ConnectionTrait,
    policy: &Policy,
    platform: PlatformId,
    now: Second,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let Some(rule) = policy.use_or_lose else { return Ok(BTreeSet::new()) };
    let mut by_company: BTreeMap<Uuid, Vec<Second>> = BTreeMap::new();
    for one in left(connection, "l.platform = ?", [platform.0]).await? {
        by_company.entry(one.company).or_default().push(one.at);
    }
    let limited = |left: &Vec<Second>| rule.standing(left, now).until.is_some();
    Ok(by_company.into_iter().filter(|(_, left)| limited(left)).map(|(company, _)| company).collect())
}

/// The rules of all platforms that have one.
pub(super) fn rules(catalogue: &Catalogue) -> BTreeMap<PlatformId, UseOrLose> {
    let policies = catalogue.policies();
    policies.into_iter().filter_map(|(platform, policy)| Some((platform, policy.use_or_lose?))).collect()
}

struct Left {
    platform: PlatformId,
    company: Uuid,
    at: Second,
}

/// What counts by the rule, `whose` it is.
async fn left(
    connection: &impl ConnectionTrait,
    whose: &str,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Left>, StoreError> {
    let sql = format!(
        "SELECT l.platform, l.organisation, l.at FROM late_leaving l JOIN booking b ON b.id = l.booking \
         WHERE {whose} AND l.agreed AND {COUNTS}"
    );
    let rows = connection.query_all_raw(statement(connection, &sql, ids.into_iter().map(Into::into))).await?;
    let one = |row: &sea_orm::QueryResult| {
        Ok(Left {
            platform: PlatformId(row.try_get("", "platform")?),
            company: row.try_get("", "organisation")?,
            at: row.try_get("", "at")?,
        })
    };
    rows.iter().map(one).collect()
}

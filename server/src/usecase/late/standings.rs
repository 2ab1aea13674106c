//! Where companies stand by the rules: each its own on every platform that has one, a platform's people all who have
//! given up late there.

use std::collections::BTreeMap;

use app::contract::{
    Failure, Instant, LateLeavingView, LateStandingView, OrganisationKind, TextView, UseOrLoseView,
};
use domain::{PlatformId, Second, use_or_lose::UseOrLose};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{COUNTS, curb::rules};
use crate::{
    state::AppState,
    store::{Catalogue, StoreError, statement},
    usecase::{Caller, Member, ground},
};

/// The company's standing on every platform with a rule; for a platform's people that of each company with something to
/// count or to forgive, by name. What is older than the rule looks back is left out.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district.
pub async fn standings(state: &AppState, caller: &Caller) -> Result<Vec<LateStandingView>, Failure> {
    let member = caller.member()?;
    let catalogue = ground::catalogue(state).await?;
    let (rules, now) = (rules(&catalogue), state.clock.now());
    let whose = match member.kind {
        OrganisationKind::Company => "l.organisation = ?",
        OrganisationKind::Platform => "l.platform = ?",
        OrganisationKind::District => return Err(Failure::Forbidden),
    };
    let read = state.store.read();
    let rows = leavings(read, whose, member.organisation.0).await?;
    let mut by_firm: BTreeMap<(PlatformId, Uuid), (TextView, Vec<Row>)> = BTreeMap::new();
    if member.kind == OrganisationKind::Company {
        let name = own_name(read, member).await?;
        let all =
            rules.keys().map(|platform| ((*platform, member.organisation.0), (name.clone(), Vec::new())));
        by_firm.extend(all);
    }
    for (key, name, row) in rows {
        let Some(rule) = rules.get(&key.0) else { continue };
        if now < row.at.saturating_add(rule.within.saturating_mul(60)) {
            by_firm.entry(key).or_insert_with(|| (name, Vec::new())).1.push(row);
        }
    }
    let view = |((platform, company), (name, rows))| {
        standing(&catalogue, (platform, rules.get(&platform)?), (company, name), rows, now)
    };
    let mut views: Vec<LateStandingView> = by_firm.into_iter().filter_map(view).collect();
    views.sort_by(|a, b| {
        (&a.platform_name.en, &a.company_name.en).cmp(&(&b.platform_name.en, &b.company_name.en))
    });
    Ok(views)
}

/// A booking given up, or moved away, late.
struct Row {
    id: Uuid,
    booking: Uuid,
    reference: String,
    at: Second,
    moved: bool,
    counts: bool,
    forgiven_at: Option<Second>,
    reason: Option<String>,
}

type Keyed = ((PlatformId, Uuid), TextView, Row);

async fn leavings(
    connection: &impl ConnectionTrait,
    whose: &str,
    id: Uuid,
) -> Result<Vec<Keyed>, StoreError> {
    let sql = format!(
        "SELECT l.id, l.platform, l.organisation, n.name_zh, n.name_en, l.booking, b.reference, l.at, \
         l.moved, l.forgiven_at, l.reason, CASE WHEN {COUNTS} THEN 1 ELSE 0 END AS counts \
         FROM late_leaving l JOIN booking b ON b.id = l.booking JOIN organisation n ON n.id = l.organisation \
         WHERE {whose} AND l.agreed ORDER BY l.at DESC, l.id"
    );
    let rows = connection.query_all_raw(statement(connection, &sql, [id.into()])).await?;
    rows.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Keyed, StoreError> {
    let counts: i32 = row.try_get("", "counts")?;
    Ok((
        (PlatformId(row.try_get("", "platform")?), row.try_get("", "organisation")?),
        TextView { zh: row.try_get("", "name_zh")?, en: row.try_get("", "name_en")? },
        Row {
            id: row.try_get("", "id")?,
            booking: row.try_get("", "booking")?,
            reference: row.try_get("", "reference")?,
            at: row.try_get("", "at")?,
            moved: row.try_get("", "moved")?,
            counts: counts == 1,
            forgiven_at: row.try_get("", "forgiven_at")?,
            reason: row.try_get("", "reason")?,
        },
    ))
}

async fn own_name(connection: &impl ConnectionTrait, member: &Member) -> Result<TextView, StoreError> {
    let sql = "SELECT name_zh, name_en FROM organisation WHERE id = ?";
    let row = connection.query_one_raw(statement(connection, sql, [member.organisation.0.into()])).await?;
    let row = row.ok_or(StoreError::NotFound("organisation"))?;
    Ok(TextView { zh: row.try_get("", "name_zh")?, en: row.try_get("", "name_en")? })
}

fn standing(
    catalogue: &Catalogue,
    (platform, rule): (PlatformId, &UseOrLose),
    (company, company_name): (Uuid, TextView),
    rows: Vec<Row>,
    now: Second,
) -> Option<LateStandingView> {
    let counted: Vec<Second> = rows.iter().filter(|row| row.counts).map(|row| row.at).collect();
    let standing = rule.standing(&counted, now);
    let lasts = rule.within.saturating_mul(60);
    let leaving = |row: Row| LateLeavingView {
        id: row.id,
        booking: row.booking,
        reference: row.reference,
        at: Instant(row.at),
        moved: row.moved,
        counts_until: row.counts.then(|| Instant(row.at.saturating_add(lasts))),
        resold: !row.counts && row.forgiven_at.is_none(),
        forgiven_at: row.forgiven_at.map(Instant),
        reason: row.reason,
    };
    Some(LateStandingView {
        company,
        company_name,
        platform: platform.0,
        platform_name: catalogue.platform(platform)?.name.clone().into(),
        rule: UseOrLoseView::from(*rule),
        counted: standing.counted,
        until: standing.until.map(Instant),
        leavings: rows.into_iter().map(leaving).collect(),
    })
}

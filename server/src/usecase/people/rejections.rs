//! Companies that were turned away, or whose verification was withdrawn: on record until they are verified, with what
//! they were known by then.

use std::collections::BTreeMap;

use app::contract::{
    Failure, Instant, OrganisationKind, OrganisationView, Standing, TextView, TurnedAwayView,
};
use domain::{OrganisationId, Second};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use uuid::Uuid;

use crate::{
    store::{StoreError, Tx, queries::marks, statement, tables::organisation},
    usecase::{Member, protocol::Stop},
};

/// What is on record of one.
#[derive(Clone, Debug)]
pub(super) struct Rejected {
    pub at: Second,
    pub withdrawn: bool,
    pub reason: String,
    pub submitted_at: Option<Second>,
    /// Whoever decided, and for which organisation.
    person: String,
    by: Option<(OrganisationId, TextView)>,
    name: Option<String>,
    credit_code: Option<String>,
    contact: Option<String>,
}

impl Rejected {
    /// Whether it still keeps the company from waiting.
    pub const fn stands(&self) -> bool {
        self.submitted_at.is_none()
    }

    /// As those who verify at `reader` see it, beside the `company` as it is now: of people only their own.
    fn view(self, company: &OrganisationView, reader: OrganisationId) -> TurnedAwayView {
        let other = |then: Option<String>, now: &str| then.filter(|then| then != now);
        let is_own = self.by.as_ref().is_some_and(|(organisation, _)| *organisation == reader);
        TurnedAwayView {
            at: Instant(self.at),
            withdrawn: self.withdrawn,
            reason: self.reason,
            by: self.by.map(|(_, name)| name),
            person: Some(self.person).filter(|_| is_own),
            submitted_at: self.submitted_at.map(Instant),
            compared: self.name.is_some(),
            former_name: other(self.name, &company.name.zh),
            former_credit_code: other(self.credit_code, company.credit_code.as_deref().unwrap_or_default()),
            former_contact: other(self.contact, &company.contact),
        }
    }
}

/// Puts on record that the company of this row is turned away; whether it wasn't already.
pub(super) async fn keep(
    tx: &Tx<'_>,
    by: &Member,
    row: &organisation::Model,
    reason: &str,
    now: Second,
) -> Result<bool, Stop> {
    let sql = "INSERT INTO rejection (organisation, at, account, by_organisation, reason, withdrawn, name, \
               credit_code, contact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
               ON CONFLICT (organisation) DO UPDATE SET at = excluded.at, account = excluded.account, \
               by_organisation = excluded.by_organisation, reason = excluded.reason, \
               withdrawn = excluded.withdrawn, name = excluded.name, credit_code = excluded.credit_code, \
               contact = excluded.contact, submitted_at = NULL WHERE rejection.submitted_at IS NOT NULL";
    let values = [
        row.id.into(),
        now.into(),
        by.account.into(),
        by.organisation.0.into(),
        reason.into(),
        row.verified_at.is_some().into(),
        row.name_zh.clone().into(),
        row.credit_code.clone().into(),
        row.contact.clone().into(),
    ];
    Ok(tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() == 1)
}

/// Lets a company that was turned away wait again; whether it was.
pub(super) async fn submit(tx: &Tx<'_>, company: Uuid, now: Second) -> Result<bool, Stop> {
    let sql = "UPDATE rejection SET submitted_at = ? WHERE organisation = ? AND submitted_at IS NULL";
    let done = tx.execute_raw(statement(tx, sql, [now.into(), company.into()])).await?;
    Ok(done.rows_affected() == 1)
}

/// It is void once the company is verified.
pub(super) async fn forget(tx: &Tx<'_>, company: Uuid) -> Result<(), Stop> {
    let sql = "DELETE FROM rejection WHERE organisation = ?";
    tx.execute_raw(statement(tx, sql, [company.into()])).await?;
    Ok(())
}

/// What is on record of a company.
pub(super) async fn of(
    connection: &impl ConnectionTrait,
    company: Uuid,
) -> Result<Option<Rejected>, Failure> {
    Ok(of_each(connection, &[company]).await?.remove(&company))
}

/// How far the verification of the organisation of this row is.
pub(super) async fn standing(
    connection: &impl ConnectionTrait,
    row: &organisation::Model,
) -> Result<Standing, Failure> {
    if row.kind != OrganisationKind::Company.word() || row.verified_at.is_some() {
        return Ok(Standing::Verified);
    }
    Ok(match of(connection, row.id).await?.filter(Rejected::stands) {
        None => Standing::Waiting,
        Some(rejected) if rejected.withdrawn => Standing::Withdrawn,
        Some(_) => Standing::TurnedAway,
    })
}

/// Companies with what they were turned away for, for those who verify them at `reader`.
pub(super) async fn shown(
    connection: &impl ConnectionTrait,
    reader: OrganisationId,
    mut companies: Vec<OrganisationView>,
) -> Result<Vec<OrganisationView>, Failure> {
    let ids: Vec<Uuid> = companies.iter().map(|company| company.id).collect();
    let mut rejected = of_each(connection, &ids).await?;
    for company in &mut companies {
        company.turned_away = rejected.remove(&company.id).map(|one| one.view(company, reader));
    }
    Ok(companies)
}

async fn of_each(
    connection: &impl ConnectionTrait,
    companies: &[Uuid],
) -> Result<BTreeMap<Uuid, Rejected>, Failure> {
    if companies.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "SELECT rejection.organisation, rejection.at, rejection.reason, rejection.withdrawn, \
         rejection.submitted_at, rejection.name, rejection.credit_code, rejection.contact, \
         account.name AS person, decider.id AS decided_by, decider.name_zh, decider.name_en \
         FROM rejection JOIN account ON account.id = rejection.account \
         LEFT JOIN organisation decider ON decider.id = rejection.by_organisation \
         WHERE rejection.organisation IN ({})",
        marks(companies.len())
    );
    let ids = companies.iter().map(|id| (*id).into());
    let rows = connection.query_all_raw(statement(connection, &sql, ids)).await.map_err(StoreError::from)?;
    Ok(rows.iter().map(read).collect::<Result<_, DbErr>>().map_err(StoreError::from)?)
}

fn read(row: &QueryResult) -> Result<(Uuid, Rejected), DbErr> {
    let by = match row.try_get::<Option<Uuid>>("", "decided_by")? {
        Some(id) => {
            let name = TextView { zh: row.try_get("", "name_zh")?, en: row.try_get("", "name_en")? };
            Some((OrganisationId(id), name))
        }
        None => None,
    };
    let rejected = Rejected {
        at: row.try_get("", "at")?,
        withdrawn: row.try_get("", "withdrawn")?,
        reason: row.try_get("", "reason")?,
        submitted_at: row.try_get("", "submitted_at")?,
        person: row.try_get("", "person")?,
        by,
        name: row.try_get("", "name")?,
        credit_code: row.try_get("", "credit_code")?,
        contact: row.try_get("", "contact")?,
    };
    Ok((row.try_get("", "organisation")?, rejected))
}

//! Companies' innovation scores (企业创新积分): the district records them, allocation rounds break ties by them. A company
//! reads its own; platforms and other companies read none.

use std::collections::BTreeMap;

use app::contract::{
    Complaints, Failure, InnovationOrder, InnovationView, Instant, OrganisationKind, OrganisationView, Role,
    field,
};
use domain::{Second, resolve::allocation::rule::MOST_INNOVATION};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::rows;
use crate::{
    state::AppState,
    store::{StoreError, Tx, queries::marks, statement},
    usecase::{
        Caller, Member,
        protocol::{Decision, Note, Stop, decide, tell},
    },
};

/// Records the score of `company`, in place of the one on record. Rounds that are decided keep the one that they used.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district's administrator; [`Failure::NotFound`] if
/// there is no such company; [`Failure::Invalid`].
pub async fn record(
    state: &AppState,
    caller: &Caller,
    company: Uuid,
    order: &InnovationOrder,
) -> Result<InnovationView, Failure> {
    let by = caller.with_role(&[Role::DistrictAdmin])?.clone();
    let now = state.clock.now();
    let score = i64::from(order.score);
    let mut complaints = Complaints::default();
    if score > i64::from(MOST_INNOVATION) {
        let _told = complaints.hear::<()>(Err(field::out_of_range("score", 0, MOST_INNOVATION)));
    }
    let today = field::plant_date(now.div_euclid(60));
    let day = field::plant_day("assessed_on", &order.assessed_on);
    let ahead = || field::out_of_range("assessed_on", field::FIRST_DAY, today);
    let day = complaints.hear(day.and_then(|day| if day > today { Err(ahead()) } else { Ok(day) }));
    complaints.answer()?;
    let assessed_at = field::midnight(day?) * 60;
    let done = state
        .store
        .write(move |tx| {
            let by = by.clone();
            Box::pin(async move { set(tx, &by, company, (score, assessed_at), now).await })
        })
        .await;
    done.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))?;
    Ok(view(score, assessed_at, now))
}

async fn set(
    tx: &Tx<'_>,
    by: &Member,
    company: Uuid,
    (score, assessed_at): (i64, Second),
    now: Second,
) -> Result<(), Stop> {
    let row = rows::find_organisation(tx, company).await?;
    if row.kind != OrganisationKind::Company.word() {
        return Err(Failure::NotFound.into());
    }
    let sql = "INSERT INTO innovation_score (organisation, score, assessed_at, recorded_at, recorded_by) \
               VALUES (?, ?, ?, ?, ?) ON CONFLICT (organisation) DO UPDATE SET score = excluded.score, \
               assessed_at = excluded.assessed_at, recorded_at = excluded.recorded_at, \
               recorded_by = excluded.recorded_by";
    let values = [company.into(), score.into(), assessed_at.into(), now.into(), by.account.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    let decision = Decision {
        by: Some(by),
        booking: None,
        action: "record_innovation",
        inputs: json!({ "company": company, "assessed_at": assessed_at }),
        rule: "innovation/1",
        versions: &[],
        outcome: json!({ "score": score }),
    };
    decide(tx, decision, now).await?;
    let note = Note {
        kind: "innovation_recorded".into(),
        to: vec![company],
        booking: None,
        reference: None,
        reason: None,
    };
    tell(tx, &note, now).await
}

/// Clears the score of `company`, such as one that was recorded by mistake. Where there is none nothing changes.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district's administrator; [`Failure::NotFound`] if
/// there is no such company.
pub async fn clear(state: &AppState, caller: &Caller, company: Uuid) -> Result<(), Failure> {
    let by = caller.with_role(&[Role::DistrictAdmin])?.clone();
    let now = state.clock.now();
    let done = state
        .store
        .write(move |tx| {
            let by = by.clone();
            Box::pin(async move { forget(tx, &by, company, now).await })
        })
        .await;
    done.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))
}

async fn forget(tx: &Tx<'_>, by: &Member, company: Uuid, now: Second) -> Result<(), Stop> {
    let row = rows::find_organisation(tx, company).await?;
    if row.kind != OrganisationKind::Company.word() {
        return Err(Failure::NotFound.into());
    }
    let sql = "DELETE FROM innovation_score WHERE organisation = ?";
    if tx.execute_raw(statement(tx, sql, [company.into()])).await?.rows_affected() == 0 {
        return Ok(());
    }
    let decision = Decision {
        by: Some(by),
        booking: None,
        action: "clear_innovation",
        inputs: json!({ "company": company }),
        rule: "innovation/1",
        versions: &[],
        outcome: json!({ "score": null }),
    };
    decide(tx, decision, now).await?;
    let kind = "innovation_cleared".to_owned();
    tell(tx, &Note { kind, to: vec![company], booking: None, reference: None, reason: None }, now).await
}

/// Companies with their scores, for those who may know them.
///
/// # Errors
/// The database fails.
pub(super) async fn shown(
    connection: &impl ConnectionTrait,
    mut companies: Vec<OrganisationView>,
) -> Result<Vec<OrganisationView>, Failure> {
    if companies.is_empty() {
        return Ok(companies);
    }
    let of = marks(companies.len());
    let sql = format!(
        "SELECT organisation, score, assessed_at, recorded_at FROM innovation_score WHERE organisation IN ({of})"
    );
    let ids = companies.iter().map(|company| company.id.into());
    let found = connection.query_all_raw(statement(connection, &sql, ids)).await.map_err(StoreError::from)?;
    let one = |row: &sea_orm::QueryResult| {
        let (score, assessed_at) = (row.try_get("", "score")?, row.try_get("", "assessed_at")?);
        Ok((row.try_get("", "organisation")?, view(score, assessed_at, row.try_get("", "recorded_at")?)))
    };
    let mut scores: BTreeMap<Uuid, InnovationView> =
        found.iter().map(one).collect::<Result<_, sea_orm::DbErr>>().map_err(StoreError::from)?;
    companies.iter_mut().for_each(|company| company.innovation = scores.remove(&company.id));
    Ok(companies)
}

/// All scores, by company.
///
/// # Errors
/// The database fails.
pub(crate) async fn scores(connection: &impl ConnectionTrait) -> Result<BTreeMap<Uuid, u16>, StoreError> {
    let sql = "SELECT organisation, score FROM innovation_score";
    let rows = connection.query_all_raw(statement(connection, sql, [])).await?;
    let one = |row: &sea_orm::QueryResult| {
        let score: i64 = row.try_get("", "score")?;
        Ok((row.try_get("", "organisation")?, u16::try_from(score).unwrap_or(MOST_INNOVATION)))
    };
    rows.iter().map(one).collect()
}

fn view(score: i64, assessed_at: Second, recorded_at: Second) -> InnovationView {
    InnovationView {
        score: u16::try_from(score).unwrap_or(MOST_INNOVATION),
        assessed_on: field::plant_date(assessed_at.div_euclid(60)).to_string(),
        recorded_at: Instant(recorded_at),
    }
}

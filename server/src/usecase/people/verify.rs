//! Platforms and the district look at companies and verify them.

use app::contract::{Failure, OrganisationKind, OrganisationView, Page, Role};
use domain::Second;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{innovation, reject, rows};
use crate::{
    state::AppState,
    store::{StoreError, Tx, tables::organisation},
    usecase::{
        Caller, Member, Paging,
        protocol::{Decision, Note, Stop, decide, show_companies, tell},
    },
};

/// Who looks at companies.
const LOOKING: &[Role] =
    &[Role::Operator, Role::Qa, Role::PlatformAdmin, Role::DistrictViewer, Role::DistrictAdmin];

/// Companies, oldest first: all, or only those that are verified, or those that wait for it (who was turned away waits
/// no longer). Innovation scores are shown to the district alone.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`].
pub async fn companies(
    state: &AppState,
    caller: &Caller,
    verified: Option<bool>,
    paging: Paging,
) -> Result<Page<OrganisationView>, Failure> {
    let member = caller.with_role(LOOKING)?;
    let mut query = organisation::Entity::find()
        .filter(organisation::Column::Kind.eq(OrganisationKind::Company.word()))
        .order_by_asc(organisation::Column::Id)
        .limit(paging.rows());
    query = match verified {
        Some(true) => query.filter(organisation::Column::VerifiedAt.is_not_null()),
        Some(false) => query.filter(wait()),
        None => query,
    };
    if let Some(after) = paging.after {
        query = query.filter(organisation::Column::Id.gt(after));
    }
    let found = query.all(state.store.read()).await.map_err(StoreError::from)?;
    let page = paging.page(found, |row| row.id);
    let mut items = page.items.into_iter().map(rows::organisation_view).collect::<Result<Vec<_>, _>>()?;
    if member.kind == OrganisationKind::District {
        items = innovation::shown(state.store.read(), items).await?;
    }
    Ok(Page { items, next: page.next })
}

/// How many companies wait to be verified.
///
/// # Errors
/// As [`companies`].
pub async fn waiting(state: &AppState, caller: &Caller) -> Result<u32, Failure> {
    caller.with_role(LOOKING)?;
    let all = organisation::Entity::find()
        .filter(organisation::Column::Kind.eq(OrganisationKind::Company.word()))
        .filter(wait());
    let count = all.count(state.store.read()).await.map_err(StoreError::from)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Those that are neither verified nor turned away.
fn wait() -> Condition {
    Condition::all()
        .add(organisation::Column::VerifiedAt.is_null())
        .add(Expr::cust("organisation.id NOT IN (SELECT organisation FROM rejection)"))
}

/// Verifies a company, or withdraws that; the first is for platforms and the district, the second for the district's
/// administrator. Doing it again changes nothing.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::NotFound`] if there is no such company.
pub async fn set_verified(
    state: &AppState,
    caller: &Caller,
    company: Uuid,
    verified: bool,
) -> Result<OrganisationView, Failure> {
    let member =
        if verified { caller.verifies_companies()? } else { caller.with_role(&[Role::DistrictAdmin])? };
    let (by, now) = (member.clone(), state.clock.now());
    let done = state
        .store
        .write(move |tx| {
            let by = by.clone();
            Box::pin(async move { set(tx, &by, company, verified, now).await })
        })
        .await;
    done.map_err(|stop: Stop| stop.failure(|_| Failure::Busy))
}

async fn set(
    tx: &Tx<'_>,
    by: &Member,
    company: Uuid,
    verified: bool,
    now: Second,
) -> Result<OrganisationView, Stop> {
    let at = verified.then_some(now);
    let already = if verified {
        organisation::Column::VerifiedAt.is_null()
    } else {
        organisation::Column::VerifiedAt.is_not_null()
    };
    let changed = organisation::Entity::update_many()
        .col_expr(organisation::Column::VerifiedAt, Expr::value(at))
        .col_expr(organisation::Column::VerifiedBy, Expr::value(at.map(|_| by.account)))
        .filter(organisation::Column::Id.eq(company))
        .filter(organisation::Column::Kind.eq(OrganisationKind::Company.word()))
        .filter(already)
        .exec(tx)
        .await?;
    let row = rows::find_organisation(tx, company).await?;
    if row.kind != OrganisationKind::Company.word() {
        return Err(Failure::NotFound.into());
    }
    if changed.rows_affected == 1 {
        if verified {
            reject::forget(tx, company).await?;
        }
        record(tx, by, company, verified, now).await?;
    }
    Ok(rows::organisation_view(row)?)
}

/// The decision, and a notice to the company's people.
async fn record(tx: &Tx<'_>, by: &Member, company: Uuid, verified: bool, now: Second) -> Result<(), Stop> {
    let (action, kind) = if verified {
        ("verify_company", "company_verified")
    } else {
        ("withdraw_verification", "verification_withdrawn")
    };
    let decision = Decision {
        by: Some(by),
        booking: None,
        action,
        inputs: json!({ "company": company, "by": by.organisation }),
        rule: "verification/1",
        versions: &[],
        outcome: json!({ "verified": verified }),
    };
    decide(tx, decision, now).await?;
    let note = Note { kind: kind.into(), to: vec![company], booking: None, reference: None, reason: None };
    tell(tx, &note, now).await?;
    show_companies(tx, now).await
}

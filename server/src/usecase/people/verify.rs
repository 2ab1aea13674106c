//! Platforms and the district look at companies and verify them.

use app::contract::{Failure, OrganisationKind, OrganisationView, Page, Role, field};
use domain::Second;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use serde_json::json;
use uuid::Uuid;

use super::{Order, innovation, rejections, rows};
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

/// Longest text that is looked for.
const LONGEST: u32 = 200;
/// Who was turned away and doesn't wait again.
const AWAY: &str = "organisation.id IN (SELECT organisation FROM rejection WHERE submitted_at IS NULL)";
const NOT_AWAY: &str =
    "organisation.id NOT IN (SELECT organisation FROM rejection WHERE submitted_at IS NULL)";

/// Which companies are listed.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// Those that are verified, or those that wait for it.
    pub verified: Option<bool>,
    /// Those that were turned away and don't wait again, or the others.
    pub turned_away: Option<bool>,
    /// Those that have this in their name, or as their credit code.
    pub find: Option<String>,
    pub order: Order,
}

/// Companies in their order: all, or only those that are verified, or those that wait for it (who was
/// turned away waits no longer), or those that were turned away. Innovation scores are shown to the district alone.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`]; [`Failure::Invalid`] naming `find`.
pub async fn companies(
    state: &AppState,
    caller: &Caller,
    which: &Which,
    paging: Paging,
) -> Result<Page<OrganisationView>, Failure> {
    let member = caller.with_role(LOOKING)?;
    let find = field::line("find", which.find.as_deref().unwrap_or_default(), LONGEST)?;
    let mut query =
        organisation::Entity::find().filter(organisation::Column::Kind.eq(OrganisationKind::Company.word()));
    query = match which.verified {
        Some(true) => query.filter(organisation::Column::VerifiedAt.is_not_null()),
        Some(false) => query.filter(wait()),
        None => query,
    };
    query = match which.turned_away {
        Some(true) => query.filter(Expr::cust(AWAY)),
        Some(false) => query.filter(Expr::cust(NOT_AWAY)),
        None => query,
    };
    if !find.is_empty() {
        query = query.filter(has(&find));
    }
    let found = which.order.rows(state.store.read(), query, paging).await?;
    let page = paging.page(found, |row| row.id);
    let items = page.items.into_iter().map(rows::organisation_view).collect::<Result<Vec<_>, _>>()?;
    let mut items = rejections::shown(state.store.read(), member.organisation, items).await?;
    if member.kind == OrganisationKind::District {
        items = innovation::shown(state.store.read(), items).await?;
    }
    Ok(Page { items, next: page.next })
}

/// Those that have `said` in one of their names, in whichever case, or as their credit code.
fn has(said: &str) -> Condition {
    let part = said.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let like = || LikeExpr::new(format!("%{part}%")).escape('\\');
    Condition::any()
        .add(Expr::expr(Func::lower(Expr::col(organisation::Column::NameZh))).like(like()))
        .add(Expr::expr(Func::lower(Expr::col(organisation::Column::NameEn))).like(like()))
        .add(organisation::Column::CreditCode.eq(said.to_uppercase()))
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
    Condition::all().add(organisation::Column::VerifiedAt.is_null()).add(Expr::cust(NOT_AWAY))
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
            rejections::forget(tx, company).await?;
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

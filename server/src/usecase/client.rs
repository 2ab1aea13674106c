//! The company that an operator books for, as they said its name on the phone.

use app::contract::{Failure, FieldProblem, TextView, field};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};

use crate::{
    state::AppState,
    store::{StoreError, tables::organisation},
};

/// Longest name looked for.
const LONGEST: u32 = 200;
/// Companies named where several are meant.
const SHOWN: usize = 5;

/// The verified company with this credit code, or the only one that has `said` in one of its names; a whole name goes
/// before a part of one, be it that of a company which isn't verified.
///
/// # Errors
/// [`Failure::Invalid`] naming `company`: `Unknown`, `Unverified`, or `Several` with the first of them.
pub(crate) async fn find(state: &AppState, said: &str) -> Result<organisation::Model, Failure> {
    let said = field::line("company", said, LONGEST)?;
    let by_code = organisation::Column::CreditCode.eq(said.to_uppercase());
    let coded = organisation::Entity::find()
        .filter(organisation::Column::Kind.eq("company"))
        .filter(by_code)
        .one(state.store.read());
    if let Some(found) = coded.await.map_err(StoreError::from)? {
        return if found.verified_at.is_some() { Ok(found) } else { Err(unverified(&found)) };
    }
    let found = named(state, &said, true).await?;
    if let Some(whole) = only_whole(&found, &said) {
        return Ok(whole.clone());
    }
    let others = named(state, &said, false).await?;
    if let Some(whole) = only_whole(&others, &said) {
        return Err(unverified(whole));
    }
    match (&found[..], &others[..]) {
        ([one], _) => Ok(one.clone()),
        ([], [one]) => Err(unverified(one)),
        ([], _) => Err(field::unknown("company", &said)),
        _ => {
            let names = found.iter().take(SHOWN).map(name).collect();
            Err(field::invalid("company", FieldProblem::Several { names }))
        }
    }
}

/// The companies that have `said` in one of their names, those that are verified or the others; of very many the first.
async fn named(state: &AppState, said: &str, verified: bool) -> Result<Vec<organisation::Model>, Failure> {
    let part = said.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let like = || LikeExpr::new(format!("%{part}%")).escape('\\');
    let named = Condition::any()
        .add(Expr::expr(Func::lower(Expr::col(organisation::Column::NameZh))).like(like()))
        .add(Expr::expr(Func::lower(Expr::col(organisation::Column::NameEn))).like(like()));
    let at = organisation::Column::VerifiedAt;
    let found = organisation::Entity::find()
        .filter(organisation::Column::Kind.eq("company"))
        .filter(if verified { at.is_not_null() } else { at.is_null() })
        .filter(named)
        .order_by_asc(organisation::Column::NameZh)
        .limit(SHOWN as u64 + 1)
        .all(state.store.read())
        .await;
    Ok(found.map_err(StoreError::from)?)
}

/// The one whose whole name is `said`, if it is one.
fn only_whole<'a>(found: &'a [organisation::Model], said: &str) -> Option<&'a organisation::Model> {
    let mut whole = found.iter().filter(|row| row.name_zh == said || row.name_en == said);
    whole.next().filter(|_| whole.next().is_none())
}

/// Nobody holds anything before they are verified, be it by phone.
fn unverified(row: &organisation::Model) -> Failure {
    field::invalid("company", FieldProblem::Unverified { name: name(row) })
}

fn name(row: &organisation::Model) -> TextView {
    TextView { zh: row.name_zh.clone(), en: row.name_en.clone() }
}

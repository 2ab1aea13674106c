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
/// before a part of one.
///
/// # Errors
/// [`Failure::Invalid`] naming `company`: `Unknown`, or `Several` with the first of them.
pub(crate) async fn find(state: &AppState, said: &str) -> Result<organisation::Model, Failure> {
    let said = field::line("company", said, LONGEST)?;
    let company = organisation::Column::Kind.eq("company");
    // Nobody holds anything before they are verified, be it by phone.
    let verified = || organisation::Column::VerifiedAt.is_not_null();
    let by_code = organisation::Column::CreditCode.eq(said.to_uppercase());
    let coded = organisation::Entity::find()
        .filter(company.clone())
        .filter(verified())
        .filter(by_code)
        .one(state.store.read());
    if let Some(found) = coded.await.map_err(StoreError::from)? {
        return Ok(found);
    }
    let part = said.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let like = || LikeExpr::new(format!("%{part}%")).escape('\\');
    let named = Condition::any()
        .add(Expr::expr(Func::lower(Expr::col(organisation::Column::NameZh))).like(like()))
        .add(Expr::expr(Func::lower(Expr::col(organisation::Column::NameEn))).like(like()));
    let found = organisation::Entity::find()
        .filter(company)
        .filter(verified())
        .filter(named)
        .order_by_asc(organisation::Column::NameZh)
        .limit(SHOWN as u64 + 1)
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let whole = |row: &&organisation::Model| row.name_zh == said || row.name_en == said;
    let mut whole_names = found.iter().filter(whole);
    match (whole_names.next(), whole_names.next(), &found[..]) {
        (Some(one), None, _) | (None, None, [one]) => Ok(one.clone()),
        (None, None, []) => Err(field::unknown("company", &said)),
        _ => {
            let name =
                |row: &organisation::Model| TextView { zh: row.name_zh.clone(), en: row.name_en.clone() };
            let names = found.iter().take(SHOWN).map(name).collect();
            Err(field::invalid("company", FieldProblem::Several { names }))
        }
    }
}

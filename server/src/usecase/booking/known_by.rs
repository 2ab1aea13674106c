//! Bookings by what people remember of them: the reference, the product's code or, at a platform, whose they are.

use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, Query},
};

use super::Side;
use crate::store::tables::{booking, organisation, product};

/// Whether `said` is part of what somebody on `side` remembers of the booking of the row, in whichever case.
pub(crate) fn known_by(said: &str, side: Side) -> Condition {
    let mut products = Query::select();
    products
        .column(product::Column::Id)
        .from(product::Entity)
        .and_where(has((product::Entity, product::Column::Code), said));
    let known = Condition::any()
        .add(has((booking::Entity, booking::Column::Reference), said))
        .add(Expr::col((booking::Entity, booking::Column::Product)).in_subquery(products));
    if side == Side::Owner {
        return known;
    }
    let names = has((organisation::Entity, organisation::Column::NameZh), said)
        .or(has((organisation::Entity, organisation::Column::NameEn), said));
    let mut companies = Query::select();
    companies.column(organisation::Column::Id).from(organisation::Entity).and_where(names);
    known.add(Expr::col((booking::Entity, booking::Column::Organisation)).in_subquery(companies))
}

/// Whether `column` has `said` in it, a wildcard of the database being a letter like any other: in whichever case, or
/// just as it is written, since SQLite knows no small letters but those of ASCII.
fn has(column: impl IntoColumnRef + Clone, said: &str) -> Expr {
    let like = |said: &str| {
        let part = said.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        LikeExpr::new(format!("%{part}%")).escape('\\')
    };
    let small = Expr::expr(Func::lower(Expr::col(column.clone()))).like(like(&said.to_lowercase()));
    small.or(Expr::col(column).like(like(said)))
}

//! How firms fare, for those who may know: a platform's people see each firm on their platform, a firm itself.

use app::contract::{Failure, FairnessView, OrganisationKind, TextView};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::Caller;
use crate::{
    state::AppState,
    store::{StoreError, statement},
};

/// More firms than these are not shown at once.
const MOST: u64 = 500;

/// The figures of every firm with a booking on the caller's platform, or of the caller's own.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for the district.
pub async fn fairness(state: &AppState, caller: &Caller) -> Result<Vec<FairnessView>, Failure> {
    let member = caller.member()?;
    let whose = match member.kind {
        OrganisationKind::Company => "b.organisation = ?",
        OrganisationKind::Platform => "b.platform = ?",
        OrganisationKind::District => return Err(Failure::Forbidden),
    };
    let asked = |answered: &str| {
        format!(
            "(SELECT COUNT(*) FROM proposal_move m JOIN proposal p ON p.id = m.proposal JOIN booking b \
             ON b.id = m.booking WHERE m.organisation = n.id AND p.organisation <> n.id AND {whose} {answered})"
        )
    };
    // Each booking is read once, whatever is counted of it.
    let sql = format!(
        "SELECT n.name_zh, n.name_en, n.size, f.requests, f.placed, {} AS shifts_asked, {} AS shifts_granted, \
         f.given_up FROM (SELECT b.organisation, COUNT(b.requested_at) AS requests, \
         COUNT(b.confirmed_at) AS placed, COUNT(CASE WHEN b.status IN ('cancelled', 'no_show') THEN 1 END) \
         AS given_up FROM booking b WHERE {whose} AND b.organisation IS NOT NULL GROUP BY b.organisation) f \
         JOIN organisation n ON n.id = f.organisation ORDER BY n.name_en, n.id LIMIT {MOST}",
        asked(""),
        asked("AND m.answer = 'accepted'"),
    );
    let id: Uuid = member.organisation.0;
    let read = state.store.read();
    let values = std::iter::repeat_n(Value::from(id), 3);
    let rows = read.query_all_raw(statement(read, &sql, values)).await.map_err(StoreError::from)?;
    let views: Result<_, sea_orm::DbErr> = rows.iter().map(view).collect();
    Ok(views.map_err(StoreError::from)?)
}

fn view(row: &QueryResult) -> Result<FairnessView, sea_orm::DbErr> {
    Ok(FairnessView {
        company_name: TextView { zh: row.try_get("", "name_zh")?, en: row.try_get("", "name_en")? },
        size: row.try_get("", "size")?,
        requests: row.try_get("", "requests")?,
        placed: row.try_get("", "placed")?,
        shifts_asked: row.try_get("", "shifts_asked")?,
        shifts_granted: row.try_get("", "shifts_granted")?,
        given_up: row.try_get("", "given_up")?,
    })
}

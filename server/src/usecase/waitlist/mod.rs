//! The waiting list: a firm for which there is no place waits, with its window; what becomes free is held for whoever's
//! turn it is, and goes to the next when that hold is given back or runs out. A hold is all that anybody is given:
//! nothing is booked for a firm that it has not asked for itself.

mod ahead;
mod give;
mod join;
mod leave;
mod list;
mod others_first;
mod own;
mod promote;
mod servable;

use app::contract::{Failure, Instant, TextView, WaitOrder, WaitView};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

pub(crate) use self::{
    ahead::{ahead, goes_ahead, refused},
    give::Turn,
    list::all_here,
    others_first::{are_due, due, others_first, those_ahead_first},
    own::{own_entry, served},
    promote::ranked,
    servable::servable,
};
pub use self::{
    join::join,
    leave::leave,
    list::list,
    promote::{promote, promote_all},
};
use super::place;
use crate::store::{Catalogue, StoreError, tables::waiter};

/// Open entries that a company may have.
const MOST: u64 = 20;
/// Entries of the list looked at in one go, the oldest first.
const IN_ONE_GO: u64 = 5_000;

/// That an entry is on the list: it was given no hold, and its firm hasn't left.
fn on_the_list() -> Condition {
    Condition::all().add(waiter::Column::Booking.is_null()).add(waiter::Column::ClosedAt.is_null())
}

/// What was asked for.
pub(crate) fn wish(row: &waiter::Model) -> Result<WaitOrder, Failure> {
    serde_json::from_str(&row.wish)
        .map_err(|error| StoreError::document("a wish of the waiting list", &error).into())
}

/// An entry as it is told. `hold` is the hold that it was given, while that waits for an answer; `company` whose it is,
/// for operators.
fn view(
    catalogue: &Catalogue,
    row: &waiter::Model,
    hold: Option<Uuid>,
    company: Option<TextView>,
) -> Result<WaitView, Failure> {
    let platform = row.platform.and_then(|id| catalogue.platform(domain::PlatformId(id)));
    let WaitOrder { query, product_code, flexible } = wish(row)?;
    Ok(WaitView {
        id: row.id,
        query,
        offering_name: place::offering_name(&row.offering),
        product_code: product_code.filter(|code| company.is_none() && !code.is_empty()),
        platform_name: platform.map(|platform| platform.name.clone().into()),
        company,
        since: Instant(row.created_at),
        until: Instant::from_minute(row.ends_at),
        flexible,
        hold,
    })
}

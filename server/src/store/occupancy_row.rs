//! Between a row of `occupancy` and the domain's type.

use domain::{
    ClassId, Interval, LineId, OccupancyId, ProductId,
    changeover::Relation,
    occupancy::{Kind, Link, Occupancy},
};
use sea_orm::{DbErr, QueryResult, TryGetable};
use uuid::Uuid;

use super::StoreError;

/// What [`read`] expects, in this order.
pub(crate) const COLUMNS: &str = "id, line, kind, starts_at, ends_at, needs, leaves, product, batches, expires_at, \
    prev_end, prev_leaves, prev_product, version, same_product, setup";

/// The word of a kind in the database.
#[must_use]
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Head => "head",
        Kind::Campaign => "campaign",
        Kind::Cleaning => "cleaning",
        Kind::Closure => "closure",
    }
}

fn kind(name: &str) -> Result<Kind, StoreError> {
    [Kind::Head, Kind::Campaign, Kind::Cleaning, Kind::Closure]
        .into_iter()
        .find(|kind| kind_name(*kind) == name)
        .ok_or_else(|| StoreError::Internal(format!("an occupancy of the unknown kind {name}")))
}

/// Reads [`COLUMNS`].
pub(crate) fn read(row: &QueryResult) -> Result<Occupancy, StoreError> {
    let link = match column::<Option<i64>>(row, 10)? {
        None => None,
        Some(prev_end) => Some(Link {
            prev_end,
            prev_leaves: class(column(row, 11)?)?,
            prev_product: ProductId(column(row, 12)?),
            version: narrow(column(row, 13)?)?,
            relation: relation(column(row, 14)?),
            setup: column(row, 15)?,
        }),
    };
    Ok(Occupancy {
        id: OccupancyId(column::<Uuid>(row, 0)?),
        line: LineId(column::<Uuid>(row, 1)?),
        kind: kind(&column::<String>(row, 2)?)?,
        interval: Interval { start: column(row, 3)?, end: column(row, 4)? },
        needs: column::<Option<i64>>(row, 5)?.map(class).transpose()?,
        leaves: class(column(row, 6)?)?,
        product: ProductId(column(row, 7)?),
        batches: narrow(column(row, 8)?)?,
        expires_at: column(row, 9)?,
        link,
    })
}

const fn relation(same_product: i64) -> Relation {
    if same_product == 1 { Relation::Same } else { Relation::Other }
}

fn class(number: i64) -> Result<ClassId, StoreError> {
    narrow(number).map(ClassId)
}

fn column<T: TryGetable>(row: &QueryResult, index: usize) -> Result<T, DbErr> {
    row.try_get_by_index(index)
}

/// A number that the domain keeps smaller than the database does.
pub(crate) fn narrow<T: TryFrom<i64>>(number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::Internal(format!("{number} is out of range")))
}

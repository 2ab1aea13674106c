//! In which order companies are listed: by registration, or by their names, Chinese ones as they are read aloud, which
//! no database sorts by.

use app::{
    contract::{Failure, field},
    sounds,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    store::{
        StoreError,
        tables::organisation::{Column, Entity, Model},
    },
    usecase::Paging,
};

/// The order of a list of companies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The first registered ahead.
    #[default]
    Registered,
    /// By the registered name.
    Name,
    /// By the name in English.
    NameEn,
}

impl Order {
    /// The order that `said` names, which is by registration where it names none.
    ///
    /// # Errors
    /// [`Failure::Invalid`] naming `order`.
    pub fn read(said: Option<&str>) -> Result<Self, Failure> {
        match said.map(str::trim) {
            None | Some("" | "registered") => Ok(Self::Registered),
            Some("name") => Ok(Self::Name),
            Some("name_en") => Ok(Self::NameEn),
            Some(other) => Err(field::unknown("order", other)),
        }
    }

    /// The rows of a page of `query` in this order, with the one more that tells whether there is a next page.
    ///
    /// # Errors
    /// The database fails.
    pub(super) async fn rows(
        self,
        connection: &impl ConnectionTrait,
        query: Select<Entity>,
        paging: Paging,
    ) -> Result<Vec<Model>, StoreError> {
        let last = match paging.after {
            Some(after) => Entity::find_by_id(after).one(connection).await?,
            None => None,
        };
        if self == Self::Registered {
            let query = by_registration(query, last.as_ref());
            return Ok(query.limit(paging.rows()).all(connection).await?);
        }
        let key = move |row: &Model| {
            let name = if self == Self::Name { &row.name_zh } else { &row.name_en };
            (sounds(name), row.id)
        };
        // A district has some thousands of them.
        let mut rows = query.all(connection).await?;
        rows.sort_by_cached_key(key);
        if let Some(last) = last.as_ref().map(key) {
            let behind = rows.partition_point(|row| key(row) <= last);
            rows.drain(..behind);
        }
        rows.truncate(usize::try_from(paging.rows()).unwrap_or(usize::MAX));
        Ok(rows)
    }
}

/// `query` by registration, the first ahead, from behind `last` on. Ids don't follow it: those of invented firms are
/// made of their names.
fn by_registration(query: Select<Entity>, last: Option<&Model>) -> Select<Entity> {
    let (at, id) = (Column::CreatedAt, Column::Id);
    let query = match last {
        Some(last) => query.filter(
            Condition::any()
                .add(at.gt(last.created_at))
                .add(Condition::all().add(at.eq(last.created_at)).add(id.gt(last.id))),
        ),
        None => query,
    };
    query.order_by_asc(at).order_by_asc(id)
}

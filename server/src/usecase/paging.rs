//! Pages by cursor: the id of the last entry shown, so that a page stays what it was while entries are added.

use app::contract::{Failure, FieldProblem, Page, PageQuery, field};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use uuid::Uuid;

/// Entries on a page when nobody says, and at most.
const USUAL: u32 = 50;
const MOST: u32 = 200;

/// Which entries of a list by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The last entry of the page before.
    pub after: Option<Uuid>,
    /// Entries on the page at most.
    pub limit: u32,
}

impl Paging {
    /// Reads cursor and limit.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for `cursor` or `limit`.
    pub fn read(cursor: Option<&str>, limit: Option<u32>) -> Result<Self, Failure> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(field::out_of_range("limit", 1, MOST));
        }
        let malformed = || {
            let example = BASE64_URL_SAFE_NO_PAD.encode(Uuid::nil());
            field::invalid("cursor", FieldProblem::Malformed { example })
        };
        let after = cursor
            .filter(|cursor| !cursor.is_empty())
            .map(|cursor| {
                let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| malformed())?;
                Uuid::from_slice(&bytes).map_err(|_| malformed())
            })
            .transpose()?;
        Ok(Self { after, limit })
    }

    /// How many rows to read: one more than shown tells whether there is a next page.
    #[must_use]
    pub const fn rows(self) -> u64 {
        self.limit as u64 + 1
    }

    /// The page of `rows`, read by [`Self::rows`].
    pub fn page<T>(self, mut rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Page<T> {
        let more = rows.len() > self.limit as usize;
        rows.truncate(self.limit as usize);
        let next =
            rows.last().filter(|_| more).map(|last| BASE64_URL_SAFE_NO_PAD.encode(id(last).as_bytes()));
        Page { items: rows, next }
    }
}

impl TryFrom<PageQuery> for Paging {
    type Error = Failure;

    fn try_from(query: PageQuery) -> Result<Self, Failure> {
        Self::read(query.cursor.as_deref(), query.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;
    use uuid::Uuid;

    #[test]
    fn pages_follow_one_another_and_end() {
        let ids: Vec<Uuid> = (1..=5_u128).map(Uuid::from_u128).collect();
        let first = Paging::read(None, Some(3)).unwrap().page(ids[..4].to_vec(), |id| *id);
        assert_eq!(first.items, ids[..3]);
        let second = Paging::read(first.next.as_deref(), Some(3)).unwrap();
        assert_eq!(second.after, Some(ids[2]));
        assert_eq!(second.page(ids[3..].to_vec(), |id| *id).next, None);
        for (cursor, limit) in [(Some("?"), None), (Some("AAAA"), None), (None, Some(0)), (None, Some(201))] {
            assert!(Paging::read(cursor, limit).is_err(), "{cursor:?} {limit:?}");
        }
    }
}

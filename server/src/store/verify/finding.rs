//! What an audit answers when it doesn't answer yes.

use std::fmt;

use sea_orm::DbErr;
use uuid::Uuid;

use crate::store::StoreError;

/// Something wrong in the database, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The row, line, booking or pool that it is about.
    pub subject: Uuid,
    pub zh: String,
    pub en: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n({})", self.en, self.zh, self.subject)
    }
}

/// Why an audit stopped.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Found(Finding),
    /// The database fails, or holds what its schema doesn't allow to be read.
    #[error("the database can't be read: {0}")]
    Unreadable(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        Self::Unreadable(error.into())
    }
}

/// The end of the audit: what is wrong with `subject`.
pub(super) fn found<T>(subject: Uuid, en: impl Into<String>, zh: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Found(Finding { subject, zh: zh.into(), en: en.into() }))
}

//! Why an import did not happen.

use crate::store::StoreError;

use super::problem::Problem;

/// Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// What is wrong in the files.
    #[error("{} problems in the files", .0.len())]
    Problems(Vec<Problem>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for SetupError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

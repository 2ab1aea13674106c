//! Why a change was not made.

use app::contract::Failure;
use domain::refusal::Refusal;

use super::Touched;
use crate::store::StoreError;

/// Everything that undoes a change.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The kernel says no.
    Refused(Refusal),
    /// The use case says no.
    Failed(Failure),
    /// An expired booking holds rows on lines that aren't locked yet: lock these too.
    Widen(Touched),
    /// The catalogue in memory is older than the database's.
    Outdated,
    /// The key was used before, so the first answer counts.
    KeyTaken,
    /// What this would take has just become free, and those who wait haven't been asked yet.
    OthersFirst,
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        if error.is_conflict_on("idempotency_key") { Self::KeyTaken } else { Self::Store(error) }
    }
}

impl From<sea_orm::DbErr> for Stop {
    fn from(error: sea_orm::DbErr) -> Self {
        StoreError::from(error).into()
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Stop {
    /// As a failure; `refused` words the kernel's refusals.
    pub fn failure(self, refused: impl FnOnce(Refusal) -> Failure) -> Failure {
        match self {
            Self::Refused(refusal) => refused(refusal),
            Self::Failed(failure) => failure,
            // A use case that asks for the key's answer gets it before this is asked.
            Self::KeyTaken => Failure::KeyReused,
            Self::Widen(_) | Self::Outdated | Self::OthersFirst => Failure::Busy,
            Self::Store(error) => error.into(),
        }
    }
}

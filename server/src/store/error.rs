//! What a database can answer instead of yes: driver errors by meaning, with the constraint's name on both databases.

use std::{collections::BTreeMap, sync::LazyLock};

use sea_orm::{DbErr, RuntimeErr, SqlxError, sqlx};

/// Why the store could not do it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// A constraint of the schema said no. The name is empty where the database tells none: SQLite's foreign keys.
    #[error("the schema refused it: {constraint}")]
    Conflict { constraint: String },
    /// Somebody else was in the way: a serialization failure, a deadlock, a busy file. Trying again may help, and
    /// [`super::Store::write`] has done so before it answers this.
    #[error("too many were at it at once: {0}")]
    Retry(String),
    /// The database's server does not answer, or has no connection to spare for too long. Trying again at once wouldn't
    /// help.
    #[error("the database does not answer: {0}")]
    Away(String),
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Everything else: a lost connection, a full disk, a bug.
    #[error("the database failed: {0}")]
    Internal(String),
}

impl StoreError {
    /// Whether running the same work again may help.
    #[must_use]
    pub const fn is_retry(&self) -> bool {
        matches!(self, Self::Retry(_))
    }

    /// Whether exactly this constraint was hit, such as `idempotency_key`.
    #[must_use]
    pub fn is_conflict_on(&self, name: &str) -> bool {
        matches!(self, Self::Conflict { constraint } if constraint == name)
    }

    /// A document in the database that can't be read back.
    #[must_use]
    pub fn document(what: &str, error: &serde_json::Error) -> Self {
        Self::Internal(format!("the document of {what} can't be read: {error}"))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotFound(_) | DbErr::RecordNotUpdated => Self::NotFound("record"),
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
                from_sqlx(cause).unwrap_or_else(|| Self::Internal(error.to_string()))
            }
            DbErr::ConnectionAcquire(_) => Self::Away(error.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(cause)) => {
                from_sqlx(cause).unwrap_or_else(|| Self::Away(error.to_string()))
            }
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        from_sqlx(&error).unwrap_or_else(|| Self::Internal(error.to_string()))
    }
}

fn from_sqlx(error: &SqlxError) -> Option<StoreError> {
    let cause = match error {
        SqlxError::Database(cause) => cause,
        SqlxError::PoolTimedOut | SqlxError::Io(_) => return Some(StoreError::Away(error.to_string())),
        _ => return None,
    };
    let code = cause.code()?;
    let message = cause.message();
    // PostgreSQL answers a class of five characters, SQLite its extended code as a number.
    match code.as_ref() {
        "40001" | "40P01" => Some(StoreError::Retry(message.to_owned())),
        "23P01" | "23514" | "23505" | "23503" | "23502" => {
            Some(StoreError::Conflict { constraint: cause.constraint().unwrap_or_default().to_owned() })
        }
        _ => from_sqlite(code.parse().ok()?, message),
    }
}

/// SQLite's result codes: the low byte is the kind, 5 busy (517 with a stale snapshot), 19 a constraint.
fn from_sqlite(code: u32, message: &str) -> Option<StoreError> {
    // Five digits are PostgreSQL's; SQLite's extended codes end far below.
    match (code < 10_000).then_some(code & 0xff)? {
        5 => Some(StoreError::Retry(message.to_owned())),
        19 => Some(StoreError::Conflict { constraint: sqlite_constraint(message) }),
        _ => None,
    }
}

/// SQLite names a CHECK, lists the columns of a UNIQUE, and says nothing of a foreign key.
fn sqlite_constraint(message: &str) -> String {
    let Some((kind, what)) = message.split_once(" constraint failed: ") else { return String::new() };
    match kind.rsplit(' ').next() {
        Some("UNIQUE") => UNIQUE.get(what).copied().unwrap_or(what).to_owned(),
        _ => what.to_owned(),
    }
}

/// Names of the unique constraints by SQLite's way of listing their columns, read from the definitions.
static UNIQUE: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for definition in migration::definitions() {
        for found in migration::unique_constraints(definition) {
            let columns: Vec<String> =
                found.columns.iter().map(|column| format!("{}.{column}", found.table)).collect();
            names.insert(columns.join(", "), found.name);
        }
    }
    names
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_says_which_constraint() {
        let name = |message| match from_sqlite(2067, message) {
            Some(StoreError::Conflict { constraint }) => constraint,
            other => panic!("{other:?}"),
        };
        assert_eq!(name("UNIQUE constraint failed: occupancy.live, occupancy.ends_at"), "occupancy_end");
        assert_eq!(name("UNIQUE constraint failed: idempotency.account, idempotency.key"), "idempotency_key");
        assert_eq!(name("UNIQUE constraint failed: step.booking, step.seq"), "step_active");
        assert_eq!(name("CHECK constraint failed: pool_cell_capacity"), "pool_cell_capacity");
        assert_eq!(name("FOREIGN KEY constraint failed"), "");
    }

    #[test]
    fn busy_is_worth_another_try() {
        for code in [5, 261, 517] {
            assert!(from_sqlite(code, "database is locked").is_some_and(|error| error.is_retry()), "{code}");
        }
        assert!(from_sqlite(10, "disk I/O error").is_none());
    }
}

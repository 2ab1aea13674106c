//! A write transaction as its work sees it. Every statement passes through, so that no error can be swallowed: on
//! PostgreSQL a transaction is dead after any, and what is dead must not be answered as done.

use std::sync::{Mutex, PoisonError};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value,
    prelude::async_trait,
};

use super::StoreError;

/// A write transaction, or the part of one that is this work's.
#[derive(Debug)]
pub struct Tx<'a> {
    inner: &'a DatabaseTransaction,
    failure: Mutex<Option<StoreError>>,
}

impl<'a> Tx<'a> {
    pub(super) const fn new(inner: &'a DatabaseTransaction) -> Self {
        Self { inner, failure: Mutex::new(None) }
    }

    /// The first error that a statement met, if any did.
    pub(super) fn failure(&self) -> Option<StoreError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn watch<T>(&self, answer: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &answer {
            self.failure
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert_with(|| error.clone().into());
        }
        answer
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.watch(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.watch(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.watch(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.watch(self.inner.query_all_raw(statement).await)
    }
}

/// A statement written with `?` for its values; PostgreSQL's `$n` are put in.
#[must_use]
pub fn statement(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    let backend = connection.get_database_backend();
    let text = if backend == DbBackend::Postgres { numbered(sql) } else { sql.to_owned() };
    Statement::from_sql_and_values(backend, text, values)
}

fn numbered(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() + 32);
    for (n, part) in sql.split('?').enumerate() {
        if n > 0 {
            text.push('$');
            text.push_str(&n.to_string());
        }
        text.push_str(part);
    }
    text
}

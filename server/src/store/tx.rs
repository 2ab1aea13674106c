//! A write transaction as its work sees it. Every statement passes through, so that no error can be swallowed: on
//! PostgreSQL a transaction is dead after any, and what is dead must not be answered as done.

use std::{
    mem,
    sync::{Mutex, PoisonError},
};

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
    /// Insertions that wait to be sent together.
    waiting: Mutex<Vec<Insertion>>,
}

/// PostgreSQL takes 65,535 values in a statement, SQLite 32,766.
const MOST_VALUES: usize = 30_000;
/// Insertions sent at once: a plan of more takes longer than the way saved.
const MOST_INSERTIONS: usize = 32;

#[derive(Debug)]
struct Insertion {
    sql: String,
    values: Vec<Value>,
}

impl<'a> Tx<'a> {
    pub(super) const fn new(inner: &'a DatabaseTransaction) -> Self {
        Self { inner, failure: Mutex::new(None), waiting: Mutex::new(Vec::new()) }
    }

    /// Inserts, with whatever else is inserted this way, at the latest before the next statement or the end of the
    /// work: one way to the database and back for all of them. `sql` is one INSERT with `?` for its values and without
    /// RETURNING; what it may meet, the statement that sends it meets.
    pub fn insert_later(&self, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) {
        let insertion = Insertion { sql: sql.into(), values: values.into_iter().collect() };
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(insertion);
    }

    /// Sends what waits.
    pub(super) async fn flush(&self) -> Result<(), DbErr> {
        let waiting = mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let mut left = waiting.as_slice();
        while let Some(first) = left.first() {
            // As many as one statement has room for, and at least one.
            let mut room = MOST_VALUES.saturating_sub(first.values.len());
            let more = left.iter().take(MOST_INSERTIONS).skip(1).take_while(|next| {
                let fits = next.values.len() <= room;
                room = room.saturating_sub(next.values.len());
                fits
            });
            let (some, rest) = left.split_at(1 + more.count());
            let sql = together(self.get_database_backend(), some);
            let values = some.iter().flat_map(|insertion| insertion.values.iter().cloned());
            self.watch(self.inner.execute_raw(statement(self.inner, &sql, values)).await)?;
            left = rest;
        }
        Ok(())
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
        self.flush().await?;
        self.watch(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.flush().await?;
        self.watch(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.flush().await?;
        self.watch(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.flush().await?;
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

/// Several insertions as one statement: SQLite takes them in a row, PostgreSQL as parts of the last one.
fn together(backend: DbBackend, insertions: &[Insertion]) -> String {
    let texts: Vec<&str> = insertions.iter().map(|insertion| insertion.sql.as_str()).collect();
    match texts.split_last() {
        Some((last, others)) if backend == DbBackend::Postgres && !others.is_empty() => {
            let parts = others.iter().enumerate().map(|(n, text)| format!("part{n} AS ({text})"));
            format!("WITH {} {last}", parts.collect::<Vec<_>>().join(", "))
        }
        _ => texts.join("; "),
    }
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

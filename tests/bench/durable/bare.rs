//! The yardsticks: the recorded statements again, and commits of a single row, on a copy of the database from before.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use futures::future::join_all;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};
use tests::{Engine, TestDatabase};

/// What a hold's transaction begins with.
const LOCK: &str = "UPDATE line SET version";
/// Commits for the bare rate.
const COMMITS: u32 = 400;

/// A statement, the task that ran it, and how many commits there had been before.
#[derive(Debug)]
pub struct Seen {
    pub task: Option<tokio::task::Id>,
    pub commits: u64,
    pub statement: Statement,
}

/// A copy, with the settings of a store: every commit is synced.
pub struct Copy {
    connection: DatabaseConnection,
    engine: Engine,
    _database: TestDatabase,
}

/// Copies the database as it is now.
pub async fn copy(database: &TestDatabase) -> Copy {
    let copied = database.copy().await;
    let connection = copied.connect(if database.engine() == Engine::Sqlite { 1 } else { 8 }).await;
    Copy { connection, engine: database.engine(), _database: copied }
}

impl Copy {
    /// Runs what was recorded again. SQLite's one writer: in the same groups, one after the other. PostgreSQL: as it
    /// came, a transaction a hold, every client at once.
    pub async fn replay(&self, recorded: Vec<Seen>) -> Duration {
        let begun = Instant::now();
        if self.engine == Engine::Sqlite {
            for group in recorded.chunk_by(|one, next| one.commits == next.commits) {
                let statements: Vec<_> = group.iter().map(|seen| seen.statement.clone()).collect();
                run(&self.connection, &statements, Some(SqliteTransactionMode::Immediate)).await;
            }
            return begun.elapsed();
        }
        let mut clients: HashMap<_, Vec<Vec<Statement>>> = HashMap::new();
        for seen in recorded {
            let transactions = clients.entry(seen.task).or_default();
            // A hold begins by locking its lines.
            if transactions.is_empty() || seen.statement.sql.starts_with(LOCK) {
                transactions.push(Vec::new());
            }
            transactions.last_mut().expect("one was begun").push(seen.statement);
        }
        let one = |transactions: Vec<Vec<Statement>>| {
            let connection = self.connection.clone();
            tokio::spawn(async move {
                for statements in transactions {
                    run(&connection, &statements, None).await;
                }
            })
        };
        let all = join_all(clients.into_values().map(one)).await;
        assert!(all.iter().all(Result::is_ok), "the replay runs through");
        begun.elapsed()
    }

    /// Commits of one small row a second.
    pub async fn bare_commits(&self) -> f64 {
        let backend = self.connection.get_database_backend();
        let run = |sql: &str| self.connection.execute_raw(Statement::from_string(backend, sql));
        run("CREATE TABLE bare_commit (n BIGINT)").await.expect("a table");
        let begun = Instant::now();
        for _ in 0..COMMITS {
            run("INSERT INTO bare_commit VALUES (1)").await.expect("a commit");
        }
        f64::from(COMMITS) / begun.elapsed().as_secs_f64()
    }
}

async fn run(connection: &DatabaseConnection, statements: &[Statement], mode: Option<SqliteTransactionMode>) {
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    let transaction = connection.begin_with_options(options).await.expect("it begins");
    for statement in statements {
        if reads(statement) {
            transaction.query_all_raw(statement.clone()).await.expect("it reads");
        } else {
            transaction.execute_raw(statement.clone()).await.expect("it writes");
        }
    }
    transaction.commit().await.expect("it commits");
}

fn reads(statement: &Statement) -> bool {
    let begins =
        |word: &str| statement.sql.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word));
    begins("SELECT") || begins("WITH") || statement.sql.contains("RETURNING")
}

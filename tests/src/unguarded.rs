//! The schema with its guard taken out: the same tables, columns, primary keys and triggers, and not one check, unique
//! constraint or foreign key on what holds capacity. What is safe here is safe by the protocol; what is unsafe must be
//! seen by the audit.

use sea_orm::{ConnectionTrait, QueryResult};

use crate::{Engine, TestDatabase};

/// The tables that hold capacity.
const TABLES: [&str; 5] = ["pool_claim", "step", "closure", "occupancy", "pool_cell"];

/// Takes the guard out of an empty database.
///
/// # Panics
/// If the schema isn't the one that it expects.
pub async fn remove_guard(db: &TestDatabase) {
    match db.engine() {
        Engine::Sqlite => sqlite(db).await,
        Engine::Postgres => postgres(db).await,
    }
}

fn word(row: &QueryResult, index: usize) -> String {
    row.try_get_by_index(index).expect("a word")
}

async fn postgres(db: &TestDatabase) {
    let tables = TABLES.map(|table| format!("'{table}'::regclass")).join(", ");
    let constraints = format!(
        "SELECT conrelid::regclass::text, conname::text FROM pg_constraint
         WHERE contype IN ('f', 'u', 'c') AND conrelid IN ({tables}) ORDER BY contype = 'u'"
    );
    let constraints = db.rows(&constraints, vec![]).await.expect("the catalogue answers");
    assert!(constraints.len() > 25, "the guard has more than that");
    for row in &constraints {
        let (table, name) = (word(row, 0), word(row, 1));
        let sql = format!("ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name} CASCADE");
        db.connection().execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    db.connection().execute_unprepared("DROP INDEX step_active").await.expect("the index is dropped");
}

async fn sqlite(db: &TestDatabase) {
    // One connection: whether foreign keys are checked is its own affair.
    let connection = db.connect(1).await;
    let run = async |sql: &str| {
        connection.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    };
    let sql = format!(
        "SELECT type, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ({}) ORDER BY type = 'trigger'",
        TABLES.map(|table| format!("'{table}'")).join(", ")
    );
    let parts = db.rows(&sql, vec![]).await.expect("the catalogue answers");
    run("PRAGMA foreign_keys = OFF").await;
    for table in TABLES {
        run(&format!("DROP TABLE {table}")).await;
    }
    for kind in ["table", "index", "trigger"] {
        for part in parts.iter().filter(|part| word(part, 0) == kind) {
            let text = word(part, 1);
            if kind == "table" {
                run(&stripped(&text)).await;
            } else if !text.contains("UNIQUE") {
                run(&text).await;
            }
        }
    }
    connection.close().await.expect("the connection closes");
    let left = "SELECT count(*) FROM sqlite_master WHERE tbl_name = 'occupancy' AND sql LIKE '%CHECK%'";
    assert_eq!(db.number(left).await, 0);
}

/// A definition without any constraint but its primary key.
fn stripped(definition: &str) -> String {
    let bare: Vec<_> =
        definition.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code)).collect();
    let bare = bare.join("\n");
    let (opening, rest) = bare.split_once('(').expect("a table has columns");
    let (body, closing) = rest.rsplit_once(')').expect("a table has columns");
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for letter in body.chars() {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        match parts.last_mut() {
            Some(part) if letter != ',' || depth > 0 => part.push(letter),
            _ => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.trim_start().starts_with("CONSTRAINT") || part.contains("PRIMARY KEY"));
    format!("{opening}({}){closing}", parts.join(","))
}

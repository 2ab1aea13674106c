//! The one place that knows how the two databases differ: the definitions are written once, in PostgreSQL's words.

use sea_orm_migration::{
    DbErr, SchemaManager,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// Type names as the definitions write them, and what a STRICT table of SQLite calls them.
const SQLITE_TYPES: [(&str, &str); 4] =
    [("BIGINT", "INTEGER"), ("BOOLEAN", "INTEGER"), ("BYTEA", "BLOB"), ("UUID", "BLOB")];

/// Keeps `used` of a pool's cell equal to the sum of its claims, and says when it changed. Claims are inserted and
/// deleted, never updated.
const SQLITE_LEDGER: &[&str] = &[
    "CREATE TRIGGER pool_claim_added AFTER INSERT ON pool_claim BEGIN
       UPDATE pool_cell SET used = used + NEW.amount, touched = (SELECT version FROM pool WHERE id = NEW.pool)
       WHERE pool = NEW.pool AND starts_at = NEW.starts_at;
     END",
    "CREATE TRIGGER pool_claim_removed AFTER DELETE ON pool_claim BEGIN
       UPDATE pool_cell SET used = used - OLD.amount, touched = (SELECT version FROM pool WHERE id = OLD.pool)
       WHERE pool = OLD.pool AND starts_at = OLD.starts_at;
     END",
];

const POSTGRES_LEDGER: &[&str] = &[
    "CREATE FUNCTION pool_claim_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       UPDATE pool_cell SET used = used + NEW.amount, touched = (SELECT version FROM pool WHERE id = NEW.pool)
       WHERE pool = NEW.pool AND starts_at = NEW.starts_at;
       RETURN NULL;
     END $$",
    "CREATE FUNCTION pool_claim_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       UPDATE pool_cell SET used = used - OLD.amount, touched = (SELECT version FROM pool WHERE id = OLD.pool)
       WHERE pool = OLD.pool AND starts_at = OLD.starts_at;
       RETURN NULL;
     END $$",
    "CREATE TRIGGER pool_claim_added AFTER INSERT ON pool_claim FOR EACH ROW EXECUTE FUNCTION pool_claim_added()",
    "CREATE TRIGGER pool_claim_removed AFTER DELETE ON pool_claim FOR EACH ROW EXECUTE FUNCTION pool_claim_removed()",
];

/// Nothing decided or told is changed or taken away. A note is marked as delivered, once. REPLACE takes rows away
/// without a word to triggers on deletion, so what replaces is refused before.
const SQLITE_APPEND_ONLY: &[&str] = &[
    "CREATE TRIGGER decision_new BEFORE INSERT ON decision
     WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id) BEGIN
       SELECT RAISE(ABORT, 'decision_append_only');
     END",
    "CREATE TRIGGER outbox_new BEFORE INSERT ON outbox
     WHEN EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id) BEGIN
       SELECT RAISE(ABORT, 'outbox_append_only');
     END",
    "CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision BEGIN
       SELECT RAISE(ABORT, 'decision_append_only');
     END",
    "CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN
       SELECT RAISE(ABORT, 'decision_append_only');
     END",
    "CREATE TRIGGER outbox_unchanged BEFORE UPDATE ON outbox
     WHEN OLD.delivered_at IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at
       OR NEW.topic IS NOT OLD.topic OR NEW.payload IS NOT OLD.payload BEGIN
       SELECT RAISE(ABORT, 'outbox_append_only');
     END",
    "CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox BEGIN
       SELECT RAISE(ABORT, 'outbox_append_only');
     END",
];

const POSTGRES_APPEND_ONLY: &[&str] = &[
    "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       RAISE EXCEPTION '%_append_only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
     END $$",
    "CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER decision_kept BEFORE DELETE OR TRUNCATE ON decision
     FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER outbox_unchanged BEFORE UPDATE ON outbox FOR EACH ROW
     WHEN (OLD.delivered_at IS NOT NULL OR NEW.id IS DISTINCT FROM OLD.id OR NEW.at IS DISTINCT FROM OLD.at
       OR NEW.topic IS DISTINCT FROM OLD.topic OR NEW.payload IS DISTINCT FROM OLD.payload)
     EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER outbox_kept BEFORE DELETE OR TRUNCATE ON outbox
     FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
];

/// A definition in the words of `backend`.
#[must_use]
pub fn render(backend: DbBackend, definition: &str) -> String {
    if backend != DbBackend::Sqlite {
        return definition.to_owned();
    }
    let mut text = SQLITE_TYPES.iter().fold(definition.to_owned(), |text, (ours, sqlite)| {
        text.replace(&format!(" {ours}"), &format!(" {sqlite}"))
    });
    if text.trim_start().starts_with("CREATE TABLE") {
        text.push_str(" STRICT");
    }
    text
}

/// Runs the definitions one after the other.
///
/// # Errors
/// The database's refusal of the first that it refuses.
pub async fn define(manager: &SchemaManager<'_>, definitions: &[&str]) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for definition in definitions {
        connection.execute_unprepared(&render(manager.get_database_backend(), definition)).await?;
    }
    Ok(())
}

/// The triggers that keep the ledger of pools.
#[must_use]
pub const fn ledger_triggers(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Sqlite => SQLITE_LEDGER,
        _ => POSTGRES_LEDGER,
    }
}

/// The triggers that keep what was decided and told as it was written.
#[must_use]
pub const fn append_only_triggers(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Sqlite => SQLITE_APPEND_ONLY,
        _ => POSTGRES_APPEND_ONLY,
    }
}

/// Runs statements as they stand.
///
/// # Errors
/// The database's refusal of the first that it refuses.
pub async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

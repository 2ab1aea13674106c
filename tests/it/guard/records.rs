//! What was decided and told: whoever writes whatever, it stays as it was written.

use sea_orm::{ConnectionTrait, DbErr};
use tests::{Engine, TestDatabase, on_both_databases};
use uuid::Uuid;

const DECISION: &str = "decision (id, at, action, inputs, rule, versions, outcome) \
                        VALUES ($1, 1, 'test', '{}', 'test', '[]', '{\"status\":\"held\"}')";
const NOTE: &str = "outbox (id, at, topic, payload) VALUES ($1, 1, 'test', '{}')";

/// Everything of both tables.
async fn contents(db: &TestDatabase) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT CAST(at AS TEXT) || action || inputs || rule || versions || outcome FROM decision ORDER BY id",
        "SELECT CAST(at AS TEXT) || topic || payload || COALESCE(CAST(delivered_at AS TEXT), '-') FROM outbox ORDER BY id",
    ] {
        let rows = db.rows(sql, vec![]).await.expect("rows");
        all.extend(rows.iter().map(|row| row.try_get_by_index::<String>(0).expect("text")));
    }
    all
}

/// That the database said no, because the record stays.
#[track_caller]
fn refused<T: std::fmt::Debug>(what: &str, answer: Result<T, DbErr>) {
    let error = answer.expect_err(what).to_string();
    assert!(error.contains("_append_only"), "{what}: {error}");
}

on_both_databases! {
    async fn nothing_on_record_is_changed_or_taken_away(db: TestDatabase) {
        let ids = [Uuid::now_v7(), Uuid::now_v7()];
        for id in ids {
            for row in [DECISION, NOTE] {
                db.execute(&format!("INSERT INTO {row}"), vec![id.into()]).await.expect("it is written");
            }
        }
        let deliver = "UPDATE outbox SET delivered_at = 5 WHERE id = $1";
        db.execute(deliver, vec![ids[0].into()]).await.expect("a note is delivered");
        let before = contents(&db).await;
        for attack in [
            "UPDATE decision SET outcome = '{}'",
            "UPDATE decision SET at = 2, account = NULL",
            "UPDATE decision SET id = $1",
            "DELETE FROM decision",
            "DELETE FROM decision WHERE id = $1",
            "UPDATE outbox SET payload = '[]'",
            "UPDATE outbox SET at = 2 WHERE delivered_at IS NULL",
            "UPDATE outbox SET topic = 'other', delivered_at = 6 WHERE delivered_at IS NULL",
            "UPDATE outbox SET delivered_at = NULL WHERE id = $1",
            "UPDATE outbox SET delivered_at = 6 WHERE id = $1",
            "DELETE FROM outbox",
            "DELETE FROM outbox WHERE id = $1",
        ] {
            let values = if attack.contains("$1") { vec![ids[0].into()] } else { vec![] };
            refused(attack, db.execute(attack, values).await);
        }
        for row in [DECISION, NOTE] {
            let id = || vec![ids[1].into()];
            match db.engine() {
                Engine::Sqlite => {
                    let over = format!("INSERT OR REPLACE INTO {row}").replace("1, 'test'", "2, 'test'");
                    refused(&over, db.execute(&over, id()).await);
                }
                Engine::Postgres => {
                    let table = row.split(' ').next().expect("a table");
                    let over = format!("INSERT INTO {row} ON CONFLICT (id) DO UPDATE SET at = 2");
                    refused(&over, db.execute(&over, id()).await);
                    let all = format!("TRUNCATE {table}");
                    refused(&all, db.connection().execute_unprepared(&all).await);
                }
            }
        }
        assert_eq!(contents(&db).await, before);
    }
}

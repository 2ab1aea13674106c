//! What a booking says of itself must follow from the decisions about it: whoever changes one behind the server's back
//! is found out.

use sea_orm::ConnectionTrait;
use serde_json::json;
use server::store::verify::{Fault, verify};
use tests::on_both_databases;

use super::{World, world::query};

/// Tables that are spoilt and put back.
const SPOILT: [&str; 3] = ["booking", "decision", "occupancy"];

on_both_databases! {
    async fn bookings_that_disagree_with_their_decisions_are_named(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let confirmed = world.confirmed(&query(1, 10), "P").await;
        let id = confirmed["id"].as_str().expect("an id").replace('-', "");
        let cancelled = world.confirmed(&query(20, 24), "Q").await;
        let gone = cancelled["id"].as_str().expect("an id");
        let quote = world.one.member.get(&format!("/api/v1/bookings/{gone}/cancellation")).await;
        let order = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        world.act(&world.one.member, gone, "cancel", order).await.expect(200);
        let lawless = database.lawless().await;
        let run = async |sql: &str| {
            let ran = lawless.execute_unprepared(sql).await;
            ran.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected()
        };
        for table in SPOILT {
            run(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
        }
        let this = match database.engine() {
            tests::Engine::Sqlite => format!("x'{id}'"),
            tests::Engine::Postgres => format!("'{id}'::uuid"),
        };
        let of = format!("WHERE booking = {this} AND action");
        for (spoil, words) in [
            ("UPDATE occupancy SET batches = 0 WHERE kind = 'campaign'".to_owned(), "is of no batch"),
            (format!("UPDATE booking SET platform = organisation WHERE id = {this}"), "line of another platform"),
            (format!("UPDATE booking SET organisation = platform WHERE id = {this}"), "somebody else's product"),
            (format!("UPDATE booking SET offering = 'SYR' WHERE id = {this}"), "something else than was decided"),
            (
                format!("UPDATE booking SET request = replace(request, '\"batches\":1', '\"batches\":2') WHERE id = {this}"),
                "something else than was decided",
            ),
            (format!("UPDATE booking SET policy = NULL WHERE id = {this}"), "keep the policy"),
            (
                format!("UPDATE booking SET policy = replace(policy, '\"version\":', '\"version\":9') WHERE id = {this}"),
                "keep the policy",
            ),
            (format!("UPDATE booking SET hazards_confirmed_at = NULL WHERE id = {this}"), "not its hazards"),
            (format!("DELETE FROM decision {of} = 'confirm_hazards'"), "not its hazards"),
            (format!("DELETE FROM decision {of} = 'hold'"), "was made for"),
            (format!("UPDATE decision SET inputs = '{{}}' {of} = 'hold'"), "was made for"),
            (format!("UPDATE booking SET fee_fen = 5 WHERE id = {this}"), "5 fen in fees"),
            ("UPDATE booking SET fee_fen = fee_fen * 2 WHERE status = 'cancelled'".to_owned(), "fen in fees"),
        ] {
            assert!(run(&spoil).await > 0, "{spoil} changed nothing");
            match verify(&world.app.state.store).await {
                Err(Fault::Found(finding)) => assert!(finding.en.contains(words), "{spoil}: {}", finding.en),
                other => panic!("{spoil}: {other:?}"),
            }
            for table in SPOILT {
                run(&format!("DELETE FROM {table}")).await;
                run(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
            }
        }
        world.close(&database).await;
    }
}

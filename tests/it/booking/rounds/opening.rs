//! What a call can't be opened with: a rule has its own figures and no others.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{super::World, first_come, open_call, order, seen};

on_both_databases! {
    async fn what_a_rule_has_no_figure_for_is_named(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for (rule, field, problem) in [
            (json!({"rule": "first_come", "foo": 1}), "rule.foo", "unknown"),
            (json!({"rule": "lottery", "per_firm": 20}), "rule.per_firm", "unknown"),
            (json!({"rule": "score_with_ageing", "per_call": 1, "per_kall": 1}), "rule.per_kall", "unknown"),
            (json!({"rule": "shares", "per_firm": 20, "reserved": 10, "per_call": 1}), "rule.per_call", "unknown"),
            (json!({"rule": "shares", "per_firm": 20}), "rule.reserved", "missing"),
            (json!({"rule": "score_with_ageing", "per_call": "five"}), "rule.per_call", "malformed"),
            (json!({"rule": "whim"}), "rule.rule", "unknown"),
            (json!({}), "rule.rule", "missing"),
            (json!("first_come"), "rule", "malformed"),
        ] {
            let asked = order(&world, rule);
            world.operator.ask_once("POST", "/api/v1/calls", Some(asked)).await.invalid(field, problem);
        }
        assert_eq!(database.number("SELECT count(*) FROM call").await, 0);
        // The document says so too.
        let document = world.operator.get("/api/openapi.json").await;
        let rules = document.expect(200)["components"]["schemas"]["CallRule"]["oneOf"].as_array().expect("rules");
        assert!(rules.iter().all(|rule| rule["additionalProperties"] == json!(false)), "{rules:?}");
        world.close(&database).await;
    }

    async fn every_rule_reads_as_it_was_published(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let rules: [Value; 4] = [
            first_come(),
            json!({"rule": "score_with_ageing", "per_call": 5}),
            json!({"rule": "shares", "per_firm": 40, "reserved": 0}),
            json!({"rule": "lottery"}),
        ];
        for rule in rules {
            let call = open_call(&world, rule.clone()).await;
            assert_eq!((&call["rule"], &seen(&world.one.member, &call).await["rule"]), (&rule, &rule));
        }
        world.close(&database).await;
    }
}

//! What a call can't be opened with: a rule has its own figures and no others. What it publishes is looked at first.

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

    async fn what_is_looked_at_first_opens_nothing(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let form = json!({"title": "December 🧪", "from": "2026-12-01", "to": "2026-12-31", "all_lines": "true",
            "closes_at": "2026-11-29", "closes_time": "17:00", "rule": "score_with_ageing", "per_call": "7",
            "criteria": "One point for each batch.", "hold_days": "14", "here": "/en/desk/calls/new",
            "key": uuid::Uuid::now_v7()});
        let mut look = form.clone();
        look["look"] = json!("true");
        let page = world.operator.post_form("/do/open-call", &look).await;
        page.expect(200);
        // As every firm would read it, with what is then opened: each line by itself.
        for part in ["What every firm will read", "its wishes count 7 more", "December 🧪"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        for line in [0, 1] {
            let line = format!("name=\"lines[]\" value=\"{}\"", world.plant.line(line));
            assert!(page.text.contains(&line), "{line}: {}", page.text);
        }
        assert_eq!(database.number("SELECT count(*) FROM call").await, 0);
        world.one.member.post_form("/do/open-call", &look).await.expect(403);
        world.operator.post_form("/do/open-call", &form).await.expect(303);
        assert_eq!(database.number("SELECT count(*) FROM call_line").await, 2);
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

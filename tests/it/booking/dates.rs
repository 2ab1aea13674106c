//! Instants and days that can't be read: which field, what was sent, and what is expected.

use serde_json::{Value, json};
use tests::{app::Answer, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    world::{query, search_path, with},
};

const PATHS: [&str; 2] = ["/api/v1/outages", "/api/v1/holds"];

/// The operator's order to `path`, in the language of the answer.
async fn ordered(world: &World, path: &str, order: &Value, language: &str) -> Answer {
    let request = world.operator.request("POST", path).header("origin", world.operator.address());
    let request = request.header("idempotency-key", Uuid::now_v7().to_string());
    world.operator.send(request.header("accept-language", language).json(order)).await
}

on_both_databases! {
    async fn what_was_sent_and_what_is_expected_is_told_in_both_languages(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let outage = json!({"line": world.plant.line(0), "kind": "breakdown", "reason": "x"});
        let until = |value: Value| with(&outage, &json!({"until": value}));
        let days = |value: Value| json!({"query": with(&query(1, 10), &json!({"from": value})), "offer": "none"});
        let (instant, day) = ("2026-12-01T00:00:00Z", "2026-12-01");
        for (path, order, field, sent, example) in [
            (PATHS[0], until(json!("soon")), "until", "soon", instant),
            (PATHS[0], until(json!("2026-12-01")), "until", "2026-12-01", instant),
            (PATHS[0], until(json!("no expected bool at line 7")), "until", "no expected bool at line 7", instant),
            (PATHS[0], until(json!(1_795_392_000)), "until", "1795392000", instant),
            (PATHS[1], days(json!(20_261_201)), "query.from", "20261201", day),
        ] {
            let told = ordered(&world, path, &order, "en").await;
            let problem = &told.invalid(field, "malformed")["problem"];
            assert_eq!(problem["example"], example, "{sent}");
            assert_eq!(told.body["faults"][0]["sent"], sent);
            let what = if example == day { "a plant day" } else { "an instant by RFC 3339" };
            let words = format!("\"{field}\" is malformed: \"{sent}\" was sent; expected: {what}, such as {example}.");
            assert!(told.string("detail").ends_with(&words), "{}", told.text);
            let told = ordered(&world, path, &order, "zh-CN").await.string("detail");
            let what = if example == day { "厂区日期" } else { "RFC 3339 格式的时刻" };
            assert!(told.ends_with(&format!("收到“{sent}”，应为：{what}，例如 {example}。")), "{told}");
        }
        // A day that is text is read later, and complained of the same.
        let asked = with(&query(1, 10), &json!({"from": "tomorrow"}));
        let told = world.one.member.get(&search_path(&asked)).await;
        assert_eq!(told.invalid("from", "malformed")["problem"]["example"], day);
        assert_eq!(told.body["faults"][0]["sent"], "tomorrow");
        let asked = with(&query(1, 10), &json!({"batches": "many"}));
        let told = world.one.member.get(&search_path(&asked)).await;
        assert_eq!(told.invalid("batches", "malformed")["problem"]["example"], "12");
        assert_eq!(told.body["faults"][0]["sent"], "many");
        assert_eq!(database.number("SELECT count(*) FROM outage").await, 0);
        world.close(&database).await;
    }

    async fn what_may_be_a_secret_is_not_shown_back(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let credentials = json!({"email": "a@example.com", "password": 47_114_711});
        let told = world.app.visitor().post("/api/v1/sessions", credentials).await;
        told.invalid("password", "malformed");
        assert!(!told.text.contains("47114711"), "{}", told.text);
        world.close(&database).await;
    }
}

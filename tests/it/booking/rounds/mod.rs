//! Allocation rounds: from an open call to the holds that it gives, and every way in which it could go wrong.

mod again;
mod agreeing;
mod opening;
mod races;
mod record;
mod rules;
mod whole;
mod wrong;

use serde_json::{Value, json};
use server::usecase::rounds::replay;
use tests::{Visitor, app::Answer};

use super::{
    World,
    world::{query, seconds, with},
};

/// A call for the line in December, which closes a day before.
fn order(world: &World, rule: Value) -> Value {
    json!({
        "title": "December 🧪",
        "from": "2026-12-01",
        "to": "2026-12-31",
        "lines": [world.plant.line(0)],
        "closes_at": "2026-11-29T16:00:00Z",
        "rule": rule,
        "criteria": "One point for each batch.",
        "hold_days": 14,
    })
}

pub async fn open_call(world: &World, rule: Value) -> Value {
    let order = order(world, rule);
    world.operator.ask_once("POST", "/api/v1/calls", Some(order)).await.expect(201).clone()
}

fn first_come() -> Value {
    json!({"rule": "first_come"})
}

/// Two batches take eighteen hours, and the line two to change: a day holds one of these.
fn day(day: u8) -> Value {
    with(&query(day, day), &json!({"batches": 2}))
}

async fn wish(visitor: &Visitor, call: &Value, query: Value, rank: u16, product: &str) -> Answer {
    let order = json!({"query": query, "rank": rank, "product_code": product});
    visitor.ask_once("POST", &format!("/api/v1/calls/{}/wishes", id(call)), Some(order)).await
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn close(world: &World, call: &Value) {
    world.app.clock.set(seconds(&call["closes_at"]));
    world.settle().await;
}

async fn draft(world: &World, call: &Value) -> Answer {
    world.operator.ask_once("POST", &format!("/api/v1/calls/{}/draft", id(call)), None).await
}

/// Publishes the draft as it is now.
async fn publish(world: &World, call: &Value) -> Answer {
    let draft = world.operator.get(&format!("/api/v1/calls/{}/draft", id(call))).await;
    let version = if draft.status == 200 { draft.body["version"].clone() } else { json!(0) };
    publish_seen(world, call, &version).await
}

async fn publish_seen(world: &World, call: &Value, version: &Value) -> Answer {
    let path = format!("/api/v1/calls/{}/publish", id(call));
    world.operator.ask_once("POST", &path, Some(json!({"version": version}))).await
}

async fn wishes(visitor: &Visitor, call: &Value) -> Vec<Value> {
    let answer = visitor.get(&format!("/api/v1/calls/{}/wishes", id(call))).await;
    answer.expect(200).as_array().expect("a list").clone()
}

async fn seen(visitor: &Visitor, call: &Value) -> Value {
    visitor.get(&format!("/api/v1/calls/{}", id(call))).await.expect(200).clone()
}

fn reason(answer: &Answer) -> &str {
    answer.problem(422, "refused")["refusal"]["reason"].as_str().expect("a reason")
}

fn outcome(wish: &Value) -> &str {
    wish["result"]["outcome"].as_str().expect("an outcome")
}

/// A call in which two firms want the same day and one of them another besides, closed.
async fn wished(world: &World) -> Value {
    let call = open_call(world, first_come()).await;
    wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
    world.app.clock.advance(1);
    wish(&world.two.member, &call, day(10), 1, "B").await.expect(201);
    wish(&world.two.member, &call, day(14), 2, "").await.expect(201);
    close(world, &call).await;
    call
}

/// The same, drafted.
async fn drafted(world: &World) -> (Value, Value) {
    let call = wished(world).await;
    let draft = draft(world, &call).await.expect(200).clone();
    (call, draft)
}

fn of<'a>(draft: &'a Value, product: &str) -> &'a Value {
    let wishes = draft["wishes"].as_array().expect("a list");
    let wanted = if product.is_empty() { Value::Null } else { json!(product) };
    wishes.iter().find(|wish| wish["product_code"] == wanted).expect("a wish")
}

/// The findings of running the only published round again.
async fn replayed(world: &World) -> Vec<String> {
    let mut all = replay(&world.app.state.store, None).await.expect("it can be read");
    assert_eq!(all.len(), 1);
    all.remove(0).wrong
}

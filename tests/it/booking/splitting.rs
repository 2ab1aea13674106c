//! Two runs instead of one: offered where nothing fits whole, and held both or neither.

use domain::policy::Policy;
use serde_json::{Value, json};
use tests::{Visitor, app::Answer, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    changing::save_policy,
    plans::offer_plans,
    world::{encoded, query, search_path, seconds, with},
};

/// A hold of company two in the middle of two days, and a search for so many batches that they fit in two runs only,
/// with the split.
async fn only_split(world: &World) -> (Value, Value) {
    let day = with(&query(10, 11), &json!({"batches": 1}));
    let two = &world.two.member;
    let middle = with(&query(11, 11), &json!({"batches": 1}));
    let offers = world.offers(two, &middle).await;
    world.hold(two, &middle, offers.first().expect("an offer"), "B").await.expect(201);
    for batches in 2..=5 {
        let wish = with(&day, &json!({"batches": batches}));
        let answer = world.search(&world.one.member, &wish).await;
        let found = answer.expect(200).clone();
        if !found["split"].is_null() {
            assert_eq!(found["found"], 0, "a split is offered only where nothing fits whole");
            return (wish, found["split"].clone());
        }
    }
    panic!("no number of batches fits in two runs only");
}

fn order(wish: &Value, split: &Value, code: &str) -> Value {
    let parts = split["parts"].as_array().expect("parts").iter();
    let parts: Vec<Value> =
        parts.map(|part| json!({"batches": part["batches"], "offer": part["offer"]["key"]})).collect();
    json!({"query": wish, "parts": parts, "product_code": code})
}

async fn hold_split(visitor: &Visitor, order: &Value) -> Answer {
    visitor.ask_once("POST", "/api/v1/holds/split", Some(order.clone())).await
}

on_both_databases! {
    async fn a_hold_that_has_expired_is_in_no_ones_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (wish, split) = only_split(&world).await;
        let mut over = 0;
        for part in split["parts"].as_array().expect("parts") {
            let own = with(&wish, &json!({"batches": part["batches"]}));
            let held = world.hold(two, &own, &part["offer"], "C").await.expect(201).clone();
            over = seconds(&held["hold_expires_at"]).max(over);
        }
        world.app.clock.set(over);
        // Nobody has swept them up.
        assert_eq!(database.number("SELECT count(*) FROM booking WHERE status = 'held'").await, 3);
        hold_split(one, &order(&wish, &split, "A")).await.expect(201);
        world.close(&database).await;
    }

    async fn both_runs_are_held_in_one_change(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let (wish, split) = only_split(&world).await;
        let price: i64 = split["parts"].as_array().expect("parts").iter()
            .map(|part| part["offer"]["price_fen"].as_i64().expect("fen")).sum();
        assert_eq!(split["price_fen"], price);
        // Of a product without a name, or with parts that aren't all of it, nothing is held.
        let unnamed = hold_split(one, &order(&wish, &split, " ")).await;
        assert_eq!(unnamed.problem(422, "invalid")["field"], "product_code");
        let mut few = order(&wish, &split, "A");
        few["parts"][0]["batches"] = json!(9);
        assert_eq!(hold_split(one, &few).await.status, 422);
        let before = database.number("SELECT count(*) FROM booking").await;
        let key = Uuid::now_v7().to_string();
        let whole = order(&wish, &split, "A");
        let held = one.post_once("/api/v1/holds/split", &key, whole.clone()).await;
        let bookings = held.expect(201)["bookings"].as_array().expect("bookings").clone();
        let again = one.post_once("/api/v1/holds/split", &key, whole).await;
        assert_eq!(again.expect(201)["bookings"], json!(bookings), "a double click holds once");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, before + 2);
        for (booking, part) in bookings.iter().zip(split["parts"].as_array().expect("parts")) {
            assert_eq!(booking["status"], "held");
            assert_eq!(booking["steps"][0]["start"], part["offer"]["steps"][0]["start"]);
        }
        // Each decision names the other.
        for (mine, other) in [(0, 1), (1, 0)] {
            let id = |at: usize| bookings[at]["id"].as_str().expect("an id").to_owned();
            let named = format!(
                "SELECT count(*) FROM decision WHERE action = 'hold' AND inputs LIKE '%\"split_with\":\"{}\"%'",
                id(other)
            );
            assert_eq!(database.number(&named).await, 1, "{mine}");
            // So does each page, to its firm; its platform reads nothing of it.
            let history = format!("/api/v1/bookings/{}/history", id(mine));
            let told = one.get(&history).await.expect(200)["items"][0]["split_with"].clone();
            assert_eq!(told, bookings[other]["id"]);
            let page = one.get(&format!("/en/bookings/{}", id(mine))).await.text;
            assert!(page.contains(&format!("href=\"/en/bookings/{}\"", id(other))), "{page}");
            assert_eq!(world.operator.get(&history).await.expect(200)["items"][0]["split_with"], Value::Null);
        }
        world.close(&database).await;
    }

    async fn of_a_split_that_is_half_taken_nothing_is_held(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (wish, split) = only_split(&world).await;
        // Somebody takes the place of the second run.
        let part = &split["parts"][1];
        let single = with(&wish, &json!({"batches": part["batches"]}));
        world.hold(two, &single, &part["offer"], "C").await.expect(201);
        let before = database.number("SELECT count(*) FROM booking").await;
        let lost = hold_split(one, &order(&wish, &split, "A")).await;
        let problem = lost.problem(409, "conflict");
        assert_eq!(problem["refusal"]["reason"], "busy");
        assert_eq!(problem["refusal"]["facts"], json!([]), "nothing of whoever was first");
        assert!(problem["alternatives"].is_array());
        assert_eq!(database.number("SELECT count(*) FROM booking").await, before, "nothing half held");
        world.close(&database).await;
    }

    async fn two_at_once_get_both_runs_or_none(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (wish, split) = only_split(&world).await;
        let before = database.number("SELECT count(*) FROM booking").await;
        let asked = order(&wish, &split, "A");
        let tries = (0..8).map(|n| {
            let company = if n % 2 == 0 { &world.one } else { &world.two };
            hold_split(&company.member, &asked)
        });
        let answers = futures::future::join_all(tries).await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        assert_eq!(database.number("SELECT count(*) FROM booking").await, before + 2);
        world.close(&database).await;
    }

    async fn both_runs_count_against_the_limit_of_holds(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (wish, split) = only_split(&world).await;
        let before = database.number("SELECT count(*) FROM booking").await;
        save_policy(&world, Policy { version: 2, max_holds: 1, ..Policy::default() }).await;
        let refused = hold_split(&world.one.member, &order(&wish, &split, "A")).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "too_many_holds");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, before);
        save_policy(&world, Policy { version: 3, max_holds: 2, ..Policy::default() }).await;
        hold_split(&world.one.member, &order(&wish, &split, "A")).await.expect(201);
        world.close(&database).await;
    }

    async fn a_firm_holds_both_by_one_form(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let one = &world.one.member;
        let (wish, split) = only_split(&world).await;
        let address = search_path(&wish).replace("/api/v1/offers", "");
        for (language, words) in [("en", "Two runs instead of one"), ("zh", "分两次生产")] {
            let request = one.request("GET", &format!("/{language}{address}")).header("accept", "text/html");
            let found = one.send(request).await;
            found.expect(200);
            assert!(found.text.contains("/do/hold-split") && found.text.contains(words), "{}", found.text);
            assert!(found.text.contains("id=\"flexible-split\""), "{}", found.text);
        }
        let of = |at: usize, what: &str| split["parts"][at][what].to_string();
        let key = |at: usize| split["parts"][at]["offer"]["key"].as_str().expect("a key").to_owned();
        let fields = [
            ("here", format!("/en{address}")),
            ("key", Uuid::now_v7().to_string()),
            ("search", address.clone()),
            ("first", key(0)),
            ("first_batches", of(0, "batches")),
            ("second", key(1)),
            ("second_batches", of(1, "batches")),
            ("product_code", "A".to_owned()),
            ("flexible", "true".to_owned()),
        ];
        let body = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let request = one
            .request("POST", "/do/hold-split")
            .header("accept", "text/html")
            .header("origin", one.address())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.collect::<Vec<_>>().join("&"));
        let said = one.send(request).await;
        assert_eq!(said.header("location"), "/en/campaigns", "{}", said.text);
        let told = one.get("/en/campaigns").await.text;
        assert!(told.contains("Both runs are held until") && told.contains("send both requests"), "{told}");
        let held = one.get("/api/v1/bookings").await.expect(200)["items"].as_array().expect("a list").clone();
        assert_eq!(held.len(), 2);
        assert!(held.iter().all(|run| run["plan"]["percent"] == 10), "both may be moved, and cost less: {held:?}");
        world.close(&database).await;
    }
}

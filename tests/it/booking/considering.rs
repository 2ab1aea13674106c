//! What the resolver considered is kept with the decision, and told to each side as far as it may know it.

use domain::{calendar::DAY, policy::Policy};
use serde_json::{Value, json};
use tests::{Visitor, app::People, on_both_databases};

use super::{
    World,
    changing::save_policy,
    outages::{asks, day, down, id, say},
    plans::{hold_flexibly, offer_plans},
    repairing::{make_room, repairs},
    world::{query, search_path, with},
};

/// What was considered for the event of this name in the booking's history, as the visitor reads it.
async fn considered(visitor: &Visitor, booking: &str, action: &str) -> Value {
    let page = visitor.get(&format!("/api/v1/bookings/{booking}/history")).await;
    let events = page.expect(200)["items"].as_array().expect("a list").clone();
    events.into_iter().find(|event| event["action"] == action).expect("it happened")["considered"].clone()
}

/// Which of the ways was taken.
fn chosen(considered: &Value) -> &Value {
    let ways = considered["ways"].as_array().expect("a list");
    let mut taken = ways.iter().filter(|way| way["chosen"] == true);
    let one = taken.next().expect("one was taken");
    assert_eq!(taken.next(), None);
    one
}

on_both_databases! {
    async fn room_made_by_rule_is_on_record_with_what_else_there_was(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let wide = with(&query(5, 14), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let theirs = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        let mine = make_room(one, &day(5), "A").await.expect(201)["booking"].clone();
        let seen = considered(one, id(&mine), "hold").await;
        assert_eq!(seen["rule"], domain::resolve::repair::RULE);
        assert!(seen["extent"] == "whole" || seen["extent"] == "sets", "{seen}");
        let way = chosen(&seen);
        assert_eq!((&way["steps"], &way["cost"]["moves"], &way["cost"]["consents"]), (&mine["steps"], &json!(1), &json!(0)));
        assert!(way["finish_minutes"].as_i64().is_some_and(|minutes| minutes > 0), "{way}");
        // Nothing of whoever moved, nor of how many there are.
        let text = seen.to_string();
        for secret in [id(&theirs), theirs["reference"].as_str().expect("one"), "\"tried\"", "\"moves\":["] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let inside = considered(&world.operator, id(&mine), "hold").await;
        assert!(inside["tried"].as_u64() >= Some(1) && inside["searches"].as_u64() >= inside["tried"].as_u64(), "{inside}");
        let moved = &chosen(&inside)["moves"][0];
        assert_eq!((&moved["booking"], &moved["reference"], &moved["asked"]), (&theirs["id"], &theirs["reference"], &json!(false)));
        assert_ne!(moved["from"], moved["to"]);
        // Whoever made room reads its own move alone.
        assert_eq!(considered(two, id(&theirs), "make_room").await, Value::Null);
        for (visitor, path, words) in [
            (one, format!("/en/bookings/{}", id(&mine)), ["What was considered", "Rule repair/", "nobody has to be asked"]),
            (one, format!("/zh/bookings/{}", id(&mine)), ["当时考虑的方案", "规则 repair/", "已采用"]),
            (&world.operator, format!("/en/desk/requests/{}", id(&mine)), ["What was considered", "sets of moves", "by rule"]),
        ] {
            let page = visitor.get(&path).await.text;
            let page = page.replace("One set of moves", "1 sets of moves");
            for word in words {
                assert!(page.contains(word), "{path}: {word}");
            }
        }
        world.close(&database).await;
    }

    async fn room_that_was_asked_for_keeps_it_until_it_is_made(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(10), "B").await;
        // Of the ways that are shown one is named.
        let path = search_path(&day(10)).replace("/api/v1/offers", "/api/v1/repairs/ways");
        let way = one.get(&path).await.expect(200)[0].clone();
        let order = json!({"query": day(10), "offer": way["offer"]["key"], "product_code": "A", "consents": 1});
        one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201);
        let kept = "SELECT count(*) FROM decision WHERE action = 'propose_repair' AND inputs LIKE '%\"chosen\":0%'";
        assert_eq!(database.number(kept).await, 1);
        say(two, &asks(two).await[0], "accept").await.expect(200);
        let hold = repairs(one).await[0]["booking"].as_str().expect("a hold").to_owned();
        let seen = considered(one, &hold, "hold").await;
        assert_eq!((&chosen(&seen)["cost"], &seen["others"]), (&way["cost"], &json!(0)));
        assert!(chosen(&considered(&world.operator, &hold, "hold").await)["moves"][0]["asked"] == true);
        // It stays small, however much is booked.
        let long = "SELECT count(*) FROM decision WHERE inputs LIKE '%\"considered\"%' AND length(inputs) > 10000";
        assert_eq!(database.number(long).await, 0);
        world.close(&database).await;
    }

    async fn a_place_that_was_shown_is_looked_for_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(10), "B").await;
        let asked = make_room(one, &day(10), "A").await.expect(201)["repair"].clone();
        one.ask("DELETE", &format!("/api/v1/repairs/{}", id(&asked)), None).await.expect(204);
        // Whoever has taken a question back doesn't ask it again at once; another firm may.
        let other = People::found(&world.app).await.company(3).await.member;
        let path = search_path(&day(10)).replace("/api/v1/offers", "/api/v1/repairs/ways");
        let way = other.get(&path).await.expect(200)[0].clone();
        let order = json!({"query": day(10), "offer": way["offer"]["key"], "product_code": "A", "consents": 1});
        other.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201);
        let sql = "SELECT inputs FROM decision WHERE action = 'propose_repair' ORDER BY id";
        let rows = database.rows(sql, vec![]).await.expect("the query runs");
        let efforts = rows.iter().map(|row| -> Value {
            let inputs: String = row.try_get_by_index(0).expect("a text");
            serde_json::from_str::<Value>(&inputs).expect("a document")["considered"].clone()
        });
        let efforts: Vec<Value> = efforts.map(|considered| considered["effort"].clone()).collect();
        assert_eq!(efforts.len(), 2);
        assert!(efforts[0]["searches"].as_u64() >= Some(1), "{efforts:?}");
        assert_eq!(efforts[0], efforts[1], "named or not, it takes the same");
        world.close(&database).await;
    }

    async fn that_there_was_no_way_is_on_record_with_the_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let policy = Policy { version: 2, max_holds: 1_000, ask_reach: 11 * 60, ..Policy::default() };
        save_policy(&world, policy).await;
        let none = make_room(one, &day(10), "A").await;
        assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "no_repair");
        let kept = "SELECT count(*) FROM decision WHERE action = 'seek_room' AND booking IS NULL AND account IS NOT NULL \
                    AND inputs LIKE '%\"extent\"%' AND outcome LIKE '%\"no_repair\"%'";
        assert_eq!(database.number(kept).await, 1);
        // Where there is room nothing was considered.
        make_room(one, &day(12), "A").await.problem(409, "conflict");
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'seek_room'").await, 1);
        // Nor has whoever stands where the line is down anywhere to go.
        down(&world, &booking, 12).await.expect(201);
        world.settle().await;
        let kept = "SELECT count(*) FROM decision WHERE action = 'seek_place' AND outcome LIKE '%no_way%'";
        assert_eq!(database.number(kept).await, 1);
        world.close(&database).await;
    }

    async fn where_a_campaign_went_from_a_line_that_is_down_is_on_record(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let two = &world.two.member;
        let wide = with(&query(5, 14), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let held = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        down(&world, &held, 6).await.expect(201);
        world.settle().await;
        let moved = world.booking(two, id(&held)).await;
        assert_ne!(moved["steps"], held["steps"]);
        let seen = considered(two, id(&held), "rescue").await;
        assert_eq!(seen["ways"].as_array().map(Vec::len), Some(1), "where it went, and not where else it could have");
        assert_eq!((&chosen(&seen)["steps"], &seen["rule"]), (&moved["steps"], &json!(domain::resolve::rescue::RULE)));
        assert!(chosen(&seen)["shift_minutes"].as_i64() >= Some(DAY), "{seen}");
        let inside = considered(&world.operator, id(&held), "rescue").await;
        assert_eq!(chosen(&inside)["steps"], moved["steps"]);
        let all = inside["ways"].as_array().map(Vec::len);
        assert_eq!(all.map(|all| json!(all - 1)), Some(seen["others"].clone()), "the others are its platform's to know");
        world.close(&database).await;
    }
}

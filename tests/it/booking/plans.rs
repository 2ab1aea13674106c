//! Plan windows: agreed to with the hold, for a lower price, frozen in time.

use domain::{calendar::DAY, policy::Policy};
use serde_json::{Value, json};
use tests::{Visitor, app::Answer, on_both_databases};

use super::{
    World,
    changing::save_policy,
    world::{query, seconds},
};

/// Lets the platform offer plan windows at 10 % less, frozen seven days ahead.
pub async fn offer_plans(world: &World) {
    let policy = Policy {
        version: 2,
        max_holds: 1_000,
        plan_discount_percent: 10,
        plan_freeze_days: 7,
        ..Policy::default()
    };
    save_policy(world, policy).await;
}

/// Holds `offer` with the search's window as its plan window.
pub async fn hold_flexibly(visitor: &Visitor, query: &Value, offer: &Value, product: &str) -> Answer {
    let order = json!({"query": query, "offer": offer["key"], "product_code": product, "flexible": true});
    visitor.ask_once("POST", "/api/v1/holds", Some(order)).await
}

on_both_databases! {
    async fn a_plan_window_is_cheaper_and_freezes_in_time(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, wish) = (&world.one.member, query(1, 20));
        let offer = world.offers(client, &wish).await.remove(0);
        assert_eq!(offer["terms"]["plan"], Value::Null);
        let refused = hold_flexibly(client, &wish, &offer, "P").await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "no_plan_windows");

        offer_plans(&world).await;
        let offer = world.offers(client, &wish).await.remove(0);
        let full = offer["price_fen"].as_i64().expect("a price");
        let plan = &offer["terms"]["plan"];
        assert_eq!((&plan["percent"], &plan["freeze_days"]), (&json!(10), &json!(7)));
        assert_eq!(plan["price_fen"], json!(full - full / 10));
        let held = hold_flexibly(client, &wish, &offer, "P").await.expect(201).clone();
        assert_eq!(held["price_fen"], plan["price_fen"], "the price that was shown");
        let agreed = &held["plan"];
        let start = seconds(&held["steps"][0]["start"]);
        assert_eq!(seconds(&agreed["freezes_at"]), start - 7 * DAY * 60);
        assert_eq!(agreed["frozen"], false);
        assert!(seconds(&agreed["from"]) <= start && seconds(&agreed["until"]) - seconds(&agreed["from"]) == 20 * DAY * 60);

        // What is agreed stays so, whatever becomes of the policy.
        save_policy(&world, Policy { version: 3, plan_freeze_days: 99, ..Policy::default() }).await;
        let id = held["id"].as_str().expect("an id");
        assert_eq!(&world.booking(client, id).await["plan"], agreed);
        let fixed = world.hold_best(client, &wish, "Q").await;
        assert_eq!(fixed["plan"], Value::Null, "who agreed to nothing is fixed");
        world.close(&database).await;
    }

    async fn a_window_that_leaves_nothing_to_move_in_is_cheaper_for_nobody(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        save_policy(&world, Policy { version: 2, plan_discount_percent: 10, plan_freeze_days: 40, ..Policy::default() }).await;
        // Frozen from the beginning, whatever went before or comes behind.
        let near = super::world::with(&query(5, 9), &json!({"from": "2026-06-01"}));
        let offer = world.offers(client, &near).await.remove(0);
        assert_eq!(offer["terms"]["plan"], Value::Null, "it isn't offered");
        let refused = hold_flexibly(client, &near, &offer, "P").await;
        refused.invalid("flexible", "frozen");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 0);
        // Held far ahead it is cheaper, and moves free of charge: not into what is frozen at once, for that price.
        let far = super::world::with(&query(1, 1), &json!({"to": "2027-02-20"}));
        let beyond = super::world::with(&far, &json!({"from": "2027-02-01"}));
        let key = world.offers(client, &beyond).await.remove(0);
        let held = hold_flexibly(client, &far, &key, "P").await.expect(201).clone();
        assert!(held["price_fen"].as_i64() < key["price_fen"].as_i64(), "{held}");
        let soon = super::world::with(&query(5, 9), &json!({"moving": held["id"]}));
        let target = world.offers(client, &soon).await.remove(0);
        let order = json!({"query": soon, "offer": target["key"], "quoted_fee_fen": 0});
        let moved = world.act(client, held["id"].as_str().expect("an id"), "move", order).await;
        assert_eq!((&moved.expect(200)["price_fen"], &moved.body["plan"]), (&target["price_fen"], &Value::Null));
        assert!(moved.body["price_fen"].as_i64() > held["price_fen"].as_i64());
        world.close(&database).await;
    }

    async fn what_is_confirmed_is_no_cheaper_where_its_owner_moves_it_to_a_place_that_is_final(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        save_policy(&world, Policy { version: 2, plan_discount_percent: 10, plan_freeze_days: 40, ..Policy::default() }).await;
        let far = super::world::with(&query(1, 1), &json!({"to": "2027-02-20"}));
        let beyond = super::world::with(&far, &json!({"from": "2027-02-01"}));
        let key = world.offers(client, &beyond).await.remove(0);
        let held = hold_flexibly(client, &far, &key, "P").await.expect(201).clone();
        let id = held["id"].as_str().expect("an id");
        world.act(client, id, "request", super::world::details()).await.expect(200);
        world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id, "approve", Value::Null).await.expect(200);
        let soon = super::world::with(&query(5, 9), &json!({"moving": id}));
        let target = world.offers(client, &soon).await.remove(0);
        let fee = client.get(&format!("/api/v1/bookings/{id}/move")).await.expect(200)["fee_fen"].clone();
        let order = json!({"query": soon, "offer": target["key"], "quoted_fee_fen": fee});
        let moved = world.act(client, id, "move", order).await.expect(200).clone();
        assert_eq!((&moved["status"], &moved["plan"]), (&json!("confirmed"), &Value::Null));
        assert_eq!(moved["price_fen"], target["price_fen"], "as it was shown");
        assert!(moved["price_fen"].as_i64() > held["price_fen"].as_i64(), "{moved}");
        world.close(&database).await;
    }

    async fn who_moves_out_of_the_window_pays_the_price_of_a_fixed_place(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (client, wish) = (&world.one.member, query(1, 10));
        let offer = world.offers(client, &wish).await.remove(0);
        let held = hold_flexibly(client, &wish, &offer, "P").await.expect(201).clone();
        let id = held["id"].as_str().expect("an id");
        let to = async |elsewhere: &Value| {
            let target = world.offers(client, &super::world::with(elsewhere, &json!({"moving": id}))).await.remove(0);
            let order = json!({"query": elsewhere, "offer": target["key"], "quoted_fee_fen": 0});
            world.act(client, id, "move", order).await.expect(200).clone()
        };
        let inside = to(&query(5, 7)).await;
        assert_eq!((&inside["price_fen"], &inside["plan"]["percent"]), (&held["price_fen"], &json!(10)));
        let outside = to(&query(20, 25)).await;
        assert_eq!((&outside["price_fen"], &outside["plan"]), (&offer["price_fen"], &Value::Null));
        assert_eq!(database.number("SELECT count(*) FROM plan_window").await, 0);
        world.close(&database).await;
    }
}

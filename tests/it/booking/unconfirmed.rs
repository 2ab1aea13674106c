//! Holds and requests that nobody has answered count together: who requests what it holds doesn't hold without end.

use serde_json::{Value, json};
use tests::{app::credit_code, on_both_databases};

use super::{
    World,
    outages::{day, id},
    world::{details, query, search_path, with},
};

/// As the settings have it where nobody sets it.
const MOST: usize = 20;

on_both_databases! {
    async fn what_is_requested_goes_back_and_forth_ten_times_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let held = world.hold_best(one, &day(20), "P").await;
        world.act(one, id(&held), "request", details()).await.expect(200);
        let relocate = async |to: u8| {
            let target = world.offers(one, &with(&day(to), &json!({"moving": held["id"]}))).await.remove(0);
            let order = json!({"query": day(to), "offer": target["key"], "quoted_fee_fen": 0});
            world.act(one, id(&held), "move", order).await
        };
        for number in 0..10 {
            relocate(if number % 2 == 0 { 22 } else { 20 }).await.expect(200);
        }
        let often = relocate(22).await;
        let refusal = often.problem(422, "refused")["refusal"].clone();
        assert_eq!((&refusal["reason"], &refusal["facts"][0]), (&json!("moves_often"), &json!(["max", "10"])));
        world.close(&database).await;
    }

    async fn who_requests_what_it_holds_is_stopped_all_the_same(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, wish) = (&world.one.member, query(1, 31));
        // What an operator books for the company isn't counted: the company didn't take it.
        let offer = world.offers(&world.operator, &wish).await.remove(0);
        let phoned = json!({"query": wish, "offer": offer["key"], "product_code": "PHONED", "company": credit_code(1)});
        world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(phoned)).await.expect(201);
        let mut requested = Vec::new();
        for _ in 0..MOST {
            let held = world.hold_best(one, &wish, "P").await;
            requested.push(world.act(one, id(&held), "request", details()).await.expect(200).clone());
        }
        let offers = world.offers(one, &wish).await;
        let refused = world.hold(one, &wish, &offers[0], "P").await;
        let refusal = &refused.problem(422, "refused")["refusal"];
        let facts = json!([["max", MOST.to_string()]]);
        assert_eq!((&refusal["reason"], &refusal["facts"]), (&json!("too_many_unconfirmed"), &facts));
        // The page says what is counted, how many there may be, and what would change that.
        let search = search_path(&wish).trim_start_matches("/api/v1/offers").to_owned();
        for (segment, words) in [
            ("en", ["holds and requests without an answer", "(at most 20)", "withdraw a request or a hold"]),
            ("zh", ["锁定与尚未答复的申请合计已达上限", "（至多 20）", "请等待其中一项申请的答复"]),
        ] {
            let form = json!({"search": search, "offer": offers[0]["key"], "product_code": "P",
                "key": uuid::Uuid::now_v7(), "here": format!("/{segment}{search}")});
            let page = one.post_form("/do/hold", &form).await;
            page.expect(422);
            assert!(words.iter().all(|words| page.text.contains(words)), "{}", page.text);
        }
        // One less, and of two who hold at once one does.
        world.act(one, id(&requested[0]), "withdraw", json!({})).await.expect(200);
        let (first, second) = tokio::join!(
            world.hold(one, &wish, &offers[0], "P"),
            world.hold(&world.one.admin, &wish, &offers[1], "P")
        );
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422], "{} {}", first.text, second.text);
        // What is decided counts no more.
        world.act(&world.qa, id(&requested[1]), "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
        world.act(&world.operator, id(&requested[1]), "approve", Value::Null).await.expect(200);
        world.hold_best(one, &wish, "P").await;
        let offers = world.offers(one, &wish).await;
        let refused = world.hold(one, &wish, &offers[0], "P").await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "too_many_unconfirmed");
        world.hold(&world.two.member, &wish, &offers[0], "P").await.expect(201);
        world.close(&database).await;
    }
}

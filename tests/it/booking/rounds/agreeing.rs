//! Plan windows that firms agree to with their wishes: they decide nothing, and make what a wish gets cheaper.

use serde_json::{Value, json};
use tests::{Visitor, app::Answer, on_both_databases};

use super::{
    super::{
        World,
        plans::offer_plans,
        world::{query, with},
    },
    close, day, draft, first_come, id, open_call, publish, reason, replayed, seen, wishes,
};

async fn agreed(visitor: &Visitor, call: &Value, query: &Value, (rank, product): (u16, &str)) -> Answer {
    let order = json!({"query": query, "rank": rank, "product_code": product, "flexible": true});
    visitor.ask_once("POST", &format!("/api/v1/calls/{}/wishes", id(call)), Some(order)).await
}

on_both_databases! {
    async fn what_a_wish_gets_may_be_moved_inside_its_window(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let wide = with(&query(10, 14), &json!({"batches": 2}));
        let call = open_call(&world, first_come()).await;
        assert_eq!(seen(one, &call).await["plan"], Value::Null);
        assert_eq!(reason(&agreed(one, &call, &wide, (1, "A")).await), "no_plan_windows");
        offer_plans(&world).await;
        let plan = seen(one, &call).await["plan"].clone();
        assert_eq!((&plan["percent"], &plan["freeze_days"]), (&json!(10), &json!(7)));
        for (language, words) in [("en", "up to 7 days before it starts: 10% less"), ("zh", "优惠 10%")] {
            let page = one.get(&format!("/{language}/calls/{}", id(&call))).await.text;
            assert!(page.contains("name=\"flexible\"") && page.contains(words), "{page}");
        }
        agreed(one, &call, &day(20), (1, "A")).await.invalid("flexible", "too_narrow");
        let made = agreed(one, &call, &wide, (1, "A")).await.expect(201).clone();
        assert_eq!(made["flexible"], true);
        // It is no other wish without it.
        world.app.clock.advance(60);
        let path = format!("/api/v1/wishes/{}", id(&made));
        for flexible in [false, true] {
            let order = json!({"query": wide, "rank": 1, "product_code": "A", "flexible": flexible});
            let changed = one.ask("PUT", &path, Some(order)).await.expect(200).clone();
            assert_eq!((&changed["flexible"], &changed["asked_at"]), (&json!(flexible), &made["asked_at"]));
        }
        close(&world, &call).await;
        draft(&world, &call).await.expect(200);
        publish(&world, &call).await.expect(200);
        let mine = wishes(one, &call).await.remove(0);
        let held = world.booking(one, mine["result"]["booking"].as_str().expect("a hold")).await;
        assert_eq!((&held["status"], &held["plan"]["percent"]), (&json!("held"), &json!(10)));
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }
}

//! Products come with their first booking, and not before.

use serde_json::{Value, json};
use tests::{app::credit_code, on_both_databases};

use super::{World, world::query};

const COUNT: &str = "SELECT count(*) FROM product";

on_both_databases! {
    async fn a_refused_order_leaves_no_product(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let before = database.number(COUNT).await;
        let wish = query(1, 1);
        let offer = world.offers(&world.one.member, &wish).await[0].clone();
        world.hold(&world.two.member, &wish, &offer, "FIRST").await.expect(201);
        assert_eq!(database.number(COUNT).await, before + 1);

        let bad = json!({"key": "not a key"});
        world.hold(&world.one.member, &wish, &bad, "NEW-1").await.invalid("offer", "unknown");
        world.hold(&world.one.member, &wish, &offer, "NEW-2").await.problem(409, "conflict");
        // A platform names products of its own, and of the company that phoned.
        for (company, key, status) in [(Value::Null, &bad, 422), (credit_code(1).into(), &bad, 422),
            (credit_code(1).into(), &offer, 409)]
        {
            let order = json!({"query": wish, "offer": key["key"], "product_code": "NEW-3", "company": company});
            world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await.expect(status);
        }
        assert_eq!(database.number(COUNT).await, before + 1, "who gets nothing leaves nothing");
        world.close(&database).await;
    }

    async fn the_request_says_that_its_product_is_the_holds_and_how_another_is_booked(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (client, wish) = (&world.one.member, query(1, 1));
        let named = world.hold_best(client, &wish, "OLD-1").await;
        let offer = world.offers(client, &wish).await[0].clone();
        let order = json!({"query": wish, "offer": offer["key"]});
        let fresh = client.ask_once("POST", "/api/v1/holds", Some(order)).await.expect(201).clone();
        for (booking, words) in [(&named, "It stays as it was held"), (&fresh, "This hold is for a new product")] {
            let page = client.get(&format!("/en/bookings/{}", booking["id"].as_str().expect("an id"))).await.text;
            let said = page.split(words).nth(1).unwrap_or_else(|| panic!("{words}: {page}"));
            let link = said.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
            let link = link.replace("&amp;", "&");
            assert!(link.starts_with("/en?") && link.contains("12%2E5"), "{link}");
            client.get(&link).await.expect(200);
        }
        world.close(&database).await;
    }

    async fn of_orders_that_name_a_new_product_at_once_all_get_the_same(database: TestDatabase) {
        let world = World::new(&database, 4).await;
        for round in 0..2 {
            let code = format!("NEW-{round}");
            let wish = query(1 + round, 1 + round);
            let offers = world.offers(&world.one.member, &wish).await;
            // Each on a line of its own.
            let together = |offer: &&Value| offer["steps"][0]["start"] == offers[0]["steps"][0]["start"];
            let pair: Vec<&Value> = offers.iter().filter(together).take(2).collect();
            assert_eq!(pair.len(), 2);
            let holds = pair.iter().map(|offer| world.hold(&world.one.member, &wish, offer, &code));
            for held in futures::future::join_all(holds).await {
                assert_eq!(held.expect(201)["product_code"], code.as_str());
            }
            let products = format!("SELECT count(DISTINCT b.product) FROM booking b JOIN product p ON p.id = b.product AND p.code = '{code}'");
            assert_eq!(database.number(&products).await, 1);
        }
        world.close(&database).await;
    }
}

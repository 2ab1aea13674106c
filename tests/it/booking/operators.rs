//! An operator books too: for a company that phoned, and for the platform's own production.

use serde_json::{Value, json};
use tests::{
    app::{People, credit_code},
    on_both_databases,
};

use super::{World, world::query};

on_both_databases! {
    async fn an_operator_books_for_a_company_that_phoned(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 10);
        let offer = world.offers(&world.operator, &wish).await[0].clone();
        let order = json!({"query": wish, "offer": offer["key"], "product_code": "PHONED", "company": credit_code(1)});
        let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order.clone())).await;
        assert_eq!((&made.expect(201)["status"], &made.body["reply_by"]), (&json!("requested"), &Value::Null));
        let id = made.string("id");
        assert_eq!(world.booking(&world.one.member, &id).await["product_code"], "PHONED");
        world.two.member.get(&format!("/api/v1/bookings/{id}")).await.problem(404, "not-found");
        world.act(&world.qa, &id, "confirm-hazards", json!({"reason": "by phone"})).await.expect(200);
        world.act(&world.operator, &id, "approve", Value::Null).await.expect(200);
        // Nobody holds anything before they are verified, be it by phone.
        world.app.visitor().post("/api/v1/organisations", People::registration(78)).await.expect(201);
        for number in [77, 78] {
            let mut unknown = order.clone();
            unknown["company"] = credit_code(number).into();
            let refused = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(unknown)).await;
            refused.invalid("company", "unknown");
        }
        world.settle().await;
        assert!(world.notices(&world.one.member).await.contains(&"booked_for_you".to_owned()));
        world.close(&database).await;
    }

    async fn a_company_is_found_by_its_name(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 10);
        let book = async |company: &str| {
            let offer = world.offers(&world.operator, &wish).await[0].clone();
            let order = json!({"query": wish, "offer": offer["key"], "product_code": "NAMED", "company": company});
            world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await
        };
        let names = world.one.admin.get("/api/v1/organisations/own").await;
        let name = names.expect(200)["name"]["zh"].as_str().expect("a name").to_owned();
        let made = book(&name).await;
        assert_eq!(made.expect(201)["company_name"]["zh"], name);
        // Every company of the harness has this in its name.
        let common: String = name.chars().take(2).collect();
        let several = book(&common).await;
        let meant = several.invalid("company", "several")["problem"]["names"].clone();
        assert!(meant.as_array().is_some_and(|names| names.len() > 1 && names.iter().all(|one| one["zh"] != one["en"])), "{meant}");
        // Whoever reads in English knows them by their English names.
        let search = super::world::search_path(&wish).trim_start_matches("/api/v1/offers").to_owned();
        let path = format!("/en/desk/book{search}&company={}", super::world::encoded(&common));
        let page = world.operator.get(&path).await;
        let told = page.text.split("several are meant (").nth(1).and_then(|rest| rest.split(')').next());
        assert!(told.is_some_and(|names| names.contains("Example Pharma 1") && !names.contains(&common)), "{told:?}");
        // A wildcard of the database is a letter like any other.
        book("%").await.invalid("company", "unknown");
        world.close(&database).await;
    }

    async fn own_production_belongs_to_the_platform_alone(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 1);
        let offer = world.offers(&world.operator, &wish).await[0].clone();
        let order = json!({"query": wish, "offer": offer["key"], "product_code": "OWN"});
        let body = Some(order.clone());
        world.one.member.ask_once("POST", "/api/v1/operator-bookings", body).await.problem(403, "forbidden");
        let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await;
        assert_eq!(made.expect(201)["company_name"], Value::Null);
        let id = made.string("id");
        world.one.member.get(&format!("/api/v1/bookings/{id}")).await.problem(404, "not-found");
        world.hold(&world.one.member, &wish, &offer, "P").await.problem(409, "conflict");
        world.act(&world.qa, &id, "withdraw", json!({})).await.problem(403, "forbidden");
        world.act(&world.operator, &id, "withdraw", json!({})).await.expect(200);
        world.close(&database).await;
    }
}

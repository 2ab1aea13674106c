//! An operator books too: for a company that phoned, and for the platform's own production.

use serde_json::{Value, json};
use server::clock::Clock;
use tests::{
    Visitor,
    app::{People, credit_code},
    on_both_databases,
};
use uuid::Uuid;

use super::{
    World,
    world::{details, encoded, query, search_path, with},
};

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
        // What it lacks is told, and approved for a reason alone, which both sides read.
        let lacking = json!(["agreements", "materials"]);
        assert_eq!(world.booking(&world.one.member, &id).await["unmet"], lacking);
        let page = world.operator.get(&format!("/en/desk/requests/{id}")).await;
        assert!(page.text.contains("id=\"despite\"") && page.text.contains("/do/fill-in"), "{}", page.text);
        let refused = world.act(&world.operator, &id, "approve", Value::Null).await;
        let refusal = &refused.problem(422, "refused")["refusal"];
        assert_eq!(refusal["reason"], "request_lacks");
        assert_eq!(refusal["facts"], json!([["check", "agreements"], ["check", "materials"]]));
        let despite = json!({"reason": "being signed"});
        world.act(&world.operator, &id, "approve", despite).await.expect(200);
        let seen = world.one.member.get(&format!("/en/bookings/{id}")).await;
        assert!(seen.text.contains("being signed"), "{}", seen.text);
        // Nobody holds anything before they are verified, be it by phone.
        world.app.visitor().post("/api/v1/organisations", People::registration(78)).await.expect(201);
        for (said, why) in [
            (credit_code(77), "unknown"),
            (credit_code(78), "unverified"),
            ("example pharma 78".to_owned(), "unverified"),
        ] {
            let mut nobody = order.clone();
            nobody["company"] = said.into();
            let refused = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(nobody)).await;
            refused.invalid("company", why);
        }
        // The page says so at its field, and leads to where it is verified.
        let search = search_path(&wish).trim_start_matches("/api/v1/offers").to_owned();
        let page = world.operator.get(&format!("/en/desk/book{search}&company={}", encoded("Example Pharma 78"))).await;
        page.expect(422);
        for told in ["id=\"company-problem\"", "Example Pharma 78 isn’t verified yet", "href=\"/en/desk/companies\""] {
            assert!(page.text.contains(told), "{told}: {}", page.text);
        }
        world.settle().await;
        assert!(world.notices(&world.one.member).await.contains(&"booked_for_you".to_owned()));
        world.close(&database).await;
    }

    async fn what_a_phoned_request_lacks_is_filled_in_by_either_side(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = with(&query(1, 10), &json!({"stage": ""}));
        let offer = world.offers(&world.operator, &wish).await[0].clone();
        let order = json!({"query": wish, "offer": offer["key"], "product_code": "PHONED", "company": credit_code(1)});
        let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await;
        assert_eq!(made.expect(201)["stage"], "unstated", "nobody said");
        let id = made.string("id");
        let page = world.one.member.get(&format!("/en/bookings/{id}")).await;
        assert!(page.text.contains("/do/fill-in") && page.text.contains("Missing before it can be approved"), "{}", page.text);
        world.act(&world.qa, &id, "confirm-hazards", json!({"reason": "by phone"})).await.expect(200);
        let whole = details();
        world.act(&world.qa, &id, "fill-in", whole.clone()).await.problem(403, "forbidden");
        let agreed = json!({"confidentiality": true, "quality": true, "storage": "ambient"});
        let half = world.act(&world.one.member, &id, "fill-in", agreed).await.expect(200).clone();
        assert_eq!((&half["unmet"], &half["hazards_confirmed"]), (&json!(["materials"]), &json!(true)));
        let late = with(&whole, &json!({"materials_on": "2027-12-09"}));
        world.act(&world.operator, &id, "fill-in", late).await.invalid("materials_on", "too_late");
        // Other evidence than quality assurance has looked at has it look again.
        let filled = with(&whole, &json!({"product_code": "PHONED", "oel": "7"}));
        let filled = world.act(&world.operator, &id, "fill-in", filled).await.expect(200).clone();
        assert_eq!((&filled["unmet"], &filled["hazards_confirmed"]), (&json!([]), &json!(false)));
        world.act(&world.qa, &id, "confirm-hazards", json!({"reason": "OEL 7"})).await.expect(200);
        world.act(&world.operator, &id, "approve", Value::Null).await.expect(200);
        world.act(&world.operator, &id, "fill-in", whole).await.problem(422, "refused");
        // Sent from a page that is still open, what was typed is kept, and either side reads why nothing came of it.
        for (visitor, page) in [(&world.one.member, "bookings"), (&world.operator, "desk/requests")] {
            let form = json!({"id": id, "key": Uuid::now_v7(), "details[storage]": "ambient",
                "details[strength]": "9 mg", "here": format!("/en/{page}/{id}")});
            let late = visitor.post_form("/do/fill-in", &form).await;
            assert_eq!(late.status, 422);
            for words in ["the booking has changed meanwhile", "9 mg"] {
                assert!(late.text.contains(words), "{words}: {}", late.text);
            }
        }
        world.settle().await;
        assert!(world.notices(&world.one.member).await.contains(&"request_filled_in".to_owned()));
        world.close(&database).await;
    }

    async fn what_is_filled_in_already_is_told_to_nobody_and_what_is_saved_in_parts_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, operator) = (&world.one.member, &world.operator);
        let book = async |days: [u8; 2], company: Option<String>| {
            let wish = query(days[0], days[1]);
            let offer = world.offers(operator, &wish).await[0].clone();
            let order = json!({"query": wish, "offer": offer["key"], "product_code": "PHONED", "company": company});
            let made = operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await;
            made.expect(201);
            made.string("id")
        };
        let id = book([1, 10], Some(credit_code(1))).await;
        let fill = async |visitor: &Visitor, id: &str, strength: &str| {
            let filled = with(&details(), &json!({"product_code": "PHONED", "strength": strength}));
            world.act(visitor, id, "fill-in", filled).await
        };
        let told = "SELECT count(*) FROM outbox WHERE topic = 'request_filled_in'";
        let first = world.app.clock.now();
        let version = fill(client, &id, "5 mg").await.expect(200)["version"].clone();
        for visitor in [client, operator] {
            assert_eq!(fill(visitor, &id, "5 mg").await.expect(200)["version"], version);
        }
        assert_eq!(database.number(told).await, 1, "it said so already");
        // Saved in parts, it is told with the first of them.
        for more in 6..16 {
            world.app.clock.advance(60);
            fill(client, &id, &format!("{more} mg")).await.expect(200);
        }
        assert_eq!(database.number(told).await, 1);
        // That nothing is missing any more is told at once, but not without end.
        let part = json!({"confidentiality": true, "quality": true, "storage": "ambient", "product_code": "PHONED"});
        for _ in 0..6 {
            let half = world.act(client, &id, "fill-in", part.clone()).await.expect(200).clone();
            assert_eq!(half["unmet"], json!(["materials"]));
            assert_eq!(fill(client, &id, "16 mg").await.expect(200)["unmet"], json!([]));
        }
        assert_eq!(database.number(told).await, 5);
        let last = first + 600;
        world.app.clock.set(last + 3600 - 1);
        fill(client, &id, "17 mg").await.expect(200);
        assert_eq!(database.number(told).await, 5);
        world.app.clock.set(last + 3600);
        fill(client, &id, "18 mg").await.expect(200);
        assert_eq!(database.number(told).await, 6, "an hour later there is news again");
        // The other side has told nothing yet.
        fill(operator, &id, "19 mg").await.expect(200);
        assert_eq!(database.number(told).await, 7);
        // Of its own production a platform tells nobody.
        let own = book([12, 20], None).await;
        for more in 1..=6 {
            fill(operator, &own, &format!("{more} mg")).await.expect(200);
        }
        assert_eq!(database.number(told).await, 7);
        world.close(&database).await;
    }

    async fn what_was_filled_in_since_it_was_shown_is_looked_at_first(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = with(&query(1, 10), &json!({"hazards": "hormone", "oeb": 3}));
        let offer = world.offers(&world.operator, &wish).await[0].clone();
        let order = json!({"query": wish, "offer": offer["key"], "product_code": "PHONED", "company": credit_code(1)});
        let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await;
        made.expect(201);
        let id = made.string("id");
        let here = format!("/en/desk/requests/{id}");
        let fill = async |visitor: &Visitor, oel: &str| {
            let filled = with(&details(), &json!({"product_code": "PHONED", "oel": oel}));
            world.act(visitor, &id, "fill-in", filled).await.expect(200)["version"].clone()
        };
        let refused = async |visitor: &Visitor, action: &str, version: &Value| {
            let order = json!({"reason": "OEL 500, as shown", "version": version});
            let late = world.act(visitor, &id, action, order).await;
            assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "booking_changed", "{action}");
        };
        let sent = |version: &Value| format!("name=\"version\" value=\"{version}\"");

        let shown = fill(&world.operator, "500").await;
        let page = world.qa.get(&here).await.text;
        assert!(page.contains(&sent(&shown)), "its form says what it shows: {page}");
        let now = fill(&world.one.member, "0.01").await;
        refused(&world.qa, "confirm-hazards", &shown).await;
        // The page says what came in between, keeps what was typed, and is about what it shows now.
        let form = json!({"id": id, "here": here, "next": here, "key": Uuid::now_v7(), "reason": "OEL 500, as shown",
            "version": shown});
        let late = world.qa.post_form("/do/confirm-hazards", &form).await;
        late.expect(422);
        let again = sent(&now);
        for words in ["This booking has changed meanwhile", "<p><strong>Filled in", "OEL 500, as shown", again.as_str()] {
            assert!(late.text.contains(words), "{words}: {}", late.text);
        }
        assert_eq!(world.booking(&world.qa, &id).await["hazards_confirmed"], false);
        let order = json!({"reason": "OEL 0.01", "version": now});
        world.act(&world.qa, &id, "confirm-hazards", order).await.expect(200);

        // So it is with whoever approves or declines: confirmed again, it is still not what was shown.
        let shown = world.booking(&world.operator, &id).await["version"].clone();
        assert!(world.operator.get(&here).await.text.contains(&sent(&shown)));
        fill(&world.one.member, "7").await;
        world.act(&world.qa, &id, "confirm-hazards", json!({"reason": "OEL 7"})).await.expect(200);
        refused(&world.operator, "approve", &shown).await;
        refused(&world.operator, "decline", &shown).await;
        let form = json!({"id": id, "here": here, "next": here, "key": Uuid::now_v7(), "version": shown});
        let late = world.operator.post_form("/do/approve", &form).await;
        late.expect(422);
        assert!(late.text.contains("<p><strong>Hazards confirmed"), "{}", late.text);
        let now = world.booking(&world.operator, &id).await["version"].clone();
        assert_eq!(world.act(&world.operator, &id, "approve", json!({"version": now})).await.expect(200)["status"], "confirmed");
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
        let search = search_path(&wish).trim_start_matches("/api/v1/offers").to_owned();
        let path = format!("/en/desk/book{search}&company={}", encoded(&common));
        let page = world.operator.get(&path).await;
        let told = page.text.split("several are meant (").nth(1).and_then(|rest| rest.split(')').next());
        assert!(told.is_some_and(|names| names.contains("Example Pharma 1") && !names.contains(&common)), "{told:?}");
        // A wildcard of the database is a letter like any other.
        book("%").await.invalid("company", "unknown");
        world.close(&database).await;
    }

    async fn a_whole_name_is_meant_before_a_part_of_one_that_is_verified(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let book = async |company: &str| {
            let wish = query(1, 10);
            let offer = world.offers(&world.operator, &wish).await[0].clone();
            let order = json!({"query": wish, "offer": offer["key"], "product_code": "NAMED", "company": company});
            world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await
        };
        // A part of a name that is verified, and all of one that isn't.
        let mut short = People::registration(79);
        (short["company"], short["company_en"]) = ("药业1".into(), "Pharma 1".into());
        world.app.visitor().post("/api/v1/organisations", short).await.expect(201);
        book("Pharma 1").await.invalid("company", "unverified");
        assert_eq!(book("Example Pharma 1").await.expect(201)["company_name"]["en"], "Example Pharma 1");
        world.close(&database).await;
    }

    async fn what_is_nearest_to_a_full_window_is_booked_on_the_same_page(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = json!({"line": world.plant.line(0), "start": "2026-12-05T00:00:00Z", "end": "2026-12-20T00:00:00Z",
            "kind": "maintenance"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closure)).await.expect(201);
        let search = search_path(&query(8, 10)).trim_start_matches("/api/v1/offers").to_owned();
        let here = format!("/en/desk/book{search}");
        let page = world.operator.get(&here).await;
        page.expect(200);
        assert!(page.text.contains("Nothing fits in this window") && page.text.contains("Nearest outside the window"));
        let nearest = page.text.split("name=\"nearest\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let nearest = nearest.expect("an offer").replace("&amp;", "&");
        let form = |nearest: &str| json!({"search": search, "nearest": nearest, "product_code": "NEAR", "language": "en",
            "key": Uuid::now_v7(), "here": here});
        world.operator.post_form("/do/book-for", &form("nothing")).await.expect(422);
        world.operator.post_form("/do/book-for", &form(&nearest)).await.expect(303);
        let made = world.operator.get("/api/v1/bookings?find=near").await;
        assert_eq!(made.expect(200)["items"][0]["steps"][0]["start"], "2026-12-03T16:00:00Z", "the plant's 4 December");
        // What would help is what whoever runs the lines can do.
        let vain = with(&query(1, 3), &json!({"hazards": "cytotoxic"}));
        let vain = search_path(&vain).trim_start_matches("/api/v1/offers").to_owned();
        let own = world.operator.get(&format!("/en/desk/book{vain}")).await.text;
        assert!(own.contains("or the line’s set-up has to change"), "{own}");
        let firms = world.one.member.get(&format!("/en{vain}")).await.text;
        assert!(firms.contains("another line or platform has to take it"), "{firms}");
        world.close(&database).await;
    }

    async fn the_desk_is_shown_the_days_after_the_earliest_too(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        assert_eq!(world.offers(&world.operator, &query(8, 12)).await.len(), 1, "the line is free throughout");
        let search = search_path(&query(8, 12)).trim_start_matches("/api/v1/offers").to_owned();
        let here = format!("/en/desk/book{search}");
        let page = world.operator.get(&here).await.text;
        let keys: Vec<&str> = page.split("name=\"offer\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(keys.len(), 5, "a day each: {page}");
        let form = json!({"search": search, "offer": keys[2], "product_code": "THIRD", "language": "en",
            "key": Uuid::now_v7(), "here": here});
        world.operator.post_form("/do/book-for", &form).await.expect(303);
        let made = world.operator.get("/api/v1/bookings?find=third").await;
        assert_eq!(made.expect(200)["items"][0]["steps"][0]["start"], "2026-12-09T16:00:00Z", "the plant's 10 December");
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

//! Bad input gets a clear answer, and nothing is half written.

use app::contract::RequestDetails;
use serde_json::{Value, json};
use tests::{Visitor, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    world::{details, query, with},
};

on_both_databases! {
    async fn every_wrong_field_of_a_search_is_named(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let cases = [
            (json!({"from": "2026-12-10", "to": "2026-12-09"}), "to", "reversed"),
            (json!({"from": "1900-01-01"}), "from", "out_of_range"),
            (json!({"to": "9999-12-31"}), "to", "out_of_range"),
            (json!({"from": "tomorrow"}), "from", "malformed"),
            (json!({"from": "2026-02-30"}), "from", "malformed"),
            (json!({"offering": "PILLS 🧪"}), "offering", "unknown"),
            (json!({"offering": "\u{202e}BAT"}), "offering", "unknown"),
            (json!({"offering": ""}), "offering", "missing"),
            (json!({"batch_size": "-5"}), "batch_size", "out_of_range"),
            (json!({"batch_size": "1e9"}), "batch_size", "malformed"),
            (json!({"batch_size": "99999999999999999999"}), "batch_size", "out_of_range"),
            (json!({"unit": "stone"}), "unit", "unknown"),
            (json!({"batches": 0}), "batches", "out_of_range"),
            (json!({"batches": "many"}), "batches", "malformed"),
            (json!({"hazards": "مادة خطرة"}), "hazards", "unknown"),
            (json!({"oeb": 9}), "oeb", "out_of_range"),
            (json!({"stage": "someday"}), "stage", "unknown"),
            (json!({"platform": "here"}), "platform", "malformed"),
            (json!({"product": Uuid::now_v7()}), "product", "unknown"),
        ];
        for (change, field, problem) in cases {
            world.search(&world.one.member, &with(&query(1, 10), &change)).await.invalid(field, problem);
        }
        for (change, reason) in [
            (json!({"hazards": "unclassified"}), "hazard_unclassified"),
            (json!({"offering": "LYO"}), "not_offered"),
            (json!({"from": "2030-01-01", "to": "2030-02-01"}), "window_outside_horizon"),
        ] {
            let answer = world.search(&world.one.member, &with(&query(1, 10), &change)).await;
            assert_eq!(answer.problem(422, "refused")["refusal"]["reason"], reason);
        }
        // Not wrong, but nothing that a line can do: it is said of each line.
        for (change, reason) in [
            (json!({"batch_size": "500"}), "batch_out_of_range"),
            (json!({"unit": "litre"}), "unit_mismatch"),
            (json!({"hazards": "cytotoxic"}), "hazard_not_admitted"),
        ] {
            let answer = world.search(&world.one.member, &with(&query(1, 10), &change)).await;
            assert_eq!(answer.expect(200)["found"], 0);
            assert_eq!(answer.body["refusals"][0]["refusal"]["reason"], reason);
        }
        world.close(&database).await;
    }

    async fn a_misspelt_field_is_named_and_never_read_as_left_out(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let firm = &world.one.member;
        let wish = query(1, 10);
        let key = world.offers(firm, &wish).await[0]["key"].clone();
        let hazard = with(&wish, &json!({"hazard": "penicillin"}));
        for (order, field) in [
            (json!({"query": hazard, "offer": key}), "query.hazard"),
            (json!({"query": wish, "offer": key, "product_kode": "P-1"}), "product_kode"),
        ] {
            firm.ask_once("POST", "/api/v1/holds", Some(order)).await.invalid(field, "unknown");
        }
        let path = format!("{}&hazard=penicillin", super::world::search_path(&wish));
        firm.get(&path).await.invalid("hazard", "unknown");
        firm.get(&format!("{}&gmp=true", super::world::search_path(&wish))).await.invalid("gmp", "malformed");
        let held = firm.ask_once("POST", "/api/v1/holds", Some(json!({"query": wish, "offer": key}))).await;
        let id = held.expect(201)["id"].as_str().expect("an id").to_owned();
        let why = json!({"reason": "no need", "reazon": "?"});
        world.act(firm, &id, "withdraw", why).await.invalid("reazon", "unknown");
        assert_eq!(world.booking(firm, &id).await["status"], "held");
        world.close(&database).await;
    }

    async fn a_token_of_another_firm_opens_and_changes_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let path = format!("/api/v1/bookings/{id}");
        for stranger in [&world.two.member, &world.two.admin] {
            let made = stranger.post("/api/v1/tokens", json!({"name": "ERP"})).await;
            made.expect(201);
            let program = world.app.visitor().with_token(&made.string("secret"));
            program.get(&path).await.problem(404, "not-found");
            program.get(&format!("{path}/history")).await.problem(404, "not-found");
            for (action, body) in [("request", details()), ("withdraw", json!({"reason": "mine now"}))] {
                world.act(&program, id, action, body).await.problem(404, "not-found");
            }
            assert_eq!(program.get("/api/v1/bookings").await.expect(200)["items"], json!([]));
        }
        assert_eq!(world.booking(&world.one.member, id).await["status"], "held");
        world.close(&database).await;
    }

    async fn a_forged_offer_books_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 10);
        let offer = world.offers(&world.one.member, &wish).await[0].clone();
        let key = offer["key"].as_str().expect("a key");
        let forged = ["", "🧪", "AAAA", &key[2..], &key.replace('A', "B"), &"A".repeat(20_000)];
        for key in forged {
            let order = json!({"query": wish, "offer": key});
            let answer = world.one.member.ask_once("POST", "/api/v1/holds", Some(order)).await;
            assert!(matches!(answer.status, 409 | 422), "{key}: {} {}", answer.status, answer.text);
        }
        // Of another campaign than the one that the offer was made for.
        for change in [json!({"hazards": "unclassified"}), json!({"batch_size": "500"}), json!({"from": "2026-12-05"})] {
            let order = json!({"query": with(&wish, &change), "offer": key});
            let answer = world.one.member.ask_once("POST", "/api/v1/holds", Some(order)).await;
            assert!(matches!(answer.status, 409 | 422), "{change}: {} {}", answer.status, answer.text);
        }
        let code = "字".repeat(81);
        let order = json!({"query": wish, "offer": key, "product_code": code});
        world.one.member.ask_once("POST", "/api/v1/holds", Some(order)).await.invalid("product_code", "too_long");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 0);
        assert_eq!(database.number("SELECT count(*) FROM occupancy WHERE head IS NULL").await, 0);
        assert_eq!(database.number("SELECT count(*) FROM idempotency").await, 0);
        world.close(&database).await;
    }

    async fn a_request_is_checked_field_by_field(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = with(&query(1, 1), &json!({"hazards": "hormone", "oeb": 4}));
        let offers = world.offers(&world.one.member, &wish).await;
        // Without a code the product must get one with the request.
        let order = json!({"query": wish, "offer": offers[0]["key"]});
        let held = world.one.member.ask_once("POST", "/api/v1/holds", Some(order)).await;
        assert_eq!(held.expect(201)["product_code"], Value::Null);
        let id = held.string("id");
        let cases = [
            (json!({"molecule": "gold"}), "molecule", "unknown"),
            (json!({"pde": ""}), "oel", "missing"),
            (json!({"pde": "a little"}), "pde", "malformed"),
            (json!({"market": ""}), "market", "missing"),
            (json!({"materials_on": "9999-12-31"}), "materials_on", "out_of_range"),
            (json!({"confidentiality": false}), "confidentiality", "missing"),
            (json!({"quality": false}), "quality", "missing"),
            (json!({"contact_phone": "", "contact_email": "nobody"}), "contact_email", "malformed"),
            (json!({"remark": "x".repeat(2001)}), "remark", "too_long"),
            (json!({"project": "\u{202e}evil"}), "project", "invisible"),
            (json!({"colour": "red"}), "colour", "unknown"),
            (json!({}), "product_code", "missing"),
        ];
        for (change, field, problem) in cases {
            let named = json!({"product_code": if field == "product_code" { "" } else { "NEW-1" }});
            let said = with(&with(&details(), &named), &change);
            world.act(&world.one.member, &id, "request", said).await.invalid(field, problem);
        }
        assert_eq!(world.booking(&world.one.member, &id).await["status"], "held");
        // What only the booking and the company's other products can tell is told with the rest.
        world.hold_best(&world.one.member, &query(20, 24), "KNOWN-1").await;
        let change = json!({"strength": "", "materials_on": "2026-12-09", "product_code": "KNOWN-1", "contact_phone": "12"});
        let told = world.act(&world.one.member, &id, "request", with(&details(), &change)).await;
        let told = told.problem(422, "invalid")["faults"].as_array().expect("faults").clone();
        let told: Vec<_> = told.iter().map(|fault| (&fault["field"], &fault["problem"]["problem"])).collect();
        for (field, problem) in [("contact_phone", "malformed"), ("strength", "missing"), ("materials_on", "too_late"),
            ("product_code", "taken")]
        {
            assert!(told.contains(&(&json!(field), &json!(problem))), "{field}: {told:?}");
        }
        assert_eq!(told.len(), 4, "{told:?}");
        let named = with(&details(), &json!({"product_code": "مشروع-7 🧪"}));
        let sent = world.act(&world.one.member, &id, "request", named).await;
        assert_eq!(sent.expect(200)["product_code"], "مشروع-7 🧪");
        for path in ["/api/v1/bookings?status=gone", "/api/v1/bookings?limit=0", "/api/v1/bookings?cursor=x"] {
            assert_eq!(world.one.member.get(path).await.status, 422, "{path}");
        }
        world.close(&database).await;
    }

    async fn of_a_draft_what_is_well_formed_is_saved_and_the_rest_told(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let held = world.hold_best(one, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let save = async |fields: Value| {
            let form = with(&json!({"id": id, "here": format!("/en/bookings/{id}")}), &fields);
            one.post_form("/do/save-draft", &form).await
        };
        save(json!({"details[oel]": "10", "details[strength]": "1 mg"})).await.expect(303);
        let partial = save(json!({"details[oel]": "-3", "details[strength]": "5 mg", "details[contact_email]": "nope",
            "details[remark]": "two shifts"})).await;
        partial.expect(422);
        for words in ["id=\"oel-problem\"", "id=\"contact_email-problem\"", "value=\"-3\"", "value=\"nope\"",
            "What is not named above is saved"]
        {
            assert!(partial.text.contains(words), "{words}: {}", partial.text);
        }
        let kept = world.booking(one, id).await["details"].clone();
        for (field, value) in [("oel", "10"), ("strength", "5 mg"), ("contact_email", ""), ("remark", "two shifts")] {
            assert_eq!(kept[field], value, "{field}");
        }
        // A program is answered without anything being saved.
        let body = with(&kept, &json!({"pde": "-3", "strength": "7 mg"}));
        one.ask("PUT", &format!("/api/v1/bookings/{id}/details"), Some(body)).await.invalid("pde", "out_of_range");
        assert_eq!(world.booking(one, id).await["details"], kept);
        // The page saves by itself while somebody types, and finds in the answer what to say of it.
        let quiet = save(json!({"quietly": "true", "details[oel]": "10", "details[strength]": "7 mg"})).await;
        quiet.expect(303);
        assert_eq!(quiet.header("location"), format!("/en/bookings/{id}?saved=quietly"));
        let told = one.get(quiet.header("location")).await.text;
        assert!(told.contains("data-saved=\"") && told.contains(">Saved "), "{told}");
        let partial = save(json!({"quietly": "true", "details[oel]": "-3", "details[strength]": "8 mg"})).await;
        partial.expect(422);
        let told = partial.text;
        assert!(told.contains("data-saved=\"") && told.contains("but for: OEL"), "{told}");
        let kept = world.booking(one, id).await["details"].clone();
        assert_eq!((&kept["oel"], &kept["strength"]), (&json!("10"), &json!("8 mg")));
        world.close(&database).await;
    }

    async fn a_draft_that_somebody_saved_meanwhile_is_not_taken_back(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, colleague) = (&world.one.member, &world.one.admin);
        let held = world.hold_best(one, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let saved = async || {
            let details = world.booking(one, id).await["details"].clone();
            serde_json::from_value::<RequestDetails>(details).expect("details")
        };
        let save = async |visitor: &Visitor, known: &str, fields: Value| {
            let form = json!({"id": id, "known": known, "here": format!("/en/bookings/{id}")});
            visitor.post_form("/do/save-draft", &with(&form, &fields)).await
        };
        let opened = saved().await.mark();
        save(colleague, &opened, json!({"details[container]": "PVC blister"})).await.expect(303);
        let late = save(one, &opened, json!({"details[strength]": "5 mg"})).await;
        late.expect(422);
        for words in ["Saved meanwhile", "PVC blister", "value=\"5 mg\"", &saved().await.mark()] {
            assert!(late.text.contains(words), "{words}: {}", late.text);
        }
        let quiet = save(one, &opened, json!({"quietly": "true", "details[strength]": "5 mg"})).await;
        quiet.expect(422);
        let told = quiet.text;
        assert!(told.contains("Press “Save draft” to compare.") && !told.contains("data-saved=\""), "{told}");
        let kept = saved().await;
        assert_eq!((kept.container.as_str(), kept.strength.as_str()), ("PVC blister", ""));
        let form = json!({"id": id, "known": opened, "key": Uuid::now_v7(), "here": format!("/en/bookings/{id}")});
        let sent = one.post_form("/do/send-request", &form).await;
        assert_eq!((sent.status, world.booking(one, id).await["status"].clone()), (422, json!("held")));
        // Whoever has read that may put its own in its place.
        save(one, &kept.mark(), json!({"details[strength]": "5 mg"})).await.expect(303);
        let now = saved().await;
        assert_eq!((now.container.as_str(), now.strength.as_str()), ("", "5 mg"));
        world.close(&database).await;
    }

    async fn a_draft_that_the_same_form_saved_is_its_own_though_it_never_heard_of_that(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, colleague) = (&world.one.member, &world.one.admin);
        let held = world.hold_best(one, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let saved = async || {
            let details = world.booking(one, id).await["details"].clone();
            serde_json::from_value::<RequestDetails>(details).expect("details")
        };
        let opened = saved().await.mark();
        let page = one.get(&format!("/en/bookings/{id}")).await.text;
        assert!(page.contains("name=\"turn\" value=\"0\""), "{page}");
        let form = Uuid::now_v7();
        let save = async |key: Uuid, turn: u32, strength: &str| {
            let fields = json!({"id": id, "known": opened, "key": key, "turn": turn, "quietly": "true",
                "details[strength]": strength, "here": format!("/en/bookings/{id}")});
            one.post_form("/do/save-draft", &fields).await
        };
        // Each answer is lost: the form goes on saying what it was opened with.
        for (turn, strength) in [(1, "5 mg"), (2, "6 mg"), (2, "6 mg")] {
            save(form, turn, strength).await.expect(303);
            assert_eq!(saved().await.strength, strength);
        }
        // What was longer on its way than what came after it takes nothing back; nor does another form of one's own.
        for (key, turn) in [(form, 1), (Uuid::now_v7(), 9)] {
            save(key, turn, "5 mg").await.expect(422);
            assert_eq!(saved().await.strength, "6 mg");
        }
        // What a colleague has saved meanwhile isn't its own.
        let known = saved().await.mark();
        let theirs = json!({"id": id, "known": known, "key": Uuid::now_v7(), "details[strength]": "8 mg",
            "here": format!("/en/bookings/{id}")});
        colleague.post_form("/do/save-draft", &theirs).await.expect(303);
        save(form, 3, "7 mg").await.expect(422);
        assert_eq!(saved().await.strength, "8 mg");
        // What says the same takes nothing back, whoever says it.
        save(form, 4, "8 mg").await.expect(303);
        world.close(&database).await;
    }

    async fn alternatives_are_searches_and_limited_with_them(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 20);
        let best = world.offers(&world.one.member, &wish).await[0].clone();
        let own = world.hold_best(&world.one.member, &query(22, 24), "P").await;
        world.hold(&world.two.member, &wish, &best, "Q").await.expect(201);
        let app = tests::App::start_with(&database, |settings| settings.limits.search_per_minute = 5).await;
        let firm = app.visitor();
        firm.sign_in("member@company1.example", tests::app::PASSWORD).await.expect(201);
        // An attempt is one, and looking for what is free instead another.
        for hazards in ["", "hormone"] {
            let answer = world.hold(&firm, &with(&wish, &json!({"hazards": hazards})), &best, "R").await;
            assert_ne!(answer.problem(409, "conflict")["alternatives"], json!([]), "{hazards}");
            assert_eq!(answer.header("retry-after"), "");
        }
        let hold = world.hold(&firm, &wish, &best, "P").await;
        let id = own["id"].as_str().expect("an id");
        let order = json!({"query": wish, "offer": best["key"], "quoted_fee_fen": 0});
        let body = hold.problem(409, "conflict");
        assert_eq!(body["alternatives"], json!([]), "{}", hold.text);
        assert_eq!(body["retry_after_seconds"], 12);
        assert!(body["detail"].as_str().is_some_and(|words| words.contains("12")), "{}", hold.text);
        // Whether it is taken isn't told any more either: held and given back, it would tell as much as a search.
        assert_eq!(hold.header("retry-after"), "12");
        for answer in [world.hold(&firm, &wish, &best, "P").await, world.act(&firm, id, "move", order).await] {
            answer.problem(429, "too-many");
            assert_eq!(answer.header("retry-after"), "12");
        }
        firm.get(&super::world::search_path(&wish)).await.problem(429, "too-many");
        app.stop().await;
        world.close(&database).await;
    }

    async fn searches_are_limited_by_firm_and_by_address(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let app = tests::App::start_with(&database, |settings| settings.limits.search_per_minute = 3).await;
        let visitor = app.visitor();
        let path = super::world::search_path(&query(1, 2));
        let ask = || visitor.get(&path);
        for _ in 0..3 {
            ask().await.expect(200);
        }
        let refused = ask().await;
        refused.problem(429, "too-many");
        assert!(!refused.header("retry-after").is_empty());
        app.clock.advance(60);
        ask().await.expect(200);
        app.stop().await;
        world.close(&database).await;
    }
}

//! What pages say of a firm's bookings: whose they are, in which order, what a move leaves as it was, who may do what,
//! and what is left of those that are over.

use serde_json::{Value, json};
use tests::{Visitor, app::PASSWORD, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    repairing::make_room,
    world::{details, query, search_path, seconds, with},
};

/// The text of an English page.
async fn page(visitor: &Visitor, path: &str) -> String {
    let page = visitor.get(&format!("/en{path}")).await;
    page.expect(200);
    page.text
}

fn id(booking: &Value) -> &str {
    booking["id"].as_str().expect("an id")
}

on_both_databases! {
    async fn a_move_is_no_new_hold(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(5, 5), "P").await;
        let path = format!("/bookings/{}/move?from=2026-12-22&to=2026-12-25", id(&held));
        let says = async |words: [&str; 2]| {
            let page = page(client, &path).await;
            for words in words {
                assert!(page.contains(words), "{words}: {page}");
            }
            for words in ["Held for ", "it is yours alone for"] {
                assert!(!page.contains(words), "{words}: {page}");
            }
            page
        };
        says(["Stays held, until ", "It remains a hold and its deadline does not restart"]).await;
        world.act(client, id(&held), "request", details()).await.expect(200);
        says(["Stays requested, answered by ", "It stays requested and isn’t sent again"]).await;
        world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
        world.act(&world.operator, id(&held), "approve", Value::Null).await.expect(200);
        let page = says(["Stays confirmed; once there, ", "no new approval is needed"]).await;
        assert!(!page.contains("After you send the request"), "{page}");
        world.close(&database).await;
    }

    async fn who_may_not_cancel_reads_why_and_where_to_go_on(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booking = world.confirmed(&query(5, 5), "P").await;
        for staff in [&world.operator, &world.qa] {
            for what in ["cancel", "move"] {
                let told = page(staff, &format!("/bookings/{}/{what}", id(&booking))).await;
                assert!(told.contains("only Example Pharma 1 itself can cancel or move it"), "{told}");
                assert!(told.contains(&format!("href=\"/en/desk/requests/{}\"", id(&booking))), "{told}");
                assert!(!told.contains("has moved on since"), "{told}");
            }
        }
        let held = world.hold_best(&world.two.member, &query(9, 9), "Q").await;
        let path = format!("/bookings/{}/cancel", id(&held));
        let told = page(&world.operator, &path).await;
        assert!(told.contains("Example Pharma 2 may withdraw it"), "{told}");
        let told = page(&world.two.member, &path).await;
        assert!(told.contains("it can be withdrawn on its page"), "{told}");
        world.close(&database).await;
    }

    async fn a_booking_of_another_of_ones_organisations_is_told_to_whoever_is_of_both_alone(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let guest = &world.one.member;
        let held = world.hold_best(&world.two.member, &query(5, 5), "P").await;
        let path = format!("/en/bookings/{}", id(&held));
        guest.get(&path).await.expect(404);
        world.app.clock.advance(1);
        let order = json!({"email": "member@company1.example", "role": "company_member"});
        let token = world.two.admin.post("/api/v1/invitations", order).await.string("token");
        let acceptance = json!({"token": token, "password": PASSWORD});
        guest.post("/api/v1/invitations/accept", acceptance).await.expect(201);
        let act_for = async |organisation: Uuid, next: &str| {
            let form = json!({"organisation": organisation, "next": next, "here": "/en/account"});
            let switched = guest.post_form("/do/switch-organisation", &form).await;
            switched.expect(303);
            switched.header("location").to_owned()
        };
        act_for(world.one.organisation, "/en").await;
        for page in ["", "/cancel", "/move"] {
            let told = guest.get(&format!("{path}{page}")).await;
            told.expect(403);
            let back = format!("name=\"next\" value=\"{path}{page}\"");
            for words in ["This booking belongs to Example Pharma 2. You act for Example Pharma 1 now.", back.as_str()] {
                assert!(told.text.contains(words), "{words}: {}", told.text);
            }
            world.one.admin.get(&format!("{path}{page}")).await.expect(404);
        }
        let at_the_desk = guest.get(&format!("/en/desk/requests/{}", id(&held))).await;
        at_the_desk.expect(403);
        assert!(!at_the_desk.text.contains("This booking"), "{}", at_the_desk.text);
        guest.get(&format!("/api/v1/bookings/{}", id(&held))).await.problem(404, "not-found");
        assert_eq!(act_for(world.two.organisation, &path).await, path);
        guest.get(&path).await.expect(200);
        world.close(&database).await;
    }

    async fn campaigns_are_listed_by_their_start_whatever_they_are_narrowed_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let mut made = Vec::new();
        for day in [9, 3, 12, 6] {
            made.push(world.hold_best(client, &query(day, day), &format!("P{day}")).await);
        }
        let listed = async |path: &str, words: &str| {
            let page = page(client, path).await;
            assert!(page.contains(words), "{words}: {page}");
            let list = page.split_once("id=\"campaigns\"").expect("a list").1.to_owned();
            let list = list.split("</table>").next().unwrap_or_default();
            ["P3", "P6", "P9", "P12"].map(|code| list.find(&format!(">{code}<")).expect(code))
        };
        for path in ["/campaigns", "/campaigns?status=held", "/campaigns?offering=TAB"] {
            let places = listed(path, "First what waits for you, by its deadline; then by start.").await;
            assert!(places.is_sorted(), "{path}: {places:?}");
        }
        for booking in &made {
            world.act(client, id(booking), "withdraw", json!({})).await.expect(200);
        }
        let places = listed("/campaigns?status=withdrawn", "By start, the latest first.").await;
        assert!(places.iter().rev().is_sorted(), "{places:?}");
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/bookings?by_start=true&limit=1&cursor={cursor}");
            let page = client.get(&path).await.expect(200).clone();
            seen.push(page["items"][0]["product_code"].clone());
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(seen, ["P12", "P9", "P6", "P3"]);
        // When another's begins isn't told by where a list goes on behind it.
        for day in [4, 8] {
            world.hold_best(&world.two.member, &query(day, day), "Q").await;
        }
        let theirs = world.two.member.get("/api/v1/bookings?by_start=true&limit=1").await.string("next");
        let page = client.get(&format!("/api/v1/bookings?by_start=true&limit=1&cursor={theirs}")).await;
        assert_eq!(page.expect(200)["items"][0]["product_code"], "P12");
        world.close(&database).await;
    }

    async fn what_waits_for_the_firm_stands_first_by_its_deadline(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &query(3, 3), "WAITS-FOR-NONE").await;
        let full = with(&query(10, 10), &json!({"batches": 2}));
        let asked = world.confirmed_for(two, &full, "ASKED").await;
        make_room(one, &full, "A").await.expect(201);
        // What is held first runs out first, though it begins last.
        let late = world.hold_best(two, &query(20, 20), "LATE").await;
        world.app.clock.advance(3600);
        let soon = world.hold_best(two, &query(16, 16), "SOON").await;
        let ask = two.get("/api/v1/proposals").await.expect(200)["items"][0].clone();
        let [late, soon] = [late, soon].map(|held| seconds(&held["hold_expires_at"]));
        assert!(late < soon, "{late} {soon}");
        let mut waits = [(seconds(&ask["answer_by"]), "ASKED"), (late, "LATE"), (soon, "SOON")];
        waits.sort_unstable();
        let expected: Vec<&str> = waits.into_iter().map(|(_, code)| code).chain(["WAITS-FOR-NONE"]).collect();
        let shown = page(two, "/campaigns").await;
        let list = shown.split_once("id=\"campaigns\"").expect("a list").1;
        let list = list.split("</table>").next().unwrap_or_default();
        let places: Vec<usize> =
            expected.iter().map(|code| list.find(&format!(">{code}<")).expect(code)).collect();
        assert!(places.is_sorted(), "{expected:?} {places:?}: {list}");
        // What it is asked is what is next, there and on its own page.
        assert_eq!(list.matches(" whether it may move").count(), 1, "{list}");
        let own = page(two, &format!("/bookings/{}", id(&asked))).await;
        assert!(own.contains(" whether it may move"), "{own}");
        world.close(&database).await;
    }

    async fn of_what_is_over_no_terms_are_shown_and_the_search_is_the_way_on(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let booking = world.confirmed(&query(20, 20), "P").await;
        let path = format!("/bookings/{}", id(&booking));
        let button = "class=\"button\">Search again for this campaign";
        let confirmed = page(client, &path).await;
        assert!(confirmed.contains("<details class=\"terms\"") && !confirmed.contains(button), "{confirmed}");
        // What is due since then is said, and nothing of the request any more.
        for words in ["The reservation fee of ", "has been due since the platform confirmed, and is credited"] {
            assert!(confirmed.contains(words), "{words}: {confirmed}");
        }
        assert!(!confirmed.contains("After you send the request"), "{confirmed}");
        world.settle().await;
        let told = client.get("/api/v1/notices").await.expect(200)["items"][0].clone();
        let due = &booking["terms"]["reservation_fen"];
        assert_eq!((&told["kind"], &told["due_fen"]), (&json!("booking_confirmed"), due), "{told}");
        let held = world.hold_best(client, &query(9, 9), "Q").await;
        world.act(client, id(&held), "withdraw", json!({})).await.expect(200);
        let over = page(client, &format!("/bookings/{}", id(&held))).await;
        assert!(!over.contains("<details class=\"terms\"") && over.contains(button), "{over}");
        // Of what was left for a fee the terms say why.
        let quote = client.get(&format!("/api/v1/bookings/{}/cancellation", id(&booking))).await;
        let fee = quote.expect(200)["fee_fen"].clone();
        world.act(client, id(&booking), "cancel", json!({"quoted_fee_fen": fee})).await.expect(200);
        let left = page(client, &path).await;
        assert!(left.contains("As agreed when it was confirmed.") && left.contains(button), "{left}");
        world.close(&database).await;
    }

    async fn conditions_that_are_set_are_counted_and_unfolded_only_if_wrong(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let plain = with(&query(1, 10), &json!({"gmp": false, "stage": ""}));
        let here = with(&plain, &json!({"platform": world.plant.platform.0}));
        for (wish, words) in [(&plain, "More conditions<"), (&here, "More conditions · 1 set")] {
            let page = page(client, search_path(wish).trim_start_matches("/api/v1/offers")).await;
            assert!(page.contains(words) && page.contains("<details class=\"search-more\">"), "{words}: {page}");
        }
        let nowhere = with(&plain, &json!({"platform": Uuid::now_v7()}));
        let wrong = client.get(&search_path(&nowhere).replace("/api/v1/offers", "/en")).await;
        wrong.expect(422);
        assert!(wrong.text.contains("<details open class=\"search-more\">"), "{}", wrong.text);
        world.close(&database).await;
    }

    async fn a_product_code_that_is_too_long_is_complained_of_at_its_field_and_kept(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let wish = query(1, 10);
        let offer = world.offers(client, &wish).await.remove(0);
        let search = search_path(&wish).trim_start_matches("/api/v1/offers").to_owned();
        let code = "X".repeat(81);
        let form = json!({"search": search, "offer": offer["key"], "product_code": code, "key": Uuid::now_v7(),
            "here": format!("/en{search}")});
        let told = client.post_form("/do/hold", &form).await;
        told.expect(422);
        for words in ["product-code-1-problem", "may have at most 80 characters", code.as_str()] {
            assert!(told.text.contains(words), "{words}: {}", told.text);
        }
        world.close(&database).await;
    }

    async fn an_agreement_that_a_grade_does_not_need_is_not_said_to_be_missing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &with(&query(5, 5), &json!({"gmp": false})), "P").await;
        let open = with(&details(), &json!({"quality": false}));
        world.act(client, id(&held), "request", open).await.expect(200);
        let desk = page(&world.operator, &format!("/desk/requests/{}", id(&held))).await;
        assert!(desk.contains("only GMP batches call for one") && !desk.contains(">missing<"), "{desk}");
        // It stands out on its line, and the legend says so.
        assert!(desk.contains("piece campaign requested own") && desk.contains("This booking"), "{desk}");
        world.close(&database).await;
    }
}

//! The operator's pages as the server renders them: who may see them, and what they tell.

use serde_json::{Value, json};
use tests::{Visitor, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    outages::{asks, day, down, say},
    repairing::make_room,
    world::{details, query, search_path, seconds},
};

/// The page at `path`, in English.
pub async fn page(visitor: &Visitor, path: &str) -> String {
    let page = visitor.get(&format!("/en{path}")).await;
    page.expect(200);
    page.text
}

on_both_databases! {
    async fn every_page_of_the_desk_refuses_all_but_the_platforms_people(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(1, 10), "SECRET-7").await;
        let id = held["id"].as_str().expect("an id");
        let line = world.plant.line(0);
        let paths = [
            "/desk".to_owned(),
            "/desk/book".to_owned(),
            "/desk/bookings".to_owned(),
            format!("/desk/requests/{id}"),
            "/lines".to_owned(),
            "/setup".to_owned(),
            "/setup/part?sort=policy&code=policy".to_owned(),
            format!("/lines/{line}"),
            format!("/lines/{line}/close?kind=hvac&start=2026-12-01&start_time=08:00&end=2026-12-02&end_time=08:00"),
        ];
        let stranger = world.app.visitor();
        for path in &paths {
            for (who, words) in [
                (&world.one.member, "may not do this"),
                (&world.two.member, "may not do this"),
                (&world.district, "may not do this"),
                (&stranger, "sign in first"),
            ] {
                let answer = who.get(&format!("/en{path}")).await;
                answer.expect(403);
                assert!(answer.text.contains(words), "{path}: {}", answer.text);
                assert!(!answer.text.contains("SECRET-7"), "{path}");
            }
            let chinese = world.two.member.get(&format!("/zh{path}")).await;
            chinese.expect(403);
            assert!(chinese.text.contains("无权"), "{path}: {}", chinese.text);
            page(&world.operator, path).await;
            // Quality assurance looks at everything, closes no line and books nothing.
            let acts = path.contains("/close") || path == "/desk/book";
            world.qa.get(&format!("/en{path}")).await.expect(if acts { 403 } else { 200 });
        }
        // What it can't change it views.
        let (looks, changes) = (page(&world.qa, "/setup").await, page(&world.operator, "/setup").await);
        assert!(looks.contains(">View") && !looks.contains(">Edit"), "{looks}");
        assert!(changes.contains(">Edit"), "{changes}");
        world.close(&database).await;
    }

    async fn the_queue_shows_what_needs_somebody_and_only_that(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        assert!(page(&world.operator, "/desk").await.contains("Nothing needs you now"));
        let booked = world.confirmed(&query(2, 4), "P").await;
        assert!(page(&world.operator, "/desk").await.contains("Nothing needs you now"), "it is decided, and not today");

        let held = world.hold_best(&world.one.member, &query(8, 20), "Q").await;
        let reference = held["reference"].as_str().expect("a reference");
        assert!(!page(&world.operator, "/desk").await.contains(reference), "it has days left");
        world.app.clock.set(seconds(&held["hold_expires_at"]) - 3600);
        assert!(page(&world.operator, "/desk").await.contains(reference), "it lapses soon");

        let id = held["id"].as_str().expect("an id");
        world.act(&world.one.member, id, "request", details()).await.expect(200);
        let desk = page(&world.operator, "/desk").await;
        assert!(desk.contains(reference) && desk.contains("waits for QA") && desk.contains("Example Pharma 1"));
        assert!(page(&world.qa, "/desk").await.contains("Hazards to confirm"));
        assert!(!desk.contains("Hazards to confirm"), "that is not the operator's");

        world.app.clock.set(seconds(&booked["steps"][0]["start"]));
        let desk = page(&world.operator, "/desk").await;
        let starts = booked["reference"].as_str().expect("a reference");
        assert!(desk.contains(starts) && desk.contains("data-label=\"To do\""), "it starts today");
        // Quality assurance starts nothing, and has no label over nothing.
        let looked = page(&world.qa, "/desk").await;
        assert!(looked.contains(starts) && !looked.contains("data-label=\"To do\""), "{looked}");
        world.close(&database).await;
    }

    async fn conflicts_that_nothing_else_tells_of_need_somebody_too(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booked = world.confirmed_for(two, &day(10), "B").await;
        let full = world.confirmed_for(two, &day(20), "C").await;
        assert!(page(&world.operator, "/desk").await.contains("Nothing needs you now"));
        // Room that nobody makes.
        make_room(one, &day(20), "A").await.expect(201);
        let ask = asks(two).await.into_iter().find(|ask| ask["booking"] == full["id"]).expect("it is asked");
        say(two, &ask, "decline").await.expect(200);
        let home = page(&world.operator, "/desk").await;
        assert!(!home.contains("Nothing needs you now") && home.contains("href=\"#conflicts\""), "{home}");
        assert!(home.contains("Room that nobody made") && home.contains("Example Pharma 1"), "{home}");
        let way = home.split("href=\"/en/desk/conflicts?open=").nth(1).and_then(|rest| rest.split('"').next());
        let opened = page(&world.operator, &format!("/desk/conflicts?open={}", way.expect("a way there"))).await;
        assert!(opened.contains("Room that nobody made"), "{opened}");
        // A campaign where its line is down.
        down(&world, &booked, 13).await.expect(201);
        let reference = booked["reference"].as_str().expect("a reference");
        for who in [&world.operator, &world.qa] {
            let home = page(who, "/desk").await;
            assert!(home.contains("Line down") && home.contains(reference), "{home}");
            assert!(home.contains("href=\"#conflicts\"><strong>2<"), "{home}");
        }
        world.close(&database).await;
    }

    async fn what_is_looked_at_on_a_calendar_is_what_is_booked_or_closed(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (first, second) = (world.plant.line(0), world.plant.line(1));
        world.confirmed(&query(2, 2), "P").await;
        let week = page(&world.operator, &format!("/lines/{second}?week=2026-12-02")).await;
        for way in [
            format!("href=\"/en/desk/book?line={second}&amp;first=2026-11-30&amp;last=2026-12-06\""),
            format!("href=\"/en/lines/{second}/close?week=2026-11-30\""),
        ] {
            assert!(week.contains(&way), "{way}: {week}");
        }
        assert!(week.matches("Book here").count() > 0 && !page(&world.qa, &format!("/lines/{second}")).await.contains("Book here"));
        // What is past is none of it, and a week that has begun isn't all ahead.
        let present = page(&world.operator, &format!("/lines/{second}")).await;
        assert!(present.contains("first=2026-11-23&amp;last=2026-11-29"), "{present}");
        let past = page(&world.operator, &format!("/lines/{second}?week=2026-11-02")).await;
        assert!(past.contains(&format!("href=\"/en/desk/book?line={second}\"")) && !past.contains("Book here"), "{past}");
        let closing = page(&world.operator, &format!("/lines/{second}/close?week=2026-12-02")).await;
        assert!(closing.contains("value=\"2026-11-30\"") && closing.contains("value=\"2026-12-06\""), "{closing}");
        let closing = page(&world.operator, &format!("/lines/{second}/close?week=2026-11-23")).await;
        assert!(closing.contains("value=\"2026-11-30\"") && !closing.contains("value=\"2026-11-29\""), "in a week: {closing}");

        let blank = page(&world.operator, &format!("/desk/book?line={second}&first=2026-12-01&last=2026-12-06")).await;
        assert!(blank.contains("value=\"2026-12-01\"") && blank.contains("value=\"2026-12-06\""), "{blank}");
        assert!(blank.contains(&format!("name=\"line\" value=\"{second}\"")) && !blank.contains("/do/book-for"), "{blank}");
        // Both lines are free and equal: each comes first for whoever comes from it.
        let search = search_path(&query(8, 12)).trim_start_matches("/api/v1/offers").to_owned();
        let best = async |line: Uuid| {
            let found = page(&world.operator, &format!("/desk/book{search}&line={line}")).await;
            assert!(found.contains("On other lines"), "{found}");
            let key = found.split("name=\"offer\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            let order = json!({"query": query(8, 12), "offer": key.expect("an offer"), "product_code": line.simple().to_string()});
            let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await;
            made.expect(201)["steps"][0]["line"].clone()
        };
        assert_eq!([best(second).await, best(first).await], [json!(second), json!(first)]);
        // Of another platform's line nothing is made.
        let nowhere = Uuid::now_v7();
        let found = page(&world.operator, &format!("/desk/book{search}&line={nowhere}")).await;
        assert!(!found.contains("On other lines") && found.contains("/do/book-for"), "{found}");
        world.close(&database).await;
    }

    async fn a_request_shows_its_checks(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let potent = super::world::with(&query(1, 10), &json!({"hazards": "hormone", "oeb": 3}));
        let held = world.hold_best(&world.one.member, &potent, "P").await;
        let id = held["id"].as_str().expect("an id");
        // What comes too late is told at its field; and still is, should the campaign be moved to before it.
        let late = super::world::with(&details(), &json!({"materials_on": "2026-12-09"}));
        world.act(&world.one.member, id, "request", late).await.invalid("materials_on", "too_late");
        let one = &world.one.member;
        let moving = |from: u8| super::world::with(&super::world::with(&potent, &query(from, 10)), &json!({"moving": id}));
        let place = async |wish: Value| {
            let target = world.offers(one, &wish).await.remove(0);
            let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0});
            world.act(one, id, "move", order).await.expect(200).clone()
        };
        place(moving(10)).await;
        let soon = super::world::with(&details(), &json!({"materials_on": "2026-12-09"}));
        world.act(one, id, "request", soon).await.expect(200);
        place(moving(1)).await;
        let path = format!("/desk/requests/{id}");
        let words = page(&world.qa, &path).await;
        let outcome = |words: &str, check: &str| {
            let named = format!("check-name\">{check}");
            let rest = words.split(&named).nth(1).unwrap_or_else(|| panic!("no {check}: {words}")).to_owned();
            let rest = rest.split("check-outcome\">").nth(1).expect("an outcome").to_owned();
            rest.split('<').next().unwrap_or_default().to_owned()
        };
        assert_eq!(outcome(&words, "Evidence for a potent product"), "passed");
        assert_eq!(outcome(&words, "QA has confirmed the hazards"), "open");
        assert_eq!(outcome(&words, "Licences that it calls for"), "not needed");
        assert_eq!(outcome(&words, "Materials arrive before the start"), "not met");
        assert_eq!(outcome(&words, "It still fits by today"), "passed", "its own time is not in its way");
        world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
        let words = page(&world.operator, &path).await;
        assert_eq!(outcome(&words, "QA has confirmed the hazards"), "passed");
        assert!(words.contains("SDS 4711"), "the evidence that was looked at");
        assert!(words.contains("action=\"/do/approve\""));
        // Asked back, its firm says another day.
        world.act(&world.operator, id, "ask", json!({"reason": "When do they come?"})).await.expect(200);
        let question = world.booking(one, id).await["questions"][0]["id"].clone();
        let answer = |day: &str| json!({"question": question, "answer": "Sooner.", "materials_on": day});
        world.act(one, id, "answer", answer("2026-12-08")).await.invalid("materials_on", "too_late");
        world.act(one, id, "answer", answer("2026-11-30")).await.expect(200);
        assert_eq!(outcome(&page(&world.operator, &path).await, "Materials arrive before the start"), "passed");
        let whole = world.booking(one, id).await["details"].clone();
        assert_eq!((&whole["materials_on"], &whole["project"]), (&json!("2026-11-30"), &details()["project"]));
        world.close(&database).await;
    }

    async fn whoever_may_not_change_the_set_up_is_told_so_and_has_nothing_to_send(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for path in ["/setup/part?sort=policy&code=policy", "/setup/part?sort=policy&code=policy&as=text"] {
            let looking = page(&world.qa, path).await;
            // Neither a hint nor a button, be it a hidden one, says to see what a change would hit.
            assert!(looking.contains("You may look at this") && !looking.contains("ee what it would hit"), "{looking}");
            let changing = page(&world.operator, path).await;
            assert!(!changing.contains("You may look at this") && changing.contains("See what it would hit"), "{changing}");
            // What is looked at is no part of an address.
            assert!(changing.contains("action=\"/do/look-at-") && !changing.contains("method=\"get\" action=\"/en/setup"), "{changing}");
        }
        world.close(&database).await;
    }

    async fn a_line_shows_what_holds_it_and_when_it_is_free(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&query(2, 4), "P").await;
        let line = world.plant.line(0);
        let reference = booked["reference"].as_str().expect("a reference");
        let week = page(&world.operator, &format!("/lines/{line}?week=2026-12-02")).await;
        assert!(week.contains(reference) && week.contains("30 Nov – 6 Dec 2026"), "{week}");
        let printed = week.split("only-print\">").nth(1).and_then(|rest| rest.split('<').next());
        let own = world.operator.get("/api/v1/organisations/own").await;
        let whose = own.expect(200)["name"]["en"].as_str().expect("a name");
        assert!(printed.is_some_and(|line| line.starts_with(&format!("{whose} · "))), "{printed:?}");
        let other = page(&world.operator, &format!("/lines/{line}?week=2026-12-09")).await;
        assert!(!other.contains(reference));
        let month = page(&world.operator, &format!("/lines/{line}?month=2026-12")).await;
        assert!(month.contains(reference) && month.contains("Dec 2026"));
        // What is drawn of lines side by side is told in words too.
        for (path, row) in [
            ("/lines?week=2026-12-02".to_owned(), "Confirmed: Example Pharma 1"),
            (format!("/desk/requests/{}", booked["id"].as_str().expect("an id")), "This booking: Example Pharma 1"),
        ] {
            let drawn = page(&world.operator, &path).await;
            let words = drawn.split("aria-label=\"Lines\"").nth(1).and_then(|rest| rest.split("</section>").next());
            let words = words.expect("the lines in words");
            for row in [format!("<li>{row} · {reference}, 2 Dec "), "<li>free ".to_owned()] {
                assert!(words.contains(&row), "{path}: {row}: {words}");
            }
        }

        let order = json!({"line": line, "start": "2026-12-08T00:00:00Z", "end": "2026-12-08T10:00:00Z",
            "kind": "fumigation", "note": "VHP"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await.expect(201);
        let other = page(&world.operator, &format!("/lines/{line}?week=2026-12-09")).await;
        assert!(other.contains("Fumigation") && other.contains("VHP") && other.contains("/do/lift-closure"));
        assert!(!page(&world.qa, &format!("/lines/{line}?week=2026-12-09")).await.contains("/do/lift-closure"));
        let absent = world.operator.get("/en/lines/0190a0a0-0000-7000-8000-000000000000").await;
        absent.expect(404);
        world.close(&database).await;
    }

    async fn the_page_that_follows_says_once_what_was_done(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(10, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.one.member, id, "request", details()).await.expect(200);
        let here = format!("/en/desk/requests/{id}");
        let told = "class=\"note good told\"";
        let send = async |visitor: &Visitor, to: &str, more: Value| {
            let form = json!({"id": id, "here": here, "next": here, "key": Uuid::now_v7()});
            let answer = visitor.post_form(&format!("/do/{to}"), &super::world::with(&form, &more)).await;
            assert_eq!(answer.header("location"), here, "{}", answer.text);
            visitor.get(&here).await.text
        };
        let step = |name: &str| json!({"step": name});
        for (visitor, to, more, words) in [
            (&world.operator, "ask-back", json!({"reason": "When?"}), "Your question is sent."),
            (&world.qa, "confirm-hazards", json!({"reason": "SDS"}), "The operator decides next."),
            (&world.operator, "approve", json!({}), "Approved: the campaign is confirmed"),
            (&world.operator, "run", step("start"), "Started: the campaign is running."),
            (&world.operator, "run", step("complete"), "Finished: all steps are done."),
            (&world.operator, "run", step("close"), "Closed: nothing more to do."),
        ] {
            if to == "run" {
                world.app.clock.set(seconds(&held["steps"][0]["start"]));
            }
            let page = send(visitor, to, more).await;
            assert!(page.contains(told) && page.contains(words), "{words}: {page}");
            // Whoever comes back to it isn't told so again, nor is it told on other pages.
            for path in [&*here, "/en/desk"] {
                let again = visitor.get(path).await.text;
                assert!(!again.contains(told), "{path}: {again}");
            }
        }
        world.close(&database).await;
    }

    async fn whoever_works_at_a_platform_is_led_to_its_desk_instead_of_a_hold(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let search = search_path(&query(1, 20)).trim_start_matches("/api/v1/offers").to_owned();
        let found = page(&world.operator, &search).await;
        assert!(!found.contains("/do/hold") && found.contains("Only a company can hold it"), "{found}");
        let way = found.split("href=\"/en/desk/book?").nth(1).and_then(|rest| rest.split('"').next());
        let way = way.expect("the same search at the desk").replace("&amp;", "&");
        assert!(page(&world.operator, &format!("/desk/book?{way}")).await.contains("/do/book-for"));
        // Quality assurance books nothing.
        let looked = page(&world.qa, &search).await;
        assert!(!looked.contains("/do/hold") && looked.contains("Only a company can hold it"), "{looked}");
        assert!(!looked.contains("/en/desk/book?"), "{looked}");
        world.close(&database).await;
    }

    async fn looking_at_a_closure_closes_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&query(2, 4), "P").await;
        let line = world.plant.line(0);
        let over = |from: &str, to: &str| {
            format!("/lines/{line}/close?kind=hvac&start={from}&start_time=00:00&end={to}&end_time=00:00&note=")
        };
        let hit = page(&world.operator, &over("2026-12-01", "2026-12-06")).await;
        assert!(hit.contains("Nothing was closed") && hit.contains(booked["reference"].as_str().expect("one")));
        assert!(!hit.contains("/do/close-line"), "it can't be done");
        let free = page(&world.operator, &over("2026-12-14", "2026-12-15")).await;
        assert!(free.contains("/do/close-line"));
        let reversed = world.operator.get(&format!("/en{}", over("2026-12-15", "2026-12-14"))).await;
        reversed.expect(422);
        assert!(reversed.text.contains("id=\"end-problem\""), "{}", reversed.text);
        assert_eq!(database.number("SELECT count(*) FROM closure").await, 0);
        world.close(&database).await;
    }
}

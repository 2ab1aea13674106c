//! The waiting list: what becomes free is held for whoever's turn it is.

use domain::{LineId, PlatformId, RouteId, resource::Line};
use serde_json::{Value, json};
use server::usecase::waitlist::{promote, promote_all};
use tests::{
    TestDatabase, Visitor,
    app::{Answer, People, bare_platform},
    on_both_databases,
};

use super::{
    World,
    changing::{save_line, save_route},
    fairness::unmet,
    outages::{day, id},
    world::{query, search_path, seconds, with},
};

async fn wait(visitor: &Visitor, query: &Value, product: &str) -> Answer {
    let order = json!({"query": query, "product_code": product});
    visitor.ask_once("POST", "/api/v1/waitlist", Some(order)).await
}

/// What a visitor sees of the list.
async fn list(visitor: &Visitor) -> Vec<Value> {
    let page = visitor.get("/api/v1/waitlist").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

/// Holds all there is for `query`; gives the first of the holds.
async fn fill(world: &World, visitor: &Visitor, query: &Value) -> Value {
    let first = world.hold_best(visitor, query, "FILL").await;
    while let Some(offer) = world.offers(visitor, query).await.first() {
        world.hold(visitor, query, offer, "FILL").await.expect(201);
    }
    first
}

/// Lets those who wait have their turn.
async fn turn(world: &World) -> usize {
    let given = promote(&world.app.state).await.expect("a turn");
    world.settle().await;
    given
}

/// Another platform, which offers tablets on a line of its own that `change` makes what it is: its operator, and that
/// line.
pub async fn another_platform(
    world: &World,
    database: &TestDatabase,
    change: impl FnOnce(&mut Line),
) -> (Visitor, Line) {
    let platform = PlatformId(bare_platform(database, "two").await);
    let known = world.plant.lines[0].clone();
    let mut line = Line { id: LineId(uuid::Uuid::now_v7()), platform, ..known };
    change(&mut line);
    let mut there = world.plant.clone();
    (there.route.id, there.route.platform) = (RouteId(uuid::Uuid::now_v7()), platform);
    let step = &mut there.route.steps[0];
    step.uses.clear();
    step.lines.truncate(1);
    step.lines[0].line = line.id;
    save_line(world, line.clone()).await;
    save_route(world, &there, true).await;
    let people = People::found(&world.app).await;
    (people.staff(platform.0, "operator", "operator@two.example").await, line)
}

/// The hold that the only entry of a visitor was given.
async fn given(visitor: &Visitor) -> Option<String> {
    let entries = list(visitor).await;
    entries.first().and_then(|entry| entry["hold"].as_str().map(str::to_owned))
}

on_both_databases! {
    async fn a_search_says_whether_there_is_anything_to_wait_for(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(1, 1));
        let may_free = async |change: Value| {
            let found = world.search(two, &with(&wish, &change)).await;
            assert_eq!(found.expect(200)["found"], 0, "{change}");
            found.body["may_free"].as_bool().expect("an answer")
        };
        // What no free line would take either, the list refuses.
        for change in [json!({"hazards": "cytotoxic"}), json!({"batch_size": "500"}), json!({"batches": 40})] {
            assert!(!may_free(change.clone()).await, "{change}");
            wait(two, &with(&wish, &change), "B").await.problem(422, "refused");
        }
        fill(&world, one, &wish).await;
        assert!(may_free(json!({})).await);
        let page = async |change: Value| {
            let path = search_path(&with(&wish, &change)).replace("/api/v1/offers", "/en");
            let answer = two.get(&path).await;
            answer.expect(200);
            answer.text
        };
        let free = page(json!({})).await;
        assert!(free.contains("/do/wait") && !free.contains("You wait for this already"), "{free}");
        // Whoever waits for it isn't offered to do so again, but for another product.
        wait(two, &wish, "B").await.expect(201);
        let known = page(json!({})).await;
        for part in ["You wait for this already", ">B<", "Wait for another product too", "/do/wait"] {
            assert!(known.contains(part), "{part}: {known}");
        }
        assert!(!page(json!({"batches": 2})).await.contains("You wait for this already"), "that is something else");
        let vain = page(json!({"hazards": "cytotoxic"})).await;
        assert!(!vain.contains("/do/wait") && !vain.contains("/do/make-room"), "{vain}");
        assert!(vain.contains("No line can make this as asked"), "{vain}");
        let long = page(json!({"batches": 40})).await;
        assert!(!long.contains("/do/wait") && long.contains("Try a longer window"), "{long}");
        world.close(&database).await;
    }

    async fn what_is_refused_is_told_at_its_field(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for (change, field, advice) in [
            (json!({"hazards": "unclassified"}), "hazards", "Have the product classified first"),
            (json!({"offering": "LYO"}), "offering", "href=\"/en#platforms\""),
        ] {
            let path = search_path(&with(&query(1, 10), &change)).replace("/api/v1/offers", "/en");
            let answer = world.one.member.get(&path).await;
            answer.expect(422);
            let page = answer.text;
            for part in [format!("href=\"#{field}\""), format!("id=\"{field}\""), format!("id=\"{field}-problem\""), advice.to_owned()] {
                assert!(page.contains(&part), "{part}: {page}");
            }
        }
        world.close(&database).await;
    }

    async fn what_is_given_back_is_held_for_whoever_waits(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(1, 1));
        let held = fill(&world, one, &wish).await;
        let entry = wait(two, &wish, "B").await.expect(201).clone();
        assert_eq!(turn(&world).await, 0, "nothing is free");
        // Nobody else hears of it but the platform.
        assert_eq!(list(one).await, Vec::<Value>::new());
        let seen = list(&world.operator).await;
        assert_eq!(seen[0]["id"], entry["id"]);
        assert!(seen[0]["company"]["zh"].is_string());
        assert_eq!(list(two).await[0]["company"], Value::Null);

        let id = held["id"].as_str().expect("an id");
        world.act(one, id, "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        let hold = given(two).await.expect("a hold");
        let booking = world.booking(two, &hold).await;
        assert_eq!((&booking["status"], &booking["product_code"]), (&json!("held"), &json!("B")));
        assert_eq!(booking["steps"], held["steps"], "the very place");
        assert!(world.notices(two).await.contains(&"hold_given".to_owned()));
        assert_eq!(list(&world.operator).await, Vec::<Value>::new(), "it waits no more");
        world.close(&database).await;
    }

    async fn a_platform_sees_only_those_whom_it_could_serve(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(1, 1));
        let hormone = with(&wish, &json!({"hazards": "hormone"}));
        fill(&world, one, &wish).await;
        for (query, product) in [(&wish, "A"), (&hormone, "B"), (&wish, "C"), (&hormone, "D")] {
            wait(two, query, product).await.expect(201);
        }
        // The same form, on a line that admits no hormones.
        let (stranger, line) = another_platform(&world, &database, |line| line.admits.clear()).await;
        assert_eq!(list(&world.operator).await.len(), 4);
        let seen = list(&stranger).await;
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert!(seen.iter().all(|entry| entry["query"]["hazards"] == ""), "{seen:?}");
        // Whoever lies between makes no page shorter.
        let first = stranger.get("/api/v1/waitlist?limit=1").await.expect(200).clone();
        assert_eq!(first["items"], json!([seen[0]]));
        let next = first["next"].as_str().expect("a second page");
        let second = stranger.get(&format!("/api/v1/waitlist?limit=1&cursor={next}")).await.expect(200).clone();
        assert_eq!((&second["items"], &second["next"]), (&json!([seen[1]]), &Value::Null));
        let admits = world.plant.lines[0].admits.clone();
        save_line(&world, Line { admits, ..line }).await;
        assert_eq!(list(&stranger).await.len(), 4, "now it could serve them all");
        world.close(&database).await;
    }

    async fn a_hold_that_lapses_goes_to_the_next(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(10, 10));
        let first = fill(&world, two, &wish).await;
        let since = seconds(&wait(one, &wish, "B").await.expect(201)["since"]);
        world.app.clock.set(since + 60);
        wait(two, &wish, "C").await.expect(201);
        world.act(two, first["id"].as_str().expect("an id"), "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        let hold = given(one).await.expect("whoever waited longest");
        assert_eq!(given(two).await, None);
        let expiry = seconds(&world.booking(one, &hold).await["hold_expires_at"]);
        world.app.clock.set(expiry);
        world.settle().await;
        assert_eq!(turn(&world).await, 1);
        assert!(given(two).await.is_some(), "then the next");
        assert_eq!(list(one).await, Vec::<Value>::new(), "who lets it lapse leaves the list");
        world.close(&database).await;
    }

    async fn nobody_takes_what_has_become_free_before_those_who_wait(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, day(10));
        for lapses in [false, true] {
            let offer = world.offers(one, &wish).await.remove(0);
            let held = world.hold(one, &wish, &offer, "FILL").await.expect(201).clone();
            wait(two, &wish, "B").await.expect(201);
            if lapses {
                world.app.clock.set(seconds(&held["hold_expires_at"]));
            } else {
                world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
            }
            // Nobody has had a turn yet.
            world.hold(one, &wish, &offer, "A").await.problem(409, "conflict");
            let hold = given(two).await.expect("it was held for whoever waits");
            assert_eq!(world.booking(two, &hold).await["steps"], held["steps"]);
            world.act(two, &hold, "withdraw", json!({})).await.expect(200);
        }
        // Nor by moving there.
        let (held, other) =
            (world.hold_best(two, &wish, "FILL").await, world.hold_best(one, &day(14), "MOVES").await);
        let wish = with(&wish, &json!({"moving": other["id"]}));
        let entry = wait(two, &day(10), "C").await.expect(201).clone();
        world.act(two, id(&held), "withdraw", json!({})).await.expect(200);
        let target = world.offers(one, &wish).await.remove(0);
        let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(one, id(&other), "move", order).await.problem(409, "conflict");
        assert!(list(two).await.iter().any(|seen| seen["id"] == entry["id"] && seen["hold"].is_string()));
        world.close(&database).await;
    }

    async fn a_firm_that_lets_go_what_it_was_given_is_behind_the_others(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, day(10));
        let held = world.hold_best(one, &wish, "FILL").await;
        wait(two, &wish, "B").await.expect(201);
        wait(two, &wish, "C").await.expect(201);
        assert_eq!(wait(two, &wish, "C").await.problem(422, "refused")["refusal"]["reason"], "already_waiting");
        world.app.clock.advance(60);
        wait(one, &wish, "A").await.expect(201);
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        let hold = list(two).await.iter().find_map(|entry| entry["hold"].as_str().map(str::to_owned));
        world.act(two, &hold.expect("who waited longest"), "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        assert!(given(one).await.is_some(), "not the same firm again, though its other entry is older");
        world.close(&database).await;
    }

    async fn what_was_asked_for_and_taken_back_counts_as_let_go(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, day(10));
        let held = world.hold_best(one, &wish, "FILL").await;
        wait(two, &wish, "B").await.expect(201);
        wait(two, &wish, "C").await.expect(201);
        world.app.clock.advance(60);
        wait(one, &wish, "A").await.expect(201);
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        let hold = list(two).await.iter().find_map(|entry| entry["hold"].as_str().map(str::to_owned));
        let hold = hold.expect("who waited longest");
        world.act(two, &hold, "request", super::world::details()).await.expect(200);
        world.act(two, &hold, "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        assert!(given(one).await.is_some(), "not the same firm again, though its other entry is older");
        world.close(&database).await;
    }

    async fn a_gift_that_is_asked_for_counts_until_the_platform_answers(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mut held = Vec::new();
        for on in [10, 12, 14] {
            held.push(world.hold_best(one, &day(on), "FILL").await);
            wait(two, &day(on), "B").await.expect(201);
        }
        world.app.clock.advance(60);
        for on in [12, 14] {
            wait(one, &day(on), "A").await.expect(201);
        }
        let free = async |hold: &Value| {
            world.act(one, id(hold), "withdraw", json!({})).await.expect(200);
            assert_eq!(turn(&world).await, 1);
        };
        let gift = async |firm: &Visitor| {
            list(firm).await.iter().find_map(|entry| entry["hold"].as_str().map(str::to_owned))
        };
        free(&held[0]).await;
        let first = gift(two).await.expect("who waited longest");
        world.act(two, &first, "request", super::world::details()).await.expect(200);
        world.act(&world.operator, &first, "decline", json!({"reason": "No crew"})).await.expect(200);
        free(&held[1]).await;
        let second = gift(two).await.expect("what the platform declines nobody has let go");
        world.act(two, &second, "request", super::world::details()).await.expect(200);
        free(&held[2]).await;
        assert!(gift(one).await.is_some(), "its request is no way around its turn");
        assert_eq!(gift(two).await, None);
        world.close(&database).await;
    }

    async fn at_once_too_nobody_has_a_second_before_everybody_had_a_first(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, day(10));
        for _ in 0..4 {
            let held = [world.hold_best(one, &wish, "FILL").await, world.hold_best(one, &wish, "FILL").await];
            let mut entries = Vec::new();
            for (firm, product) in [(two, "B"), (two, "C"), (one, "A")] {
                entries.push((firm, wait(firm, &wish, product).await.expect(201).clone()));
                world.app.clock.advance(60);
            }
            for hold in &held {
                world.act(one, id(hold), "withdraw", json!({})).await.expect(200);
            }
            // Several servers look at the list at once.
            let turn = async || promote(&world.app.state).await.expect("a turn");
            let given = tokio::join!(turn(), turn(), turn());
            assert_eq!(given.0 + given.1 + given.2, 2);
            let mut holds = Vec::new();
            for (firm, entry) in &entries {
                let seen = list(firm).await.into_iter().find(|seen| seen["id"] == entry["id"]).expect("it is there");
                holds.push(seen["hold"].as_str().map(str::to_owned));
            }
            assert!(holds[0].is_some() && holds[1].is_none() && holds[2].is_some(), "{holds:?}");
            two.ask("DELETE", &format!("/api/v1/waitlist/{}", id(&entries[1].1)), None).await.expect(204);
            for ((firm, _), hold) in entries.iter().zip(&holds) {
                if let Some(hold) = hold {
                    world.act(firm, hold, "withdraw", json!({})).await.expect(200);
                }
            }
            promote(&world.app.state).await.expect("nobody waits");
        }
        world.close(&database).await;
    }

    async fn at_once_too_a_firm_waits_for_no_more_than_it_may(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(10, 10));
        fill(&world, one, &wish).await;
        for number in 0..18 {
            wait(two, &wish, &format!("P{number}")).await.expect(201);
        }
        let more = async |product: &'static str| wait(two, &wish, product).await.status;
        let all: [u16; 5] = tokio::join!(more("A"), more("B"), more("C"), more("D"), more("E")).into();
        assert_eq!(all.iter().filter(|status| **status == 201).count(), 2, "{all:?}");
        assert_eq!(wait(two, &wish, "F").await.problem(422, "refused")["refusal"]["reason"], "too_many_waiting");
        world.close(&database).await;
    }

    async fn one_whose_turn_fails_keeps_nobody_waiting(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(10, 10));
        let held = fill(&world, one, &wish).await;
        let since = seconds(&wait(one, &wish, "A").await.expect(201)["since"]);
        world.app.clock.set(since + 60);
        wait(two, &wish, "B").await.expect(201);
        // What the first wants can't be read: it keeps neither its firm nor the platform from the others.
        let spoil = "UPDATE waiter SET wish = '{}' WHERE created_at = (SELECT MIN(created_at) FROM waiter)";
        database.execute(spoil, vec![]).await.expect("spoiled");
        assert_eq!((list(one).await.len(), list(&world.operator).await.len()), (0, 1));
        world.operator.get("/api/v1/conflicts").await.expect(200);
        world.act(one, held["id"].as_str().expect("an id"), "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        assert!(given(two).await.is_some(), "whoever comes after it");
        // Its firm is told, and what became free is nobody's any more who can't take it.
        assert!(world.notices(one).await.contains(&"waiting_unreadable".to_owned()));
        assert_eq!(database.number("SELECT count(*) FROM waiter WHERE closed_at IS NOT NULL").await, 1);
        assert_eq!(database.number("SELECT count(*) FROM freed").await, 0);
        assert_eq!(unmet(one).await, 0, "nothing of it is the platforms' doing");
        world.close(&database).await;
    }

    async fn nobody_waits_for_what_is_free_or_can_never_be(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, wish) = (&world.one.member, query(1, 1));
        let room = wait(one, &wish, "A").await;
        let problem = room.problem(409, "conflict");
        assert_eq!(problem["refusal"]["reason"], "room_found");
        assert_eq!(problem["alternatives"].as_array().map(Vec::len), Some(1));
        let never = with(&wish, &json!({"hazards": "cytotoxic"}));
        assert_eq!(wait(one, &never, "A").await.problem(422, "refused")["refusal"]["reason"], "hazard_not_admitted");
        // Too short a window for anything to fit in, ever.
        let long = with(&wish, &json!({"batches": 9}));
        wait(one, &long, "A").await.problem(422, "refused");
        let moving = with(&wish, &json!({"moving": uuid::Uuid::nil()}));
        wait(one, &moving, "A").await.problem(422, "invalid");
        assert_eq!(database.number("SELECT count(*) FROM waiter").await, 0);
        world.close(&database).await;
    }

    async fn leaving_is_final_and_a_second_time_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(1, 1));
        let held = fill(&world, one, &wish).await;
        let entry = wait(two, &wish, "B").await.expect(201).clone();
        let path = format!("/api/v1/waitlist/{}", entry["id"].as_str().expect("an id"));
        one.ask("DELETE", &path, None).await.problem(404, "not-found");
        two.ask("DELETE", &path, None).await.expect(204);
        two.ask("DELETE", &path, None).await.expect(204);
        world.act(one, held["id"].as_str().expect("an id"), "withdraw", json!({})).await.expect(200);
        assert_eq!(turn(&world).await, 0);
        assert_eq!(world.offers(one, &wish).await.len(), 1);
        assert_eq!(unmet(two).await, 0, "it left by itself");
        world.close(&database).await;
    }

    async fn a_lifted_closure_and_a_window_that_is_over_are_seen(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (two, wish) = (&world.two.member, query(1, 2));
        let order = json!({"line": world.plant.line(0), "start": "2026-11-29T16:00:00Z",
            "end": "2026-12-03T16:00:00Z", "kind": "hvac"});
        let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
        let closure = closed.expect(201)["closure"]["id"].as_str().expect("an id").to_owned();
        wait(two, &wish, "B").await.expect(201);
        assert_eq!(turn(&world).await, 0);
        world.operator.ask("DELETE", &format!("/api/v1/closures/{closure}"), None).await.expect(200);
        assert_eq!(turn(&world).await, 1);
        let hold = given(two).await.expect("a hold");
        world.act(two, &hold, "withdraw", json!({})).await.expect(200);

        // Of another firm, whose window passes while it waits.
        let one = &world.one.member;
        fill(&world, two, &wish).await;
        wait(one, &wish, "A").await.expect(201);
        world.app.clock.set(seconds(&list(one).await[0]["until"]));
        assert_eq!(promote_all(&world.app.state).await.expect("a turn"), 0);
        world.settle().await;
        assert_eq!(list(one).await, Vec::<Value>::new());
        let told = one.get("/api/v1/notices").await.expect(200)["items"].as_array().expect("a list").clone();
        let over = told.iter().find(|notice| notice["kind"] == "waiting_over").expect("it is told");
        assert_eq!((&over["search"]["offering"], &over["search"]["from"]), (&wish["offering"], &wish["from"]));
        // It waited for any platform: none of them is told.
        assert_eq!((unmet(one).await, unmet(two).await, unmet(&world.operator).await), (1, 0, 0));
        world.close(&database).await;
    }

    async fn a_turn_against_new_bookings_and_other_turns_is_consistent(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(1, 1));
        for _ in 0..8 {
            // What is held is free again once that is given back.
            let offer = world.offers(one, &wish).await.remove(0);
            let held = fill(&world, one, &wish).await;
            wait(two, &wish, "B").await.expect(201);
            world.act(one, held["id"].as_str().expect("an id"), "withdraw", json!({})).await.expect(200);
            // Two servers look at the list at once, while a third firm's hold comes in at the front door.
            let (first, second, rival) = tokio::join!(
                promote(&world.app.state),
                promote(&world.app.state),
                world.hold(one, &wish, &offer, "A")
            );
            let given = first.expect("a turn") + second.expect("a turn");
            assert!(given <= 1, "nobody gets it twice");
            rival.problem(409, "conflict");
            let hold = self::given(two).await.expect("whoever waits has it");
            world.act(two, &hold, "withdraw", json!({})).await.expect(200);
        }
        world.close(&database).await;
    }
}

//! The conflict desk's options for firms that want time and don't get it: several who wait for the same, and room that
//! nobody made.

use domain::{calendar::DAY, policy::Policy, resource::Line, use_or_lose::UseOrLose};
use serde_json::{Value, json};
use server::usecase::waitlist::promote;
use tests::{Plant, Visitor, app::Answer, on_both_databases};

use super::{
    World,
    changing::{save_line, save_policy},
    late::cancel,
    outages::{asks, day, dealt_with, id, say},
    plans::{hold_flexibly, offer_plans},
    repairing::{make_room, repairs},
    waiting::another_platform,
    world::{query, search_path, seconds, with},
};

async fn conflict(world: &World, kind: &str) -> Option<Value> {
    let page = world.operator.get("/api/v1/conflicts").await;
    let all = page.expect(200)["items"].as_array().expect("a list").clone();
    all.into_iter().find(|conflict| conflict["kind"] == kind)
}

async fn options(world: &World, conflict: &Value) -> Vec<Value> {
    let desk = world.operator.get(&format!("/api/v1/conflicts/{}", id(conflict))).await;
    desk.expect(200)["options"].as_array().expect("a list").clone()
}

fn of<'a>(options: &'a [Value], kind: &str) -> Vec<&'a Value> {
    options.iter().filter(|option| option["kind"] == kind).collect()
}

async fn take(world: &World, conflict: &Value, option: &Value, reason: &str) -> Answer {
    let path = format!("/api/v1/conflicts/{}/resolve", id(conflict));
    let order = json!({"option": option["key"], "reason": reason});
    world.operator.ask_once("POST", &path, Some(order)).await
}

async fn settle(world: &World, conflict: &Value, reason: &str) -> Answer {
    let path = format!("/api/v1/conflicts/{}/settle", id(conflict));
    world.operator.ask_once("POST", &path, Some(json!({"reason": reason}))).await
}

async fn wait(visitor: &Visitor, query: &Value, product: &str) -> Value {
    let order = json!({"query": query, "product_code": product});
    visitor.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201).clone()
}

/// The hold that the only entry of a visitor was given.
async fn given(visitor: &Visitor) -> Option<String> {
    let page = visitor.get("/api/v1/waitlist").await;
    page.expect(200)["items"][0]["hold"].as_str().map(str::to_owned)
}

/// Closes the line for two days; the closure's id.
async fn shut(world: &World) -> String {
    let order = json!({"line": world.plant.line(0), "start": "2026-12-09T16:00:00Z",
        "end": "2026-12-11T16:00:00Z", "kind": "hvac"});
    let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
    closed.expect(201)["closure"]["id"].as_str().expect("an id").to_owned()
}

/// Both firms wait for the days of a closure, company one for longer.
async fn both_wait(world: &World) -> String {
    let closure = shut(world).await;
    wait(&world.one.member, &query(10, 10), "A").await;
    world.app.clock.set(server::clock::Clock::now(&*world.app.clock) + 60);
    wait(&world.two.member, &query(10, 11), "B").await;
    closure
}

/// The key of the place that costs others least to make free.
async fn way(visitor: &Visitor, query: &Value) -> String {
    let path = search_path(query).replace("/api/v1/offers", "/api/v1/repairs/ways");
    let ways = visitor.get(&path).await.expect(200).clone();
    ways[0]["offer"]["key"].as_str().expect("a key").to_owned()
}

async fn lift(world: &World, closure: &str) {
    world.operator.ask("DELETE", &format!("/api/v1/closures/{closure}"), None).await.expect(200);
}

on_both_databases! {
    async fn one_who_waits_is_given_the_hold_for_a_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = both_wait(&world).await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        assert_eq!(options(&world, &waiting).await, Vec::<Value>::new(), "nothing is free, nor can be made so");
        lift(&world, &closure).await;
        let all = options(&world, &waiting).await;
        let gives = of(&all, "give");
        assert_eq!(gives.len(), 2, "{all:?}");
        assert_eq!((&gives[0]["rank"], &gives[0]["needs_reason"]), (&json!(1), &json!(false)));
        assert_eq!((&gives[1]["rank"], &gives[1]["needs_reason"]), (&json!(2), &json!(true)));
        assert!(gives[1]["company"]["zh"].is_string());
        take(&world, &waiting, gives[1], " ").await.invalid("reason", "missing");
        assert_eq!(given(&world.two.member).await, None);
        let key = uuid::Uuid::now_v7().to_string();
        let path = format!("/api/v1/conflicts/{}/resolve", id(&waiting));
        let order = json!({"option": gives[1]["key"], "reason": "临床批次，患者在等"});
        let done = world.operator.post_once(&path, &key, order.clone()).await;
        assert_eq!(done.expect(200)["state"], "done");
        assert_eq!(world.operator.post_once(&path, &key, order).await.expect(200)["state"], "done", "a double click");
        let hold = given(&world.two.member).await.expect("a hold");
        let booking = world.booking(&world.two.member, &hold).await;
        assert_eq!((&booking["status"], &booking["product_code"], &booking["steps"]),
            (&json!("held"), &json!("B"), &gives[1]["steps"]));
        let told = "SELECT count(*) FROM decision WHERE action = 'give_hold' AND inputs LIKE '%临床批次%' AND account IS NOT NULL";
        assert_eq!(database.number(told).await, 1);
        assert_eq!(conflict(&world, "waiters").await, None, "one who waits is no conflict");
        world.settle().await;
        assert!(world.notices(&world.two.member).await.contains(&"hold_given".to_owned()));
        // Who takes what is gone, is told so.
        dealt_with(&take(&world, &waiting, gives[0], "").await);
        world.close(&database).await;
    }

    async fn the_next_in_turn_needs_no_reason_and_what_is_gone_is_refused(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = both_wait(&world).await;
        lift(&world, &closure).await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        let all = options(&world, &waiting).await;
        let first = of(&all, "give")[0].clone();
        // It is closed again meanwhile.
        let again = shut(&world).await;
        take(&world, &waiting, &first, "").await.problem(422, "refused");
        lift(&world, &again).await;
        assert_eq!(take(&world, &waiting, &first, "").await.expect(200)["state"], "done");
        assert!(given(&world.one.member).await.is_some());
        world.close(&database).await;
    }

    async fn only_those_who_all_want_the_same_time_are_one_conflict(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        shut(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // The last one meets either of the others, who don't meet each other.
        for (firm, days, product) in [(one, query(10, 10), "A"), (one, query(11, 11), "C"), (two, query(10, 11), "B")] {
            wait(firm, &days, product).await;
        }
        let open = async || {
            let page = world.operator.get("/api/v1/conflicts").await;
            page.expect(200)["items"].as_array().expect("a list").clone()
        };
        let all = open().await;
        let days = |conflict: &Value| -> Vec<Value> {
            let waiters = conflict["waiters"].as_array().expect("a list").clone();
            waiters.iter().map(|entry| json!([entry["query"]["from"], entry["query"]["to"]])).collect()
        };
        let [first, last, both] = [["2026-12-10", "2026-12-10"], ["2026-12-11", "2026-12-11"], ["2026-12-10", "2026-12-11"]];
        assert_eq!(all.iter().map(days).collect::<Vec<_>>(), [vec![json!(first), json!(both)], vec![json!(last), json!(both)]]);
        // Whoever joined last is in both: one is left as it is, the other stays.
        settle(&world, &all[0], "等检修结束").await.expect(204);
        assert_eq!(open().await, all[1..]);
        world.close(&database).await;
    }

    async fn those_who_wait_no_more_are_over_and_it_is_said_how(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = both_wait(&world).await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        let path = format!("/api/v1/conflicts/{}", id(&waiting));
        let over = async |how: &str| {
            for answer in [world.operator.get(&path).await, settle(&world, &waiting, "x").await] {
                let refusal = &answer.problem(422, "refused")["refusal"];
                assert_eq!((&refusal["reason"], &refusal["facts"][0]), (&json!("conflict_over"), &json!(["done", how])));
                assert_eq!(refusal["facts"][1][0], "at");
            }
        };
        let entry = world.two.member.get("/api/v1/waitlist").await.expect(200)["items"][0].clone();
        world.two.member.ask("DELETE", &format!("/api/v1/waitlist/{}", id(&entry)), None).await.expect(204);
        over("stop_waiting").await;
        // Whoever joins again is in the same conflict, and what becomes free ends it by the rule.
        wait(&world.two.member, &query(10, 11), "B").await;
        assert_eq!(conflict(&world, "waiters").await.map(|one| one["id"].clone()), Some(waiting["id"].clone()));
        lift(&world, &closure).await;
        assert!(promote(&world.app.state).await.expect("a turn") > 0);
        over("give_hold").await;
        for (segment, words) in [("en", "One of those who waited was given a hold"), ("zh", "已为其中一家候补企业锁定")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&waiting))).await;
            page.expect(200);
            assert!(page.text.contains(words), "{}", page.text);
        }
        // It is no business of another platform's.
        let (stranger, _) = another_platform(&world, &database, |_| {}).await;
        stranger.get(&path).await.problem(404, "not-found");
        world.close(&database).await;
    }

    async fn those_whom_another_joins_are_on_the_desk_under_another_name(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        shut(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        wait(one, &query(10, 11), "A").await;
        wait(two, &query(10, 11), "B").await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        // The minutes that all of them have in common begin a day later.
        wait(one, &query(11, 11), "C").await;
        let now = conflict(&world, "waiters").await.expect("they still do");
        assert_ne!(now["id"], waiting["id"]);
        let late = settle(&world, &waiting, "x").await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "conflict_regrouped");
        world.close(&database).await;
    }

    async fn those_who_wait_may_be_left_so_until_one_more_joins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        both_wait(&world).await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        settle(&world, &waiting, " ").await.invalid("reason", "missing");
        settle(&world, &waiting, "等检修结束").await.expect(204);
        assert_eq!(conflict(&world, "waiters").await, None);
        dealt_with(&settle(&world, &waiting, "等检修结束").await);
        assert_eq!(database.number("SELECT count(*) FROM waiter WHERE closed_at IS NULL").await, 2, "they go on waiting");
        wait(&world.one.member, &query(11, 11), "A2").await;
        assert!(conflict(&world, "waiters").await.is_some());
        world.close(&database).await;
    }

    async fn one_who_waits_alone_is_on_the_desk_after_everything(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        both_wait(&world).await;
        let closed = json!({"line": world.plant.line(0), "start": "2026-12-19T16:00:00Z",
            "end": "2026-12-20T16:00:00Z", "kind": "hvac"});
        let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201).clone();
        let entry = wait(&world.two.member, &query(20, 20), "Z").await;
        let page = world.operator.get("/api/v1/conflicts").await;
        let kinds: Vec<&Value> = page.expect(200)["items"].as_array().expect("a list").iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, ["waiters", "waiter"]);
        let alone = conflict(&world, "waiter").await.expect("one waits alone");
        assert_eq!((&alone["id"], &alone["waiters"][0]["id"]), (&entry["id"], &entry["id"]));
        assert!(alone["company_name"]["zh"].is_string());
        assert_eq!(options(&world, &alone).await, Vec::<Value>::new(), "nothing is free, nor can be made so");
        for (segment, words) in [("en", "No time was found for it, and none that could be freed by rule"), ("zh", "企业候补中")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&alone))).await;
            assert!(page.text.contains(words), "{}", page.text);
        }
        lift(&world, id(&closed["closure"])).await;
        let all = options(&world, &alone).await;
        let give = of(&all, "give")[0].clone();
        assert_eq!((&give["rank"], &give["needs_reason"]), (&json!(1), &json!(false)));
        assert_eq!(take(&world, &alone, &give, "").await.expect(200)["state"], "done");
        assert_eq!(conflict(&world, "waiter").await, None);
        dealt_with(&take(&world, &alone, &give, "").await);
        world.close(&database).await;
    }

    async fn one_who_waits_alone_may_be_left_so_until_another_firm_joins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        shut(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let entry = wait(one, &query(10, 10), "A").await;
        let alone = conflict(&world, "waiter").await.expect("one waits alone");
        let path = format!("/api/v1/conflicts/{}", id(&alone));
        let reason = async || world.operator.get(&path).await.problem(422, "refused")["refusal"].clone();
        // Two entries of one firm are no rivals.
        wait(one, &query(10, 11), "B").await;
        assert_eq!(conflict(&world, "waiters").await, None);
        world.operator.get(&path).await.expect(200);
        let joined = wait(two, &query(10, 10), "C").await;
        assert_eq!(conflict(&world, "waiter").await, None, "each of them is among several now");
        assert_eq!(reason().await["reason"], "conflict_regrouped");
        two.ask("DELETE", &format!("/api/v1/waitlist/{}", id(&joined)), None).await.expect(204);
        settle(&world, &alone, " ").await.invalid("reason", "missing");
        settle(&world, &alone, "等检修结束").await.expect(204);
        dealt_with(&settle(&world, &alone, "等检修结束").await);
        wait(two, &query(10, 10), "C").await;
        assert!(conflict(&world, "waiters").await.is_some(), "another firm joins");
        // What it was left for is over: its firm waits no more.
        let other = wait(one, &query(11, 11), "D").await;
        let path = format!("/api/v1/conflicts/{}", id(&other));
        one.ask("DELETE", &format!("/api/v1/waitlist/{}", id(&other)), None).await.expect(204);
        let over = world.operator.get(&path).await.problem(422, "refused")["refusal"].clone();
        assert_eq!((&over["reason"], &over["facts"][0]), (&json!("conflict_over"), &json!(["done", "stop_waiting"])));
        assert_ne!(entry["id"], other["id"]);
        // It is no business of another platform's that could never take it.
        let (stranger, _) = another_platform(&world, &database, |line| line.capabilities[0].batch_max = 5_000).await;
        stranger.get(&format!("/api/v1/conflicts/{}", id(&entry))).await.problem(404, "not-found");
        world.close(&database).await;
    }

    async fn a_wish_is_given_what_it_is_for_whatever_the_key_says(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = both_wait(&world).await;
        lift(&world, &closure).await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        let wish = id(&waiting["waiters"][0]).to_owned();
        for far in [12, 20] {
            let elsewhere = world.offers(&world.operator, &query(far, far)).await.remove(0);
            let key = format!("give.{wish}.{}", elsewhere["key"].as_str().expect("a key"));
            take(&world, &waiting, &json!({"key": key}), "").await.invalid("option", "unknown");
        }
        assert_eq!(conflict(&world, "waiters").await.expect("they wait on")["waiters"], waiting["waiters"]);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 0);
        // Nobody is asked for one who only waits.
        let (one, two) = (&world.one.member, &world.two.member);
        for day_of in [14, 16] {
            world.confirmed_for(two, &day(day_of), "T").await;
            wait(one, &day(day_of), "A").await;
            wait(two, &day(day_of), "C").await;
        }
        let page = world.operator.get("/api/v1/conflicts").await;
        let all = page.expect(200)["items"].as_array().expect("a list").clone();
        let full = all.iter().find(|one| one["waiters"][0]["query"]["from"] == "2026-12-14").expect("they wait for a full day");
        let key = format!("room.{}.1.{}", id(&full["waiters"][0]), way(one, &day(14)).await);
        take(&world, full, &json!({"key": key}), "").await.invalid("option", "unknown");
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 0);
        // What nobody made room for is offered soon after it, no farther off, and not before its firm is ready.
        let order = json!({"query": day(16), "product_code": "R"});
        one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201);
        let ask = asks(two).await.remove(0);
        say(two, &ask, "decline").await.expect(200);
        let failed = conflict(&world, "repair").await.expect("nobody made room");
        let january = with(&day(16), &json!({"from": "2027-01-12", "to": "2027-01-12"}));
        for other in [january, day(12)] {
            let there = world.offers(&world.operator, &other).await.remove(0);
            let key = format!("give.{}.{}", id(&failed), there["key"].as_str().expect("a key"));
            take(&world, &failed, &json!({"key": key}), "").await.invalid("option", "unknown");
        }
        world.close(&database).await;
    }

    async fn whoever_has_waited_longest_is_next_however_many_wait(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = both_wait(&world).await;
        // Later ones of the other firm, more than a page of the list shows.
        let kept = database.rows("SELECT id FROM waiter ORDER BY created_at DESC", vec![]).await.expect("rows");
        let newest: uuid::Uuid = kept[0].try_get_by_index(0).expect("an id");
        for number in 1..=55_i64 {
            let copy = "INSERT INTO waiter (id, organisation, account, offering, platform, starts_at, ends_at, wish, created_at)                         SELECT $1, organisation, account, offering, platform, starts_at, ends_at, wish, created_at + $2                         FROM waiter WHERE id = $3";
            let values = vec![uuid::Uuid::now_v7().into(), number.into(), newest.into()];
            database.execute(copy, values).await.expect("one more waits");
        }
        let waiting = conflict(&world, "waiters").await.expect("they wait for the same");
        assert_eq!(waiting["waiters"].as_array().map(Vec::len), Some(57));
        lift(&world, &closure).await;
        let all = options(&world, &waiting).await;
        let first = of(&all, "give")[0];
        assert_eq!((&first["rank"], &first["company"]), (&json!(1), &waiting["waiters"][0]["company"]));
        assert_eq!(take(&world, &waiting, first, "").await.expect(200)["state"], "done");
        assert!(given(&world.one.member).await.is_some(), "it has waited longest");
        world.close(&database).await;
    }

    async fn what_one_platform_leaves_open_is_on_the_desk_of_another(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        both_wait(&world).await;
        let small = |line: &mut Line| line.capabilities[0].batch_max = 5_000;
        let (operator, line) = another_platform(&world, &database, small).await;
        let seen = async || {
            let page = operator.get("/api/v1/conflicts").await;
            page.expect(200)["items"].as_array().expect("a list").clone()
        };
        assert_eq!(seen().await, Vec::<Value>::new(), "its line could never take them");
        let capabilities = world.plant.lines[0].capabilities.clone();
        save_line(&world, Line { capabilities, ..line }).await;
        let there = seen().await;
        assert_eq!(there.len(), 1, "they wait for any platform");
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        settle(&world, &waiting, "本平台暂无档期").await.expect(204);
        assert_eq!(conflict(&world, "waiters").await, None);
        assert_eq!(seen().await.len(), 1);
        let path = format!("/api/v1/conflicts/{}/settle", id(&there[0]));
        operator.ask_once("POST", &path, Some(json!({"reason": "也没有"}))).await.expect(204);
        assert_eq!(seen().await, Vec::<Value>::new());
        world.close(&database).await;
    }

    async fn room_is_made_by_rule_for_one_who_waits(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let wide = with(&query(12, 20), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let planned = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        wait(one, &day(12), "A").await;
        wait(two, &day(12), "C").await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        let all = options(&world, &waiting).await;
        let room = of(&all, "room");
        assert_eq!((&room[0]["rank"], &room[0]["moves"], &room[0]["asks"]), (&json!(1), &json!(1), &json!([])));
        // Who would move, from where to where, and what that means, is the platform's to know.
        let other = &room[0]["moved"][0];
        assert_eq!((&other["booking"], &other["from"], &other["asked"]), (&planned["id"], &planned["steps"], &json!(false)));
        let [from, to] = [&other["from"], &other["to"]].map(|steps| seconds(&steps[0]["start"]));
        assert_eq!(other["shift_minutes"], json!((to - from) / 60));
        assert_eq!((&room[0]["changeover_minutes"], &other["changeover_minutes"]), (&json!(120), &json!(120)));
        for segment in ["en", "zh"] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&waiting))).await;
            assert!(page.text.contains(planned["reference"].as_str().expect("a reference")), "{}", page.text);
        }
        assert_eq!(take(&world, &waiting, room[0], "").await.expect(200)["state"], "done");
        let hold = given(one).await.expect("a hold");
        assert_eq!(world.booking(one, &hold).await["steps"], room[0]["steps"]);
        assert_eq!(world.booking(two, id(&planned)).await["steps"], other["to"]);
        world.close(&database).await;
    }

    async fn who_can_hold_no_more_is_shown_with_the_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let rule = UseOrLose { times: 1, within: 90 * DAY, horizon: DAY };
        save_policy(&world, Policy { version: 2, use_or_lose: Some(rule), ..Policy::default() }).await;
        let left = world.confirmed(&day(2), "L").await;
        cancel(&world, &world.one.member, &left).await;
        save_policy(&world, Policy { version: 3, max_holds: 1, ..Policy::default() }).await;
        let closure = both_wait(&world).await;
        let held = world.hold_best(&world.one.member, &query(20, 20), "H").await;
        lift(&world, &closure).await;
        let waiting = conflict(&world, "waiters").await.expect("two wait for the same");
        let all = options(&world, &waiting).await;
        let gives = of(&all, "give");
        let why = |option: &Value| option["blocked"]["reason"].clone();
        assert_eq!((why(gives[0]), why(gives[1])), (json!("too_many_holds"), Value::Null));
        let page = world.operator.get(&format!("/en/desk/conflicts?open={}", id(&waiting))).await;
        assert_eq!(page.text.matches("It can’t be held for the firm now").count(), 1, "{}", page.text);
        assert_eq!(page.text.matches("name=\"option\"").count(), 1, "what can't be taken has no button");
        let refused = take(&world, &waiting, gives[0], "").await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "too_many_holds");
        // Nor what begins too late for a firm that often gives up late.
        world.act(&world.one.member, id(&held), "withdraw", json!({})).await.expect(200);
        assert_eq!(why(of(&options(&world, &waiting).await, "give")[0]), Value::Null);
        let policy = Policy { version: 4, max_holds: 1_000, use_or_lose: Some(rule), ..Policy::default() };
        save_policy(&world, policy).await;
        let all = options(&world, &waiting).await;
        assert_eq!(why(of(&all, "give")[0]), json!("use_or_lose"));
        let refused = take(&world, &waiting, of(&all, "give")[0], "").await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "use_or_lose");
        world.close(&database).await;
    }

    async fn room_that_was_declined_is_asked_of_others_or_found_elsewhere(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let first = world.confirmed_for(two, &day(10), "B").await;
        let second = world.confirmed_for(two, &day(10), "C").await;
        let order = json!({"query": day(10), "product_code": "A"});
        let asked = one.ask_once("POST", "/api/v1/repairs", Some(order)).await;
        assert_eq!(asked.expect(201)["booking"], Value::Null);
        let ask = asks(two).await.remove(0);
        say(two, &ask, "decline").await.expect(200);
        let failed = conflict(&world, "repair").await.expect("nobody made room");
        assert_eq!(failed["state"], "declined");
        let all = options(&world, &failed).await;
        assert!(of(&all, "give").is_empty(), "{all:?}");
        let (room, elsewhere) = (of(&all, "room"), of(&all, "elsewhere"));
        assert_eq!(room[0]["asks"].as_array().map(Vec::len), Some(1));
        let near = |option: &&Value| option["shift_minutes"].as_i64().is_some_and(|shift| (1..=2 * 1440).contains(&shift));
        assert!(!elsewhere.is_empty() && elsewhere.iter().all(near), "the day after, not the one before: {elsewhere:?}");
        assert_eq!(take(&world, &failed, room[0], "").await.expect(200)["state"], "asked");
        assert_eq!(conflict(&world, "repair").await, None, "there is a new proposal");
        let again = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
        assert_ne!(again["booking"], ask["booking"], "whoever declined isn't asked again");
        assert!([id(&first), id(&second)].contains(&again["booking"].as_str().expect("an id")));
        say(two, &again, "decline").await.expect(200);

        let failed = conflict(&world, "repair").await.expect("that failed too");
        let all = options(&world, &failed).await;
        let other = of(&all, "elsewhere")[0].clone();
        assert_eq!(take(&world, &failed, &other, "").await.expect(200)["state"], "done");
        assert_eq!(conflict(&world, "repair").await, None);
        let held = one.get("/api/v1/bookings").await.expect(200)["items"][0].clone();
        assert_eq!((&held["status"], &held["steps"], &held["product_code"]), (&json!("held"), &other["steps"], &json!("A")));
        world.settle().await;
        assert!(world.notices(one).await.contains(&"place_held".to_owned()));
        world.close(&database).await;
    }

    async fn of_what_the_desk_looked_at_a_firm_reads_its_own_place_alone(database: TestDatabase) {
        let world = World::of(&database, Plant::roomy(3), None).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for product in ["B", "C", "D"] {
            world.confirmed_for(two, &day(10), product).await;
        }
        make_room(one, &day(10), "A").await.expect(201);
        say(two, &asks(two).await[0], "decline").await.expect(200);
        let failed = conflict(&world, "repair").await.expect("nobody made room");
        let all = options(&world, &failed).await;
        assert_eq!(take(&world, &failed, of(&all, "room")[0], "").await.expect(200)["state"], "asked");
        let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
        say(two, &ask, "accept").await.expect(200);
        let hold = repairs(one).await[0]["booking"].as_str().expect("a hold").to_owned();
        let considered = async |visitor: &Visitor| {
            let page = visitor.get(&format!("/api/v1/bookings/{hold}/history")).await;
            page.expect(200)["items"][0]["considered"].clone()
        };
        let inside = considered(&world.operator).await;
        assert_eq!(inside["ways"].as_array().map(Vec::len), Some(2), "the desk had a choice: {inside}");
        let told = considered(one).await;
        let ways = told["ways"].as_array().expect("a list");
        assert_eq!(ways.len(), 1, "what it was given: {told}");
        let none = json!({"consents": 0, "moves": 0, "shift_days": 0});
        let steps = world.booking(one, &hold).await["steps"].clone();
        assert_eq!((&ways[0]["chosen"], &ways[0]["steps"], &ways[0]["cost"]), (&json!(true), &steps, &none));
        assert_eq!((&told["others"], &told["tried"], &ways[0]["moves"]), (&json!(0), &Value::Null, &Value::Null));
        let page = one.get(&format!("/en/bookings/{hold}")).await.text;
        assert!(page.contains("What was considered") && !page.contains("aren’t shown here"), "{page}");
        assert_eq!(page.matches("considered-way").count(), 1, "{page}");
        world.close(&database).await;
    }

    async fn room_that_is_asked_for_again_is_shown_at_what_it_costs(database: TestDatabase) {
        let mut plant = Plant::new(2);
        plant.lines[1].day_rate_fen += 600_000;
        let world = World::of(&database, plant, None).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(10), "B").await;
        world.confirmed_for(two, &day(10), "C").await;
        let cheap = way(one, &day(10)).await;
        let first = make_room(one, &day(10), "A").await.expect(201)["repair"].clone();
        say(two, &asks(two).await[0], "decline").await.expect(200);
        let failed = conflict(&world, "repair").await.expect("nobody made room");
        let all = options(&world, &failed).await;
        let room = of(&all, "room")[0].clone();
        // Another place than the one that was chosen isn't asked for in its stead.
        let gone = json!({"key": format!("room.{}.1.{cheap}", id(&failed))});
        take(&world, &failed, &gone, "").await.problem(422, "refused");
        assert_eq!(take(&world, &failed, &room, "").await.expect(200)["state"], "asked");
        let again = repairs(one).await.remove(0);
        assert_ne!(again["steps"][0]["line"], first["steps"][0]["line"]);
        assert_eq!((&again["steps"], &again["price_fen"]), (&room["steps"], &room["price_fen"]));
        let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        let hold = repairs(one).await[0]["booking"].as_str().expect("a hold").to_owned();
        let held = world.booking(one, &hold).await;
        assert_eq!((&held["steps"], &held["price_fen"]), (&again["steps"], &again["price_fen"]));
        world.close(&database).await;
    }

    async fn one_wish_is_one_entry_until_its_firm_has_what_it_wanted(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booked = [world.confirmed_for(two, &day(10), "B").await, world.confirmed_for(two, &day(10), "C").await];
        let order = json!({"query": day(10), "product_code": "A"});
        for _ in 0..2 {
            one.ask_once("POST", "/api/v1/repairs", Some(order.clone())).await.expect(201);
            let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
            say(two, &ask, "decline").await.expect(200);
        }
        let failed = async || {
            let page = world.operator.get("/api/v1/conflicts").await;
            let all = page.expect(200)["items"].as_array().expect("a list").clone();
            all.iter().filter(|conflict| conflict["kind"] == "repair").count()
        };
        assert_eq!(failed().await, 1, "asked twice, wanted once");
        // Once its firm holds a place in that time, however it came by it, there is nothing left to do.
        let quote = two.get(&format!("/api/v1/bookings/{}/cancellation", id(&booked[0]))).await;
        let leave = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        world.act(two, id(&booked[0]), "cancel", leave).await.expect(200);
        assert_eq!(failed().await, 1);
        let hold = world.hold_best(one, &day(10), "A").await;
        assert_eq!(failed().await, 0);
        world.act(one, id(&hold), "withdraw", json!({})).await.expect(200);
        assert_eq!(failed().await, 1, "it has it no more");
        world.close(&database).await;
    }

    async fn whoever_has_declined_is_not_asked_by_the_desk_either(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for product in ["B", "C"] {
            world.confirmed_for(two, &day(10), product).await;
        }
        let place = way(one, &day(10)).await;
        for _ in 0..2 {
            make_room(one, &day(10), "A").await.expect(201);
            let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
            say(two, &ask, "decline").await.expect(200);
        }
        let failed = conflict(&world, "repair").await.expect("nobody made room");
        let all = options(&world, &failed).await;
        assert!(of(&all, "room").is_empty(), "both have declined: {all:?}");
        let key = json!({"key": format!("room.{}.1.{place}", id(&failed))});
        take(&world, &failed, &key, "").await.problem(422, "refused");
        world.close(&database).await;
    }

    async fn what_can_move_no_more_isnt_cheaper_for_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let taken = world.confirmed_for(two, &day(10), "B").await;
        let closed = json!({"line": world.plant.line(0), "start": "2026-12-10T16:00:00Z", "end": "2026-12-14T16:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let clock = |day: &str| seconds(&json!(format!("2026-12-{day}:00:00Z")));
        world.app.clock.set(clock("01T10"));
        let wish = with(&query(10, 14), &json!({"batches": 2}));
        let order = json!({"query": wish, "product_code": "A", "flexible": true});
        let asked = one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201)["repair"].clone();
        say(two, &asks(two).await[0], "decline").await.expect(200);
        cancel(&world, two, &taken).await;
        // So near that it would be frozen wherever it goes.
        world.app.clock.set(clock("08T10"));
        let failed = conflict(&world, "repair").await.expect("nobody made room");
        let all = options(&world, &failed).await;
        let give = of(&all, "give")[0].clone();
        assert_eq!(take(&world, &failed, &give, "").await.expect(200)["state"], "done");
        let held = one.get("/api/v1/bookings").await.expect(200)["items"][0].clone();
        assert_eq!((&held["plan"], &held["price_fen"]), (&Value::Null, &give["price_fen"]));
        assert!(held["price_fen"].as_i64() > asked["price_fen"].as_i64(), "{held}");
        world.close(&database).await;
    }

    async fn what_others_failed_at_hides_nothing_from_a_desk(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(10), "B").await;
        make_room(one, &day(10), "A").await.expect(201);
        say(two, &asks(two).await[0], "decline").await.expect(200);
        let route = world.plant.route.id.0.to_string();
        let elsewhere = uuid::Uuid::now_v7().to_string();
        let other = format!(
            "INSERT INTO proposal (id, kind, cause, organisation, account, wish, place, price_fen, created_at, \
             expires_at, closed_at, outcome, booking) SELECT $1, kind, cause, organisation, account, wish, \
             REPLACE(place, '{route}', '{elsewhere}'), price_fen, created_at, expires_at, closed_at, outcome, booking \
             FROM proposal WHERE place LIKE '%{route}%'"
        );
        for _ in 0..501 {
            database.execute(&other, vec![uuid::Uuid::now_v7().into()]).await.expect("another platform's");
        }
        assert!(conflict(&world, "repair").await.is_some(), "however many there are elsewhere");
        let gone = format!("DELETE FROM proposal WHERE place LIKE '%{elsewhere}%'");
        database.execute(&gone, vec![]).await.expect("they are gone");
        world.close(&database).await;
    }

    async fn what_became_free_is_given_and_what_cannot_be_is_declined(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for (on, freed) in [(10, true), (16, false)] {
            let booking = world.confirmed_for(two, &day(on), "B").await;
            let order = json!({"query": day(on), "product_code": "A"});
            one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201);
            let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
            say(two, &ask, "decline").await.expect(200);
            let failed = conflict(&world, "repair").await.expect("nobody made room");
            if freed {
                let quote = two.get(&format!("/api/v1/bookings/{}/cancellation", id(&booking))).await;
                let order = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"], "reason": "项目终止"});
                world.act(two, id(&booking), "cancel", order).await.expect(200);
                let all = options(&world, &failed).await;
                assert_eq!(take(&world, &failed, of(&all, "give")[0], "").await.expect(200)["state"], "done");
            } else {
                settle(&world, &failed, "当日无法再腾出").await.expect(204);
                dealt_with(&settle(&world, &failed, "当日无法再腾出").await);
                world.settle().await;
                let told = one.get("/api/v1/notices").await.expect(200)["items"].as_array().expect("a list").clone();
                let refused = told.iter().find(|notice| notice["kind"] == "room_refused").expect("it is told");
                assert_eq!(refused["search"]["from"], day(on)["from"]);
            }
            assert_eq!(conflict(&world, "repair").await, None);
        }
        world.close(&database).await;
    }
}

//! Swaps: both sides move together, or neither does, and neither learns who the other is.

use domain::{policy::Policy, resource::Line};
use serde_json::{Value, json};
use tests::{Visitor, app::Answer, on_both_databases};

use super::{
    World,
    changing::{save_line, save_policy},
    outages::{asks, day, fee, id, say},
    world::{details, query, seconds, with},
};

/// Offers the booking for the plant day.
async fn offer(visitor: &Visitor, booking: &Value, day: u8) -> Answer {
    let order = json!({"booking": booking["id"], "from": format!("2026-12-{:02}T16:00:00Z", day - 1),
        "to": format!("2026-12-{day:02}T16:00:00Z")});
    visitor.ask_once("POST", "/api/v1/swaps", Some(order)).await
}

async fn swaps(visitor: &Visitor) -> Vec<Value> {
    let page = visitor.get("/api/v1/swaps").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

async fn cancel(world: &World, visitor: &Visitor, booking: &Value) {
    loop {
        let quote = visitor.get(&format!("/api/v1/bookings/{}/cancellation", id(booking))).await;
        let order = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        let said = world.act(visitor, id(booking), "cancel", order).await;
        // Moved meanwhile, it costs something else.
        if said.status != 422 {
            said.expect(200);
            return;
        }
    }
}

/// Moves a confirmed booking to another day.
async fn relocate(world: &World, visitor: &Visitor, booking: &Value, to: u8) {
    let target = world.offers(visitor, &with(&day(to), &json!({"moving": booking["id"]}))).await.remove(0);
    let quote =
        visitor.get(&format!("/api/v1/bookings/{}/move", id(booking))).await.expect(200)["fee_fen"].clone();
    let order = json!({"query": day(to), "offer": target["key"], "quoted_fee_fen": quote});
    world.act(visitor, id(booking), "move", order).await.expect(200);
}

/// State and reason of the swap as company one sees it, and of the move that company two is asked for.
async fn standing(world: &World) -> [(String, Value); 2] {
    let told = |one: &Value| (one["state"].as_str().expect("a state").to_owned(), one["lapse"].clone());
    [told(&swaps(&world.one.member).await[0]), told(&asks(&world.two.member).await[0])]
}

on_both_databases! {
    async fn a_swap_that_no_longer_stands_says_so_and_why(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let told = |state: &str, lapse: Value| (state.to_owned(), lapse);
        let both = async |first: u8| (
            world.confirmed_for(one, &day(first), "A").await,
            world.confirmed_for(two, &day(first + 3), "B").await,
        );
        // The partner's campaign is moved: that is all that the other side learns.
        let (mine, theirs) = both(4).await;
        let swap = offer(one, &mine, 7).await.expect(201).clone();
        assert_eq!(standing(&world).await, [told("asking", Value::Null), told("open", Value::Null)]);
        relocate(&world, two, &theirs, 25).await;
        assert_eq!(standing(&world).await, [told("lapsed", json!("other")), told("lapsed", json!("moved"))]);
        // It can be taken back, and then it is over.
        one.ask_once("DELETE", &format!("/api/v1/repairs/{}", id(&swap)), None).await.expect(204);
        assert_eq!(standing(&world).await, [told("withdrawn", Value::Null), told("over", json!("withdrawn"))]);

        // The one who offered gives up.
        let (mine, _) = both(10).await;
        offer(one, &mine, 13).await.expect(201);
        cancel(&world, one, &mine).await;
        assert_eq!(standing(&world).await, [told("lapsed", json!("ended")), told("lapsed", json!("other"))]);
        let ask = asks(two).await.remove(0);
        assert_eq!(say(two, &ask, "accept").await.expect(200)["lapse"], "other", "why it came to nothing");
        assert_eq!(standing(&world).await, [told("overtaken", Value::Null), told("over", json!("other"))]);
        let over = one.get(&format!("/en/bookings/{}", id(&mine))).await.text;
        assert!(over.contains("One side had changed meanwhile") && !over.contains("other days below"), "{over}");

        // Nobody answers: it has expired from that second on, swept up or not.
        let (mine, _) = both(17).await;
        let swap = offer(one, &mine, 20).await.expect(201).clone();
        let until = seconds(&swap["answer_by"]);
        world.app.clock.set(until - 1);
        assert_eq!(standing(&world).await, [told("asking", Value::Null), told("open", Value::Null)]);
        world.app.clock.set(until);
        let expired = [told("expired", Value::Null), told("over", json!("expired"))];
        assert_eq!(standing(&world).await, expired);
        world.settle().await;
        assert_eq!(standing(&world).await, expired);
        world.close(&database).await;
    }

    async fn who_needs_no_partner_is_led_to_moving_by_itself(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let mine = world.confirmed_for(one, &day(6), "A").await;
        let here = format!("/en/bookings/{}", id(&mine));
        let form = json!({"id": mine["id"], "from": "2026-12-20", "to": "2026-12-22",
            "key": uuid::Uuid::now_v7(), "here": here});
        let told = one.post_form("/do/offer-swap", &form).await;
        told.expect(422);
        let way = format!("{here}/move?from=2026-12-20&amp;to=2026-12-22");
        assert!(told.text.contains("There is room in this window") && told.text.contains(&way), "{}", told.text);
        one.get(&way.replace("&amp;", "&")).await.expect(200);
        world.close(&database).await;
    }

    async fn days_in_the_wrong_order_are_named_as_the_form_calls_them(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let mine = world.confirmed_for(one, &day(6), "A").await;
        let here = format!("/en/bookings/{}", id(&mine));
        let form = json!({"id": mine["id"], "from": "2026-12-22", "to": "2026-12-20",
            "key": uuid::Uuid::now_v7(), "here": here});
        let told = one.post_form("/do/offer-swap", &form).await;
        told.expect(422);
        assert!(told.text.contains("“Last day” is before “First day”"), "{}", told.text);
        assert!(!told.text.contains("Latest day"), "{}", told.text);
        world.close(&database).await;
    }

    async fn whoever_is_asked_reads_which_campaign_is_meant(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (mine, theirs) = (world.confirmed_for(one, &day(6), "SECRET-A").await, world.confirmed_for(two, &day(20), "OWN-B").await);
        let swap = offer(one, &mine, 20).await.expect(201).clone();
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["product_code"], &ask["offering_name"]["en"]), (&json!("OWN-B"), &json!("tablet")));
        assert_eq!(ask["platform_name"], theirs["platform_name"]);
        // It would begin in less than fifteen days, and give back nothing.
        assert_eq!(ask["leaving_fen"], theirs["price_fen"]);
        let said = say(two, &ask, "decline").await.expect(200).clone();
        assert_eq!((&said["product_code"], &said["leaving_fen"]), (&json!("OWN-B"), &Value::Null));
        for seen in [&ask, &said] {
            assert!(!seen.to_string().contains("SECRET-A"), "{seen}");
        }
        assert!(!swap.to_string().contains("OWN-B") && !swaps(one).await[0].to_string().contains("OWN-B"), "{swap}");
        world.close(&database).await;
    }

    async fn whoever_is_asked_to_go_before_its_materials_are_there_reads_so(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mine = world.confirmed_for(one, &day(6), "A").await;
        let theirs = world.hold_best(two, &day(20), "B").await;
        let told = with(&details(), &json!({"materials_on": "2026-12-19"}));
        world.act(two, id(&theirs), "request", told).await.expect(200);
        world.act(&world.qa, id(&theirs), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&theirs), "approve", Value::Null).await.expect(200);
        offer(one, &mine, 20).await.expect(201);
        let (en, zh) = ("19 Dec 2026, after the first step would begin there", "晚于新安排中首道工序的开始");
        for page in [format!("/bookings/{}", id(&theirs)), "/campaigns".to_owned()] {
            for (language, words) in [("en", en), ("zh", zh)] {
                let shown = two.get(&format!("/{language}{page}")).await;
                assert!(shown.text.contains(words), "{page}: {}", shown.text);
            }
        }
        // Once it is answered there is nothing to beware of.
        say(two, &asks(two).await[0], "decline").await.expect(200);
        let page = two.get(&format!("/en/bookings/{}", id(&theirs))).await.text;
        assert!(!page.contains("would begin there"), "{page}");
        world.close(&database).await;
    }

    async fn two_firms_swap_their_days(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (mine, theirs) = (world.confirmed_for(one, &day(10), "A").await, world.confirmed_for(two, &day(20), "B").await);
        assert_eq!(offer(two, &mine, 20).await.status, 404, "another's isn't there");
        assert_eq!(offer(one, &mine, 15).await.problem(422, "refused")["refusal"]["reason"], "room_found", "nobody stands there");
        let swap = offer(one, &mine, 20).await.expect(201).clone();
        assert_eq!((&swap["state"], &swap["from"]), (&json!("asking"), &mine["steps"]));
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["kind"], &ask["state"], &ask["booking"]), (&json!("swap"), &json!("open"), &theirs["id"]));
        // Neither reads when the other's campaign begins and ends, beside which the line's taken time tells its set-up.
        let date = json!("2026-12-10");
        assert_eq!((&ask["to"], &ask["first_day"], &ask["last_day"]), (&json!([]), &date, &date));
        let page = two.get(&format!("/en/bookings/{}", id(&theirs))).await.text;
        assert!(page.contains("10 Dec 2026") && !page.contains("10 Dec 2026 0"), "{page}");
        let (seen, shown) = (ask.to_string(), swap.to_string());
        assert!(!seen.contains(id(&mine)) && !seen.contains(&world.one.organisation.to_string()), "{seen}");
        assert!(!shown.contains(id(&theirs)) && !shown.contains(&world.two.organisation.to_string()), "{shown}");
        assert_eq!(asks(one).await, Vec::<Value>::new(), "nobody is asked for its own half");

        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        let (moved, other) = (world.booking(one, id(&mine)).await, world.booking(two, id(&theirs)).await);
        assert_eq!((&moved["steps"], &other["steps"]), (&swaps(one).await[0]["to"], &asks(two).await[0]["to"]));
        for (now, before) in [(&moved, &mine), (&other, &theirs)] {
            assert_eq!((&now["price_fen"], &now["fee_fen"], &now["moves"], &now["status"]),
                (&before["price_fen"], &Value::Null, &json!(0), &json!("confirmed")));
        }
        assert_eq!(swaps(one).await[0]["state"], "made");
        world.settle().await;
        assert!(world.notices(one).await.contains(&"swapped".to_owned()));
        world.close(&database).await;
    }

    async fn each_pays_for_its_new_place_what_it_was_shown(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mine = world.confirmed_for(one, &day(10), "A").await;
        // The line has become dearer since.
        let line = world.plant.lines[0].clone();
        save_line(&world, Line { day_rate_fen: line.day_rate_fen * 2, ..line }).await;
        let theirs = world.confirmed_for(two, &day(20), "B").await;
        let (cheap, dear) = (&mine["price_fen"], &theirs["price_fen"]);
        assert_eq!(cheap.as_i64().expect("fen") * 2, dear.as_i64().expect("fen"));
        let swap = offer(one, &mine, 20).await.expect(201).clone();
        let ask = asks(two).await.remove(0);
        assert_eq!((&swap["price_fen"], &swap["price_there_fen"]), (cheap, dear));
        assert_eq!((&ask["price_fen"], &ask["price_there_fen"]), (dear, dear));
        for (visitor, booking, language, words) in
            [(one, &mine, "en", "Your price now: "), (two, &theirs, "zh", "您目前的价格：")]
        {
            let page = visitor.get(&format!("/{language}/bookings/{}", id(booking))).await.text;
            assert!(page.contains(words), "{page}");
        }
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(&world.booking(one, id(&mine)).await["price_fen"], dear);
        assert_eq!(&world.booking(two, id(&theirs)).await["price_fen"], dear);
        world.close(&database).await;
    }

    async fn a_consent_in_the_last_day_before_a_start_is_in_time(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        save_policy(&world, Policy { version: 2, ask_answer: 60 * 1440, ..Policy::default() }).await;
        let mine = world.confirmed_for(one, &day(10), "A").await;
        world.confirmed_for(two, &day(20), "B").await;
        let swap = offer(one, &mine, 20).await.expect(201).clone();
        world.app.clock.set(seconds(&swap["answer_by"]) - 60);
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "moved");
        assert_eq!(world.booking(one, id(&mine)).await["steps"], swaps(one).await[0]["to"]);
        world.close(&database).await;
    }

    async fn whoever_offers_reads_the_place_once_its_partner_has_agreed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for (from, to, answer) in [(10, 20, "decline"), (12, 22, "accept")] {
            let mine = world.confirmed_for(one, &day(from), "A").await;
            world.confirmed_for(two, &day(to), "B").await;
            let swap = offer(one, &mine, to).await.expect(201).clone();
            let date = json!(format!("2026-12-{to}"));
            for seen in [&swap, &swaps(one).await[0]] {
                assert_eq!((&seen["to"], &seen["first_day"], &seen["last_day"]), (&json!([]), &date, &date));
            }
            let page = async || one.get(&format!("/en/bookings/{}", id(&mine))).await.text;
            let minute = format!("{to} Dec 2026 0");
            let asked = page().await;
            assert!(asked.contains(&format!("{to} Dec 2026")) && !asked.contains(&minute), "{asked}");
            say(two, &asks(two).await[0], answer).await.expect(200);
            let has_agreed = answer == "accept";
            let now = swaps(one).await.remove(0);
            assert_eq!(now["to"] == json!([]), !has_agreed, "{now}");
            assert_eq!(page().await.contains(&minute), has_agreed);
        }
        world.close(&database).await;
    }

    async fn nothing_is_swapped_on_the_day_on_which_it_begins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        save_policy(&world, Policy { version: 2, min_notice: 0, ..Policy::default() }).await;
        world.confirmed_for(two, &query(10, 10), "FIRST").await;
        let mine = world.confirmed_for(one, &query(10, 10), "A").await;
        world.confirmed_for(two, &day(20), "B").await;
        let start = seconds(&mine["steps"][0]["start"]);
        let midnight = (start + 8 * 3600) / 86_400 * 86_400 - 8 * 3600;
        assert!(midnight < start, "it begins in the middle of the day");
        // Until when to answer would be when it begins.
        world.app.clock.set(midnight);
        let refused = offer(one, &mine, 20).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "swap_unconfirmed");
        world.app.clock.set(midnight - 1);
        let swap = offer(one, &mine, 20).await.expect(201).clone();
        for told in [&swap["answer_by"], &asks(two).await[0]["answer_by"]] {
            assert_eq!(seconds(told), midnight);
        }
        world.close(&database).await;
    }

    async fn leaving_after_a_swap_costs_no_less_than_before_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mine = world.confirmed_for(one, &day(5), "A").await;
        let theirs = world.confirmed_for(two, &day(28), "B").await;
        let before = fee(one, &mine, "cancellation").await;
        offer(one, &mine, 28).await.expect(201);
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "moved");
        assert_eq!(fee(one, &mine, "cancellation").await, before);
        assert!(fee(two, &theirs, "cancellation").await.0 >= before.0, "it begins sooner by now");
        world.close(&database).await;
    }

    async fn whoever_waits_for_what_has_become_free_comes_before_a_swap_that_takes_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // Of two days, for which a partner has only the first.
        let mine = world.confirmed_for(one, &with(&query(10, 11), &json!({"batches": 4})), "A").await;
        world.confirmed_for(two, &day(20), "B").await;
        let held = world.hold_best(one, &day(21), "FILL").await;
        let order = json!({"query": day(21), "product_code": "W"});
        two.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        let order = json!({"booking": mine["id"], "from": "2026-12-19T16:00:00Z", "to": "2026-12-21T16:00:00Z"});
        one.ask_once("POST", "/api/v1/swaps", Some(order)).await.problem(422, "refused");
        let waits = two.get("/api/v1/waitlist").await.expect(200)["items"][0].clone();
        assert!(waits["hold"].is_string(), "it is held for whoever waits");
        world.close(&database).await;
    }

    async fn nobody_is_asked_to_swap_where_there_is_room(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mine = world.confirmed_for(one, &day(10), "A").await;
        world.confirmed_for(two, &day(20), "B").await;
        // The other line is free on that day: it moves there by itself, for its fee.
        assert_eq!(offer(one, &mine, 20).await.problem(422, "refused")["refusal"]["reason"], "room_found");
        assert_eq!(asks(two).await, Vec::<Value>::new());
        world.confirmed_for(two, &day(20), "C").await;
        offer(one, &mine, 20).await.expect(201);
        world.close(&database).await;
    }

    async fn while_a_partner_is_asked_nobody_says_that_there_is_none(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (mine, more) = (world.confirmed_for(one, &day(10), "A").await, world.confirmed_for(one, &day(14), "A").await);
        world.confirmed_for(two, &day(20), "B").await;
        let first = offer(one, &mine, 20).await.expect(201).clone();
        let refused = offer(one, &more, 20).await;
        let refusal = &refused.problem(422, "refused")["refusal"];
        // It is its own question that the partner has to answer first.
        let facts = json!([["repair", first["id"]], ["booking", mine["id"]]]);
        assert_eq!((&refusal["reason"], &refusal["facts"]), (&json!("own_ask"), &facts));
        one.ask_once("DELETE", &format!("/api/v1/repairs/{}", id(&first)), None).await.expect(204);
        assert_eq!(offer(one, &more, 20).await.problem(422, "refused")["refusal"]["reason"], "asked_lately");
        world.app.clock.advance(24 * 3_600 - 1);
        assert_eq!(offer(one, &more, 20).await.problem(422, "refused")["refusal"]["reason"], "asked_lately");
        world.app.clock.advance(1);
        offer(one, &more, 20).await.expect(201);
        world.close(&database).await;
    }

    async fn nobody_swaps_who_is_not_verified_any_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (mine, theirs) = (world.confirmed_for(one, &day(10), "A").await, world.confirmed_for(two, &day(20), "B").await);
        offer(one, &mine, 20).await.expect(201);
        let path = format!("/api/v1/organisations/{}/verification", world.one.organisation);
        world.district.ask("DELETE", &path, None).await.expect(200);
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "over");
        assert_eq!(swaps(one).await[0]["state"], "overtaken");
        for (visitor, booking) in [(one, &mine), (two, &theirs)] {
            assert_eq!(world.booking(visitor, id(booking)).await["steps"], booking["steps"]);
        }
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE outcome LIKE '%unverified%'").await, 1);
        world.close(&database).await;
    }

    async fn who_declines_is_not_asked_again(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (mine, theirs) = (world.confirmed_for(one, &day(10), "A").await, world.confirmed_for(two, &day(20), "B").await);
        offer(one, &mine, 20).await.expect(201);
        let ask = asks(two).await.remove(0);
        say(two, &ask, "decline").await.expect(200);
        assert_eq!(swaps(one).await[0]["state"], "declined");
        assert_eq!(offer(one, &mine, 20).await.problem(422, "refused")["refusal"]["reason"], "no_swap");
        for (visitor, booking) in [(one, &mine), (two, &theirs)] {
            assert_eq!(world.booking(visitor, id(booking)).await["steps"], booking["steps"]);
        }
        world.close(&database).await;
    }

    async fn a_swap_whose_one_side_died_moves_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mut dead = Vec::new();
        for first in [4, 14] {
            let (mine, theirs) = (
                world.confirmed_for(one, &day(first), "A").await,
                world.confirmed_for(two, &day(first + 5), "B").await,
            );
            offer(one, &mine, first + 5).await.expect(201);
            let ask = asks(two).await.remove(0);
            // Once the one who offered gives up, once the partner.
            let (visitor, gone, left) = if first == 4 { (one, &mine, (two, &theirs)) } else { (two, &theirs, (one, &mine)) };
            cancel(&world, visitor, gone).await;
            assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "over");
            assert_eq!(swaps(one).await[0]["state"], "overtaken");
            assert_eq!(world.booking(left.0, id(left.1)).await["steps"], left.1["steps"]);
            dead.push(gone.clone());
        }
        assert_eq!(dead.len(), 2);
        world.close(&database).await;
    }

    async fn a_swap_whose_one_side_died_keeps_nobody_from_asking_the_other(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mine = world.confirmed_for(one, &day(10), "A").await;
        world.confirmed_for(two, &day(14), "B").await;
        offer(one, &mine, 14).await.expect(201);
        cancel(&world, one, &mine).await;
        world.settle().await;
        assert!(world.notices(one).await.contains(&"swap_not_made".to_owned()));
        assert!(world.notices(two).await.contains(&"move_not_needed".to_owned()));
        let room = json!({"query": day(14), "product_code": "C"});
        one.ask_once("POST", "/api/v1/repairs", Some(room)).await.expect(201);
        world.close(&database).await;
    }

    async fn a_swap_accepted_while_one_side_dies_ends_in_one_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for first in [4, 14] {
            let (mine, theirs) = (
                world.confirmed_for(one, &day(first), "A").await,
                world.confirmed_for(two, &day(first + 5), "B").await,
            );
            offer(one, &mine, first + 5).await.expect(201);
            let ask = asks(two).await.remove(0);
            let (said, ()) = tokio::join!(say(two, &ask, "accept"), cancel(&world, one, &mine));
            let other = world.booking(two, id(&theirs)).await;
            match said.expect(200)["state"].as_str() {
                Some("moved") => assert_eq!(other["steps"], said.body["to"]),
                Some("over") => assert_eq!(other["steps"], theirs["steps"]),
                state => panic!("{state:?}"),
            }
            assert_eq!(world.booking(one, id(&mine)).await["status"], "cancelled");
        }
        world.close(&database).await;
    }
}

//! Making room: by rule at once, by consent when all have agreed, and in every race either whole or not at all.

use app::contract::field;
use domain::{calendar::DAY, policy::Policy};
use serde_json::{Value, json};
use server::usecase::sweep::sweep;
use tests::{Plant, Visitor, app::Answer, on_both_databases};

use super::{
    World,
    changing::save_policy,
    fairness::unmet,
    late::cancel,
    plans::{hold_flexibly, offer_plans},
    world::{query, seconds, with},
};

/// Two batches take eighteen hours, and the line two to change: a day holds one of these.
fn day(day: u8) -> Value {
    with(&query(day, day), &json!({"batches": 2}))
}

pub async fn make_room(visitor: &Visitor, query: &Value, product: &str) -> Answer {
    let order = json!({"query": query, "product_code": product});
    visitor.ask_once("POST", "/api/v1/repairs", Some(order)).await
}

pub async fn repairs(visitor: &Visitor) -> Vec<Value> {
    let page = visitor.get("/api/v1/repairs").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

async fn asks(visitor: &Visitor) -> Vec<Value> {
    let page = visitor.get("/api/v1/proposals").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

async fn say(visitor: &Visitor, ask: &Value, answer: &str) -> Answer {
    let id = ask["id"].as_str().expect("an id");
    visitor.ask_once("POST", &format!("/api/v1/proposals/{id}/{answer}"), None).await
}

fn id(booking: &Value) -> &str {
    booking["id"].as_str().expect("an id")
}

/// A hold on the first of ten days, in all of which it may be moved by rule; with what was searched and the offer.
async fn hold_widely(world: &World, firm: &Visitor) -> (Value, Value, Value) {
    let wide = with(&query(5, 14), &json!({"batches": 2}));
    let offer = world.offers(firm, &wide).await.remove(0);
    let held = hold_flexibly(firm, &wide, &offer, "B").await.expect(201).clone();
    (wide, offer, held)
}

/// A confirmed booking of company two on the day, for which company one then asks to move it.
async fn asked(world: &World, on: u8) -> (Value, Value, Value) {
    let booking = world.confirmed_for(&world.two.member, &day(on), "B").await;
    assert!(world.offers(&world.one.member, &day(on)).await.is_empty(), "the day is full");
    let answer = make_room(&world.one.member, &day(on), "A").await.expect(201).clone();
    assert_eq!(answer["booking"], Value::Null, "nobody moves unasked");
    let ask = asks(&world.two.member).await.into_iter().find(|ask| ask["booking"] == booking["id"]);
    (booking, answer["repair"].clone(), ask.expect("it is asked"))
}

on_both_databases! {
    async fn what_may_move_by_rule_moves_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // A window of ten days, and the place on its first one.
        let (_, _, held) = hold_widely(&world, two).await;
        assert!(world.offers(one, &day(5)).await.is_empty());
        let answer = make_room(one, &day(5), "A").await.expect(201).clone();
        assert_eq!(answer["repair"], Value::Null);
        let mine = &answer["booking"];
        assert_eq!((&mine["status"], &mine["product_code"]), (&json!("held"), &json!("A")));
        let moved = world.booking(two, id(&held)).await;
        assert_ne!(moved["steps"], held["steps"], "it made room");
        assert_eq!((&moved["price_fen"], &moved["moves"], &moved["status"]), (&held["price_fen"], &json!(0), &json!("held")));
        let (from, until) = (seconds(&held["plan"]["from"]), seconds(&held["plan"]["until"]));
        assert!(from <= seconds(&moved["steps"][0]["start"]) && seconds(&moved["steps"][0]["end"]) <= until);
        world.settle().await;
        assert!(world.notices(two).await.contains(&"moved_by_rule".to_owned()));
        assert!(!world.notices(one).await.contains(&"moved_by_rule".to_owned()));
        let history = two.get(&format!("/api/v1/bookings/{}/history", id(&held))).await;
        assert!(history.expect(200).to_string().contains("make_room"));
        world.close(&database).await;
    }

    async fn what_has_made_room_is_left_alone_for_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (_, _, held) = hold_widely(&world, two).await;
        let made = make_room(one, &day(5), "A").await.expect(201)["booking"].clone();
        world.act(one, id(&made), "withdraw", json!({})).await.expect(200);
        let moved = world.booking(two, id(&held)).await;
        let [start, end] = ["start", "end"].map(|at| seconds(&moved["steps"][0][at]));
        let on = field::plant_date(i64::midpoint(start, end) / 60).to_string();
        let there = with(&day(5), &json!({"from": on, "to": on}));
        // Neither is it sent about at once, nor is that offered.
        let again = make_room(one, &there, "A").await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "moved_lately");
        assert!(again.text.contains("within the last 24 hours") || again.text.contains("24 小时"), "{}", again.text);
        world.app.clock.advance(24 * 3_600 - 1);
        let again = make_room(one, &there, "A").await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "moved_lately");
        assert_eq!(world.booking(two, id(&held)).await["steps"], moved["steps"]);
        world.app.clock.advance(1);
        assert!(make_room(one, &there, "A").await.expect(201)["booking"].is_object());
        world.close(&database).await;
    }

    async fn nothing_moves_out_of_its_window_or_once_frozen(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // A window of two days, the second of which is taken.
        world.hold_best(one, &day(6), "C").await;
        let narrow = with(&query(5, 6), &json!({"batches": 2}));
        let offer = world.offers(two, &narrow).await.remove(0);
        hold_flexibly(two, &narrow, &offer, "B").await.expect(201);
        let its_place = json!({"query": day(5), "offer": offer["key"], "product_code": "A"});
        let none = one.ask_once("POST", "/api/v1/repairs", Some(its_place)).await;
        assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "no_repair_here");

        let wide = with(&query(20, 29), &json!({"batches": 2}));
        let booking = world.offers(two, &wide).await.remove(0);
        let booking = hold_flexibly(two, &wide, &booking, "B").await.expect(201).clone();
        world.act(two, id(&booking), "request", super::world::details()).await.expect(200);
        world.act(&world.qa, id(&booking), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&booking), "approve", Value::Null).await.expect(200);
        let frozen = seconds(&booking["plan"]["freezes_at"]);
        world.app.clock.set(frozen);
        world.settle().await;
        let asked = make_room(one, &day(20), "A").await.expect(201).clone();
        assert_eq!((&asked["booking"], &asked["repair"]["state"]), (&Value::Null, &json!("asking")), "it is frozen");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        let taken_back = format!("/api/v1/repairs/{}", id(&asked["repair"]));
        one.ask("DELETE", &taken_back, None).await.expect(204);
        world.app.clock.set(frozen - 1);
        assert!(make_room(one, &day(20), "A").await.expect(201)["booking"].is_object(), "a second before it isn't");
        world.close(&database).await;
    }

    async fn a_confirmed_booking_moves_only_once_its_owner_has_agreed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, repair, ask) = asked(&world, 10).await;
        assert_eq!((&repair["state"], &ask["state"]), (&json!("asking"), &json!("open")));
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"], "nothing moves before");
        // Neither side learns who the other is, nor that of others.
        let (seen, theirs) = (ask.to_string(), repair.to_string());
        assert!(!seen.contains("\"A\"") && !seen.contains(&world.one.organisation.to_string()), "{seen}");
        assert!(!theirs.contains(id(&booking)) && !theirs.contains(&world.two.organisation.to_string()), "{theirs}");
        assert_eq!(asks(one).await, Vec::<Value>::new());
        assert_eq!(repairs(two).await, Vec::<Value>::new());
        assert_eq!(ask["from"], booking["steps"]);
        // What it costs others is told, without telling whom; in days, for the minutes would be those of a set-up.
        let [from, to] = [&ask["from"], &ask["to"]].map(|steps| seconds(&steps[0]["start"]));
        let minutes = (to - from).abs() / 60;
        assert_ne!(minutes % DAY, 0, "it goes no further than it must");
        let cost = json!({"consents": 1, "moves": 1, "shift_days": minutes / DAY + 1});
        assert_eq!((&repair["cost"], &repairs(one).await[0]["cost"]), (&cost, &cost));
        world.settle().await;
        assert!(world.notices(two).await.contains(&"move_asked".to_owned()));

        let said = say(two, &ask, "accept").await.expect(200).clone();
        assert_eq!(said["state"], "moved");
        let moved = world.booking(two, id(&booking)).await;
        assert_eq!((&moved["steps"], &moved["status"]), (&ask["to"], &json!("confirmed")));
        assert_eq!(moved["price_fen"], booking["price_fen"]);
        let made = repairs(one).await.remove(0);
        assert_eq!(made["state"], "made");
        let mine = world.booking(one, made["booking"].as_str().expect("a hold")).await;
        assert_eq!((&mine["steps"], &mine["status"]), (&repair["steps"], &json!("held")));
        world.settle().await;
        assert!(world.notices(one).await.contains(&"room_made".to_owned()));
        assert!(world.notices(two).await.contains(&"moved_as_agreed".to_owned()));
        // Once more changes nothing; the other answer comes too late.
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(say(two, &ask, "decline").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        world.close(&database).await;
    }

    async fn days_on_which_the_line_is_closed_are_no_part_of_what_is_told(database: TestDatabase) {
        let mut plant = Plant::new(1);
        plant.pattern.week[5].clear();
        plant.pattern.week[6].clear();
        let world = World::of(&database, plant, None).await;
        save_policy(&world, Policy { version: 2, max_holds: 1_000, ask_reach: 6 * DAY, ..Policy::default() }).await;
        // On a Friday, behind which the line is closed until Monday, and before which as well.
        for (from, to) in [("2026-11-24T16:00:00Z", "2026-12-10T12:00:00Z"), ("2026-12-11T10:00:00Z", "2026-12-11T16:00:00Z")] {
            let closed = json!({"line": world.plant.line(0), "start": from, "end": to, "kind": "hvac"});
            world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        }
        let (_, repair, ask) = asked(&world, 11).await;
        let [from, to] = [&ask["from"], &ask["to"]].map(|steps| seconds(&steps[0]["start"]) / 60);
        let open = to - from - 2 * DAY;
        assert!(open > 0, "it goes over the weekend: {ask}");
        assert_eq!(repair["cost"]["shift_days"], json!((open + DAY - 1) / DAY), "{ask}");
        world.close(&database).await;
    }

    async fn a_platform_says_whom_it_asks_how_long_and_how_far(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(10), "B").await;
        let save = async |policy: Policy| save_policy(&world, Policy { max_holds: 1_000, ..policy }).await;
        for (version, policy) in [
            (2, Policy { ask_most: 0, ..Policy::default() }),
            (3, Policy { move_most: 0, ..Policy::default() }),
            // Eleven hours to either side are no other day.
            (4, Policy { ask_reach: 11 * 60, ..Policy::default() }),
        ] {
            save(Policy { version, ..policy.clone() }).await;
            let none = make_room(one, &day(10), "A").await;
            assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "no_repair", "{policy:?}");
        }
        save(Policy { version: 5, ask_answer: 7 * 60, ask_reach: 2 * DAY, ..Policy::default() }).await;
        make_room(one, &day(10), "A").await.expect(201);
        let ask = asks(two).await.remove(0);
        assert_eq!(seconds(&ask["answer_by"]) - seconds(&ask["asked_at"]), 7 * 3600);
        let shift = seconds(&ask["to"][0]["start"]) - seconds(&ask["from"][0]["start"]);
        assert!(shift != 0 && shift.abs() <= 2 * DAY * 60, "{shift}");
        world.close(&database).await;
    }

    async fn all_who_are_asked_must_agree(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for (first, at_once) in [(8, false), (20, true)] {
            let mut booked = Vec::new();
            for on in [first, first + 1] {
                booked.push(world.confirmed_for(two, &day(on), "B").await);
            }
            // Both days: neither of the two can stay.
            let both = with(&query(first, first + 1), &json!({"batches": 4}));
            let repair = make_room(one, &both, "A").await.expect(201)["repair"].clone();
            let mut open = asks(two).await;
            open.retain(|ask| ask["state"] == "open");
            assert_eq!(open.len(), 2);
            if at_once {
                let (yes, too) = tokio::join!(say(two, &open[0], "accept"), say(two, &open[1], "accept"));
                yes.expect(200);
                too.expect(200);
            } else {
                assert_eq!(say(two, &open[0], "accept").await.expect(200)["state"], "accepted");
                assert_eq!(repairs(one).await[0]["state"], "asking");
                for booking in &booked {
                    assert_eq!(world.booking(two, id(booking)).await["steps"], booking["steps"], "not before all agree");
                }
                assert_eq!(say(two, &open[1], "accept").await.expect(200)["state"], "moved");
            }
            let made = repairs(one).await.remove(0);
            assert_eq!((&made["id"], &made["state"]), (&repair["id"], &json!("made")));
            for ask in &open {
                let moved = world.booking(two, ask["booking"].as_str().expect("an id")).await;
                assert_eq!(moved["steps"], ask["to"]);
            }
        }
        world.close(&database).await;
    }

    async fn who_declines_keeps_the_place(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, _, ask) = asked(&world, 10).await;
        assert_eq!(say(two, &ask, "decline").await.expect(200)["state"], "declined");
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(repairs(one).await[0]["state"], "declined");
        assert_eq!((unmet(one).await, unmet(two).await, unmet(&world.operator).await), (1, 0, 1));
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        assert_eq!(say(one, &ask, "accept").await.status, 404, "another's isn't there");
        world.settle().await;
        assert!(world.notices(one).await.contains(&"room_declined".to_owned()));
        world.close(&database).await;
    }

    async fn who_declined_is_not_asked_again_but_the_next_is(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let wide = with(&query(10, 11), &json!({"batches": 2}));
        for on in [10, 11] {
            world.confirmed_for(two, &day(on), "B").await;
        }
        let mut asked = Vec::new();
        for _ in 0..2 {
            make_room(one, &wide, "A").await.expect(201);
            let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("somebody is asked");
            asked.push(ask["booking"].clone());
            say(two, &ask, "decline").await.expect(200);
        }
        assert_ne!(asked[0], asked[1], "the owner of the other campaign is asked next");
        for window in [&wide, &day(10), &day(11)] {
            let none = make_room(one, window, "A").await;
            assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "no_repair_found");
        }
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 2);
        world.close(&database).await;
    }

    async fn a_consent_after_the_expiry_moves_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, repair, ask) = asked(&world, 10).await;
        world.app.clock.set(seconds(&repair["answer_by"]));
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(repairs(one).await[0]["state"], "asking", "nobody has looked yet");
        world.settle().await;
        assert_eq!(repairs(one).await[0]["state"], "expired");
        assert_eq!(asks(two).await[0]["state"], "over");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        assert!(world.notices(one).await.contains(&"room_not_made".to_owned()));
        world.close(&database).await;
    }

    async fn a_consent_in_the_last_day_before_the_new_start_is_in_time(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        save_policy(&world, Policy { version: 2, ask_answer: 60 * DAY, ..Policy::default() }).await;
        let (_, repair, ask) = asked(&world, 10).await;
        // What was proposed with the notice that a platform needs needs it no more.
        world.app.clock.set(seconds(&repair["answer_by"]) - 60);
        assert_eq!(asks(two).await[0]["state"], "open");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(repairs(one).await[0]["state"], "made");
        world.close(&database).await;
    }

    async fn until_when_to_answer_tells_nobody_when_another_begins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        save_policy(&world, Policy { version: 2, ask_answer: 60 * DAY, ..Policy::default() }).await;
        // The second begins in the evening.
        let wide = with(&query(10, 11), &json!({"batches": 2}));
        for _ in 0..2 {
            world.confirmed_for(two, &wide, "B").await;
        }
        let repair = make_room(one, &with(&wide, &json!({"from": "2026-12-11"})), "A").await.expect(201)["repair"].clone();
        let ask = asks(two).await.remove(0);
        let starts = seconds(&ask["from"][0]["start"]).min(seconds(&ask["to"][0]["start"]));
        for told in [&repair["answer_by"], &ask["answer_by"]] {
            let told = seconds(told);
            assert!(told <= starts, "{told} {starts}");
            assert_eq!((told + 8 * 3600) % (DAY * 60), 0, "a plant midnight: {ask}");
        }
        world.close(&database).await;
    }

    async fn whoever_waits_for_what_has_become_free_comes_before_room_that_takes_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = world.hold_best(one, &day(10), "FILL").await;
        let order = json!({"query": day(10), "product_code": "W"});
        two.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        // The day behind it could be had by a move.
        let wide = with(&query(11, 20), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        hold_flexibly(two, &wide, &offer, "B").await.expect(201);
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        // Nobody has had a turn yet.
        let both = make_room(one, &with(&query(10, 11), &json!({"batches": 4})), "A").await;
        assert_eq!(both.problem(422, "refused")["refusal"]["reason"], "no_repair");
        let waits = two.get("/api/v1/waitlist").await.expect(200)["items"][0].clone();
        let hold = waits["hold"].as_str().expect("it is held for whoever waits");
        assert_eq!(world.booking(two, hold).await["steps"], held["steps"]);
        world.close(&database).await;
    }

    async fn whoever_waits_comes_before_room_that_others_have_agreed_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(11), "B").await;
        make_room(one, &with(&query(10, 11), &json!({"batches": 4})), "A").await.expect(201);
        let ask = asks(two).await.remove(0);
        // The other day is taken, waited for and given back meanwhile.
        let held = world.hold_best(one, &day(10), "FILL").await;
        let order = json!({"query": day(10), "product_code": "W"});
        two.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "over");
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        let waits = two.get("/api/v1/waitlist").await.expect(200)["items"][0].clone();
        assert!(waits["hold"].is_string(), "it is held for whoever waits");
        world.close(&database).await;
    }

    async fn a_consent_after_the_world_changed_moves_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, _, ask) = asked(&world, 10).await;
        // The operator closes what the booking would move to.
        let closed = json!({"line": world.plant.line(0), "start": ask["to"][0]["start"], "end": ask["to"][0]["end"], "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let said = say(two, &ask, "accept").await.expect(200).clone();
        assert_eq!((&said["state"], &said["lapse"]), (&json!("over"), &json!("place")), "it says why");
        assert_eq!(asks(two).await[0], said, "and goes on saying it");
        for (language, words) in [("en", "a place that it needs is taken"), ("zh", "所需的位置已被占用")] {
            let page = two.get(&format!("/{language}/bookings/{}", id(&booking))).await;
            assert!(page.status == 200 && page.text.contains(words), "{}", page.text);
        }
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1, "no hold came of it");
        // Nobody has moved for anybody: the firm was asked, and that is all.
        let fair = two.get("/api/v1/fairness").await.expect(200)[0].clone();
        assert_eq!((&fair["shifts_asked"], &fair["shifts_granted"]), (&json!(1), &json!(0)), "{fair}");
        world.close(&database).await;
    }

    async fn who_asked_learns_at_once_that_it_has_come_to_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (booking, _, _) = asked(&world, 10).await;
        cancel(&world, &world.two.member, &booking).await;
        sweep(&world.app.state).await.expect("a sweep");
        world.settle().await;
        assert_eq!(repairs(&world.one.member).await[0]["state"], "overtaken");
        assert!(world.notices(&world.one.member).await.contains(&"room_not_made".to_owned()));
        world.close(&database).await;
    }

    async fn what_a_third_has_taken_is_asked_for_no_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        save_policy(&world, Policy { version: 2, hold_minutes: 60, ..Policy::default() }).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, _, ask) = asked(&world, 10).await;
        // What is only held until answers are due may be free again by then.
        let (from, until) = (seconds(&ask["from"][0]["start"]), seconds(&ask["to"][0]["end"]));
        let on = u8::try_from(10 + (until - from).div_euclid(DAY * 60)).expect("a day of the month");
        let held = world.hold_best(two, &query(on, on), "T").await;
        for _ in 0..2 {
            world.settle().await;
            assert_eq!((&repairs(one).await[0]["state"], &asks(two).await[0]["state"]), (&json!("asking"), &json!("open")));
        }
        world.act(two, id(&held), "withdraw", json!({})).await.expect(200);
        world.settle().await;
        assert_eq!(repairs(one).await[0]["state"], "asking");
        // What is taken for good isn't, though nobody has answered.
        let closed = json!({"line": world.plant.line(0), "start": ask["to"][0]["start"], "end": ask["to"][0]["end"], "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        world.settle().await;
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        let over = asks(two).await.remove(0);
        assert_eq!((&over["state"], &over["lapse"]), (&json!("over"), &json!("place")));
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        world.settle().await;
        assert!(world.notices(one).await.contains(&"room_not_made".to_owned()));
        assert!(world.notices(two).await.contains(&"move_not_needed".to_owned()));
        world.close(&database).await;
    }

    async fn nobody_gets_room_who_is_not_verified_any_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, _, ask) = asked(&world, 10).await;
        let path = format!("/api/v1/organisations/{}/verification", world.one.organisation);
        world.district.ask("DELETE", &path, None).await.expect(200);
        let said = say(two, &ask, "accept").await.expect(200).clone();
        assert_eq!((&said["state"], &said["lapse"]), (&json!("over"), &json!("asker")), "not what keeps it from it");
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1, "no hold came of it");
        world.settle().await;
        assert!(world.notices(one).await.contains(&"room_unverified".to_owned()));
        world.close(&database).await;
    }

    async fn whoever_asked_learns_that_it_could_hold_no_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, _, ask) = asked(&world, 10).await;
        save_policy(&world, Policy { version: 2, max_holds: 1, ..Policy::default() }).await;
        world.hold_best(one, &day(20), "C").await;
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "over");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        world.settle().await;
        let told = world.notices(one).await;
        assert!(told.contains(&"room_holds_full".to_owned()) && !told.contains(&"room_not_made".to_owned()), "{told:?}");
        assert!(!world.notices(two).await.contains(&"room_holds_full".to_owned()), "that is nobody else's");
        world.close(&database).await;
    }

    async fn a_place_that_is_frozen_when_all_have_agreed_is_nobodys_for_less(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let closed = json!({"line": world.plant.line(0), "start": "2026-12-10T16:00:00Z", "end": "2026-12-14T16:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        world.app.clock.set(seconds(&json!("2026-12-01T10:00:00Z")));
        let wish = with(&query(10, 14), &json!({"batches": 2}));
        let order = json!({"query": wish, "product_code": "A", "flexible": true});
        let repair = one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201)["repair"].clone();
        let ask = asks(two).await.remove(0);
        // Seven days before it would begin nothing of its window can be used any more.
        world.app.clock.set(seconds(&repair["steps"][0]["start"]) - 7 * DAY * 60);
        let said = say(two, &ask, "accept").await.expect(200).clone();
        assert_eq!((&said["state"], &said["lapse"]), (&json!("over"), &json!("asker")), "not what keeps it from it");
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1, "no hold came of it");
        world.settle().await;
        let told = world.notices(one).await;
        assert!(told.contains(&"room_frozen".to_owned()) && !told.contains(&"room_not_made".to_owned()), "{told:?}");
        world.close(&database).await;
    }

    async fn what_is_withdrawn_needs_no_answer(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (_, repair, ask) = asked(&world, 10).await;
        let path = format!("/api/v1/repairs/{}", id(&repair));
        two.ask("DELETE", &path, None).await.problem(404, "not-found");
        one.ask("DELETE", &path, None).await.expect(204);
        one.ask("DELETE", &path, None).await.expect(204);
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!((&repairs(one).await[0]["state"], &asks(two).await[0]["state"]), (&json!("withdrawn"), &json!("over")));
        world.close(&database).await;
    }

    async fn nobody_makes_room_where_there_is_some(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let room = make_room(one, &day(10), "A").await;
        let problem = room.problem(409, "conflict");
        assert_eq!(problem["refusal"]["reason"], "room_found");
        assert_eq!(problem["alternatives"].as_array().map(Vec::len), Some(1));
        make_room(one, &with(&day(10), &json!({"moving": uuid::Uuid::nil()})), "A").await.problem(422, "invalid");
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 0);
        world.close(&database).await;
    }

    async fn answers_at_once_end_in_one_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, colleague) = (&world.one.member, &world.two.member, &world.two.admin);
        let (booking, _, ask) = asked(&world, 10).await;
        let (yes, no, again) =
            tokio::join!(say(two, &ask, "accept"), say(colleague, &ask, "decline"), say(colleague, &ask, "accept"));
        let state = repairs(one).await.remove(0);
        let statuses = [yes.status, no.status, again.status];
        let steps = world.booking(two, id(&booking)).await["steps"].clone();
        if state["state"] == "made" {
            assert_eq!((statuses, &steps), ([200, 422, 200], &ask["to"]));
            assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        } else {
            assert_eq!((&state["state"], statuses), (&json!("declined"), [422, 200, 422]));
            assert_eq!(steps, booking["steps"]);
            assert_eq!(database.number("SELECT count(*) FROM booking").await, 1);
        }
        world.close(&database).await;
    }

    async fn room_for_one_is_made_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let wide = with(&query(5, 6), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        hold_flexibly(two, &wide, &offer, "B").await.expect(201);
        // Two at once want the day: the window of two days leaves room for one of them.
        let wish = day(5);
        let (first, second) = tokio::join!(make_room(one, &wish, "A"), make_room(&world.one.admin, &wish, "C"));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422], "{} {}", first.text, second.text);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        world.close(&database).await;
    }

    async fn what_cannot_be_looked_up_takes_nobodys_consent_away(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (_, _, ask) = asked(&world, 10).await;
        database.execute("ALTER TABLE product RENAME TO product_away", vec![]).await.expect("it is gone");
        say(two, &ask, "accept").await.problem(500, "internal");
        database.execute("ALTER TABLE product_away RENAME TO product", vec![]).await.expect("it is back");
        assert_eq!((&asks(two).await[0]["state"], &repairs(one).await[0]["state"]), (&json!("open"), &json!("asking")));
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        world.close(&database).await;
    }

    async fn whom_others_ask_elsewhere_leaves_no_doubt_that_nothing_can_be_done(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(24), "B").await;
        make_room(one, &day(24), "A").await.expect(201);
        // A firm isn't asked to make room for itself.
        world.confirmed(&day(10), "X").await;
        let none = make_room(one, &day(10), "C").await;
        assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "no_repair");
        // The page of ways promises no places then, and leads on.
        let search = super::world::search_path(&day(10)).replace("/api/v1/offers", "");
        let page = one.get(&format!("/en/room?search={}", super::world::encoded(&search))).await;
        page.expect(422);
        assert!(!page.text.contains("Each place below"), "{}", page.text);
        assert!(page.text.contains("#wait") && page.text.contains("Wait for a place"), "{}", page.text);
        // To no search but such as find something.
        let near = world.search(one, &day(10)).await.expect(200)["nearest"].as_array().expect("searches").len();
        assert_eq!(page.text.matches(">Search ").count(), near, "{}", page.text);
        let none = make_room(one, &day(24), "D").await;
        assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "own_ask", "who is asked may say no");
        world.close(&database).await;
    }

    async fn an_own_question_that_is_in_the_way_is_named_and_can_be_taken_back(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let (_, repair, _) = asked(&world, 10).await;
        let path = super::world::search_path(&day(10)).replace("/api/v1/offers", "/api/v1/repairs/ways");
        for refused in [make_room(one, &day(10), "C").await, one.get(&path).await] {
            let refusal = &refused.problem(422, "refused")["refusal"];
            assert_eq!((&refusal["reason"], &refusal["facts"]), (&json!("own_ask"), &json!([["repair", repair["id"]]])));
            assert!(!refused.text.contains("few days"), "{}", refused.text);
        }
        // The pages lead to it, whether it is asked for or only looked at.
        let search = super::world::search_path(&day(10)).replace("/api/v1/offers", "");
        let looked = one.get(&format!("/en/room?search={}", super::world::encoded(&search))).await;
        let form = json!({"search": search, "product_code": "C", "key": uuid::Uuid::now_v7(), "here": format!("/en{search}")});
        let sent = one.post_form("/do/make-room", &form).await;
        for page in [looked, sent] {
            page.expect(422);
            assert!(page.text.contains("/en/campaigns#room") && page.text.contains("own question"), "{}", page.text);
        }
        one.ask("DELETE", &format!("/api/v1/repairs/{}", id(&repair)), None).await.expect(204);
        world.app.clock.advance(24 * 3_600);
        make_room(one, &day(10), "C").await.expect(201);
        world.close(&database).await;
    }

    async fn asked_at_once_by_two_an_owner_is_asked_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for on in [10, 14] {
            world.confirmed_for(two, &day(on), "B").await;
            let wish = day(on);
            let (first, second) = tokio::join!(make_room(one, &wish, "A"), make_room(one, &wish, "C"));
            let lost = if first.status == 201 { second } else { first };
            assert_eq!(lost.problem(422, "refused")["refusal"]["reason"], "own_ask");
            let open = asks(two).await.into_iter().filter(|ask| ask["state"] == "open").count();
            assert_eq!(open, if on == 10 { 1 } else { 2 });
        }
        world.close(&database).await;
    }

    async fn the_very_place_can_be_asked_for(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (wide, offer, held) = hold_widely(&world, two).await;
        // The window has room elsewhere, but this place was wanted.
        world.hold(one, &wide, &offer, "A").await.problem(409, "conflict");
        let order = json!({"query": wide, "offer": offer["key"], "product_code": "A"});
        let answer = one.ask_once("POST", "/api/v1/repairs", Some(order.clone())).await.expect(201).clone();
        assert_eq!(answer["booking"]["steps"], held["steps"]);
        assert_ne!(world.booking(two, id(&held)).await["steps"], held["steps"]);
        let wrong = with(&order, &json!({"offer": "AA"}));
        one.ask_once("POST", "/api/v1/repairs", Some(wrong)).await.problem(422, "invalid");
        world.close(&database).await;
    }

    async fn it_is_the_very_place_that_is_made_free_or_none(database: TestDatabase) {
        let mut plant = Plant::new(2);
        plant.lines[1].day_rate_fen += 600_000;
        let world = World::of(&database, plant, None).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let lines = [0, 1].map(|number| json!(world.plant.line(number)));
        let both = with(&query(10, 11), &json!({"batches": 4}));
        let offers = world.offers(one, &both).await;
        let place = offers.iter().find(|offer| offer["steps"][0]["line"] == lines[1]).expect("it is free").clone();
        // On the cheaper line one is in the way, on the other one two are.
        let (first, second) = (day(10), day(11));
        for (wish, line) in [(&both, &lines[0]), (&first, &lines[1]), (&second, &lines[1])] {
            assert_eq!(&world.confirmed_for(two, wish, "B").await["steps"][0]["line"], line);
        }
        let ask = async |consents: Value| {
            let order = json!({"query": both, "offer": place["key"], "product_code": "A", "consents": consents});
            one.ask_once("POST", "/api/v1/repairs", Some(order)).await
        };
        let refused = |answer: &Answer| answer.problem(422, "refused")["refusal"]["reason"].clone();
        // Nobody is asked beyond what was shown.
        for shown in [0, 1] {
            assert_eq!(refused(&ask(json!(shown)).await), "room_asks_more");
        }
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 0);
        let repair = ask(json!(2)).await.expect(201)["repair"].clone();
        let there = |steps: &Value| (steps[0]["line"].clone(), steps[0]["start"].clone());
        assert_eq!((there(&repair["steps"]), &repair["cost"]["consents"]), (there(&place["steps"]), &json!(2)));
        // One of the two says no: the other line could be had for one consent, but wasn't wanted.
        say(two, &asks(two).await[0], "decline").await.expect(200);
        assert_eq!(refused(&ask(Value::Null).await), "no_repair_found");
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 1);
        let path = super::world::search_path(&both).replace("/api/v1/offers", "/api/v1/repairs/ways");
        let ways = one.get(&path).await.expect(200).clone();
        assert_eq!((&ways[0]["offer"]["steps"][0]["line"], &ways[0]["cost"]["consents"]), (&lines[0], &json!(1)));
        // Nor is anything made free outside of the window.
        let outside = json!({"query": second, "offer": place["key"], "product_code": "A"});
        one.ask_once("POST", "/api/v1/repairs", Some(outside)).await.invalid("offer", "unknown");
        world.close(&database).await;
    }

    async fn one_question_may_be_asked_instead_of_several_moves_by_rule(database: TestDatabase) {
        let mut plant = Plant::new(2);
        plant.lines[1].day_rate_fen += 600_000;
        let world = World::of(&database, plant, None).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let lines = [0, 1].map(|number| json!(world.plant.line(number)));
        // On the cheaper line two are in the way, who may be moved by rule; on the other one who must be asked.
        for from in [10, 11] {
            let wide = with(&query(from, 20), &json!({"batches": 2}));
            let offer = world.offers(two, &wide).await.remove(0);
            let held = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
            assert_eq!(held["steps"][0]["line"], lines[0]);
        }
        let both = with(&query(10, 11), &json!({"batches": 4}));
        let fixed = world.confirmed_for(two, &both, "C").await;
        assert_eq!(fixed["steps"][0]["line"], lines[1]);
        let path = super::world::search_path(&both).replace("/api/v1/offers", "/api/v1/repairs/ways");
        let ways = one.get(&path).await.expect(200).as_array().expect("ways").clone();
        let costs: Vec<Value> = ways.iter().map(|way| json!([way["cost"]["consents"], way["cost"]["moves"]])).collect();
        assert_eq!(costs, [json!([0, 2]), json!([1, 1])]);
        let order = json!({"query": both, "offer": ways[1]["offer"]["key"], "product_code": "A", "consents": 1});
        let answer = one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201).clone();
        assert_eq!((&answer["booking"], &answer["repair"]["cost"]["moves"]), (&Value::Null, &json!(1)));
        assert_eq!(asks(two).await[0]["booking"], fixed["id"]);
        world.close(&database).await;
    }

    async fn what_was_shown_as_done_at_once_asks_nobody_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let wide = with(&query(20, 29), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let held = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        world.act(two, id(&held), "request", super::world::details()).await.expect(200);
        world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&held), "approve", Value::Null).await.expect(200);
        let search = super::world::search_path(&day(20)).replace("/api/v1/offers", "");
        let page = one.get(&format!("/en/room?search={}", super::world::encoded(&search))).await;
        page.expect(200);
        assert!(page.text.contains("Move by rule, and hold this place"), "{}", page.text);
        assert!(page.text.contains("name=\"consents\" value=\"0\""), "the form says what was shown: {}", page.text);
        // It freezes before the form is sent.
        world.app.clock.set(seconds(&held["plan"]["freezes_at"]));
        let key = uuid::Uuid::now_v7();
        let form = json!({"search": search, "offer": offer["key"], "product_code": "A", "consents": 0, "key": key,
            "here": format!("/en/room?search={}", super::world::encoded(&search))});
        let sent = one.post_form("/do/make-room", &form).await;
        sent.expect(422);
        assert!(sent.text.contains("Nobody was asked, and nothing has moved"), "{}", sent.text);
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 0);
        world.close(&database).await;
    }

    async fn what_each_way_costs_others_is_told_before_anybody_is_asked(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let ways = async |query: &Value| {
            let path = super::world::search_path(query).replace("/api/v1/offers", "/api/v1/repairs/ways");
            one.get(&path).await
        };
        assert_eq!(ways(&day(10)).await.problem(409, "conflict")["refusal"]["reason"], "room_found");
        // Both lines are full on that day: on either one campaign would have to go.
        let booked = [world.confirmed_for(two, &day(10), "B").await, world.confirmed_for(two, &day(10), "C").await];
        let told = ways(&day(10)).await.expect(200).as_array().expect("a list").clone();
        assert_eq!(told.len(), 2, "{told:?}");
        for way in &told {
            assert_eq!((&way["cost"]["consents"], &way["cost"]["moves"]), (&json!(1), &json!(1)));
            assert!(way["cost"]["shift_days"].as_i64() > Some(0));
        }
        assert_eq!(database.number("SELECT count(*) FROM proposal").await, 0);
        assert_eq!(asks(two).await, Vec::<Value>::new());
        // The one that is chosen is the one that is asked for.
        let chosen = &told[1];
        let order = json!({"query": day(10), "offer": chosen["offer"]["key"], "product_code": "A"});
        let repair = one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201)["repair"].clone();
        assert_eq!(repair["cost"], chosen["cost"]);
        assert_eq!(repair["steps"][0]["line"], chosen["offer"]["steps"][0]["line"]);
        let asked = asks(two).await.remove(0);
        assert!(booked.iter().any(|booking| booking["id"] == asked["booking"]
            && booking["steps"][0]["line"] == chosen["offer"]["steps"][0]["line"]), "{asked}");
        // Where nobody may move, that is what is told; and a firm alone may ask.
        ways(&with(&day(10), &json!({"batches": 60}))).await.problem(422, "refused");
        let path = super::world::search_path(&day(10)).replace("/api/v1/offers", "/api/v1/repairs/ways");
        world.operator.get(&path).await.problem(403, "forbidden");
        world.close(&database).await;
    }

    async fn a_key_makes_room_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        hold_widely(&world, two).await;
        let order = json!({"query": day(5), "product_code": "A"});
        let ask = || one.post_once("/api/v1/repairs", "click-1", order.clone());
        let (first, second) = tokio::join!(ask(), ask());
        assert_eq!(first.expect(201)["booking"]["id"], second.expect(201)["booking"]["id"]);
        world.close(&database).await;
    }
}

//! Use it or lose it: who gives up confirmed bookings late again and again holds only what begins soon.

use app::contract::field;
use domain::{policy::Policy, use_or_lose::UseOrLose};
use serde_json::{Value, json};
use server::{
    clock::Clock,
    usecase::waitlist::{promote, promote_all},
};
use tests::{
    Visitor,
    app::{Answer, People},
    on_both_databases,
};

use super::{
    World,
    changing::save_policy,
    outages::{asks, day, down, fee, id, say},
    plans::hold_flexibly,
    repairing::{make_room, repairs},
    world::{query, search_path, seconds, with},
};

const DAY: i64 = 86_400;

/// Twice within ninety days: only what begins within ten.
pub async fn rule(world: &World) {
    let rule = UseOrLose { times: 2, within: 90 * 1440, horizon: 10 * 1440 };
    save_policy(world, Policy { version: 2, use_or_lose: Some(rule), ..Policy::default() }).await;
}

/// Cancels for what it costs; the fee.
pub async fn cancel(world: &World, client: &Visitor, booking: &Value) -> i64 {
    let quote = client.get(&format!("/api/v1/bookings/{}/cancellation", id(booking))).await;
    let fee = quote.expect(200)["fee_fen"].as_i64().expect("a fee");
    world.act(client, id(booking), "cancel", json!({"quoted_fee_fen": fee})).await.expect(200);
    fee
}

/// Books a day and gives it up for a fee.
async fn give_up(world: &World, client: &Visitor, on: u8) -> Value {
    let booking = world.confirmed_for(client, &day(on), "L").await;
    assert!(cancel(world, client, &booking).await > 0);
    booking
}

/// Moves two batches to a plant day far ahead for what that costs; the fee.
async fn move_away(world: &World, client: &Visitor, booking: &Value, to: &str) -> i64 {
    let wish = with(&day(1), &json!({"from": to, "to": to, "moving": id(booking)}));
    let target = world.offers(client, &wish).await.remove(0);
    let (fee, _) = fee(client, booking, "move").await;
    let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": fee});
    world.act(client, id(booking), "move", order).await.expect(200);
    fee
}

pub async fn standing(visitor: &Visitor) -> Value {
    let all = visitor.get("/api/v1/late-leavings").await;
    let all = all.expect(200).as_array().expect("a list").clone();
    assert!(all.len() <= 1, "{all:?}");
    all.into_iter().next().unwrap_or_default()
}

fn refused(answer: &Answer) -> Value {
    answer.problem(422, "refused")["refusal"].clone()
}

/// A far day's offer, which whoever isn't limited finds.
async fn far(world: &World) -> Value {
    world.offers(&world.two.member, &day(28)).await.remove(0)
}

/// Where what a firm gave up of a booking, the last time that it did, is forgiven.
async fn forgiving(firm: &Visitor, booking: &Value) -> String {
    let own = standing(firm).await;
    let mut left = own["leavings"].as_array().expect("a list").iter();
    let left = left.find(|left| left["booking"] == booking["id"]).expect("it was given up late");
    format!("/api/v1/late-leavings/{}/forgive", id(left))
}

async fn confirm(world: &World, client: &Visitor, held: &Value) {
    world.act(client, id(held), "request", super::world::details()).await.expect(200);
    world.act(&world.qa, id(held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
    world.act(&world.operator, id(held), "approve", Value::Null).await.expect(200);
}

/// A confirmed campaign of `client` on the fifth, which may be moved by rule up to the 28th and finds no place before
/// the 21st, where leaving costs less, on a platform that limits those who give up late to fourteen days.
async fn flexibly(world: &World, client: &Visitor) -> Value {
    let held = held_flexibly(world, client).await;
    confirm(world, client, &held).await;
    held
}

/// The same while it is only held.
async fn held_flexibly(world: &World, client: &Visitor) -> Value {
    let rule = UseOrLose { times: 2, within: 90 * 1440, horizon: 14 * 1440 };
    let policy = Policy {
        version: 2,
        use_or_lose: Some(rule),
        max_holds: 1_000,
        plan_discount_percent: 10,
        plan_freeze_days: 7,
        ..Policy::default()
    };
    save_policy(world, policy).await;
    let closed = json!({"line": world.plant.line(0), "start": "2026-12-05T16:00:00Z", "end": "2026-12-20T16:00:00Z", "kind": "hvac"});
    world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
    let wide = with(&query(5, 28), &json!({"batches": 2}));
    let offer = world.offers(client, &wide).await.remove(0);
    hold_flexibly(client, &wide, &offer, "B").await.expect(201).clone()
}

async fn administrator(world: &World) -> Visitor {
    let people = People::found(&world.app).await;
    people.staff(world.plant.platform.0, "platform_admin", "admin@plant.example").await
}

on_both_databases! {
    async fn whoever_gives_up_late_twice_holds_only_what_begins_soon(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let one = &world.one.member;
        // Published with every offer, and on the company's page before anything has happened.
        let published = json!({"times": 2, "within_minutes": 90 * 1440, "horizon_minutes": 10 * 1440});
        assert_eq!(far(&world).await["terms"]["use_or_lose"], published);
        let own = standing(one).await;
        assert_eq!((&own["rule"], &own["counted"], &own["until"]), (&published, &json!(0), &Value::Null));

        give_up(&world, one, 20).await;
        let own = standing(one).await;
        assert_eq!((&own["counted"], &own["until"]), (&json!(1), &Value::Null));
        world.act(one, id(&world.hold_best(one, &day(28), "H").await), "withdraw", json!({})).await.expect(200);

        let first = world.app.clock.now();
        world.app.clock.advance(3_600);
        give_up(&world, one, 22).await;
        let own = standing(one).await;
        assert_eq!(own["counted"], 2);
        assert_eq!(seconds(&own["until"]), first + 90 * DAY, "until the first of the two counts no more");
        assert_eq!(own["leavings"].as_array().map(Vec::len), Some(2));

        // By a search, by a key found before or by somebody else, and by the waiting list: the same name.
        let search = world.search(one, &day(28)).await;
        assert_eq!(search.expect(200)["offers"], json!([]));
        let named = &search.body["refusals"][0]["refusal"];
        assert_eq!(named["reason"], "use_or_lose", "{}", search.text);
        assert!(search.body["nearest"].as_array().is_some_and(|near| !near.is_empty()), "what begins soon is named");
        let held = world.hold(one, &day(28), &far(&world).await, "H").await;
        let why = refused(&held);
        assert_eq!(why["reason"], "use_or_lose");
        let fact = |name: &str| why["facts"].as_array().expect("facts").iter().find(|fact| fact[0] == name).expect("it is told")[1].clone();
        assert_eq!((fact("late"), seconds(&fact("until"))), (json!("2"), first + 90 * DAY));
        assert_eq!(seconds(&fact("latest")), world.app.clock.now().div_euclid(60) * 60 + 10 * DAY);
        let room = json!({"query": day(28), "product_code": "H"});
        assert_eq!(refused(&one.ask_once("POST", "/api/v1/repairs", Some(room)).await)["reason"], "use_or_lose");

        // Others are not limited, nor is what the operator books for the firm.
        world.hold(&world.two.member, &day(28), &far(&world).await, "T").await.expect(201);
        let offer = world.offers(&world.operator, &day(30)).await.remove(0);
        let phoned = json!({"query": day(30), "offer": offer["key"], "product_code": "O",
            "company": tests::app::credit_code(1)});
        world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(phoned)).await.expect(201);
        world.close(&database).await;
    }

    async fn who_is_limited_waits_for_what_begins_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let one = &world.one.member;
        give_up(&world, one, 20).await;
        give_up(&world, one, 22).await;
        let start = seconds(&far(&world).await["steps"][0]["start"]);
        let search = world.search(one, &day(28)).await;
        let found = search.expect(200);
        assert_eq!((&found["found"], &found["may_free"]), (&json!(0), &json!(true)));
        // The page says that it is the limit, and sends the firm neither to a longer window nor to others.
        let page = one.get(&search_path(&day(28)).replace("/api/v1/offers", "/en")).await;
        page.expect(200);
        for part in ["your company may hold at", "/en/company#late", "/do/wait", "as soon as that limit ends"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        for part in ["Nothing fits in this window", "Lines are busy", "/do/make-room"] {
            assert!(!page.text.contains(part), "{part}: {}", page.text);
        }
        let order = json!({"query": day(28), "product_code": "W"});
        one.ask_once("POST", "/api/v1/waitlist", Some(order.clone())).await.expect(201);
        let turn = async || promote_all(&world.app.state).await.expect("a turn");
        assert_eq!(turn().await, 0, "not yet");
        world.app.clock.set(start - 10 * DAY);
        assert_eq!(turn().await, 1, "it begins soon enough");

        // Whoever isn't limited needs not wait, and is not told that somebody took what nobody chose.
        let two = &world.two.member;
        let free = one.get("/api/v1/waitlist").await.expect(200)["items"][0]["hold"].as_str().expect("a hold").to_owned();
        world.act(one, &free, "withdraw", json!({})).await.expect(200);
        let needless = two.ask_once("POST", "/api/v1/waitlist", Some(order)).await;
        let problem = needless.problem(409, "conflict");
        assert_eq!(problem["refusal"]["reason"], "room_found");
        assert!(!needless.text.contains("no longer free") && !needless.text.contains("所选时段已不可用"), "{}", needless.text);
        world.close(&database).await;
    }

    async fn what_begins_at_the_horizon_may_be_held_and_the_limit_ends_by_itself(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let one = &world.one.member;
        give_up(&world, one, 20).await;
        give_up(&world, one, 22).await;
        let until = seconds(&standing(one).await["until"]);
        let offer = far(&world).await;
        let start = seconds(&offer["steps"][0]["start"]);
        // A minute before, it begins a minute beyond the horizon.
        world.app.clock.set(start - 10 * DAY - 60);
        assert_eq!(refused(&world.hold(one, &day(28), &offer, "H").await)["reason"], "use_or_lose");
        assert_eq!(world.offers(one, &day(28)).await.len(), 0);
        world.app.clock.set(start - 10 * DAY);
        assert_eq!(world.offers(one, &day(28)).await.len(), 1);
        let held = world.hold(one, &day(28), &offer, "H").await.expect(201).clone();

        // Nor is what is held near moved away, but to what is no later.
        let later = with(&with(&query(1, 1), &json!({"from": "2027-01-11", "to": "2027-01-11", "batches": 2})), &json!({"moving": id(&held)}));
        assert_eq!(world.offers(one, &later).await.len(), 0);
        let unlimited = world.offers(&world.two.member, &with(&later, &json!({"moving": null}))).await.remove(0);
        let order = json!({"query": later, "offer": unlimited["key"], "quoted_fee_fen": 0});
        assert_eq!(refused(&world.act(one, id(&held), "move", order.clone()).await)["reason"], "use_or_lose");
        let sooner = with(&day(26), &json!({"moving": id(&held)}));
        let target = world.offers(one, &sooner).await.remove(0);
        let moved = json!({"query": sooner, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(one, id(&held), "move", moved).await.expect(200);
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);

        // At the second at which the first counts no more.
        let april = with(&day(1), &json!({"from": "2027-06-01", "to": "2027-06-01"}));
        let offer = world.offers(&world.two.member, &april).await.remove(0);
        world.app.clock.set(until - 1);
        assert_eq!(refused(&world.hold(one, &april, &offer, "H").await)["reason"], "use_or_lose");
        world.app.clock.set(until);
        assert_eq!(standing(one).await["until"], Value::Null);
        world.hold(one, &april, &offer, "H").await.expect(201);
        world.close(&database).await;
    }

    async fn what_was_agreed_to_before_the_rule_doesnt_count(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let before = [world.confirmed(&day(20), "A").await, world.confirmed(&day(22), "B").await];
        rule(&world).await;
        for booking in &before {
            assert!(cancel(&world, one, booking).await > 0);
        }
        assert_eq!(standing(one).await["counted"], 0);
        world.hold(one, &day(28), &far(&world).await, "H").await.expect(201);
        // The figures tell of them all the same.
        assert_eq!(one.get("/api/v1/fairness").await.expect(200)[0]["given_up_late"], 2);
        world.close(&database).await;
    }

    async fn what_the_platform_caused_and_what_was_sold_again_doesnt_count(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // The line went down on it: whether it was moved or not, leaving it doesn't count.
        let hit = world.confirmed(&day(10), "A").await;
        down(&world, &hit, 11).await.expect(201);
        cancel(&world, one, &hit).await;
        let moved = world.confirmed(&day(14), "B").await;
        down(&world, &moved, 15).await.expect(201);
        let ask = asks(one).await.remove(0);
        say(one, &ask, "accept").await.expect(200);
        cancel(&world, one, &moved).await;
        assert_eq!(standing(one).await["counted"], 0);

        // A part of it sold again is not enough, all of it is.
        let left = give_up(&world, one, 20).await;
        assert_eq!(standing(one).await["counted"], 1);
        let part = world.confirmed_for(two, &query(20, 20), "C").await;
        assert_eq!(standing(one).await["counted"], 1);
        cancel(&world, two, &part).await;
        world.confirmed_for(two, &day(20), "D").await;
        let own = standing(one).await;
        assert_eq!((&own["counted"], &own["leavings"][0]["resold"]), (&json!(0), &json!(true)));
        assert_eq!(own["leavings"][0]["reference"], left["reference"]);
        assert_eq!(one.get("/api/v1/fairness").await.expect(200)[0]["given_up_late"], 0);
        // Free of charge is not late, nor is giving back what isn't confirmed; nobody coming is.
        let held = world.hold_best(one, &day(24), "E").await;
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        let due = world.confirmed(&day(26), "F").await;
        world.app.clock.set(seconds(&due["steps"][0]["start"]));
        assert_eq!(standing(one).await["counted"], 0);
        world.act(&world.operator, id(&due), "no-show", Value::Null).await.expect(200);
        assert_eq!(standing(one).await["counted"], 1);
        world.close(&database).await;
    }

    async fn whoever_agreed_to_make_room_leaves_for_no_less_than_before(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // Where nothing else is free, it makes room by going far, to where leaving costs less.
        let booking = world.confirmed_for(two, &day(5), "B").await;
        for (from, to) in [("2026-11-24T16:00:00Z", "2026-12-04T12:00:00Z"), ("2026-12-05T16:00:00Z", "2026-12-20T16:00:00Z")] {
            let closed = json!({"line": world.plant.line(0), "start": from, "end": to, "kind": "hvac"});
            world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        }
        let before = fee(two, &booking, "cancellation").await;
        let room = make_room(one, &day(5), "A").await.expect(201)["repair"].clone();
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "moved");
        let hold = repairs(one).await.into_iter().find(|one| one["id"] == room["id"]).expect("it was made");
        world.act(one, hold["booking"].as_str().expect("a hold"), "withdraw", json!({})).await.expect(200);
        assert_eq!(fee(two, &booking, "cancellation").await, before);
        assert_eq!(cancel(&world, two, &booking).await, before.0);
        assert_eq!(standing(two).await["counted"], 1);
        world.close(&database).await;
    }

    async fn whoever_made_room_by_rule_leaves_for_no_less_though_the_room_is_confirmed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = flexibly(&world, two).await;
        let before = fee(two, &held, "cancellation").await;
        let made = make_room(one, &day(5), "A").await.expect(201)["booking"].clone();
        assert!(made.is_object(), "nobody is asked");
        assert_eq!(fee(two, &held, "cancellation").await, before, "it is only held");
        let page = two.get(&format!("/en/bookings/{}/cancel", id(&held))).await.text;
        assert!(page.contains("the move that made room for others"), "{page}");
        // An ally's small campaign would undo the fee of a large one.
        confirm(&world, one, &made).await;
        assert_eq!(fee(two, &held, "cancellation").await, before, "confirmed or not");
        assert_eq!(cancel(&world, two, &held).await, before.0);
        assert_eq!(standing(two).await["counted"], 1, "as it would have, had it stayed");
        world.close(&database).await;
    }

    async fn an_ally_that_takes_its_room_back_undoes_no_fee(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = flexibly(&world, two).await;
        let before = fee(two, &held, "cancellation").await;
        let made = make_room(one, &day(5), "A").await.expect(201)["booking"].clone();
        world.act(one, id(&made), "withdraw", json!({})).await.expect(200);
        assert_eq!(cancel(&world, two, &held).await, before.0);
        assert_eq!(standing(two).await["counted"], 1);
        world.close(&database).await;
    }

    async fn of_several_moves_by_rule_the_dearest_place_counts(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = flexibly(&world, two).await;
        let before = fee(two, &held, "cancellation").await.0;
        let first = make_room(one, &day(5), "A").await.expect(201)["booking"].clone();
        world.app.clock.advance(DAY);
        let moved = world.booking(two, id(&held)).await;
        let [start, end] = ["start", "end"].map(|at| seconds(&moved["steps"][0][at]));
        let on = field::plant_date(i64::midpoint(start, end) / 60).to_string();
        let there = with(&day(5), &json!({"from": on, "to": on}));
        let second = make_room(one, &there, "C").await.expect(201)["booking"].clone();
        assert_ne!(world.booking(two, id(&held)).await["steps"], moved["steps"]);
        assert_eq!(fee(two, &held, "cancellation").await.0, before, "neither is confirmed");
        // The second left a place where leaving cost less.
        confirm(&world, one, &first).await;
        assert_eq!(fee(two, &held, "cancellation").await.0, before);
        world.act(one, id(&second), "withdraw", json!({})).await.expect(200);
        assert_eq!(cancel(&world, two, &held).await, before);
        world.close(&database).await;
    }

    async fn what_its_firm_pays_for_moving_counts_against_what_leaving_cost(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = flexibly(&world, two).await;
        let before = fee(two, &held, "cancellation").await.0;
        let made = make_room(one, &day(5), "A").await.expect(201)["booking"].clone();
        world.act(one, id(&made), "withdraw", json!({})).await.expect(200);
        // In all it pays what leaving would have cost at first, be it in two parts, and that once.
        let quote = two.get(&format!("/api/v1/bookings/{}/move", id(&held))).await;
        let (moving, least) = (&quote.expect(200)["fee_fen"], &quote.body["left_fee_fen"]);
        assert_eq!((moving, least), (&json!(before * 75 / 100), &json!(before - before * 75 / 100)));
        let page = two.get(&format!("/en/bookings/{}/move?from=2027-05-20&to=2027-05-20", id(&held))).await.text;
        assert!(page.contains("Cancelling it after this move costs at least"), "{page}");
        let paid = move_away(&world, two, &held, "2027-05-20").await;
        assert_eq!(paid, before * 75 / 100);
        assert_eq!(cancel(&world, two, &held).await, before - paid);
        let left = world.booking(two, id(&held)).await;
        assert_eq!(left["fee_fen"], json!(before));
        world.close(&database).await;
    }

    async fn whoever_would_pay_for_moving_it_makes_no_room_for_itself_with_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let held = flexibly(&world, two).await;
        let none = refused(&make_room(two, &day(5), "C").await)["reason"].clone();
        assert!(none.as_str().is_some_and(|none| none.starts_with("no_repair")), "{none}");
        assert_eq!(world.booking(two, id(&held)).await["steps"], held["steps"]);
        assert_eq!(standing(two).await["counted"], 0);
        world.close(&database).await;
    }

    async fn whoever_is_limited_moves_nothing_beyond_by_making_room_for_itself(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let held = held_flexibly(&world, two).await;
        give_up(&world, two, 24).await;
        give_up(&world, two, 26).await;
        assert_eq!(refused(&make_room(two, &day(5), "C").await)["reason"], "use_or_lose");
        assert_eq!(world.booking(two, id(&held)).await["steps"], held["steps"]);
        world.close(&database).await;
    }

    async fn whoever_moves_away_late_gives_up_late_wherever_it_goes(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (booking, other) = (world.confirmed(&day(20), "M").await, world.confirmed(&day(22), "N").await);
        assert!(move_away(&world, one, &booking, "2027-05-20").await > 0);
        let own = standing(one).await;
        assert_eq!((&own["counted"], &own["leavings"][0]["moved"]), (&json!(1), &json!(true)), "{own}");
        // There it costs nothing to leave, and is no second time.
        assert_eq!(cancel(&world, one, &booking).await, 0);
        assert_eq!(standing(one).await["counted"], 1);
        assert!(move_away(&world, one, &other, "2027-05-22").await > 0);
        assert_eq!(standing(one).await["counted"], 2);
        assert_eq!(refused(&world.hold(one, &day(28), &far(&world).await, "H").await)["reason"], "use_or_lose");
        // One of them is given up by now, for nothing; late were both, as the rule counts it.
        let fair = one.get("/api/v1/fairness").await.expect(200)[0].clone();
        assert_eq!((&fair["given_up"], &fair["given_up_late"]), (&json!(1), &json!(2)), "{fair}");

        // As of what is cancelled: sold again in part it counts, sold again whole it doesn't, nor what is forgiven.
        let part = world.confirmed_for(two, &query(20, 20), "C").await;
        assert_eq!(standing(one).await["counted"], 2);
        cancel(&world, two, &part).await;
        world.confirmed_for(two, &day(20), "D").await;
        let own = standing(one).await;
        let resold: Vec<&Value> = own["leavings"].as_array().expect("a list").iter().filter(|left| left["resold"] == true).collect();
        assert_eq!((&own["counted"], resold.len()), (&json!(1), 1), "{own}");
        assert_eq!(resold[0]["reference"], booking["reference"]);
        world.settle().await;
        assert!(world.notices(one).await.contains(&"late_resold".to_owned()));
        let path = forgiving(one, &other).await;
        administrator(&world).await.post(&path, json!({"reason": "货物在途遗失"})).await.expect(204);
        assert_eq!(standing(one).await["counted"], 0);
        world.close(&database).await;
    }

    async fn the_platforms_administrator_forgives_with_a_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, admin) = (&world.one.member, administrator(&world).await);
        let left = give_up(&world, one, 20).await;
        give_up(&world, one, 22).await;
        let seen = standing(&world.operator).await;
        assert_eq!((&seen["company_name"]["en"], &seen["counted"]), (&json!("Example Pharma 1"), &json!(2)));
        assert_eq!(standing(&world.two.member).await["leavings"], json!([]), "another firm sees nothing of it");
        let path = forgiving(one, &left).await;
        admin.post(&path, json!({"reason": " "})).await.invalid("reason", "missing");
        world.operator.post(&path, json!({"reason": "no"})).await.problem(403, "forbidden");
        world.hold(one, &day(28), &far(&world).await, "H").await.problem(422, "refused");
        admin.post(&path, json!({"reason": "货物在途遗失"})).await.expect(204);
        admin.post(&path, json!({"reason": "a second time"})).await.expect(204);
        let own = standing(one).await;
        assert_eq!((&own["counted"], &own["until"]), (&json!(1), &Value::Null));
        let all = own["leavings"].as_array().expect("a list");
        let forgiven = all.iter().find(|one| one["booking"] == left["id"]).expect("it stands there");
        assert_eq!((&forgiven["reason"], &forgiven["counts_until"]), (&json!("货物在途遗失"), &Value::Null));
        world.hold(one, &day(28), &far(&world).await, "H").await.expect(201);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'forgive_late'").await, 1);
        world.settle().await;
        assert_eq!(world.notices(one).await[0], "late_forgiven");
        assert_eq!(world.operator.get("/api/v1/fairness").await.expect(200)[0]["given_up_late"], 1);
        // Of its own platform only, and only what was given up late.
        let other = tests::app::bare_platform(&database, "two").await;
        let people = People::found(&world.app).await;
        let stranger = people.staff(other, "platform_admin", "admin@two.example").await;
        stranger.post(&path, json!({"reason": "no"})).await.problem(404, "not-found");
        world.close(&database).await;
    }

    async fn of_one_booking_that_is_forgiven_which_was_pointed_at(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, admin) = (&world.one.member, administrator(&world).await);
        let booking = world.confirmed(&day(20), "M").await;
        assert!(move_away(&world, one, &booking, "2026-12-24").await > 0);
        assert!(cancel(&world, one, &booking).await > 0);
        let left = |own: &Value, moved: bool| {
            let mut all = own["leavings"].as_array().expect("a list").iter();
            all.find(|left| left["booking"] == booking["id"] && left["moved"] == moved).expect("it stands there").clone()
        };
        let own = standing(one).await;
        assert_eq!(own["counted"], 2, "it was moved away, and then given up: {own}");
        // The page has a form for each.
        let desk = admin.get("/en/desk/fairness").await;
        desk.expect(200);
        for moved in [true, false] {
            let field = format!("name=\"id\" value=\"{}\"", id(&left(&own, moved)));
            assert!(desk.text.contains(&field), "{field}: {}", desk.text);
        }
        let form = json!({"id": id(&left(&own, true)), "reason": "路线变更", "next": "/en/desk/fairness"});
        admin.post_form("/do/forgive-late", &form).await.expect(303);
        let own = standing(one).await;
        assert_eq!((&own["counted"], &own["until"]), (&json!(1), &Value::Null), "{own}");
        assert_eq!((&left(&own, true)["reason"], &left(&own, true)["counts_until"]), (&json!("路线变更"), &Value::Null));
        let other = left(&own, false);
        assert_eq!((&other["forgiven_at"], other["counts_until"].is_string()), (&Value::Null, true), "{own}");
        let path = format!("/api/v1/late-leavings/{}/forgive", id(&other));
        admin.post(&path, json!({"reason": "货物在途遗失"})).await.expect(204);
        assert_eq!(standing(one).await["counted"], 0);
        // It is the leaving that is named, and not its booking.
        let path = format!("/api/v1/late-leavings/{}/forgive", id(&booking));
        admin.post(&path, json!({"reason": "no"})).await.problem(404, "not-found");
        let named = format!("SELECT count(*) FROM decision WHERE action = 'forgive_late' AND inputs LIKE '%{}%'", id(&other));
        assert_eq!(database.number(&named).await, 1);
        world.close(&database).await;
    }

    async fn what_is_forgiven_and_sold_again_at_once_counts_no_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two, admin) = (&world.one.member, &world.two.member, administrator(&world).await);
        let booking = world.confirmed(&day(18), "M").await;
        for to in ["2026-12-20", "2026-12-22"] {
            assert!(move_away(&world, one, &booking, to).await > 0);
        }
        let mut sold = Vec::new();
        for on in [18, 20] {
            let held = world.hold_best(two, &day(on), "S").await;
            world.act(two, id(&held), "request", super::world::details()).await.expect(200);
            world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
            sold.push(held);
        }
        let own = standing(one).await;
        assert_eq!(own["counted"], 2, "{own}");
        let all = own["leavings"].as_array().expect("a list").iter();
        let paths: Vec<String> = all.map(|left| format!("/api/v1/late-leavings/{}/forgive", id(left))).collect();
        let approve = async |booking: &Value| world.act(&world.operator, id(booking), "approve", Value::Null).await;
        let forgive = async |path: &str| admin.post(path, json!({"reason": "路线变更"})).await;
        let (first, second, third, fourth) =
            tokio::join!(approve(&sold[0]), forgive(&paths[0]), approve(&sold[1]), forgive(&paths[1]));
        for (done, status) in [(first, 200), (second, 204), (third, 200), (fourth, 204)] {
            done.expect(status);
        }
        let own = standing(one).await;
        let all = own["leavings"].as_array().expect("a list");
        assert!(own["counted"] == 0 && all.iter().all(|left| left["forgiven_at"].is_string()), "{own}");
        assert_eq!(database.number("SELECT count(*) FROM late_leaving WHERE resold_at IS NOT NULL").await, 2);
        world.close(&database).await;
    }

    async fn the_last_one_given_up_and_a_hold_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, admin) = (&world.one.member, administrator(&world).await);
        give_up(&world, one, 20).await;
        for round in 0..4_u8 {
            let booking = world.confirmed(&day(4 + 2 * round), "R").await;
            let offer = far(&world).await;
            let quote = one.get(&format!("/api/v1/bookings/{}/cancellation", id(&booking))).await;
            let leave = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
            let wish = day(28);
            let (left, held) = tokio::join!(
                world.act(one, id(&booking), "cancel", leave),
                world.hold(one, &wish, &offer, "H"),
            );
            left.expect(200);
            if held.status == 201 {
                // It was decided first, when nothing kept it from being made.
                world.act(one, id(&held.body), "withdraw", json!({})).await.expect(200);
            } else {
                assert_eq!(refused(&held)["reason"], "use_or_lose");
            }
            // From here on it is limited, whichever came first.
            assert_eq!(refused(&world.hold(one, &day(28), &far(&world).await, "H").await)["reason"], "use_or_lose");
            let path = forgiving(one, &booking).await;
            admin.post(&path, json!({"reason": "for the next round"})).await.expect(204);
        }
        world.close(&database).await;
    }

    async fn who_waits_is_given_nothing_beyond_the_horizon(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        give_up(&world, one, 20).await;
        give_up(&world, one, 22).await;
        let held = world.hold_best(two, &day(28), "T").await;
        let waits = json!({"query": day(28), "product_code": "W"});
        one.ask_once("POST", "/api/v1/waitlist", Some(waits)).await.expect(201);
        world.act(two, id(&held), "withdraw", json!({})).await.expect(200);
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);
        let start = seconds(&held["steps"][0]["start"]);
        world.app.clock.set(start - 10 * DAY);
        assert_eq!(promote_all(&world.app.state).await.expect("a turn"), 1);
        world.close(&database).await;
    }

    async fn a_swap_is_no_way_around_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let soon = world.confirmed(&day(3), "S").await;
        world.confirmed_for(two, &day(28), "T").await;
        give_up(&world, one, 20).await;
        give_up(&world, one, 22).await;
        let order = json!({"booking": id(&soon), "from": "2026-12-27T16:00:00Z", "to": "2026-12-28T16:00:00Z"});
        let swap = one.ask_once("POST", "/api/v1/swaps", Some(order)).await;
        assert_eq!(refused(&swap)["reason"], "use_or_lose", "{}", swap.text);
        world.close(&database).await;
    }

    async fn a_swap_that_was_asked_for_before_is_none_either(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let soon = world.confirmed(&day(3), "S").await;
        world.confirmed_for(two, &day(28), "T").await;
        let order = json!({"booking": id(&soon), "from": "2026-12-27T16:00:00Z", "to": "2026-12-28T16:00:00Z"});
        one.ask_once("POST", "/api/v1/swaps", Some(order)).await.expect(201);
        give_up(&world, one, 20).await;
        give_up(&world, one, 22).await;
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "over");
        assert_eq!(world.booking(one, id(&soon)).await["steps"], soon["steps"]);
        world.close(&database).await;
    }
}

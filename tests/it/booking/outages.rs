//! A line goes down: a fact, whatever is booked on it. Everybody whom it hits learns of it and gets a way out.

use domain::{calendar::DAY, policy::Policy};
use serde_json::{Value, json};
use tests::{
    Visitor,
    app::{Answer, People, bare_platform},
    on_both_databases,
};

use super::{
    World,
    changing::{save_line, save_policy},
    plans::{hold_flexibly, offer_plans},
    repairing::{make_room, repairs},
    world::{query, seconds, with},
};

/// Two batches take eighteen hours, and the line two to change: a day holds one of these.
pub fn day(day: u8) -> Value {
    with(&query(day, day), &json!({"batches": 2}))
}

pub fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

/// Marks the line that `booking` stands on as down, from its start until the plant day `until`.
pub async fn down(world: &World, booking: &Value, until: u8) -> Answer {
    let step = &booking["steps"][0];
    let order = json!({"line": step["line"], "from": step["start"], "until": format!("2026-12-{until:02}T16:00:00Z"),
        "kind": "breakdown", "reason": "主电机烧毁"});
    world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await
}

pub async fn asks(visitor: &Visitor) -> Vec<Value> {
    let page = visitor.get("/api/v1/proposals").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

pub async fn say(visitor: &Visitor, ask: &Value, answer: &str) -> Answer {
    visitor.ask_once("POST", &format!("/api/v1/proposals/{}/{answer}", id(ask)), None).await
}

async fn conflicts(world: &World) -> Vec<Value> {
    let page = world.operator.get("/api/v1/conflicts").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

async fn options(world: &World, conflict: &Value) -> Vec<Value> {
    let desk = world.operator.get(&format!("/api/v1/conflicts/{}", id(conflict))).await;
    desk.expect(200)["options"].as_array().expect("a list").clone()
}

async fn resolve(world: &World, conflict: &Value, option: &Value) -> Answer {
    let path = format!("/api/v1/conflicts/{}/resolve", id(conflict));
    world.operator.ask_once("POST", &path, Some(json!({"option": option["key"]}))).await
}

/// Whether no step of the booking lies on `line` in the outage.
fn is_out(booking: &Value, outage: &Value) -> bool {
    booking["steps"].as_array().expect("steps").iter().all(|step| {
        step["line"] != outage["line"]
            || seconds(&step["end"]) <= seconds(&outage["from"])
            || seconds(&outage["until"]) <= seconds(&step["start"])
    })
}

/// The fee for `what` and whether it is waived.
pub async fn fee(visitor: &Visitor, booking: &Value, what: &str) -> (i64, bool) {
    let quote = visitor.get(&format!("/api/v1/bookings/{}/{what}", id(booking))).await;
    let quote = quote.expect(200);
    (quote["fee_fen"].as_i64().expect("fen"), quote["waived"].as_bool().expect("a word"))
}

on_both_databases! {
    async fn who_cannot_run_where_it_stands_owes_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let mut booked = Vec::new();
        for on in [10, 12, 14, 16] {
            booked.push(world.confirmed_for(two, &day(on), "B").await);
        }
        let [first, second, third, after] = booked.try_into().expect("four");
        assert!(fee(two, &first, "cancellation").await.0 > 0);
        down(&world, &first, 15).await.expect(201);
        for what in ["cancellation", "move"] {
            assert_eq!(fee(two, &first, what).await, (0, true), "{what}");
            assert!(!fee(two, &after, what).await.1, "{what}: it isn't hit");
        }
        let left = world.act(two, id(&first), "cancel", json!({"quoted_fee_fen": 0})).await;
        assert_eq!((&left.expect(200)["status"], &left.body["fee_fen"]), (&json!("cancelled"), &json!(0)));
        // By itself it goes elsewhere for nothing, for no more than it cost, and the free move is left.
        let line = world.plant.lines[0].clone();
        save_line(&world, domain::resource::Line { day_rate_fen: line.day_rate_fen * 3, ..line }).await;
        let wish = with(&query(20, 22), &json!({"batches": 2, "moving": id(&second)}));
        let target = world.offers(two, &wish).await.remove(0);
        assert_eq!(target["price_fen"], second["price_fen"]);
        let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0});
        let moved = world.act(two, id(&second), "move", order).await;
        assert_eq!((&moved.expect(200)["price_fen"], &moved.body["moves"]), (&second["price_fen"], &json!(0)));
        assert!(!fee(two, &second, "cancellation").await.1, "it can run there");
        // Nobody can come where nothing runs, and it is no matter that the line is up again by then.
        world.app.clock.set(seconds(&third["steps"][0]["end"]) + 60);
        let absent = world.act(&world.operator, id(&third), "no-show", Value::Null).await;
        assert_eq!((&absent.expect(200)["status"], &absent.body["fee_fen"]), (&json!("no_show"), &json!(0)));
        assert_eq!(database.number("SELECT count(*) FROM late_leaving").await, 0);
        world.close(&database).await;
    }

    async fn a_confirmed_booking_is_hit_and_goes_where_its_owner_agrees(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let marked = down(&world, &booking, 13).await;
        let outage = marked.expect(201)["outage"].clone();
        assert_eq!(marked.body["hit"], json!(1));
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"], "it stands until its owner agrees");
        // Nobody else is put there: of two lines one is left.
        let offers = world.offers(&world.one.member, &day(12)).await;
        assert!(!offers.is_empty() && offers.iter().all(|offer| offer["steps"][0]["line"] != outage["line"]), "{offers:?}");
        world.settle().await;
        let told = world.notices(two).await;
        assert!(told.contains(&"line_down".to_owned()) && told.contains(&"rescue_asked".to_owned()), "{told:?}");

        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["kind"], &ask["state"], &ask["from"]), (&json!("rescue"), &json!("open"), &booking["steps"]));
        let conflict = conflicts(&world).await.remove(0);
        assert_eq!((&conflict["kind"], &conflict["state"], &conflict["booking"]["id"]),
            (&json!("outage"), &json!("asked"), &booking["id"]));
        assert_eq!(conflict["reason"], "主电机烧毁");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        let moved = world.booking(two, id(&booking)).await;
        assert_eq!(moved["steps"], ask["to"]);
        assert!(is_out(&moved, &outage));
        // Nobody pays for what the platform couldn't help.
        assert_eq!((&moved["price_fen"], &moved["fee_fen"], &moved["moves"], &moved["status"]),
            (&booking["price_fen"], &Value::Null, &json!(0), &json!("confirmed")));
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        // Who agreed to what is counted, for the firm itself and for its platform.
        for visitor in [two, &world.operator] {
            let fair = visitor.get("/api/v1/fairness").await.expect(200)[0].clone();
            let figures = ["requests", "placed", "shifts_asked", "shifts_granted", "given_up"].map(|name| fair[name].clone());
            assert_eq!(figures, [1, 1, 1, 1, 0].map(|count| json!(count)), "{fair}");
        }
        assert_eq!(world.one.member.get("/api/v1/fairness").await.expect(200), &json!([]));
        world.close(&database).await;
    }

    async fn whoever_cannot_stay_is_asked_for_that_alone(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(two, &day(10), "B").await;
        make_room(one, &day(10), "A").await.expect(201);
        assert_eq!(asks(two).await[0]["kind"], "room");
        down(&world, &booking, 13).await.expect(201);
        let open: Vec<Value> = asks(two).await.into_iter().filter(|ask| ask["state"] == "open").collect();
        assert_eq!(open.iter().map(|ask| &ask["kind"]).collect::<Vec<_>>(), ["rescue"]);
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        let over = asks(two).await.into_iter().find(|ask| ask["kind"] == "room").expect("it was asked");
        assert_eq!((&over["state"], &over["lapse"]), (&json!("over"), &json!("replaced")));
        world.settle().await;
        let told = world.notices(two).await;
        assert!(told.contains(&"move_replaced".to_owned()) && !told.contains(&"move_not_needed".to_owned()), "{told:?}");
        assert!(world.notices(one).await.contains(&"room_not_made".to_owned()));
        assert_eq!(say(two, &open[0], "accept").await.expect(200)["state"], "moved");
        world.close(&database).await;
    }

    async fn an_operator_takes_back_what_it_asks(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(two, &day(10), "B").await;
        // Before anything is done the desk reads whom it would hit, and that it would be asked.
        let path = format!("/en/lines/{}/down?kind=breakdown&until=2026-12-13&until_time=08:00&reason=motor",
            booking["steps"][0]["line"].as_str().expect("a line"));
        let page = world.operator.get(&path).await.text;
        let reference = booking["reference"].as_str().expect("a reference");
        assert!(page.contains(reference) && page.contains("its owner would be asked"), "{page}");
        assert_eq!(asks(two).await, Vec::<Value>::new(), "nothing is done by looking");
        down(&world, &booking, 13).await.expect(201);
        let conflict = conflicts(&world).await.remove(0);
        // What it proposed is on its desk, beside where the campaign stands and until when the owner can answer.
        let ask = asks(two).await.remove(0);
        assert_eq!((&conflict["asked"]["from"], &conflict["asked"]["to"]), (&booking["steps"], &ask["to"]));
        assert_eq!(conflict["answer_by"], ask["answer_by"]);
        for (segment, words) in [("en", "Withdraw the proposal"), ("zh", "撤回改期提议")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts")).await.text;
            assert!(page.contains(words), "{page}");
        }
        let path = format!("/api/v1/repairs/{}", conflict["proposal"].as_str().expect("it is asked"));
        for outsider in [one, two, &world.district] {
            outsider.ask("DELETE", &path, None).await.problem(404, "not-found");
        }
        world.qa.ask("DELETE", &path, None).await.problem(403, "forbidden");
        world.operator.ask("DELETE", &path, None).await.expect(204);
        world.operator.ask("DELETE", &path, None).await.expect(204);
        let conflict = conflicts(&world).await.remove(0);
        assert_eq!((&conflict["state"], &conflict["proposal"]), (&json!("open"), &Value::Null));
        let ask = asks(two).await.remove(0);
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        world.settle().await;
        assert!(world.notices(two).await.contains(&"rescue_over".to_owned()));
        let ways = options(&world, &conflict).await;
        assert_eq!(resolve(&world, &conflict, &ways[0]).await.expect(200)["state"], "asked");
        world.close(&database).await;
    }

    async fn what_is_asked_ends_with_the_owners_own_move_or_cancellation(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let [gives_up, moves] = [world.confirmed_for(two, &day(10), "B").await, world.confirmed_for(two, &day(12), "C").await];
        down(&world, &gives_up, 13).await.expect(201);
        let all = asks(two).await;
        let ask = |of: &Value| all.iter().find(|ask| ask["booking"] == of["id"]).expect("it is asked").clone();
        let (first, second) = (ask(&gives_up), ask(&moves));
        world.act(two, id(&gives_up), "cancel", json!({"quoted_fee_fen": 0})).await.expect(200);
        let wish = with(&query(20, 22), &json!({"batches": 2, "moving": id(&moves)}));
        let target = world.offers(two, &wish).await.remove(0);
        let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(two, id(&moves), "move", order).await.expect(200);
        // In the same commit: nobody has swept up since.
        for (asked, lapse) in [(&first, "ended"), (&second, "moved")] {
            let now = asks(two).await.into_iter().find(|ask| ask["id"] == asked["id"]).expect("it was asked");
            assert_eq!((&now["state"], &now["lapse"]), (&json!("over"), &json!(lapse)));
            assert_eq!(say(two, asked, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        }
        assert_eq!(database.number("SELECT count(*) FROM proposal WHERE outcome = 'overtaken'").await, 2);
        world.settle().await;
        for visitor in [two, &world.operator] {
            let told = world.notices(visitor).await;
            assert_eq!(told.iter().filter(|kind| *kind == "ask_moot").count(), 2, "{told:?}");
            let untrue = ["rescue_over", "rescue_not_made", "move_not_needed"];
            assert!(!told.iter().any(|kind| untrue.contains(&kind.as_str())), "{told:?}");
        }
        world.close(&database).await;
    }

    async fn what_is_asked_of_whom_has_nothing_any_more_is_swept_up(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        save_policy(&world, Policy { version: 2, max_holds: 1_000, ask_answer: 10 * DAY, ..Policy::default() }).await;
        let held = world.hold_best(two, &day(10), "B").await;
        down(&world, &held, 13).await.expect(201);
        let ask = asks(two).await.remove(0);
        let gone = seconds(&held["hold_expires_at"]);
        assert!(gone < seconds(&ask["answer_by"]), "{ask}");
        world.app.clock.set(gone);
        world.settle().await;
        let now = asks(two).await.remove(0);
        assert_eq!((&now["id"], &now["state"], &now["lapse"]), (&ask["id"], &json!("over"), &json!("ended")));
        assert!(world.notices(&world.operator).await.contains(&"ask_moot".to_owned()));
        world.close(&database).await;
    }

    async fn who_is_not_verified_any_more_can_decline(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let ask = asks(two).await.remove(0);
        let path = format!("/api/v1/organisations/{}/verification", world.two.organisation);
        world.district.ask("DELETE", &path, None).await.expect(200);
        say(two, &ask, "accept").await.problem(403, "unverified");
        assert_eq!(say(two, &ask, "decline").await.expect(200)["state"], "declined");
        assert_eq!(conflicts(&world).await[0]["state"], "declined");
        world.close(&database).await;
    }

    async fn what_needs_no_consent_moves_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = world.hold_best(one, &with(&query(10, 20), &json!({"batches": 2})), "A").await;
        let wide = with(&query(12, 20), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let planned = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        world.act(two, id(&planned), "request", super::world::details()).await.expect(200);
        world.act(&world.qa, id(&planned), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&planned), "approve", Value::Null).await.expect(200);

        let marked = down(&world, &held, 13).await.expect(201).clone();
        assert_eq!(marked["hit"], json!(2));
        let (first, second) = (world.booking(one, id(&held)).await, world.booking(two, id(&planned)).await);
        assert!(is_out(&first, &marked["outage"]) && is_out(&second, &marked["outage"]));
        let end = seconds(&second["steps"][0]["end"]);
        assert!(end <= seconds(&planned["plan"]["until"]), "by rule it stays in its window");
        assert_eq!((&first["price_fen"], &second["status"]), (&held["price_fen"], &json!("confirmed")));
        assert_eq!((asks(one).await, asks(two).await), (Vec::new(), Vec::new()));
        world.settle().await;
        assert!(world.notices(one).await.contains(&"rescued".to_owned()));
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        world.close(&database).await;
    }

    async fn what_lies_sooner_hides_no_later_place_that_can_be_asked_for(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        let policy = Policy { version: 2, max_holds: 1_000, ask_reach: 6 * DAY, ..Policy::default() };
        save_policy(&world, policy).await;
        let booking = world.confirmed_for(two, &day(20), "B").await;
        let (own, other) = (world.plant.line(0), world.plant.line(1));
        assert_eq!(booking["steps"][0]["line"], json!(own));
        let close = async |line: uuid::Uuid, from: &str, until: &str| {
            let [start, end] = [from, until].map(|at| format!("2026-12-{at}:00:00Z"));
            let order = json!({"line": line, "start": start, "end": end, "kind": "hvac"});
            world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await.expect(201);
        };
        // On the other line it fits on each of the days before, and later on the fifth day behind alone.
        for on in 14..19 {
            close(other, &format!("{on}T12"), &format!("{on}T16")).await;
        }
        close(other, "19T12", "24T16").await;
        close(other, "25T16", "31T16").await;
        // On its own it would fit before; behind the outage there is none.
        close(own, "21T16", "31T16").await;
        let outage = down(&world, &booking, 21).await.expect(201)["outage"].clone();
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["state"], &ask["to"][0]["line"]), (&json!("open"), &json!(other)));
        assert!(seconds(&ask["to"][0]["start"]) >= seconds(&outage["until"]), "{ask}");
        world.close(&database).await;
    }

    async fn the_desk_offers_no_more_than_the_policy_has_anybody_asked_and_the_nearest_first(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        save_policy(&world, Policy { version: 2, max_holds: 1_000, ask_reach: 2 * DAY, ..Policy::default() }).await;
        let booking = world.confirmed_for(two, &day(20), "B").await;
        down(&world, &booking, 21).await.expect(201);
        say(two, &asks(two).await[0], "decline").await.expect(200);
        let conflict = conflicts(&world).await.remove(0);
        let all = options(&world, &conflict).await;
        let shifts: Vec<i64> = all.iter().map(|way| way["shift_minutes"].as_i64().expect("a number")).collect();
        // Both lines are free for weeks before.
        assert!(shifts.iter().any(|shift| *shift < 0), "{all:?}");
        assert!(shifts.iter().all(|shift| *shift >= -2 * DAY), "{all:?}");
        let fresh = all.iter().zip(&shifts).filter(|(way, _)| way["declined"] == false);
        let distances: Vec<i64> = fresh.map(|(_, shift)| shift.abs()).collect();
        assert!(distances.is_sorted(), "{distances:?}");
        for (segment, words) in [("en", "No firm is asked to move by more than 2 d"), ("zh", "请求企业改期的幅度最大为 2 天")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&conflict))).await.text;
            assert!(page.contains(words), "{page}");
        }
        world.close(&database).await;
    }

    async fn where_nobody_was_asked_nothing_is_said_to_be_overtaken(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        save_policy(&world, Policy { version: 2, max_holds: 1_000, ask_reach: 60, ..Policy::default() }).await;
        let booking = world.confirmed_for(&world.two.member, &day(10), "B").await;
        world.app.clock.set(seconds(&booking["steps"][0]["start"]));
        world.act(&world.operator, id(&booking), "start", Value::Null).await.expect(200);
        down(&world, &booking, 13).await.expect(201);
        assert_eq!(conflicts(&world).await[0]["state"], "open");
        for (segment, words, never) in [
            ("en", "it can’t run as scheduled", "The calendar had changed meanwhile"),
            ("zh", "原排期已不成立", "其间日历已变化"),
        ] {
            let page = world.operator.get(&format!("/{segment}/desk/requests/{}", id(&booking))).await.text;
            assert!(page.contains(words) && !page.contains(never), "{page}");
        }
        world.close(&database).await;
    }

    async fn others_make_room_by_rule_for_what_finds_no_place(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let policy = Policy {
            version: 2,
            max_holds: 1_000,
            plan_discount_percent: 10,
            plan_freeze_days: 7,
            ask_reach: DAY,
            ..Policy::default()
        };
        save_policy(&world, policy).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(one, &day(10), "A").await;
        let closed = json!({"line": world.plant.line(0), "start": "2026-11-24T16:00:00Z", "end": "2026-12-09T12:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        // Behind the outage stands one that may be moved on.
        let wide = with(&query(12, 20), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let flexible = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        down(&world, &booking, 11).await.expect(201);
        assert_eq!(asks(one).await, Vec::<Value>::new(), "there is no place for it");
        let conflict = conflicts(&world).await.remove(0);
        let all = options(&world, &conflict).await;
        let [way] = all.as_slice() else { panic!("one way: {all:?}") };
        assert_eq!((&way["kind"], way["asks"].as_array().map(Vec::len), &way["moves"]), (&json!("among"), Some(1), &json!(1)));
        let other = &way["moved"][0];
        assert_eq!((&other["booking"], &other["from"], &other["asked"]), (&flexible["id"], &flexible["steps"], &json!(false)));
        for (segment, words) in [("en", "Move it where others make room for it by rule"), ("zh", "改期到其他项目按规则腾出的空档")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&conflict))).await;
            assert!(page.text.contains(words), "{}", page.text);
        }
        assert_eq!(resolve(&world, &conflict, way).await.expect(200)["state"], "asked");
        // Its owner alone is asked, and reads of no other. Until it agrees nothing moves.
        let ask = asks(one).await.remove(0);
        assert_eq!((&ask["kind"], &ask["to"]), (&json!("rescue"), &way["steps"]));
        assert!(!ask.to_string().contains(id(&flexible)), "{ask}");
        assert_eq!(asks(two).await, Vec::<Value>::new());
        assert_eq!(world.booking(two, id(&flexible)).await["steps"], flexible["steps"]);
        assert_eq!(say(one, &ask, "accept").await.expect(200)["state"], "moved");
        let (moved, made) = (world.booking(one, id(&booking)).await, world.booking(two, id(&flexible)).await);
        assert_eq!((&moved["steps"], &made["steps"]), (&way["steps"], &other["to"]));
        assert_eq!((&moved["status"], &made["price_fen"], &made["plan"]["until"]),
            (&json!("confirmed"), &flexible["price_fen"], &flexible["plan"]["until"]));
        world.settle().await;
        let told = world.notices(two).await;
        assert!(told.contains(&"moved_by_rule".to_owned()) && !told.contains(&"rescued".to_owned()), "{told:?}");
        assert!(world.notices(one).await.contains(&"rescued_as_agreed".to_owned()));
        let fair = two.get("/api/v1/fairness").await.expect(200)[0].clone();
        assert_eq!((&fair["moved_by_rule"], &fair["shifts_asked"]), (&json!(1), &json!(0)), "{fair}");
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        // Nor does the record tell it afterwards how many made room, or by how much.
        for (visitor, moves) in [(&world.operator, 1), (one, 0)] {
            let history = visitor.get(&format!("/api/v1/bookings/{}/history", id(&booking))).await;
            let events = history.expect(200)["items"].as_array().expect("a list").clone();
            let rescue = events.into_iter().find(|event| event["action"] == "rescue").expect("it was moved");
            let mut ways = rescue["considered"]["ways"].as_array().expect("a list").iter();
            let cost = &ways.find(|way| way["chosen"] == true).expect("one was taken")["cost"];
            assert_eq!((&cost["moves"], cost["shift_days"] == 0), (&json!(moves), moves == 0), "{rescue}");
        }
        world.close(&database).await;
    }

    async fn what_finds_nothing_near_is_proposed_farther_away_by_a_person(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        save_policy(&world, Policy { version: 2, max_holds: 1_000, ask_reach: DAY, ..Policy::default() }).await;
        let one = &world.one.member;
        let booking = world.confirmed_for(one, &day(10), "A").await;
        for (start, end) in [("2026-11-24T16", "2026-12-09T12"), ("2026-12-11T16", "2026-12-20T16")] {
            let closed = json!({"line": world.plant.line(0), "start": format!("{start}:00:00Z"),
                "end": format!("{end}:00:00Z"), "kind": "hvac"});
            world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        }
        down(&world, &booking, 11).await.expect(201);
        assert_eq!(asks(one).await, Vec::<Value>::new(), "by itself nothing asks beyond the policy's bound");
        let conflict = conflicts(&world).await.remove(0);
        let desk = world.operator.get(&format!("/api/v1/conflicts/{}", id(&conflict))).await.expect(200).clone();
        let way = desk["options"][0].clone();
        assert_eq!(desk["searched"]["reach_minutes"], json!(DAY));
        assert_eq!((&way["beyond"], way["asks"].as_array().map(Vec::len)), (&json!(true), Some(1)), "{desk}");
        assert!(seconds(&way["steps"][0]["start"]) >= seconds(&json!("2026-12-20T16:00:00Z")), "{way}");
        for (segment, words) in [("en", "Propose it to the firm"), ("zh", "向企业提议")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&conflict))).await.text;
            let down = format!("/{segment}/lines/{}/down", world.plant.line(0));
            assert!(page.contains(words) && page.contains(&down), "{page}");
        }
        assert_eq!(resolve(&world, &conflict, &way).await.expect(200)["state"], "asked");
        assert_eq!(world.booking(one, id(&booking)).await["steps"], booking["steps"], "nothing moves unasked");
        let ask = asks(one).await.remove(0);
        assert_eq!(ask["to"], way["steps"]);
        assert_eq!(say(one, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(world.booking(one, id(&booking)).await["steps"], way["steps"]);
        world.close(&database).await;
    }

    async fn room_that_is_gone_when_the_owner_agrees_moves_nobody(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let policy = Policy {
            version: 2,
            max_holds: 1_000,
            plan_discount_percent: 10,
            plan_freeze_days: 7,
            ask_reach: DAY,
            ..Policy::default()
        };
        save_policy(&world, policy).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(one, &day(10), "A").await;
        let closed = json!({"line": world.plant.line(0), "start": "2026-11-24T16:00:00Z", "end": "2026-12-09T12:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let wide = with(&query(12, 20), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let flexible = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        down(&world, &booking, 11).await.expect(201);
        let conflict = conflicts(&world).await.remove(0);
        let way = options(&world, &conflict).await.remove(0);
        assert_eq!(resolve(&world, &conflict, &way).await.expect(200)["state"], "asked");
        // Somebody takes where the other one would go.
        let there = &way["moved"][0]["to"][0];
        let taken = json!({"line": world.plant.line(0), "start": there["start"], "end": there["end"], "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(taken)).await.expect(201);
        assert_eq!(say(one, &asks(one).await[0], "accept").await.expect(200)["state"], "over");
        assert_eq!(world.booking(one, id(&booking)).await["steps"], booking["steps"]);
        assert_eq!(world.booking(two, id(&flexible)).await["steps"], flexible["steps"]);
        world.close(&database).await;
    }

    async fn what_is_not_confirmed_leaves_its_window_only_if_its_firm_agrees(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let held = world.hold_best(one, &day(10), "A").await;
        let outage = down(&world, &held, 13).await.expect(201)["outage"].clone();
        assert_eq!(world.booking(one, id(&held)).await["steps"], held["steps"], "it asked for that day");
        let ask = asks(one).await.remove(0);
        // Where it goes costs half by then, and it pays no more than anybody would there.
        let line = world.plant.lines[0].clone();
        save_line(&world, domain::resource::Line { day_rate_fen: line.day_rate_fen / 2, ..line }).await;
        assert_eq!(say(one, &ask, "accept").await.expect(200)["state"], "moved");
        let now = world.booking(one, id(&held)).await;
        assert!(is_out(&now, &outage));
        let half = held["price_fen"].as_i64().expect("fen") / 2;
        assert_eq!((&now["status"], &now["price_fen"]), (&json!("held"), &json!(half)));
        world.close(&database).await;
    }

    async fn consent_to_one_move_is_none_to_what_lies_between(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = world.hold_best(one, &day(10), "A").await;
        let outage = down(&world, &held, 13).await.expect(201)["outage"].clone();
        say(one, &asks(one).await[0], "accept").await.expect(200);
        let moved = world.booking(one, id(&held)).await;
        assert!(is_out(&moved, &outage), "{moved}");
        assert_eq!((&moved["from"], &moved["to"]), (&json!("2026-12-10"), &json!("2026-12-10")), "it asked for that day");
        // The days between are free again, and the one that it asked for is another's.
        let over = Some(json!({"until": "2026-12-01T00:00:00Z"}));
        world.operator.ask_once("POST", &format!("/api/v1/outages/{}/end", id(&outage)), over).await.expect(200);
        world.confirmed_for(two, &day(10), "B").await;
        let elsewhere = with(&day(12), &json!({"moving": id(&held)}));
        let none = world.search(&world.operator, &elsewhere).await;
        assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "outside_asked");
        down(&world, &moved, 15).await.expect(201);
        assert_eq!(world.booking(one, id(&held)).await["steps"], moved["steps"], "it agreed to that place alone");
        let ask = asks(one).await.into_iter().find(|ask| ask["state"] == "open").expect("it is asked again");
        assert_eq!(say(one, &ask, "accept").await.expect(200)["state"], "moved");
        // Where its client agreed to go it can be confirmed, though it never asked for that day.
        world.act(one, id(&held), "request", super::world::details()).await.expect(200);
        world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&held), "approve", Value::Null).await.expect(200);
        world.close(&database).await;
    }

    async fn a_line_is_marked_as_down_once_and_not_at_all_once_that_is_called_off(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let order = json!({"line": world.plant.line(0), "from": "2026-12-20T00:00:00Z", "until": "2026-12-20T12:00:00Z",
            "kind": "planned", "reason": "计划检修"});
        let mark = async || world.operator.ask_once("POST", "/api/v1/outages", Some(order.clone())).await;
        let outage = mark().await.expect(201)["outage"].clone();
        assert_eq!(mark().await.problem(422, "refused")["refusal"]["reason"], "already_down");
        let over = Some(json!({"until": "2026-12-01T00:00:00Z"}));
        world.operator.ask_once("POST", &format!("/api/v1/outages/{}/end", id(&outage)), over).await.expect(200);
        // What was called off hits nobody: the audit at the end says so.
        world.hold_best(&world.one.member, &day(20), "A").await;
        mark().await.expect(201);
        world.close(&database).await;
    }

    async fn what_was_declined_waits_for_the_operator(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let ask = asks(two).await.remove(0);
        let conflict = conflicts(&world).await.remove(0);
        assert_eq!(options(&world, &conflict).await, Vec::<Value>::new(), "its owner is being asked");
        assert_eq!(resolve(&world, &conflict, &json!({"key": "x"})).await.problem(422, "refused")["refusal"]["reason"],
            "already_asked");
        assert_eq!(say(two, &ask, "decline").await.expect(200)["state"], "declined");
        world.settle().await;
        assert_eq!(asks(two).await.len(), 1, "nobody asks again by itself");
        let conflict = conflicts(&world).await.remove(0);
        assert_eq!(conflict["state"], "declined");
        let options = options(&world, &conflict).await;
        assert!(options.len() > 1, "{options:?}");
        for option in &options {
            assert_eq!((&option["fee_fen"], option["asks"].as_array().map(Vec::len)), (&json!(0), Some(1)));
        }
        let other = options.iter().find(|option| option["steps"] != ask["to"]).expect("another way");
        assert_eq!((&other["declined"], &other["needs_reason"]), (&json!(false), &json!(false)));
        assert_eq!(resolve(&world, &conflict, other).await.expect(200)["state"], "asked");
        let again = asks(two).await.remove(0);
        assert_eq!(again["to"], other["steps"]);
        say(two, &again, "accept").await.expect(200);
        assert_eq!(world.booking(two, id(&booking)).await["steps"], other["steps"]);
        world.close(&database).await;
    }

    async fn what_was_declined_comes_last_and_is_asked_again_for_a_reason_alone(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let ask = asks(two).await.remove(0);
        say(two, &ask, "decline").await.expect(200);
        let conflict = conflicts(&world).await.remove(0);
        let options = options(&world, &conflict).await;
        let (last, others) = options.split_last().expect("ways out");
        assert_eq!((&last["steps"], &last["declined"], &last["needs_reason"]), (&ask["to"], &json!(true), &json!(true)));
        assert!(!others.is_empty() && others.iter().all(|option| option["declined"] == false), "{options:?}");
        for (segment, words) in [("en", "The firm has declined this already."), ("zh", "企业已谢绝此方案。")] {
            let page = world.operator.get(&format!("/{segment}/desk/conflicts?open={}", id(&conflict))).await.text;
            assert_eq!(page.matches(words).count(), 1, "{page}");
        }
        resolve(&world, &conflict, last).await.invalid("reason", "missing");
        assert_eq!(asks(two).await.len(), 1, "nobody was asked again");
        let path = format!("/api/v1/conflicts/{}/resolve", id(&conflict));
        let order = json!({"option": last["key"], "reason": "电话中已同意"});
        assert_eq!(world.operator.ask_once("POST", &path, Some(order)).await.expect(200)["state"], "asked");
        let told = "SELECT count(*) FROM decision WHERE action = 'propose_rescue' AND inputs LIKE '%电话中已同意%'";
        assert_eq!(database.number(told).await, 1);
        say(two, &asks(two).await[0], "accept").await.expect(200);
        assert_eq!(world.booking(two, id(&booking)).await["steps"], last["steps"]);
        world.close(&database).await;
    }

    async fn what_is_not_confirmed_is_offered_nothing_before_its_window(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let held = world.hold_best(one, &day(10), "A").await;
        down(&world, &held, 11).await.expect(201);
        say(one, &asks(one).await[0], "decline").await.expect(200);
        let conflict = conflicts(&world).await.remove(0);
        let all = options(&world, &conflict).await;
        let window = seconds(&json!("2026-12-09T16:00:00Z"));
        let begins = |option: &Value| seconds(&option["steps"][0]["start"]);
        assert!(!all.is_empty() && all.iter().all(|option| begins(option) >= window), "{all:?}");
        // Nor whatever an option's key says.
        let sooner = world.offers(&world.operator, &day(8)).await.remove(0);
        resolve(&world, &conflict, &sooner).await.invalid("option", "unknown");
        world.close(&database).await;
    }

    async fn an_outage_may_end_sooner_or_last_longer(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let first = world.confirmed_for(two, &day(10), "B").await;
        let later = world.confirmed_for(one, &day(15), "A").await;
        let outage = down(&world, &first, 11).await.expect(201)["outage"].clone();
        let ask = asks(two).await.remove(0);
        let path = format!("/api/v1/outages/{}/end", id(&outage));
        let longer = json!({"until": "2026-12-16T16:00:00Z"});
        let changed = world.operator.ask_once("POST", &path, Some(longer)).await.expect(200).clone();
        assert_eq!(changed["hit"], json!(1), "one more");
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        let open = |asks: Vec<Value>| asks.into_iter().find(|ask| ask["state"] == "open").expect("asked anew");
        let (ours, theirs) = (open(asks(two).await), open(asks(one).await));
        for ask in [&ours, &theirs] {
            assert!(is_out(&json!({"steps": ask["to"]}), &changed["outage"]), "{ask}");
        }
        // Two proposals at once are for two places.
        say(two, &ours, "accept").await.expect(200);
        assert_eq!(say(one, &theirs, "accept").await.expect(200)["state"], "moved");

        let third = world.confirmed_for(two, &day(28), "C").await;
        let outage = down(&world, &third, 29).await.expect(201)["outage"].clone();
        let ask = open(asks(two).await);
        let over = json!({"until": "2026-12-01T00:00:00Z"});
        let path = format!("/api/v1/outages/{}/end", id(&outage));
        let ended = world.operator.ask_once("POST", &path, Some(over.clone())).await.expect(200).clone();
        assert!(ended["outage"]["ended_at"].is_string());
        let again = world.operator.ask_once("POST", &path, Some(over)).await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "outage_over");
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        world.settle().await;
        assert!(world.notices(two).await.contains(&"line_up".to_owned()));
        assert_eq!(world.booking(two, id(&third)).await["steps"], third["steps"], "it runs as planned");
        assert_eq!(world.booking(one, id(&later)).await["steps"], theirs["to"]);
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        world.close(&database).await;
    }

    async fn the_desk_is_its_platforms_own(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let booking = world.confirmed_for(&world.two.member, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let conflict = conflicts(&world).await.remove(0);
        let path = format!("/api/v1/conflicts/{}", id(&conflict));
        for outsider in [&world.one.member, &world.two.member, &world.district] {
            outsider.get("/api/v1/conflicts").await.problem(403, "forbidden");
            outsider.get(&path).await.problem(403, "forbidden");
        }
        world.qa.get(&path).await.expect(200);
        let settle = |visitor| ask_settle(visitor, &path);
        settle(&world.qa).await.problem(403, "forbidden");
        settle(&world.operator).await.expect(204);
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        dealt_with(&settle(&world.operator).await);
        world.close(&database).await;
    }

    async fn a_colleague_who_comes_second_learns_who_dealt_with_it(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let people = People::found(&world.app).await;
        let colleague = people.staff(world.plant.platform.0, "operator", "colleague@plant.example").await;
        let elsewhere = bare_platform(&database, "two").await;
        let stranger = people.staff(elsewhere, "operator", "operator@two.example").await;
        let booking = world.confirmed_for(&world.two.member, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let path = format!("/api/v1/conflicts/{}", id(&conflicts(&world).await[0]));
        ask_settle(&world.operator, &path).await.expect(204);
        for answer in [colleague.get(&path).await, ask_settle(&colleague, &path).await, {
            let order = Some(json!({"option": "as it was shown"}));
            colleague.ask_once("POST", &format!("{path}/resolve"), order).await
        }] {
            dealt_with(&answer);
        }
        for answer in [stranger.get(&path).await, ask_settle(&stranger, &path).await] {
            answer.problem(404, "not-found");
        }
        // The page says it, be it opened or posted from, and leads back to the desk.
        let conflict = path.rsplit('/').next().expect("an id");
        let here = format!("/en/desk/conflicts?open={conflict}");
        let opened = colleague.get(&here).await;
        opened.expect(200);
        let key = uuid::Uuid::now_v7().to_string();
        let form = json!({"id": conflict, "reason": "x", "key": key, "next": "/en/desk/conflicts", "here": here});
        let late = colleague.post_form("/do/settle-conflict", &form).await;
        late.expect(422);
        for page in [&opened, &late] {
            let told = page.text.matches("This conflict has been dealt with already (by operator, ").count();
            assert_eq!(told, 1, "{}", page.text);
        }
        assert!(late.text.contains("Back to the conflict desk"), "{}", late.text);
        world.close(&database).await;
    }

    async fn a_conflict_that_ended_by_itself_says_what_happened(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let path = format!("/api/v1/conflicts/{}", id(&conflicts(&world).await[0]));
        say(two, &asks(two).await[0], "accept").await.expect(200);
        let late = ask_settle(&world.operator, &path).await;
        let refusal = &late.problem(422, "refused")["refusal"];
        assert_eq!((&refusal["reason"], &refusal["facts"][0]), (&json!("conflict_over"), &json!(["done", "rescue"])));
        assert!(late.text.contains("Moved, since it couldn’t stay where it was"), "{}", late.text);
        world.close(&database).await;
    }
}

/// Checks that the desk's answer is that the operator has dealt with the conflict, and when.
pub fn dealt_with(answer: &Answer) {
    let refusal = &answer.problem(422, "refused")["refusal"];
    assert_eq!(refusal["reason"], "conflict_settled", "{}", answer.text);
    assert_eq!((&refusal["facts"][0], &refusal["facts"][1][0]), (&json!(["who", "operator"]), &json!("at")));
}

async fn ask_settle(visitor: &Visitor, path: &str) -> Answer {
    visitor.ask_once("POST", &format!("{path}/settle"), Some(json!({"reason": "已修复，按计划进行"}))).await
}

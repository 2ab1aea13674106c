//! The line of a step ahead goes down under a campaign that runs: what has begun stays, what is ahead goes elsewhere,
//! once its owner agrees.

use serde_json::{Value, json};
use tests::{Plant, TestDatabase, on_both_databases};

use super::{
    World,
    outages::{asks, id, say},
    world::{query, seconds, with},
};

const HOUR: i64 = 3600;

/// Pressed on line 0, coated on line 1 or 2.
async fn world(database: &TestDatabase) -> World {
    let mut plant = Plant::roomy(3);
    let first = plant.route.steps[0].clone();
    let mut second = first.clone();
    (plant.route.steps[0].lines, second.lines) = (first.lines[..1].to_vec(), first.lines[1..].to_vec());
    second.code = "coat".into();
    plant.route.steps.push(second);
    World::of(database, plant, None).await
}

/// A campaign of two batches for company two, which runs since an hour.
async fn running(world: &World) -> Value {
    running_for(world, HOUR).await
}

/// The same for so many seconds.
async fn running_for(world: &World, since: i64) -> Value {
    let wanted = with(&query(10, 20), &json!({"batches": 2}));
    let booking = world.confirmed_for(&world.two.member, &wanted, "B").await;
    world.app.clock.set(seconds(&booking["steps"][0]["start"]) + since);
    world.act(&world.operator, id(&booking), "start", Value::Null).await.expect(200).clone()
}

/// The line of its second step is down from now on for so many hours.
async fn down(world: &World, booking: &Value, hours: i64) -> Value {
    let from = seconds(&booking["steps"][0]["start"]) + HOUR;
    let instant = |at| serde_json::to_value(app::contract::Instant(at)).expect("an instant");
    let order = json!({"line": booking["steps"][1]["line"], "from": instant(from),
        "until": instant(from + hours * HOUR), "kind": "breakdown", "reason": "主电机烧毁"});
    world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201).clone()
}

on_both_databases! {
    async fn what_is_ahead_goes_elsewhere_once_its_owner_agrees(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        let booking = running(&world).await;
        assert_eq!(down(&world, &booking, 96).await["hit"], 1);
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["to"][0], &ask["parted"]), (&booking["steps"][0], &Value::Null), "{ask}");
        let (is, was) = (&ask["to"][1], &booking["steps"][1]);
        let up = seconds(&booking["steps"][0]["start"]) + 97 * HOUR;
        assert!(is["line"] != was["line"] || seconds(&is["start"]) >= up, "{ask}");
        assert!(seconds(&ask["answer_by"]) > seconds(&booking["steps"][0]["start"]) + HOUR + 60, "time to answer");
        assert!(seconds(&ask["answer_by"]) <= seconds(&ask["to"][1]["start"]));
        let before = world.booking(two, id(&booking)).await;
        assert_eq!(before["steps"], booking["steps"], "it stands until its owner agrees");

        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        let now = world.booking(two, id(&booking)).await;
        assert_eq!((&now["status"], &now["steps"]), (&json!("running"), &ask["to"]));
        assert!(now["price_fen"].as_i64() <= booking["price_fen"].as_i64(), "nobody pays for a better place");
        assert_eq!(world.operator.get("/api/v1/conflicts").await.expect(200)["items"], json!([]));
        world.app.clock.set(seconds(&now["steps"][1]["end"]));
        world.act(&world.operator, id(&booking), "complete", Value::Null).await.expect(200);
        world.close(&database).await;
    }

    async fn who_runs_since_this_very_minute_is_asked_as_well(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        let booking = running_for(&world, 0).await;
        assert_eq!(down(&world, &booking, 96).await["hit"], 1);
        // All of it would lie inside the window that was asked for, from this minute on.
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"], "nobody agreed to that");
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["state"], &ask["to"][0]), (&json!("open"), &booking["steps"][0]));
        assert!(seconds(&ask["to"][1]["end"]) <= seconds(&json!("2026-12-20T16:00:00Z")), "{ask}");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        world.close(&database).await;
    }

    async fn what_is_broken_off_frees_nothing_of_a_line_that_is_down(database: TestDatabase) {
        let world = world(&database).await;
        let booking = running(&world).await;
        let ends = |step: usize| ["start", "end"].map(|end| seconds(&booking["steps"][step][end]));
        let ([first, until], [second, last]) = (ends(0), ends(1));
        // Down until two hours into the second step.
        let outage = down(&world, &booking, (second - first) / HOUR + 1).await["outage"].clone();
        let why = json!({"reason": "主电机烧毁"});
        world.act(&world.operator, id(&booking), "abort", why).await.expect(200);
        let history = world.operator.get(&format!("/api/v1/bookings/{}/history", id(&booking))).await;
        let events = history.expect(200)["items"].as_array().expect("events").clone();
        let event = events.into_iter().rfind(|event| event["action"] == "abort").expect("it was broken off");
        let freed = event["freed"].as_array().expect("a list").iter();
        let freed: Vec<[i64; 2]> = freed.map(|one| ["from", "until"].map(|end| seconds(&one[end]))).collect();
        assert_eq!(freed, [[first + HOUR, until], [seconds(&outage["until"]), last]], "{event}");
        world.close(&database).await;
    }

    async fn whoever_was_asked_about_what_ran_isnt_told_that_it_has_begun(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        let booking = running(&world).await;
        down(&world, &booking, 96).await;
        let ask = asks(two).await.remove(0);
        let why = json!({"reason": "主电机烧毁"});
        world.act(&world.operator, id(&booking), "abort", why).await.expect(200);
        let said = say(two, &ask, "accept").await.expect(200).clone();
        assert_eq!((&said["state"], &said["lapse"]), (&json!("over"), &json!("ended")));
        world.close(&database).await;
    }

    async fn the_desk_offers_where_to_go_on(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        let booking = running(&world).await;
        down(&world, &booking, 40).await;
        let ask = asks(two).await.remove(0);
        say(two, &ask, "decline").await.expect(200);
        let conflict = world.operator.get("/api/v1/conflicts").await.expect(200)["items"][0].clone();
        let path = format!("/api/v1/conflicts/{}", id(&conflict));
        let desk = world.operator.get(&path).await.expect(200).clone();
        let options = desk["options"].as_array().expect("options");
        let whole: Vec<&Value> = options.iter().filter(|option| option["kind"] != "part").collect();
        assert!(whole.len() > 1, "{desk}");
        for option in &whole {
            assert_eq!(option["steps"][0], booking["steps"][0], "what has begun stays: {option}");
        }
        let later = whole.iter().find(|option| option["declined"] == false).expect("another than was declined");
        let order = json!({"option": later["key"]});
        let taken = world.operator.ask_once("POST", &format!("{path}/resolve"), Some(order)).await;
        assert_eq!(taken.expect(200)["state"], "asked");
        let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], later["steps"]);
        world.close(&database).await;
    }

    async fn as_long_as_an_answer_is_asked_for_it_counts(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        let booking = running(&world).await;
        down(&world, &booking, 96).await;
        let ask = asks(two).await.remove(0);
        // It should have begun by then, which it can't where its line is down.
        let last = seconds(&ask["answer_by"]) - 1;
        assert!(last >= seconds(&booking["steps"][1]["start"]), "{ask}");
        world.app.clock.set(last);
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], ask["to"]);
        world.close(&database).await;
    }
}

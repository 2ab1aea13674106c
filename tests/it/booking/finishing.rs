//! A run that is done before its planned end frees the rest of its time; one that is done on time or late changes
//! nothing of it. One with a step ahead isn't done.

use serde_json::{Value, json};
use server::usecase::waitlist::promote;
use tests::{Plant, on_both_databases};

use super::{
    World,
    desk::page,
    outages::{down, id},
    world::{query, seconds, with},
};

const HOUR: i64 = 3600;

/// A campaign of company one that runs since the minute in which it was to begin.
async fn running(world: &World, batches: u8) -> Value {
    let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": batches})), "P").await;
    world.app.clock.set(seconds(&booked["steps"][0]["start"]));
    world.act(&world.operator, id(&booked), "start", Value::Null).await.expect(200).clone()
}

/// Pressed on one line, then coated on the other, without waiting.
fn coated() -> Plant {
    let mut plant = Plant::new(2);
    let first = plant.route.steps[0].clone();
    let mut second = first.clone();
    (plant.route.steps[0].lines, second.lines) = (vec![first.lines[0]], vec![first.lines[1]]);
    (second.code, second.name) = ("coat".into(), domain::Text { zh: "包衣".into(), en: "Coating".into() });
    second.max_lag = Some(0);
    plant.route.steps.push(second);
    plant.lines[1].name = domain::Text { zh: "包衣机".into(), en: "Coater".into() };
    plant
}

on_both_databases! {
    async fn a_run_that_is_done_sooner_frees_the_rest_of_its_time(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = running(&world, 4).await;
        let (start, end) = (seconds(&booked["steps"][0]["start"]), seconds(&booked["steps"][0]["end"]));
        let done = start + 3 * HOUR + 60;
        let claims = database.number("SELECT count(*) FROM pool_claim").await;
        world.app.clock.set(done - 40);
        let path = format!("/desk/requests/{}", id(&booked));
        let before = page(&world.operator, &path).await;
        assert!(before.contains("Finishing now frees "), "said before it is done: {before}");
        // In the list it isn't done by the way.
        assert!(!page(&world.operator, "/desk").await.contains("value=\"complete\""));

        let here = format!("/en{path}");
        let form = json!({"id": id(&booked), "here": here, "next": here, "key": uuid::Uuid::now_v7(), "step": "complete"});
        let answer = world.operator.post_form("/do/run", &form).await;
        assert_eq!(answer.header("location"), here, "{}", answer.text);
        let after = world.operator.get(&here).await.text;
        assert!(after.contains("Free again, first of all for those who wait: "), "{after}");
        let over = world.booking(&world.operator, id(&booked)).await;
        assert_eq!((&over["status"], &over["broken_off"]), (&json!("completed"), &json!(false)));
        assert_eq!(over["steps"][0]["start"], booked["steps"][0]["start"]);
        assert_eq!(seconds(&over["steps"][0]["end"]), done, "the minute that has begun is its own");
        for money in ["price_fen", "fee_fen", "fee_due_fen"] {
            assert_eq!(over[money], booked[money], "{money}: the campaign was sold, not its hours");
        }
        // The record says from when to when, to both sides.
        for side in [&world.operator, &world.one.member] {
            let history = side.get(&format!("/api/v1/bookings/{}/history", id(&booked))).await;
            let last = history.expect(200)["items"].as_array().expect("events").last().expect("one").clone();
            assert_eq!(last["action"], "complete");
            let freed = &last["freed"][0];
            assert_eq!((seconds(&freed["from"]), seconds(&freed["until"])), (done, end), "{last}");
        }
        let live = "SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'campaign' AND ends_at";
        assert_eq!(database.number(&format!("{live} = {}", end / 60)).await, 0);
        assert_eq!(database.number(&format!("{live} = {}", done / 60)).await, 1);
        assert!(database.number("SELECT count(*) FROM pool_claim").await < claims, "its shares go with its time");

        // Somebody else gets what is free, within the time that was its own.
        let others = world.confirmed_for(&world.two.member, &query(3, 12), "Q").await;
        assert!(seconds(&others["steps"][0]["start"]) < end, "{others}");
        world.act(&world.operator, id(&booked), "close", Value::Null).await.expect(200);
        world.close(&database).await;
    }

    async fn what_a_run_frees_by_being_done_sooner_goes_to_whoever_waits(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let wish = query(4, 4);
        let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": 9})), "P").await;
        let order = json!({"query": wish, "product_code": "B"});
        two.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        let start = seconds(&booked["steps"][0]["start"]);
        world.app.clock.set(start);
        world.act(&world.operator, id(&booked), "start", Value::Null).await.expect(200);
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0, "nothing is free yet");
        world.app.clock.set(start + 3 * HOUR);
        world.act(&world.operator, id(&booked), "complete", Value::Null).await.expect(200);
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 1);
        let entries = two.get("/api/v1/waitlist").await.expect(200)["items"].clone();
        let hold = entries[0]["hold"].as_str().expect("it is held for whoever waits").to_owned();
        let given = world.booking(two, &hold).await;
        assert!(seconds(&given["steps"][0]["start"]) < seconds(&booked["steps"][0]["end"]), "{given}");
        world.close(&database).await;
    }

    async fn a_run_that_is_done_on_time_or_late_keeps_its_rows(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = running(&world, 1).await;
        let (end, rows) = (&booked["steps"][0]["end"], "SELECT count(*) FROM occupancy");
        let before = database.number(rows).await;
        world.app.clock.set(seconds(end));
        let shown = page(&world.operator, &format!("/desk/requests/{}", id(&booked))).await;
        assert!(!shown.contains("Finishing now frees ") && shown.contains("Records that all steps are done."));
        assert!(page(&world.operator, "/desk").await.contains("value=\"complete\""));
        world.app.clock.advance(HOUR);
        let over = world.act(&world.operator, id(&booked), "complete", Value::Null).await.expect(200).clone();
        assert_eq!(over["steps"], booked["steps"]);
        assert_eq!(database.number(rows).await, before, "no row takes another's place");
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE outcome LIKE '%\"freed\":%'").await, 0);
        assert_eq!(database.number("SELECT count(*) FROM freed").await, 0, "nobody is to be given anything");
        world.close(&database).await;
    }

    async fn a_run_isnt_done_before_its_last_step_has_begun(database: TestDatabase) {
        let world = World::of(&database, coated(), None).await;
        let booked = running(&world, 2).await;
        let planned = &booked["steps"][1];
        let begins = seconds(&planned["start"]);
        let rows = "SELECT count(*) FROM occupancy";
        let before = database.number(rows).await;
        let here = format!("/en/desk/requests/{}", id(&booked));
        for now in [seconds(&booked["steps"][0]["start"]) + HOUR, begins - 1] {
            world.app.clock.set(now);
            let early = world.act(&world.operator, id(&booked), "complete", Value::Null).await;
            let refusal = early.problem(422, "refused")["refusal"].clone();
            let facts = json!([["name", "包衣"], ["name_en", "Coating"], ["line", "包衣机"], ["line_en", "Coater"],
                ["start", planned["start"]]]);
            assert_eq!((&refusal["reason"], &refusal["facts"]), (&json!("step_ahead"), &facts));
            // The page says from when on instead of offering it, also to whoever sends it all the same.
            let running = world.booking(&world.operator, id(&booked)).await;
            let may = |action: &str| running["actions"].as_array().is_some_and(|all| all.contains(&json!(action)));
            assert!(!may("complete") && may("abort"), "{running}");
            let shown = world.operator.get(&here).await.text;
            assert!(!shown.contains("value=\"complete\"") && !shown.contains("Finishing now frees "), "{shown}");
            assert!(shown.contains("finished once Coating (Coater) has begun"), "{shown}");
            let form = json!({"id": id(&booked), "here": here, "next": here, "key": uuid::Uuid::now_v7(), "step": "complete"});
            let sent = world.operator.post_form("/do/run", &form).await;
            sent.expect(422);
            assert!(sent.text.contains("has yet to begin") && sent.text.contains("(Coating, Coater, from "), "{}", sent.text);
        }
        assert_eq!(database.number(rows).await, before, "no line is taken for what nobody ran");

        world.app.clock.set(begins + HOUR);
        assert!(world.operator.get(&here).await.text.contains("value=\"complete\""));
        let over = world.act(&world.operator, id(&booked), "complete", Value::Null).await.expect(200).clone();
        let steps = over["steps"].as_array().expect("a list");
        assert_eq!((steps.len(), &steps[0]), (2, &booked["steps"][0]), "what was done is as it was planned");
        assert_eq!((&steps[1]["start"], seconds(&steps[1]["end"])), (&planned["start"], begins + HOUR));
        let claimed = "SELECT count(*) FROM pool_claim c JOIN occupancy o ON o.id = c.occupancy WHERE o.live IS NULL";
        assert_eq!(database.number(claimed).await, 0);
        world.close(&database).await;
    }

    async fn what_wont_run_any_more_is_broken_off(database: TestDatabase) {
        let world = World::of(&database, coated(), None).await;
        let booked = running(&world, 2).await;
        world.app.clock.advance(HOUR);
        world.act(&world.operator, id(&booked), "complete", Value::Null).await.problem(422, "refused");
        let why = json!({"reason": "The coater has burnt out"});
        let over = world.act(&world.operator, id(&booked), "abort", why).await.expect(200).clone();
        assert_eq!(over["steps"].as_array().map(Vec::len), Some(1), "of the second nothing is left: {over}");
        let others = format!("SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'campaign' AND starts_at = {}",
            seconds(&booked["steps"][1]["start"]) / 60);
        assert_eq!(database.number(&others).await, 0, "its line is free");
        world.close(&database).await;
    }

    async fn what_a_line_that_is_down_keeps_isnt_started_by_the_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&query(2, 12), "P").await;
        let path = format!("/desk/requests/{}", id(&booked));
        // Whether the button is the one to press.
        let is_first = |shown: &str| {
            let mut tags = shown.split("<button").skip(1).filter_map(|rest| rest.split('>').next());
            let start = tags.find(|tag| tag.contains("value=\"start\"")).expect("a button");
            !start.contains("quiet")
        };
        world.app.clock.set(seconds(&booked["steps"][0]["start"]));
        let up = page(&world.operator, &path).await;
        assert!(is_first(&up) && !up.contains("Record the start only if it runs anyway"), "{up}");
        let list = page(&world.operator, "/desk").await;
        assert!(list.contains("value=\"start\"") && !list.contains("is down until"), "{list}");
        down(&world, &booked, 13).await.expect(201);
        let shown = page(&world.operator, &path).await;
        assert!(!is_first(&shown) && shown.contains("Record the start only if it runs anyway"), "{shown}");
        // In the list of today it isn't offered, but until when the line is down, and the way to what can be done.
        let list = page(&world.operator, "/desk").await;
        assert!(!list.contains("value=\"start\"") && list.contains("is down until"), "{list}");
        assert!(list.contains(&format!("{path}#way-out")), "{list}");
        // It may run all the same, which is theirs to say.
        world.act(&world.operator, id(&booked), "start", Value::Null).await.expect(200);
        assert!(page(&world.operator, "/desk").await.contains("is down until"), "it still is");
        world.close(&database).await;
    }
}

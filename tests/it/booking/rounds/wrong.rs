//! What a firm reads of a call: all that is wrong with its wish at once, and of the lines what they take together; that
//! its wish is handed in; and by when the result comes.

use serde_json::{Value, json};
use tests::on_both_databases;
use uuid::Uuid;

use super::{
    super::{
        World,
        changing::save_line,
        world::{seconds, with},
    },
    close, day, first_come, id, open_call, order, seen, wish, wishes,
};

/// A call for two lines, of which the first takes 5 to 20 kg and the second 10 to 50 kg.
async fn two_lines(world: &World) -> Value {
    for (line, (min, max)) in world.plant.lines.iter().zip([(5_000, 20_000), (10_000, 50_000)]) {
        let mut line = line.clone();
        (line.capabilities[0].batch_min, line.capabilities[0].batch_max) = (min, max);
        save_line(world, line).await;
    }
    let lines = json!({"lines": [world.plant.line(0), world.plant.line(1)]});
    let order = with(&order(world, first_come()), &lines);
    world.operator.ask_once("POST", "/api/v1/calls", Some(order)).await.expect(201).clone()
}

/// The fields that a problem names.
fn fields(problem: &Value) -> Vec<&str> {
    let faults = problem["faults"].as_array().expect("faults");
    faults.iter().filter_map(|fault| fault["field"].as_str()).collect()
}

on_both_databases! {
    async fn all_that_is_wrong_with_a_wish_is_told_at_once(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let one = &world.one.member;
        let call = two_lines(&world).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        let wrong = with(&day(10), &json!({"batch_size": "9999", "to": "2027-01-05"}));
        let answer = wish(one, &call, wrong, 1, &"x".repeat(81)).await;
        let problem = answer.problem(422, "invalid");
        assert_eq!(fields(problem), ["batch_size", "to", "product_code", "rank"], "{}", answer.text);
        let why = &problem["faults"][0]["problem"]["refusals"][0];
        assert_eq!(why["reason"], "batch_out_of_call");
        assert_eq!(why["facts"], json!([["min", "5"], ["max", "50"], ["unit", "kilogram"]]), "all lines together");
        // What one of them takes is no more in the way than what it can't.
        let long = with(&day(10), &json!({"batch_size": "30", "batches": 9}));
        let problem = wish(one, &call, long, 2, "B").await;
        let told = problem.invalid("to", "refused")["faults"][0]["problem"]["refusals"].clone();
        assert_eq!((told.as_array().map(Vec::len), &told[0]["reason"]), (Some(1), &json!("too_long")));
        wish(one, &call, with(&day(10), &json!({"batch_size": "30"})), 2, "B").await.expect(201);
        // What none of them admits is told of each.
        let toxic = wish(one, &call, with(&day(10), &json!({"hazards": "cytotoxic"})), 3, "C").await;
        let told = toxic.invalid("hazards", "refused")["faults"][0]["problem"]["refusals"].clone();
        let told = told.as_array().expect("refusals");
        assert!(told.len() == 2 && told.iter().all(|why| why["line"]["en"] == "press"), "{told:?}");
        world.close(&database).await;
    }

    async fn the_form_says_at_each_field_what_is_wrong_with_it(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let one = &world.one.member;
        let call = two_lines(&world).await;
        let form = json!({"id": id(&call), "offering": "TAB", "batch_size": "9999", "unit": "kilogram",
            "batches": "2", "from": "2026-12-10", "to": "2027-01-05", "rank": "99", "gmp": "true",
            "here": format!("/en/calls/{}", id(&call)), "key": Uuid::now_v7()});
        let unreadable = with(&form, &json!({"batches": "2.5", "else_from": "soon", "else_to": "2026-12-12"}));
        let together = "takes batches of this size (at least 5, at most 50, in kg)";
        for (form, fields, words) in [
            (form, ["batch_size", "to", "rank"], together),
            (unreadable, ["batches", "else_from", "rank"], "3 fields need another look"),
        ] {
            let page = one.post_form("/do/wish", &form).await;
            page.expect(422);
            for field in fields {
                assert!(page.text.contains(&format!("id=\"{field}-problem\"")), "{field}: {}", page.text);
            }
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        assert_eq!(database.number("SELECT count(*) FROM wish").await, 0);
        world.close(&database).await;
    }

    async fn a_wish_that_is_handed_in_changed_or_taken_back_is_said_to_be(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let call = open_call(&world, first_come()).await;
        let page = format!("/en/calls/{}", id(&call));
        let read = async || one.get(&page).await.text;
        assert!(read().await.contains("Result by"), "by when it is decided");
        let new = json!({"id": id(&call), "offering": "TAB", "batch_size": "12.5", "unit": "kilogram",
            "batches": "2", "from": "2026-12-10", "to": "2026-12-12", "rank": "1", "gmp": "true",
            "here": page, "key": Uuid::now_v7()});
        one.post_form("/do/wish", &new).await.expect(303);
        assert!(read().await.contains("Your wish is handed in"));
        assert!(!read().await.contains("Your wish is handed in"), "once");
        let made = wishes(one, &call).await.remove(0);
        one.post_form("/do/wish", &with(&new, &json!({"wish": made["id"], "rank": "2"}))).await.expect(303);
        assert!(read().await.contains("Your wish is changed"));
        let gone = json!({"id": made["id"], "call": id(&call), "here": page});
        one.post_form("/do/withdraw-wish", &gone).await.expect(303);
        assert!(read().await.contains("Your wish is taken back"));
        world.close(&database).await;
    }

    async fn a_call_says_by_when_its_result_comes_and_that_it_is_late(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let order = order(&world, first_come());
        // It closes a day before its period begins, and the result comes by then; or as it says.
        let usual = open_call(&world, first_come()).await;
        assert_eq!(usual["result_by"], "2026-11-30T16:00:00Z");
        let open = async |by: &str| {
            let order = with(&order, &json!({"result_by": by}));
            world.operator.ask_once("POST", "/api/v1/calls", Some(order)).await
        };
        open("2026-11-29T16:00:00Z").await.invalid("result_by", "reversed");
        open("2027-01-05T00:00:00Z").await.invalid("result_by", "out_of_range");
        let call = open("2026-12-04T09:00:00Z").await.expect(201).clone();
        assert_eq!(seen(two, &call).await["result_by"], "2026-12-04T09:00:00Z");
        wish(one, &call, day(10), 1, "A").await.expect(201);
        close(&world, &call).await;
        let pages = [(one, "calls", "is to publish the result by"), (&world.operator, "desk/calls", "Firms read that")];
        for (visitor, folder, words) in pages {
            let page = visitor.get(&format!("/en/{folder}/{}", id(&call))).await.text;
            assert!(page.contains(words) && page.contains("4 Dec 2026 17:00"), "{page}");
            assert!(!page.contains("is late"), "{page}");
        }
        world.app.clock.set(seconds(&call["result_by"]));
        for (visitor, folder, _) in pages {
            let page = visitor.get(&format!("/en/{folder}/{}", id(&call))).await.text;
            assert!(page.contains("is late"), "{page}");
        }
        world.close(&database).await;
    }
}

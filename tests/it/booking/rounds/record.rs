//! What is on record of a call, and that it gives the same when it is run again.

use domain::resolve::allocation::{Inputs, Round, Wish, allocate};
use serde_json::{Value, json};
use server::usecase::rounds::{commitment, replay};
use tests::on_both_databases;

use super::{
    super::World, close, day, draft, drafted, id, of, open_call, outcome, publish, reason, replayed, seen,
    wish, wished, wishes,
};

on_both_databases! {
    async fn the_seed_is_told_at_the_end_and_is_the_one_committed_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let call = open_call(&world, json!({"rule": "lottery"})).await;
        let committed = call["commitment"].as_str().expect("from the beginning").to_owned();
        for (product, rank) in [("A", 1), ("B", 2), ("C", 3)] {
            wish(one, &call, day(10), rank, product).await.expect(201);
        }
        wish(&world.two.member, &call, day(10), 1, "D").await.expect(201);
        let before = seen(one, &call).await;
        assert_eq!((&before["seed"], &before["salt"], &before["wishes"]), (&Value::Null, &Value::Null, &Value::Null));
        close(&world, &call).await;
        let first = draft(&world, &call).await.expect(200).clone();
        assert_eq!(seen(&world.operator, &call).await["seed"], Value::Null, "the platform isn't told either");
        world.app.clock.advance(60);
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!(first["wishes"], again["wishes"], "the same wishes and seed give the same");
        publish(&world, &call).await.expect(200);
        let after = seen(one, &call).await;
        let (seed, salt) = (after["seed"].as_str().expect("told"), after["salt"].as_str().expect("told"));
        assert_eq!(commitment(seed, salt), committed);
        assert_eq!(after["commitment"], json!(committed));
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn a_record_that_was_tampered_with_is_found(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        let kept = |column: &str| format!("SELECT {column} FROM call_draft");
        let read = async |column: &str| -> String {
            let rows = database.rows(&kept(column), vec![]).await.expect("rows");
            rows[0].try_get_by_index(0).expect("a text")
        };
        let write = async |column: &str, text: &str| {
            database.execute(&format!("UPDATE call_draft SET {column} = $1"), vec![text.into()]).await.expect("written");
        };
        let (round, inputs) = (read("round").await, read("inputs").await);
        // The other firm is put first.
        let mut other: Round = serde_json::from_str(&round).expect("a round");
        for wish in &mut other.wishes {
            wish.asked_at = 5_000_000_000 - wish.asked_at;
        }
        write("round", &serde_json::to_string(&other).expect("text")).await;
        let wrong = replayed(&world).await;
        assert!(wrong.iter().any(|one| one.contains("other wishes")) && wrong.iter().any(|one| one.contains("another result")), "{wrong:?}");
        // A wish was narrowed, or scored otherwise, and decided so.
        let kept: Inputs = serde_json::from_str(&inputs).expect("inputs");
        let spoil: [fn(&mut Wish); 2] = [|wish| wish.choices[0].window.end -= 60, |wish| wish.points += 9];
        for spoil in spoil {
            let mut other: Round = serde_json::from_str(&round).expect("a round");
            spoil(&mut other.wishes[0]);
            let by = (other.seed, other.attempts);
            let again = allocate(&kept.snapshot(), &other.wishes, other.rule, by, other.now);
            write("round", &serde_json::to_string(&again).expect("text")).await;
            let wrong = replayed(&world).await;
            assert!(wrong.iter().any(|one| one.contains("other wishes")), "{wrong:?}");
            assert!(!wrong.iter().any(|one| one.contains("another result")), "{wrong:?}");
        }
        write("round", &round).await;
        // A line that was full.
        let mut full: Inputs = serde_json::from_str(&inputs).expect("inputs");
        full.routes.clear();
        write("inputs", &serde_json::to_string(&full).expect("text")).await;
        assert!(replayed(&world).await.iter().any(|one| one.contains("another result")));
        write("inputs", &inputs).await;
        for (spoil, mend, told) in [
            ("UPDATE call SET seed = '7'", "UPDATE call SET seed = $1", "not the one committed to"),
            ("UPDATE wish SET outcome = NULL WHERE booking IS NULL", "", "told something else"),
        ] {
            let seed: String = database.rows("SELECT seed FROM call", vec![]).await.expect("rows")[0].try_get_by_index(0).expect("a seed");
            database.execute(spoil, vec![]).await.expect("spoiled");
            let wrong = replayed(&world).await;
            assert!(wrong.iter().any(|one| one.contains(told)), "{told}: {wrong:?}");
            if !mend.is_empty() {
                database.execute(mend, vec![seed.into()]).await.expect("mended");
            }
        }
        // The server's own audit sees that too.
        let found = server::store::verify::verify(&world.app.state.store).await.expect_err("it is spoiled");
        assert!(found.to_string().contains("has an outcome though"), "{found}");
        world.app.stop().await;
    }

    async fn what_was_decided_while_a_line_was_down_is_decided_so_again(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = wished(&world).await;
        let order = json!({"line": world.plant.line(0), "from": "2026-12-09T00:00:00Z", "until": "2026-12-11T16:00:00Z",
            "kind": "breakdown", "reason": "主电机烧毁"});
        world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201);
        let drafted = draft(&world, &call).await.expect(200).clone();
        assert_ne!(outcome(of(&drafted, "A")), "placed");
        assert_eq!(outcome(of(&drafted, "")), "placed");
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn what_the_platform_changes_is_on_record_with_its_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        let (first, second, third) = (of(&draft, "A"), of(&draft, "B"), of(&draft, ""));
        let adjust = async |wish: &Value, order: Value| {
            world.operator.ask_once("POST", &format!("/api/v1/wishes/{}/adjust", id(wish)), Some(order)).await
        };
        let places = async |wish: &Value| -> Vec<Value> {
            let found = world.operator.get(&format!("/api/v1/wishes/{}/places", id(wish))).await;
            found.expect(200).as_array().expect("a list").clone()
        };
        assert_eq!(places(second).await, Vec::<Value>::new(), "its day is taken");
        adjust(first, json!({"place": null})).await.problem(422, "invalid");
        adjust(second, json!({"place": "1.nonsense", "reason": "why not"})).await.problem(422, "invalid");
        let out = adjust(first, json!({"reason": "The material is late."})).await.expect(200).clone();
        assert_eq!(outcome(of(&out, "A")), "taken_out");
        // Its place is the next one's by the rule, and the platform's word isn't told for that.
        let next = of(&out, "B");
        assert_eq!((outcome(next), &next["result"]["reason"]), ("filled", &Value::Null));
        assert_eq!(next["result"]["steps"], of(&draft, "A")["result"]["steps"]);
        assert_eq!(out["adjustments"][1]["kind"], "filled");
        let free = places(second).await;
        assert!(!free.is_empty(), "now there is room");
        let put = adjust(second, json!({"place": free[0]["key"], "reason": "It is next."})).await.expect(200).clone();
        assert_eq!((outcome(of(&put, "B")), &of(&put, "B")["result"]["steps"]), ("moved", &free[0]["steps"]));
        assert_eq!(put["adjustments"].as_array().map(Vec::len), Some(3));
        assert_eq!(put["adjustments"][0]["reason"], "The material is late.");
        // It can't go back where the other is now.
        assert_eq!(places(first).await, Vec::<Value>::new());
        assert_eq!(outcome(of(&put, "")), outcome(third));
        publish(&world, &call).await.expect(200);
        // What was changed by hand stays to be read.
        let page = world.operator.get(&format!("/en/desk/calls/{}", id(&call))).await.text;
        assert!(page.contains("What you changed") && page.contains("The material is late."), "{page}");
        let mine = wishes(&world.one.member, &call).await;
        assert_eq!((outcome(&mine[0]), &mine[0]["result"]["reason"]), ("taken_out", &json!("The material is late.")));
        let theirs = wishes(&world.two.member, &call).await;
        assert_eq!(theirs.iter().map(outcome).collect::<Vec<_>>(), ["moved", "placed"]);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        assert_eq!(reason(&adjust(first, json!({"reason": "too late"})).await), "call_published");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        // A change that isn't on record any more leaves what was told without a cause.
        database.execute("DELETE FROM call_adjustment", vec![]).await.expect("gone");
        assert!(replayed(&world).await.iter().any(|one| one.contains("told something else")));
        world.close(&database).await;
    }

    async fn what_was_decided_by_other_rules_is_said_to_be_so_and_the_rest_is_checked(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        let out = format!("/api/v1/wishes/{}/adjust", id(of(&draft, "A")));
        world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200);
        publish(&world, &call).await.expect(200);
        let run = async || replay(&world.app.state.store, None).await.expect("it can be read").remove(0);
        let same = run().await;
        assert_eq!((same.other_rules, same.outdated, same.filled), (None, 0, 1));
        let rows = database.rows("SELECT round FROM call_draft", vec![]).await.expect("rows");
        let kept: String = rows[0].try_get_by_index(0).expect("a text");
        let write = async |round: &Round| {
            let text = serde_json::to_string(round).expect("text");
            database.execute("UPDATE call_draft SET round = $1", vec![text.into()]).await.expect("written");
        };
        // As one of years ago, which came to something else.
        let mut round: Round = serde_json::from_str(&kept).expect("a round");
        round.rules = "allocation/0".into();
        round.seed = 7;
        database.execute("UPDATE call SET seed = '7'", vec![]).await.expect("written");
        write(&round).await;
        let other = run().await;
        assert_eq!(other.other_rules.as_deref(), Some("allocation/0"));
        // It isn't decided again, but what was committed to is still asked for.
        assert_eq!(other.wrong, ["the seed is not the one committed to"]);
        let mut round: Round = serde_json::from_str(&kept).expect("a round");
        round.rules = "allocation/0".into();
        round.lines[0].1 += 1;
        database.execute("UPDATE call SET seed = $1", vec![round.seed.to_string().into()]).await.expect("written");
        write(&round).await;
        assert_eq!(run().await.wrong, ["it was decided on another calendar"]);
        round.lines[0].1 -= 1;
        write(&round).await;
        assert_eq!(run().await.wrong, Vec::<String>::new());
        world.app.stop().await;
    }

    async fn changes_are_replayed_in_the_order_of_the_call_s_versions(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        for product in ["A", "B"] {
            let out = format!("/api/v1/wishes/{}/adjust", id(of(&draft, product)));
            world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200);
        }
        publish(&world, &call).await.expect(200);
        // As if the server that made the first change had a clock that is ahead.
        let ids = database.rows("SELECT id FROM call_adjustment ORDER BY version, id", vec![]).await.expect("rows");
        let ids: Vec<uuid::Uuid> = ids.iter().map(|row| row.try_get_by_index(0).expect("an id")).collect();
        let late = |number: u128| uuid::Uuid::from_u128(0xFFFF_0000_0000_7000_8000_0000_0000_0000 + number);
        for (id, number) in ids.iter().take(2).zip(0..) {
            let sql = "UPDATE call_adjustment SET id = $1 WHERE id = $2";
            database.execute(sql, vec![late(number).into(), (*id).into()]).await.expect("written");
        }
        let run = replay(&world.app.state.store, None).await.expect("it can be read").remove(0);
        assert_eq!((run.adjusted, run.filled, run.wrong), (2, 1, Vec::new()));
        world.app.stop().await;
    }

    async fn what_a_change_made_free_is_decided_again_on_the_calendar_of_then(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        // Another day of the line is booked before the platform looks at it.
        world.confirmed(&day(20), "X").await;
        let out = format!("/api/v1/wishes/{}/adjust", id(of(&draft, "A")));
        let changed = world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await;
        assert_eq!(outcome(of(changed.expect(200), "B")), "filled");
        let again = format!("/api/v1/wishes/{}/adjust", id(of(&draft, "")));
        world.operator.ask_once("POST", &again, Some(json!({"reason": "late too"}))).await.expect(200);
        publish(&world, &call).await.expect(200);
        let run = replay(&world.app.state.store, None).await.expect("it can be read").remove(0);
        assert_eq!((run.adjusted, run.filled, run.undecided, run.wrong), (2, 1, 0, Vec::new()));
        let kept = "SELECT count(*) FROM decision WHERE action = 'adjust_call' AND inputs LIKE '%horizon%'";
        assert_eq!(database.number(kept).await, 2, "each with what it was decided on, since the draft's is another");
        // Whoever says that the platform put it there is found out.
        let put = "UPDATE call_adjustment SET reason = 'a friend' WHERE reason = '' AND place IS NOT NULL";
        database.execute(put, vec![]).await.expect("written");
        assert!(replayed(&world).await.iter().any(|one| one.contains("what became free goes to others")));
        world.app.stop().await;
    }
}

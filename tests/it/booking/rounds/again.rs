//! Deciding a call again, or giving other points: what was changed of its draft by hand is lost only to whoever agrees
//! to that.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{super::World, close, day, draft, drafted, id, of, open_call, outcome, reason, wish, wishes};

on_both_databases! {
    async fn what_was_changed_by_hand_is_lost_only_if_that_is_agreed_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, first) = drafted(&world).await;
        let again = async |agreed: &str| {
            let path = format!("/api/v1/calls/{}/draft{agreed}", id(&call));
            world.operator.ask_once("POST", &path, None).await
        };
        // Nobody has changed anything: nobody is asked.
        again("").await.expect(200);
        let out = format!("/api/v1/wishes/{}/adjust", id(of(&first, "A")));
        let why = json!({"reason": "The material is late."});
        let changed = world.operator.ask_once("POST", &out, Some(why)).await.expect(200).clone();
        // What became free went to the next by the rule, which is no change by hand.
        assert_eq!(changed["adjustments"].as_array().map(Vec::len), Some(2));
        for agreed in ["", "?discard=0"] {
            let refused = again(agreed).await;
            assert_eq!(reason(&refused), "draft_adjusted");
            assert_eq!(refused.body["refusal"]["facts"], json!([["changes", "1"]]));
        }
        again("?discard=some").await.invalid("discard", "malformed");
        let look = format!("/api/v1/calls/{}/draft", id(&call));
        let stands = world.operator.get(&look).await;
        assert_eq!(outcome(of(stands.expect(200), "A")), "taken_out", "nothing was lost");
        // The page asks for a tick, and says what it is about; without it the form is refused as well.
        for (segment, words) in [("en", "Take back the change made of this draft"), ("zh", "1 项调整")] {
            let page = world.operator.get(&format!("/{segment}/desk/calls/{}", id(&call))).await.text;
            assert!(page.contains("name=\"discard\"") && page.contains(words), "{page}");
        }
        let form = |discard: &str| json!({"id": id(&call), "discard": discard, "key": uuid::Uuid::now_v7(),
            "next": "/en/next", "here": format!("/en/desk/calls/{}", id(&call))});
        let refused = world.operator.post_form("/do/decide-call", &form("")).await;
        refused.expect(422);
        assert!(refused.text.contains("those changes would be lost"), "{}", refused.text);
        world.operator.post_form("/do/decide-call", &form("1")).await.expect(303);
        let stands = world.operator.get(&look).await.expect(200).clone();
        assert_eq!((outcome(of(&stands, "A")), &stands["adjustments"]), ("placed", &json!([])));
        world.close(&database).await;
    }

    async fn who_agreed_to_one_change_loses_no_second(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, first) = drafted(&world).await;
        for product in ["A", ""] {
            let out = format!("/api/v1/wishes/{}/adjust", id(of(&first, product)));
            world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200);
        }
        let path = |agreed: u32| format!("/api/v1/calls/{}/draft?discard={agreed}", id(&call));
        let refused = world.operator.ask_once("POST", &path(1), None).await;
        assert_eq!(reason(&refused), "draft_adjusted");
        assert_eq!(refused.body["refusal"]["facts"], json!([["changes", "2"]]));
        // A click that comes twice decides once, though there is nothing to be lost any more.
        let key = uuid::Uuid::now_v7().to_string();
        for _ in 0..2 {
            let request = world.operator.request("POST", &path(2)).header("origin", world.operator.address());
            let decided = world.operator.send(request.header("idempotency-key", &key)).await;
            decided.expect(200);
        }
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'draft_call'").await, 2);
        world.close(&database).await;
    }

    async fn other_points_lose_what_was_changed_only_if_that_is_agreed_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = open_call(&world, json!({"rule": "score_with_ageing", "per_call": 5})).await;
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        wish(&world.two.member, &call, day(14), 1, "B").await.expect(201);
        close(&world, &call).await;
        let first = draft(&world, &call).await.expect(200).clone();
        let (mine, theirs) = (id(of(&first, "A")), id(of(&first, "B")));
        let score = async |points: u32, discard: Option<u32>| {
            let order = json!({"points": points, "discard": discard});
            world.operator.ask("POST", &format!("/api/v1/wishes/{theirs}/points"), Some(order)).await
        };
        // Nobody has changed anything: nobody is asked.
        score(7, None).await.expect(204);
        draft(&world, &call).await.expect(200);
        let out = format!("/api/v1/wishes/{mine}/adjust");
        world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200);
        for agreed in [None, Some(0)] {
            let refused = score(8, agreed).await;
            assert_eq!(reason(&refused), "draft_adjusted");
            assert_eq!(refused.body["refusal"]["facts"], json!([["changes", "1"]]));
        }
        // The points that it has already change nothing.
        score(7, None).await.expect(204);
        let look = format!("/api/v1/calls/{}/draft", id(&call));
        assert_eq!(outcome(of(world.operator.get(&look).await.expect(200), "A")), "taken_out");
        // The page asks for a tick below the points; without it the form is refused as well, with what was typed.
        let here = format!("/en/desk/calls/{}", id(&call));
        let page = world.operator.get(&here).await.text;
        assert_eq!(page.matches("Give up the change").count(), 1, "{page}");
        let form = |discard: &str| {
            let mut form = json!({"id": id(&call), "discard": discard, "next": "/en/next", "here": here});
            form[format!("points[w{theirs}]")] = json!("8");
            form[format!("was[w{theirs}]")] = json!("7");
            form
        };
        let refused = world.operator.post_form("/do/score-wishes", &form("")).await;
        refused.expect(422);
        for part in ["those changes would be lost", "value=\"8\""] {
            assert!(refused.text.contains(part), "{part}: {}", refused.text);
        }
        world.operator.post_form("/do/score-wishes", &form("1")).await.expect(303);
        let gone = world.operator.get(&look).await;
        assert_eq!(reason(&gone), "no_draft");
        assert_eq!(database.number("SELECT count(*) FROM wish WHERE points = 8").await, 1);
        world.close(&database).await;
    }

    async fn points_are_given_by_what_is_known_of_a_firm_and_saved_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.confirmed_for(&world.one.member, &day(20), "Z").await;
        let call = open_call(&world, json!({"rule": "score_with_ageing", "per_call": 5})).await;
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        wish(&world.two.member, &call, day(14), 1, "B").await.expect(201);
        close(&world, &call).await;
        let all = wishes(&world.operator, &call).await;
        let first_use = |of: &str| {
            let wish = all.iter().find(|wish| wish["product_code"] == of).expect("a wish");
            (id(wish).to_owned(), wish["firm"]["first_use"].clone())
        };
        let ((mine, known), (theirs, new)) = (first_use("A"), first_use("B"));
        assert_eq!((known, new), (json!(false), json!(true)), "{all:?}");
        assert_eq!(wishes(&world.one.member, &call).await[0]["firm"], Value::Null);
        let here = format!("/en/desk/calls/{}", id(&call));
        let page = world.operator.get(&here).await.text;
        for words in ["has used these lines", "first use of these lines"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let save = async |points: [&str; 2], was: [&str; 2]| {
            let mut form = json!({"id": id(&call), "next": "/en/next", "here": here});
            for (wish, (points, was)) in [&mine, &theirs].into_iter().zip(points.into_iter().zip(was)) {
                form[format!("points[w{wish}]")] = json!(points);
                form[format!("was[w{wish}]")] = json!(was);
            }
            world.operator.post_form("/do/score-wishes", &form).await
        };
        let of = async |points: u32| database.number(&format!("SELECT count(*) FROM wish WHERE points = {points}")).await;
        save(["40", "70"], ["", ""]).await.expect(303);
        assert_eq!((of(40).await, of(70).await), (1, 1));
        // All of them or none, and what is wrong is said at its wish.
        let wrong = save(["50", "101"], ["40", "70"]).await;
        wrong.expect(422);
        assert!(wrong.text.contains(&format!("points-{theirs}-problem")), "{}", wrong.text);
        assert!(!wrong.text.contains(&format!("points-{mine}-problem")), "{}", wrong.text);
        assert_eq!((of(50).await, of(40).await), (0, 1));
        // What wasn't touched stays as a colleague has changed it since.
        let path = format!("/api/v1/wishes/{mine}/points");
        world.operator.ask("POST", &path, Some(json!({"points": 45}))).await.expect(204);
        save(["40", "75"], ["40", "70"]).await.expect(303);
        assert_eq!((of(45).await, of(75).await), (1, 1));
        // Whoever decides beside the points has what is typed there decided by, in one form.
        let page = world.operator.get(&here).await.text;
        assert!(page.contains("value=\"decide\"") && !page.contains("/do/decide-call"), "{page}");
        let mut form = json!({"id": id(&call), "deed": "decide", "key": uuid::Uuid::now_v7(), "next": "/en/next", "here": here});
        form[format!("points[w{mine}]")] = json!("90");
        form[format!("was[w{mine}]")] = json!("45");
        world.operator.post_form("/do/score-wishes", &form).await.expect(303);
        assert_eq!(of(90).await, 1);
        world.operator.get(&format!("/api/v1/calls/{}/draft", id(&call))).await.expect(200);
        world.close(&database).await;
    }
}

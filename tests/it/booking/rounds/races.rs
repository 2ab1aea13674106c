//! Publishing while something else happens.

use serde_json::json;
use tests::on_both_databases;

use super::{
    super::{World, world::seconds},
    day, draft, drafted, first_come, id, of, open_call, outcome, publish, publish_seen, reason, replayed,
    wish, wishes,
};

on_both_databases! {
    async fn published_at_once_it_is_published_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        let (yes, no) = tokio::join!(publish(&world, &call), publish(&world, &call));
        let (won, lost) = if yes.status == 200 { (yes, no) } else { (no, yes) };
        won.expect(200);
        assert_eq!(reason(&lost), "call_published");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'publish_call'").await, 1);
        assert_eq!(reason(&publish(&world, &call).await), "call_published");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn what_does_not_fit_any_more_is_named_and_nothing_is_written(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        // Somebody books the day of the second placed wish while the draft stands.
        let taken = world.hold_best(&world.one.member, &day(14), "Z").await;
        let late = publish(&world, &call).await;
        let problem = late.problem(422, "refused");
        assert_eq!(problem["refusal"]["reason"], "draft_outdated");
        let facts = problem["refusal"]["facts"].to_string();
        let name = seen_name(&world).await;
        assert!(facts.contains(&name), "{facts} names {name}");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1, "all or nothing");
        assert_eq!(database.number("SELECT count(*) FROM wish WHERE outcome IS NOT NULL").await, 0);
        let look = world.operator.get(&format!("/api/v1/calls/{}/draft", id(&call))).await;
        assert_eq!(look.expect(200)["unfit"]["reason"], "draft_outdated");
        // Decided anew, or without it, it can be.
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&again, "A")), outcome(of(&again, ""))), ("placed", "booked"));
        publish(&world, &call).await.expect(200);
        assert_eq!(wishes(&world.two.member, &call).await.iter().map(outcome).collect::<Vec<_>>(), ["outranked", "booked"]);
        let why = wishes(&world.two.member, &call).await[1]["result"]["refusals"].to_string();
        assert!(why.contains("no_room") && !why.contains(id(&taken)), "{why}");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn an_expired_hold_is_no_hindrance(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = open_call(&world, first_come()).await;
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        let stands = world.hold_best(&world.two.member, &day(10), "B").await;
        // The hold has run out by the closing, and nobody has swept.
        world.app.clock.set(seconds(&call["closes_at"]));
        assert!(seconds(&stands["hold_expires_at"]) <= seconds(&call["closes_at"]));
        let draft = draft(&world, &call).await.expect(200).clone();
        assert_eq!(outcome(of(&draft, "A")), "placed");
        publish(&world, &call).await.expect(200);
        assert_eq!(world.booking(&world.two.member, id(&stands)).await["status"], "expired");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn what_a_colleague_has_changed_is_published_only_once_it_was_seen(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        let seen = draft["version"].clone();
        let path = format!("/api/v1/wishes/{}/adjust", id(of(&draft, "A")));
        let adjusted = world.operator.ask_once("POST", &path, Some(json!({"reason": "late"}))).await.expect(200).clone();
        let refused = publish_seen(&world, &call, &seen).await;
        assert_eq!(reason(&refused), "call_draft_changed");
        let facts = refused.body["refusal"]["facts"].to_string();
        assert!(facts.contains(r#"["change","take_out"]"#) && facts.contains("company_en"), "{facts}");
        let now = world.operator.get(&format!("/api/v1/calls/{}", id(&call))).await;
        assert_eq!(now.expect(200)["state"], "drafted", "nothing was published");
        // Without saying which draft was seen nothing is published either.
        let path = format!("/api/v1/calls/{}/publish", id(&call));
        assert_ne!(world.operator.ask_once("POST", &path, Some(json!({}))).await.status, 200);
        // Decided anew it is another one.
        let again = format!("/api/v1/calls/{}/draft?discard=1", id(&call));
        let anew = world.operator.ask_once("POST", &again, None).await.expect(200).clone();
        let refused = publish_seen(&world, &call, &adjusted["version"]).await;
        assert!(refused.body["refusal"]["facts"].to_string().contains(r#"["change","decided"]"#), "{}", refused.text);
        publish_seen(&world, &call, &anew["version"]).await.expect(200);
        world.close(&database).await;
    }

    async fn adjusting_and_publishing_at_once_end_in_one_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        let path = format!("/api/v1/wishes/{}/adjust", id(of(&draft, "A")));
        let out = world.operator.ask_once("POST", &path, Some(json!({"reason": "late"})));
        let (published, adjusted) = tokio::join!(publish(&world, &call), out);
        match (published.status, adjusted.status) {
            (200, 422) => assert_eq!(outcome(&wishes(&world.one.member, &call).await[0]), "placed"),
            (422, 200) => assert!(matches!(reason(&published), "call_changed" | "call_draft_changed")),
            (200, 200) => assert_eq!(outcome(&wishes(&world.one.member, &call).await[0]), "taken_out"),
            other => panic!("{other:?}: {} {}", published.text, adjusted.text),
        }
        world.close(&database).await;
    }

    async fn a_wish_and_the_closing_at_once_agree(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = open_call(&world, first_come()).await;
        wish(&world.one.member, &call, day(12), 1, "A").await.expect(201);
        world.app.clock.set(seconds(&call["closes_at"]) - 1);
        let late = async {
            world.app.clock.advance(1);
            world.settle().await;
        };
        let (wished, ()) = tokio::join!(wish(&world.two.member, &call, day(10), 1, "B"), late);
        let stands = i64::from(wished.status == 201);
        if stands == 0 {
            assert_eq!(reason(&wished), "call_not_open");
        }
        let draft = draft(&world, &call).await.expect(200).clone();
        assert_eq!(draft["wishes"].as_array().map(Vec::len).unwrap_or_default() as i64, 1 + stands);
        world.close(&database).await;
    }
}

/// Company two, as the platform knows it.
async fn seen_name(world: &World) -> String {
    let own = world.two.admin.get("/api/v1/organisations/own").await;
    own.expect(200)["name"]["zh"].as_str().expect("a name").to_owned()
}

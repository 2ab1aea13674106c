//! The set-up changes between an offer and its hold, and between a request and its approval.

use app::contract::Role;
use domain::{OrganisationId, policy::Policy, resource::Line};
use serde_json::json;
use server::{
    demo, setup,
    store::{StoreError, queries},
    usecase::{Caller, Credential, Member, platform_setup},
};
use tests::{Plant, Visitor, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    world::{details, query, seconds, with},
};

/// Writes the plant's route as it is given, offered or not, as an import would.
pub async fn save_route(world: &World, plant: &Plant, active: bool) {
    let (route, lines) = (plant.route.clone(), plant.lines.iter().map(|line| line.id).collect::<Vec<_>>());
    let saved = world.app.state.store.write(move |tx| {
        let (route, lines) = (route.clone(), lines.clone());
        Box::pin(async move {
            queries::save_route(tx, &route, active).await?;
            queries::bump_catalogue(tx, &lines, &[]).await
        })
    });
    saved.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// Writes a line as it is given, as an import would.
pub async fn save_line(world: &World, line: Line) {
    let matrix = world.plant.matrix.clone();
    let saved = world.app.state.store.write(move |tx| {
        let (line, matrix) = (line.clone(), matrix.clone());
        Box::pin(async move {
            queries::save_line(tx, &line, &matrix).await?;
            queries::bump_catalogue(tx, &[line.id], &[]).await
        })
    });
    saved.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

/// Lets the platform confirm by policy.
pub async fn confirm_by_policy(world: &World) {
    save_policy(world, Policy { version: 2, auto_confirm: true, ..Policy::default() }).await;
}

/// Gives the platform another policy.
pub async fn save_policy(world: &World, policy: Policy) {
    let (platform, lines) =
        (world.plant.platform, world.plant.lines.iter().map(|line| line.id).collect::<Vec<_>>());
    let saved = world.app.state.store.write(move |tx| {
        let (policy, lines) = (policy.clone(), lines.clone());
        Box::pin(async move {
            queries::save_policy(tx, platform, &policy).await?;
            queries::bump_catalogue(tx, &lines, &[]).await
        })
    });
    saved.await.unwrap_or_else(|error: StoreError| panic!("{error}"));
}

on_both_databases! {
    async fn who_has_not_been_confirmed_is_told_of_other_terms(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // On a platform whose set-up people can edit; the confirmed one is on the other.
        let read = setup::read(&demo::files()).expect("clean");
        let platform = read.platforms.iter().find(|one| one.code == "hayao").expect("the platform").id.0;
        let now = world.app.state.clock.now();
        setup::apply(&world.app.state.store, read, "demonstration".into(), now).await.expect("imported");
        let tablets = json!({"offering": "TAB", "batch_size": "20", "unit": "kilogram", "batches": 1,
            "from": "2027-01-04", "to": "2027-03-31", "platform": platform});
        world.hold_best(one, &tablets, "A").await;
        world.confirmed_for(two, &query(10, 12), "B").await;
        let operator = Caller::Member(Member {
            account: Uuid::from_u128(5),
            organisation: OrganisationId(platform),
            kind: Role::Operator.kind(),
            role: Role::Operator,
            verified: true,
            credential: Credential::Within,
        });
        let state = &world.app.state;
        let form = platform_setup::form(state, &operator, "policy", "policy").await.expect("a form");
        let mut values = form.values;
        values.insert("reservation_percent".into(), "30".into());
        let look = platform_setup::look(state, &operator, "policy", "policy", values).await.expect("a look");
        let plan = look.plan.expect("a plan");
        assert_eq!((plan.problems, plan.on_new_terms), (Vec::new(), 1));
        let text = Some(look.text.as_str());
        platform_setup::save(state, &operator, ("policy", "policy"), text, None).await.expect("written");
        world.settle().await;
        let told = async |reader: &Visitor| world.notices(reader).await.contains(&"terms_changed".to_owned());
        assert!(told(one).await);
        assert!(!told(two).await, "its terms are its own");
        world.close(&database).await;
    }

    async fn an_offer_is_held_by_the_route_as_it_is_when_it_is_held(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, wish) = (&world.one.member, query(1, 10));
        let offer = world.offers(client, &wish).await.remove(0);
        let rows = database.number("SELECT count(*) FROM occupancy").await;

        // It takes longer now: the offer's times are not those of any campaign.
        let mut changed = world.plant.clone();
        changed.route.steps[0].lines[0].batch *= 2;
        save_route(&world, &changed, true).await;
        let refused = world.hold(client, &wish, &offer, "P").await;
        let conflict = refused.problem(409, "conflict");
        assert_eq!(conflict["refusal"]["reason"], "stale");
        let instead = conflict["alternatives"][0].clone();
        assert_ne!(instead["steps"][0]["end"], offer["steps"][0]["end"], "offered by the new figures");
        assert_eq!(database.number("SELECT count(*) FROM occupancy").await, rows);

        // It claims more of the pool now: what is held claims that.
        changed.route.steps[0].uses[0].amount = 2;
        save_route(&world, &changed, true).await;
        world.hold(client, &wish, &instead, "P").await.expect(201);
        assert_eq!(database.number("SELECT min(amount) FROM pool_claim").await, 2);

        // It is offered no more.
        let other = world.offers(client, &query(11, 20)).await.remove(0);
        save_route(&world, &changed, false).await;
        let refused = world.hold(client, &query(11, 20), &other, "P").await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "not_offered");
        world.close(&database).await;
    }

    async fn an_approval_is_decided_by_the_rules_as_they_are_then(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = with(&query(1, 10), &json!({"hazards": "hormone"}));
        let held = world.hold_best(&world.one.member, &wish, "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.one.member, id, "request", details()).await.expect(200);
        world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);

        let line = world.plant.lines[0].clone();
        save_line(&world, Line { approvals: Vec::new(), ..line.clone() }).await;
        let refused = world.act(&world.operator, id, "approve", serde_json::Value::Null).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "approval_missing");
        assert_eq!(world.booking(&world.operator, id).await["status"], "requested");

        save_line(&world, line).await;
        let approved = world.act(&world.operator, id, "approve", serde_json::Value::Null).await;
        assert_eq!(approved.expect(200)["status"], "confirmed");
        world.close(&database).await;
    }

    async fn an_approval_near_the_start_asks_for_no_notice_again(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, wish) = (&world.one.member, query(1, 1));
        let offer = world.offers(client, &wish).await.remove(0);
        let start = seconds(&offer["steps"][0]["start"]);
        world.app.clock.set(start - 30 * 3600);
        let id = world.hold(client, &wish, &offer, "P").await.string("id");
        world.act(client, &id, "request", details()).await.expect(200);
        world.act(&world.qa, &id, "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
        // The whole window lies within the notice that a new booking would need.
        world.app.clock.set(start - 2 * 3600);
        let approved = world.act(&world.operator, &id, "approve", serde_json::Value::Null).await;
        assert_eq!(approved.expect(200)["status"], "confirmed");
        world.close(&database).await;
    }

    async fn a_policy_confirms_what_only_an_operators_yes_was_missing_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        confirm_by_policy(&world).await;
        let (client, qa) = (&world.one.member, &world.qa);
        let evidence = json!({"reason": "SDS 4711"});

        let held = world.hold_best(client, &query(1, 5), "P").await;
        let id = held["id"].as_str().expect("an id");
        assert_eq!(world.act(client, id, "request", details()).await.expect(200)["status"], "requested");
        let confirmed = world.act(qa, id, "confirm-hazards", evidence.clone()).await;
        assert_eq!(confirmed.expect(200)["status"], "confirmed");
        let history = client.get(&format!("/api/v1/bookings/{id}/history")).await;
        let actions: Vec<_> = history.expect(200)["items"].as_array().expect("events").iter()
            .map(|event| event["action"].as_str().expect("an action").to_owned())
            .collect();
        assert_eq!(actions, ["hold", "request", "confirm_hazards", "approve"]);
        let by = "SELECT count(*) FROM decision WHERE action = 'approve' AND inputs LIKE '%\"by\":\"policy\"%'";
        assert_eq!(database.number(by).await, 1);

        // Nor does the policy confirm what a firm asked for that isn't verified any more; an operator may not, either.
        let held = world.hold_best(client, &query(7, 8), "Q").await;
        let id = held["id"].as_str().expect("an id");
        world.act(client, id, "request", details()).await.expect(200);
        let path = format!("/api/v1/organisations/{}/verification", world.one.organisation);
        world.district.ask("DELETE", &path, None).await.expect(200);
        let confirmed = world.act(qa, id, "confirm-hazards", evidence.clone()).await;
        assert_eq!((&confirmed.expect(200)["status"], &confirmed.body["hazards_confirmed"]), (&json!("requested"), &json!(true)));
        let refused = world.act(&world.operator, id, "approve", json!(null)).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "unverified");
        world.district.ask_once("POST", &path, None).await.expect(200);
        world.act(&world.operator, id, "approve", json!(null)).await.expect(200);

        // A hold brings no evidence yet.
        let held = world.hold_best(client, &query(10, 15), "P").await;
        let id = held["id"].as_str().expect("an id");
        let refused = world.act(qa, id, "confirm-hazards", evidence).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }
}

//! A platform's own production makes room for others as well: with the platform's consent, which its operator gives
//! when it is asked, or by choosing such a way on its desk.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{
    World,
    outages::{asks, day, id, say},
    repairing::{make_room, repairs},
};

/// The platform's own production on that day.
async fn own(world: &World, on: u8) -> Value {
    let offer = world.offers(&world.operator, &day(on)).await.remove(0);
    let order = json!({"query": day(on), "offer": offer["key"], "product_code": "OWN"});
    world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await.expect(201).clone()
}

on_both_databases! {
    async fn the_platform_is_asked_about_its_own_production(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let theirs = own(&world, 10).await;
        let asked = make_room(one, &day(10), "A").await.expect(201).clone();
        assert_eq!((&asked["booking"], &asked["repair"]["cost"]["consents"]), (&Value::Null, &json!(1)));
        assert_eq!(world.booking(&world.operator, id(&theirs)).await["steps"], theirs["steps"], "nothing moves unasked");
        world.settle().await;
        assert!(world.notices(&world.operator).await.contains(&"move_asked".to_owned()));
        // Its own people read it, where it runs and nowhere else, and nothing of who wants it.
        let ask = asks(&world.operator).await.remove(0);
        assert_eq!((&ask["booking"], &ask["state"]), (&theirs["id"], &json!("open")));
        assert!(!ask.to_string().contains(&world.one.organisation.to_string()), "{ask}");
        assert_eq!(asks(two).await, Vec::<Value>::new());
        let page = world.operator.get(&format!("/en/desk/requests/{}", id(&theirs))).await.text;
        assert!(page.contains("You are asked to move") && page.contains("/do/answer-move"), "{page}");
        let page = world.qa.get(&format!("/en/desk/requests/{}", id(&theirs))).await.text;
        assert!(page.contains("You are asked to move") && !page.contains("/do/answer-move"), "{page}");
        // Whoever doesn't operate the platform says nothing for it.
        say(&world.qa, &ask, "accept").await.problem(403, "forbidden");
        say(one, &ask, "accept").await.problem(404, "not-found");
        assert_eq!(say(&world.operator, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(world.booking(&world.operator, id(&theirs)).await["steps"], ask["to"]);
        assert_eq!(repairs(one).await[0]["state"], "made");
        world.close(&database).await;
    }

    async fn what_the_platform_declines_stays(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let theirs = own(&world, 10).await;
        make_room(one, &day(10), "A").await.expect(201);
        let ask = asks(&world.operator).await.remove(0);
        // By the form of the page, which stays where it stood.
        let here = format!("/en/desk/requests/{}", id(&theirs));
        let form = json!({"id": id(&ask), "answer": "decline", "key": uuid::Uuid::now_v7(), "here": here});
        world.operator.post_form("/do/answer-move", &form).await.expect(303);
        assert_eq!(repairs(one).await[0]["state"], "declined");
        assert_eq!(world.booking(&world.operator, id(&theirs)).await["steps"], theirs["steps"]);
        // Nor is it asked again for the same.
        let none = make_room(one, &day(10), "A").await;
        assert_ne!(none.problem(422, "refused")["refusal"]["reason"], Value::Null);
        world.close(&database).await;
    }

    async fn on_its_desk_the_choice_is_the_consent(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let theirs = own(&world, 10).await;
        // Whoever waits has asked nobody: what the platform moves of its own needs nobody's answer.
        let wait = json!({"query": day(10), "product_code": "A"});
        one.ask_once("POST", "/api/v1/waitlist", Some(wait)).await.expect(201);
        let page = world.operator.get("/api/v1/conflicts").await.expect(200)["items"].as_array().expect("a list").clone();
        let waiting = page.into_iter().find(|one| one["kind"] == "waiter" || one["kind"] == "waiters").expect("one waits");
        let desk = world.operator.get(&format!("/api/v1/conflicts/{}", id(&waiting))).await.expect(200).clone();
        let room = desk["options"].as_array().expect("a list").iter().find(|one| one["kind"] == "room").expect("a way");
        assert_eq!((&room["asks"], &room["moves"], &room["moved"][0]["asked"]), (&json!([]), &json!(1), &json!(false)));
        let take = json!({"option": room["key"]});
        let done = world.operator.ask_once("POST", &format!("/api/v1/conflicts/{}/resolve", id(&waiting)), Some(take)).await;
        assert_eq!(done.expect(200)["state"], "done");
        assert_ne!(world.booking(&world.operator, id(&theirs)).await["steps"], theirs["steps"]);
        assert_eq!(asks(&world.operator).await, Vec::<Value>::new(), "nobody was asked");
        world.close(&database).await;
    }
}

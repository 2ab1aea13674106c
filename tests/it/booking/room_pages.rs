//! Making room by pages alone, without a browser's scripts: forms, and where they lead.

use serde_json::json;
use tests::{Visitor, app::Answer, on_both_databases};

use super::{
    World,
    world::{encoded, query, search_path, with},
};

/// Sends a page's form, as a browser without scripts does.
async fn submit(visitor: &Visitor, to: &str, here: &str, fields: &[(&str, &str)]) -> Answer {
    let key = uuid::Uuid::now_v7().to_string();
    let more = [("here", here), ("key", &key)];
    let pairs = fields.iter().chain(&more).map(|(name, value)| format!("{name}={}", encoded(value)));
    let request = visitor
        .request("POST", &format!("/do/{to}"))
        .header("accept", "text/html")
        .header("origin", visitor.address())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(pairs.collect::<Vec<_>>().join("&"));
    visitor.send(request).await
}

async fn page(visitor: &Visitor, path: &str) -> String {
    let request = visitor.request("GET", path).header("accept", "text/html");
    let answer = visitor.send(request).await;
    answer.expect(200);
    answer.text
}

on_both_databases! {
    async fn a_firm_asks_another_by_forms(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let full = with(&query(10, 10), &json!({"batches": 2}));
        let booking = world.confirmed_for(two, &full, "B").await;
        let id = booking["id"].as_str().expect("an id");
        let address = search_path(&full).replace("/api/v1/offers", "");
        let search = address.trim_start_matches('?').to_owned();
        let search = if search.starts_with('/') { search.trim_start_matches("/?").to_owned() } else { search };
        for (language, words) in [("en", "Ask others to make room"), ("zh", "请他人改期腾出空档")] {
            let found = page(one, &format!("/{language}?{search}")).await;
            assert!(found.contains("/do/make-room") && found.contains(words), "{found}");
        }
        let here = format!("/en?{search}");
        let asked = submit(one, "make-room", &here, &[("search", &format!("?{search}")), ("product_code", "A")]).await;
        assert_eq!(asked.header("location"), "/en/campaigns#room", "{}", asked.text);
        let mine = page(one, "/en/campaigns").await;
        assert!(mine.contains("Others are being asked"), "{mine}");

        // Whoever is asked answers on the booking's page, which the notice leads to.
        world.settle().await;
        let notices = page(two, "/zh/notices").await;
        assert!(notices.contains("请您同意项目改期"), "{notices}");
        let theirs = page(two, &format!("/en/bookings/{id}")).await;
        assert!(theirs.contains("Agree to the move"), "{theirs}");
        assert!(page(two, "/zh/campaigns").await.contains("同意改期"));
        let ask = two.get("/api/v1/proposals").await.expect(200)["items"][0]["id"].as_str().expect("an id").to_owned();
        let here = format!("/en/bookings/{id}");
        let said = submit(two, "answer-move", &here, &[("id", &ask), ("answer", "accept")]).await;
        assert_eq!(said.header("location"), format!("/en/bookings/{id}#asked-to-move"), "{}", said.text);
        let moved = page(two, &here).await;
        for words in ["You agreed, and the campaign was moved.", "Moves that you were asked about", ">Moved to<"] {
            assert!(moved.contains(words), "{words}: {moved}");
        }
        let mine = page(one, "/en/campaigns").await;
        assert!(mine.contains(">settled<") && !mine.contains("You get a notice when it is decided"), "{mine}");
        for question in ["You are asked to move", "You need not agree", "Would be"] {
            assert!(!moved.contains(question), "{question}: {moved}");
        }
        world.settle().await;
        let told = two.get("/api/v1/notices").await.expect(200)["items"].as_array().expect("a list").clone();
        let now = world.booking(two, id).await;
        for kind in ["move_asked", "moved_as_agreed"] {
            let told = told.iter().find(|one| one["kind"] == kind).expect(kind);
            let starts = json!({"from": booking["steps"][0]["start"], "to": now["steps"][0]["start"]});
            assert_eq!(told["moved"], starts, "{told}");
        }
        let given = one.get("/api/v1/notices").await.expect(200)["items"][0].clone();
        assert_eq!((&given["kind"], given["starts"].is_string()), (&json!("room_made"), true), "{given}");
        assert!(page(one, "/en/notices").await.contains("; held until "));
        assert!(page(one, "/en/campaigns").await.contains("Held for you"));
        // Too late, the page says so where the form stood.
        let late = submit(two, "answer-move", &here, &[("id", &ask), ("answer", "decline")]).await;
        assert!(late.text.contains("too late"), "{}", late.text);
        world.close(&database).await;
    }
}

//! Notices are counted on every page until they are read: one by one, all that was seen, or by going to see.

use serde_json::{Value, json};
use tests::{Visitor, on_both_databases};

use super::{
    World,
    outages::{asks, day, say},
    repairing::make_room,
    world::{details, query},
};

/// What the navigation of a page in `language` says is unread.
async fn unread(visitor: &Visitor, language: &str) -> Option<String> {
    let page = visitor.get(&format!("/{language}")).await;
    page.expect(200);
    let rest = page.text.split_once("id=\"unread\"")?.1.split_once("</a>")?.0.to_owned();
    let said = rest.split_once("class=\"sr\">")?.1.split_once('<')?.0;
    Some(said.to_owned())
}

async fn newest(visitor: &Visitor) -> Value {
    visitor.get("/api/v1/notices").await.expect(200)["items"][0].clone()
}

on_both_databases! {
    async fn a_notice_says_which_campaign_it_is_about(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(1, 10), "P-88").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.operator, id, "ask", json!({"reason": "?"})).await.expect(200);
        world.settle().await;
        let named = |company: Value| json!({"offering": "TAB", "product_code": "P-88", "company_name": company});
        assert_eq!(newest(&world.one.member).await["campaign"], named(Value::Null), "its own company it knows");
        let seen = newest(&world.operator).await;
        assert_eq!(seen["booking"], held["id"]);
        assert_eq!(seen["campaign"]["company_name"]["en"], "Example Pharma 1");
        assert_eq!(seen["campaign"], named(seen["campaign"]["company_name"].clone()));
        let page = world.operator.get("/en/notices").await.text;
        assert!(page.contains("Example Pharma 1 · tablet · P-88"), "{page}");
        // Of a booking that isn't the reader's nothing is said, whatever led to the notice.
        let stray = "UPDATE notice SET organisation = $1 WHERE booking IS NOT NULL AND organisation = $2";
        let (two, one) = (world.two.organisation, world.one.organisation);
        database.execute(stray, vec![two.into(), one.into()]).await.expect("written");
        assert_eq!(newest(&world.two.member).await["campaign"], Value::Null);
        world.close(&database).await;
    }

    async fn a_notice_about_room_says_for_what_and_leads_back_to_its_search(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        world.confirmed_for(two, &day(10), "B").await;
        make_room(one, &day(10), "A").await.expect(201);
        say(two, &asks(two).await[0], "decline").await.expect(200);
        world.settle().await;
        let told = newest(one).await;
        assert_eq!(told["kind"], "room_declined");
        for field in ["offering", "batch_size", "batches", "from", "to"] {
            assert_eq!(told["search"][field], day(10)[field], "{field}");
        }
        assert_eq!(newest(two).await["search"], Value::Null, "whoever was asked reads nothing of it");
        let page = one.get("/en/notices").await.text;
        for part in ["tablet · 2\u{a0}×\u{a0}12.5\u{a0}kg · Thu 10 Dec 2026", "href=\"/en?offering=TAB&amp;batch%5Fsize=12%2E5"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        // Read, it is a link like any other.
        let until = json!({"until": told["id"]});
        one.post("/api/v1/notices/read", until).await.expect(204);
        let page = one.get("/en/notices").await.text;
        assert!(page.contains("href=\"/en?offering=TAB&amp;batch%5Fsize=12%2E5"), "{page}");
        world.close(&database).await;
    }

    async fn unread_notices_are_counted_until_they_are_read(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        world.settle().await;
        assert_eq!(unread(client, "en").await.as_deref(), Some("1 unread"), "the company is verified");
        assert_eq!(unread(client, "zh").await.as_deref(), Some("1 条未读"));
        assert_eq!(unread(&world.app.visitor(), "en").await, None);

        let held = world.hold_best(client, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        for question in ["one", "two"] {
            world.act(&world.operator, id, "ask", json!({"reason": question})).await.expect(200);
        }
        world.settle().await;
        let seen = newest(client).await;
        world.act(&world.operator, id, "ask", json!({"reason": "three"})).await.expect(200);
        world.settle().await;
        assert_eq!(unread(client, "en").await.as_deref(), Some("4 unread"));

        // What came after the page was read stays unread, and so does what is another's.
        let until = json!({"until": seen["id"]});
        world.two.member.post("/api/v1/notices/read", until.clone()).await.expect(204);
        assert_eq!(unread(client, "en").await.as_deref(), Some("4 unread"));
        client.post("/api/v1/notices/read", until).await.expect(204);
        assert_eq!(unread(client, "en").await.as_deref(), Some("1 unread"));
        let last = newest(client).await;
        assert_eq!((&last["reason"], &last["read_at"]), (&json!("three"), &Value::Null));

        // What it is about is a link, which can be opened beside the list, until it is read and after.
        let list = client.get("/en/notices").await.text;
        let way = list.split("<a ").find(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("data-read")));
        assert!(way.is_some_and(|way| way.contains(&format!("href=\"/en/bookings/{id}\""))), "{list}");
        // Going to see is reading; another's notice is nobody's.
        let open = async |visitor: &Visitor| {
            let form = format!("id={}&next=/en/bookings/{id}", last["id"].as_str().expect("an id"));
            let request = visitor
                .request("POST", "/do/read-notice")
                .header("origin", &world.app.address)
                .header("accept", "text/html")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form);
            visitor.send(request).await
        };
        open(&world.two.member).await.expect(404);
        let opened = open(client).await;
        opened.expect(303);
        assert_eq!(opened.header("location"), format!("/en/bookings/{id}"));
        assert_eq!(unread(client, "en").await, None, "nothing is left, and nothing is said");
        world.close(&database).await;
    }

    async fn more_than_a_page_can_say_are_not_counted(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        // As many questions as may be asked about each.
        for _ in 0..10 {
            let held = world.hold_best(client, &query(1, 30), "P").await;
            let id = held["id"].as_str().expect("an id");
            world.act(client, id, "request", details()).await.expect(200);
            for _ in 0..10 {
                world.act(&world.operator, id, "ask", json!({"reason": "?"})).await.expect(200);
            }
        }
        world.settle().await;
        assert_eq!(unread(client, "en").await.as_deref(), Some("99+ unread"));
        world.close(&database).await;
    }
}

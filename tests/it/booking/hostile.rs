//! Whatever people write is shown as text: neither in a page's title, nor in a text area, nor in an attribute does it
//! become a part of the page. In this world everything that anybody can name is hostile, and everybody goes through it.

use std::collections::{BTreeMap, BTreeSet};

use domain::Text;
use serde_json::{Value, json};
use tests::{
    Plant, TestDatabase, Visitor,
    app::{Answer, PASSWORD, People},
    html::{Element, elements},
    on_both_databases,
};
use uuid::Uuid;

use super::{
    World,
    outages::id,
    world::{details, query, search_path, seconds, with},
};

/// It leaves whatever holds text alone, and every attribute; as an address it would be a script.
const HOSTILE: &str = "javascript:0//</title></textarea></script><zz-mark>\" zz-quote=\"1\" '&lt; {x}";
/// How a page has its middle.
const SHOWN: &str = "&lt;zz-mark&gt;";
/// What somebody types into a text area.
const TYPED: &str = "\n\n&lt; <5 </textarea><zz-mark> \"quoted\" 'x' {y} =1+1\n中试";

/// Pages that have something of it to show.
const PAGES: [&str; 17] = [
    "/account",
    "/bookings/:id",
    "/calls",
    "/calls/:id",
    "/campaigns",
    "/company",
    "/desk/bookings",
    "/desk/calls/:id",
    "/desk/conflicts",
    "/desk/fairness",
    "/desk/requests/:id",
    "/district/companies",
    "/lines",
    "/lines/:id",
    "/notices",
    "/setup/part",
    "/verification",
];
/// Of the links that lead to pages of one kind, so many are followed.
const OF_ONE_KIND: usize = 2;

fn hostile() -> Text {
    Text { zh: HOSTILE.into(), en: HOSTILE.into() }
}

/// A plant of hostile names.
fn plant() -> Plant {
    let mut plant = Plant::new(1);
    plant.pattern.name = hostile();
    plant.matrix.name = hostile();
    plant.matrix.classes.iter_mut().for_each(|class| class.name = hostile());
    plant.lines.iter_mut().for_each(|line| line.name = hostile());
    plant.pools.iter_mut().for_each(|pool| pool.name = hostile());
    plant.route.name = hostile();
    plant.route.steps.iter_mut().for_each(|step| step.name = hostile());
    plant
}

/// Sends the form that posts to `to` from the page `here`.
async fn send(visitor: &Visitor, (to, here): (&str, &str), fields: Value) -> Answer {
    let form = json!({"here": here, "next": here, "key": Uuid::now_v7()});
    visitor.post_form(&format!("/do/{to}"), &with(&form, &fields)).await
}

/// Bookings of every fate, with whatever can be said about them; their ids.
async fn book(world: &World) -> Vec<String> {
    let (client, operator) = (&world.one.member, &world.operator);
    let said = json!({"reason": HOSTILE});
    let words = json!({"project": HOSTILE, "strength": HOSTILE, "container": HOSTILE, "fill": HOSTILE,
        "contact_name": HOSTILE, "order_number": HOSTILE, "remark": HOSTILE});
    let request = with(&details(), &words);
    let mut all = Vec::new();
    for day in [5, 7, 9, 11, 13] {
        let held = world.hold_best(client, &query(day, day), HOSTILE).await;
        all.push(id(&held).to_owned());
    }
    let [_, asked, confirmed, declined, withdrawn] = all.as_slice() else { panic!("five of them") };
    world.act(client, withdrawn, "withdraw", said.clone()).await.expect(200);
    for booking in [asked, confirmed, declined] {
        world.act(client, booking, "request", request.clone()).await.expect(200);
    }
    let question = json!({"id": asked, "reason": HOSTILE});
    send(operator, ("ask-back", "/en/desk"), question).await.expect(303);
    world.act(operator, declined, "decline", said.clone()).await.expect(200);
    world.act(&world.qa, confirmed, "confirm-hazards", said).await.expect(200);
    let booking = world.act(operator, confirmed, "approve", Value::Null).await.expect(200).clone();
    let step = &booking["steps"][0];
    let down = json!({"line": step["line"], "from": step["start"], "until": "2026-12-09T16:00:00Z",
        "kind": "breakdown", "reason": HOSTILE});
    operator.ask_once("POST", "/api/v1/outages", Some(down)).await.expect(201);
    all
}

/// Who wants what isn't free: by waiting, and by making room.
async fn want(world: &World) {
    let line = world.plant.line(0);
    let closed = json!({"line": line, "start": "2026-12-26T16:00:00Z", "end": "2026-12-28T16:00:00Z",
        "kind": "hvac", "note": HOSTILE});
    world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
    let wait = json!({"query": query(28, 28), "product_code": HOSTILE});
    world.one.member.ask_once("POST", "/api/v1/waitlist", Some(wait)).await.expect(201);
    let full = with(&query(20, 20), &json!({"batches": 2}));
    world.confirmed_for(&world.one.member, &full, HOSTILE).await;
    let room = json!({"query": full, "product_code": HOSTILE});
    world.two.member.ask_once("POST", "/api/v1/repairs", Some(room)).await.expect(201);
}

/// A call with a wish in it.
async fn call(world: &World, closes: &str) -> Value {
    let (from, to) = ("2027-03-05", "2027-03-31");
    let order = json!({"title": HOSTILE, "from": from, "to": to, "lines": [world.plant.line(0)],
        "closes_at": closes, "rule": {"rule": "first_come"}, "criteria": HOSTILE, "hold_days": 3});
    let call = world.operator.ask_once("POST", "/api/v1/calls", Some(order)).await.expect(201).clone();
    let wish = json!({"query": with(&query(1, 1), &json!({"from": from, "to": to})), "rank": 1,
        "product_code": HOSTILE});
    let path = format!("/api/v1/calls/{}/wishes", id(&call));
    world.one.member.ask_once("POST", &path, Some(wish)).await.expect(201);
    call
}

/// A call that is open, and one that is drafted.
async fn calls(world: &World) -> [String; 2] {
    let open = call(world, "2026-11-29T16:00:00Z").await;
    let closed = call(world, "2026-11-23T00:10:00Z").await;
    world.app.clock.set(seconds(&closed["closes_at"]));
    world.settle().await;
    let draft = format!("/api/v1/calls/{}/draft", id(&closed));
    world.operator.ask_once("POST", &draft, None).await.expect(200);
    [open, closed].map(|call| id(&call).to_owned())
}

/// The administrator of a firm that was turned away. From then on everybody's names are hostile.
async fn stranger(world: &World, database: &TestDatabase) -> Visitor {
    let stranger = world.app.visitor();
    let firm = json!({"company": HOSTILE, "company_en": HOSTILE, "contact": HOSTILE, "name": HOSTILE});
    let made = stranger.post("/api/v1/organisations", with(&People::registration(3), &firm)).await;
    made.expect(201);
    stranger.sign_in("admin@company3.example", PASSWORD).await.expect(201);
    let away = format!("/api/v1/organisations/{}/rejection", made.string("id"));
    world.district.post(&away, json!({"reason": HOSTILE})).await.expect(200);
    world.one.member.post("/api/v1/tokens", json!({"name": HOSTILE})).await.expect(201);
    for rename in [
        "UPDATE organisation SET name_zh = $1",
        "UPDATE organisation SET name_en = $1",
        "UPDATE organisation SET contact = $1",
        "UPDATE account SET name = $1",
    ] {
        database.execute(rename, vec![HOSTILE.into()]).await.expect("they are called so");
    }
    stranger
}

/// The kind of page at an address: without its language, its parameters, and which one it is.
fn route(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let named = |part: &str| if part.parse::<Uuid>().is_ok() { "/:id".into() } else { format!("/{part}") };
    path.trim_matches('/').split('/').skip(1).map(named).collect()
}

/// That the page is as it was made, whatever it shows.
#[track_caller]
fn is_whole(path: &str, page: &[Element]) {
    let leads = |name: &str| matches!(name, "href" | "src" | "action" | "formaction");
    for element in page {
        let breaks_out = |(name, value): &(String, String)| {
            name.contains("zz-") || (leads(name) && value.trim_start().starts_with("javascript:"))
        };
        let broken = element.name.contains("zz-") || element.attributes.iter().any(breaks_out);
        assert!(!broken, "{path}: {element:?}");
    }
}

/// Goes through the pages from `starts` on, wherever they lead; `seen` is told which kinds there were, and whether they
/// had something hostile to show.
async fn walk(visitor: &Visitor, starts: &[String], seen: &mut BTreeMap<String, bool>) {
    let (mut known, mut open) = (BTreeSet::new(), starts.to_vec());
    let mut followed: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(path) = open.pop() {
        if !known.insert(path.clone()) {
            continue;
        }
        let page = visitor.get(&path).await;
        assert!(page.status < 500, "{path}: {}", page.text);
        let whole = elements(&page.text);
        is_whole(&path, &whole);
        if page.status == 200 {
            *seen.entry(route(&path)).or_default() |= page.text.contains(SHOWN);
        }
        for element in &whole {
            let link = element.attribute("href").and_then(|link| link.split('#').next()).unwrap_or_default();
            if !link.starts_with("/en") || known.contains(link) {
                continue;
            }
            let count = followed.entry(route(link)).or_default();
            if *count < OF_ONE_KIND {
                *count += 1;
                open.push(link.to_owned());
            }
        }
    }
}

/// That one of the page's text areas holds just `text`.
#[track_caller]
fn holds(page: &Answer, text: &str) {
    let whole = elements(&page.text);
    is_whole(&page.asked, &whole);
    let areas = whole.iter().filter(|one| one.name == "textarea");
    let areas: Vec<&str> = areas.map(|one| one.text.as_str()).collect();
    assert!(areas.contains(&text), "{}: {areas:?}", page.asked);
}

on_both_databases! {
    async fn whatever_people_write_is_text_on_every_page(database: TestDatabase) {
        let world = World::of(&database, plant(), None).await;
        let bookings = book(&world).await;
        want(&world).await;
        let calls = calls(&world).await;
        let stranger = stranger(&world, &database).await;
        world.settle().await;

        let mut starts = Vec::new();
        for id in &bookings {
            let booking = format!("/en/bookings/{id}");
            let moved = format!("{booking}/move?from=2026-12-22&to=2026-12-25");
            starts.extend([format!("{booking}/cancel"), booking, moved, format!("/en/desk/requests/{id}")]);
        }
        for id in &calls {
            starts.extend([format!("/en/calls/{id}"), format!("/en/desk/calls/{id}")]);
        }
        for (sort, code) in [("line", "press-0"), ("pool", "crew"), ("route", "tablets"), ("matrix", "solid"),
            ("calendar", "always")]
        {
            let part = format!("/en/setup/part?sort={sort}&code={code}");
            starts.extend([format!("{part}&as=text"), part]);
        }
        let line = world.plant.line(0);
        starts.extend(["", "/close", "/down"].map(|page| format!("/en/lines/{line}{page}?month=2026-12")));
        let search = search_path(&query(9, 22)).replace("/api/v1/offers", "");
        starts.extend(["", "/desk/book", "/room"].map(|page| format!("/en{page}{search}")));
        let pages = ["", "/account", "/calls", "/campaigns", "/company", "/desk", "/desk/bookings", "/desk/conflicts",
            "/desk/fairness", "/district", "/district/companies", "/lines", "/notices", "/setup", "/verification"];
        starts.extend(pages.map(|page| format!("/en{page}")));

        let mut seen = BTreeMap::new();
        let (one, two, anybody) = (&world.one, &world.two.member, world.app.visitor());
        let staff = [&world.operator, &world.qa, &world.district];
        for visitor in [&one.member, &one.admin, two, &stranger, &anybody].into_iter().chain(staff) {
            walk(visitor, &starts, &mut seen).await;
        }
        for page in PAGES {
            assert_eq!(seen.get(page), Some(&true), "{page}: {seen:?}");
        }

        // As it is called, and not as HTML writes it.
        let page = one.member.get(&format!("/en/calls/{}", calls[0])).await;
        let title = elements(&page.text).into_iter().find(|element| element.name == "title").expect("a title");
        assert!(title.text.starts_with(HOSTILE), "{}", title.text);
        world.close(&database).await;
    }

    async fn a_text_area_holds_what_was_typed_into_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, operator) = (&world.one.member, &world.operator);
        let held = world.hold_best(client, &query(5, 5), "P").await;
        let asked = world.hold_best(client, &query(9, 9), "Q").await;
        world.act(client, id(&asked), "request", details()).await.expect(200);
        let call = call(&world, "2026-11-29T16:00:00Z").await;
        let long = format!("{TYPED}{}", "x".repeat(1001));
        let (booking, request) =
            (format!("/en/bookings/{}", id(&held)), format!("/en/desk/requests/{}", id(&asked)));
        let desk = format!("/en/desk/calls/{}", id(&call));
        let opened = json!({"title": "T", "from": "2027-03-05", "to": "2027-03-31", "closes_at": "2027-01-01",
            "closes_time": "00:00", "rule": "lottery", "hold_days": "3", "criteria": TYPED});
        // Each is refused, and comes back with what was typed.
        for (visitor, to, here, fields, text) in [
            (client, "send-request", booking.as_str(), json!({"id": held["id"], "details[remark]": TYPED}), TYPED),
            (operator, "decline", request.as_str(), json!({"id": asked["id"], "reason": long}), long.as_str()),
            (operator, "cancel-call", desk.as_str(), json!({"id": call["id"], "reason": long}), long.as_str()),
            (operator, "open-call", "/en/desk/calls/new", opened, TYPED),
            (&world.district, "reject-company", "/en/district/companies",
                json!({"company": world.one.organisation, "reason": long}), long.as_str()),
        ] {
            let page = send(visitor, (to, here), fields).await;
            page.expect(422);
            holds(&page, text);
        }
        // A draft is kept without what is blank around it.
        let draft = json!({"id": held["id"], "details[remark]": TYPED});
        send(client, ("save-draft", booking.as_str()), draft).await.expect(303);
        holds(&client.get(&booking).await, TYPED.trim());
        world.close(&database).await;
    }
}

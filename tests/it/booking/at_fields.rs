//! What is wrong with a form is said at its field, which refers to those words, so that they are read out there too.
//! Where that is all that is wrong, no note above the form says it once more.

use serde_json::{Value, json};
use tests::{
    Visitor,
    app::{Answer, PASSWORD},
    on_both_databases,
};
use uuid::Uuid;

use super::{World, outages::id, world::query};

/// The tag of the element with this id.
fn tag<'a>(page: &'a str, id: &str) -> Option<&'a str> {
    let marked = format!(" id=\"{id}\"");
    page.split('<').map(|rest| rest.split('>').next().unwrap_or_default()).find(|tag| tag.contains(&marked))
}

/// Sends the form that posts to `to` from the English page `here`.
async fn send(visitor: &Visitor, (to, here): (&str, &str), mut typed: Value) -> Answer {
    for (name, value) in
        [("here", here.to_owned()), ("next", here.to_owned()), ("key", Uuid::now_v7().to_string())]
    {
        typed[name] = json!(value);
    }
    visitor.post_form(&format!("/do/{to}"), &typed).await
}

/// That the page says at each of these fields what is wrong with it.
#[track_caller]
fn is_said_at(page: &Answer, fields: &[&str]) {
    page.expect(422);
    for field in fields {
        let told = format!("{field}-problem");
        let words = tag(&page.text, &told).unwrap_or_else(|| panic!("nothing at {field}: {}", page.text));
        assert!(words.contains("complaint"), "{words}");
        let control = tag(&page.text, field).unwrap_or_else(|| panic!("no {field}: {}", page.text));
        assert!(control.contains("aria-invalid=\"true\"") && control.contains(&told), "{control}");
    }
}

on_both_databases! {
    async fn a_complaint_is_at_its_field_and_nowhere_else(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, member, district) = (&world.one, &world.one.member, &world.district);
        let company = one.organisation.to_string();
        let held = world.hold_best(member, &query(5, 5), "P").await;
        let confirmed = world.confirmed(&query(9, 9), "Q").await;
        let reset = one.admin.post("/api/v1/password-resets", json!({"email": "member@company1.example"})).await;
        let invited = json!({"email": "new@company1.example", "role": "company_member"});
        let invited = one.admin.post("/api/v1/invitations", invited).await;
        let (reset, join) = (reset.string("token"), invited.string("token"));

        let new = world.app.visitor();
        let (booking, cancelled) = (id(&held), id(&confirmed));
        let [score, day, reason] = ["score", "day", "reason"].map(|name| format!("{name}-{company}"));
        let long = "x".repeat(1001);
        let said = [
            (member, "change-account", "/account".to_owned(), json!({"name": " ", "locale": "en"}), vec!["name"]),
            (member, "change-password", "/account".to_owned(), json!({"current": PASSWORD, "new": "short"}), vec!["new"]),
            (&one.admin, "invite", "/company".to_owned(), json!({"email": "nobody", "role": "company_member"}),
                vec!["invite-email"]),
            (district, "invite", "/company".to_owned(),
                json!({"email": "nobody", "role": "platform_admin", "organisation": world.plant.platform.0}),
                vec!["platform-email"]),
            (&new, "join", format!("/join?token={join}"), json!({"token": join, "name": "", "password": "short"}),
                vec!["name", "password"]),
            (&new, "choose-password", format!("/reset?token={reset}"), json!({"token": reset, "password": "short"}),
                vec!["password"]),
            (member, "withdraw", format!("/bookings/{booking}"), json!({"id": booking, "reason": long}), vec!["reason"]),
            (member, "cancel", format!("/bookings/{cancelled}/cancel"),
                json!({"id": cancelled, "quoted_fee_fen": 0, "reason": long}), vec!["reason"]),
            (district, "reject-company", "/district/companies".to_owned(), json!({"company": company, "reason": " "}),
                vec![&*reason]),
            (district, "record-innovation", "/district/companies".to_owned(),
                json!({"company": company, "score": 1001, "assessed_on": "2026-06-30"}), vec![&*score]),
            (district, "record-innovation", "/district/companies".to_owned(),
                json!({"company": company, "score": 640, "assessed_on": "2027-06-30"}), vec![&*day]),
        ];
        for (visitor, to, here, typed, fields) in said {
            let here = format!("/en{here}");
            let page = send(visitor, (to, here.as_str()), typed).await;
            is_said_at(&page, &fields);
            assert!(!page.text.contains("note bad"), "{to} says it twice: {}", page.text);
        }
        world.close(&database).await;
    }

    async fn times_on_the_line_are_complained_of_where_they_are(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let line = world.plant.line(0);
        let order = json!({"line": line, "start": "2026-12-09T16:00:00Z", "end": "2026-12-11T16:00:00Z",
            "kind": "hvac", "note": "filters"});
        let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
        let closure = id(&closed.expect(201)["closure"]);
        let ends = json!({"id": closure, "start": "2026-12-11", "start_time": "08:00", "end": "2026-12-10",
            "end_time": "08:00"});
        let month = format!("/en/lines/{line}?month=2026-12");
        let page = send(&world.operator, ("shorten-closure", month.as_str()), ends).await;
        is_said_at(&page, &[format!("until-{closure}").as_str()]);
        let begins = json!({"id": closure, "start": "2026-12-10", "start_time": "soon", "end": "2026-12-11",
            "end_time": "08:00"});
        let page = send(&world.operator, ("shorten-closure", month.as_str()), begins).await;
        is_said_at(&page, &[format!("from-{closure}").as_str()]);

        let order = json!({"line": line, "until": "2026-11-24T00:00:00Z", "kind": "breakdown", "reason": "motor"});
        let down = world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await;
        let outage = id(&down.expect(201)["outage"]);
        let longer = json!({"id": outage, "until": "2198-01-01", "until_time": "08:00"});
        let down = format!("/en/lines/{line}/down");
        let page = send(&world.operator, ("end-outage", down.as_str()), longer).await;
        is_said_at(&page, &[format!("until-{outage}").as_str()]);
        world.close(&database).await;
    }
}

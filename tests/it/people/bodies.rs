//! Bodies that are too much or make no sense.

use serde_json::json;
use tests::{App, app::People, on_both_databases};

const PATH: &str = "/api/v1/organisations";

on_both_databases! {
    async fn what_is_no_json_is_told_so(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let deep = "[".repeat(100_000);
        for body in ["", "{", "{\"company\": ", "\u{feff}{}", "{'a': 1}", deep.as_str(), "{\"company\": \"\\ud800\"}"] {
            let request = visitor.request("POST", PATH).header("content-type", "application/json").body(body.to_owned());
            visitor.send(request).await.problem(400, "unreadable");
        }
        let request = visitor.request("POST", PATH).header("content-type", "application/json").body(vec![0xff, 0xfe]);
        visitor.send(request).await.problem(400, "unreadable");
        let trailing = format!("{} {{}}", People::registration(1));
        let request = visitor.request("POST", PATH).header("content-type", "application/json").body(trailing);
        visitor.send(request).await.problem(400, "unreadable");
        assert_eq!(database.number("SELECT count(*) FROM organisation").await, 0);
        for (body, field, problem) in [
            (json!([]), "body", "malformed"),
            (json!(["Company", null, "code", "contact"]), "body", "malformed"),
            (json!("company"), "body", "malformed"),
            (json!(null), "body", "malformed"),
            (json!({}), "company", "missing"),
            (json!({"company": {"a": [1]}}), "company", "malformed"),
        ] {
            visitor.post(PATH, body).await.invalid(field, problem);
        }
    }

    async fn another_media_type_is_refused(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let body = People::registration(1).to_string();
        for media in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
            let request = visitor.request("POST", PATH).header("content-type", media).body(body.clone());
            visitor.send(request).await.problem(415, "wrong-media");
        }
        let request = visitor.request("POST", PATH).header("content-type", "Application/JSON; charset=utf-8");
        visitor.send(request.body(body)).await.expect(201);
    }

    async fn a_body_over_the_limit_is_refused_however_large(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        for kib in [257, 10 * 1024] {
            let body = json!({"company": "x".repeat(kib * 1024)});
            visitor.post(PATH, body).await.problem(413, "too-large");
        }
        let mut fits = People::registration(1);
        fits["company"] = "x".repeat(250 * 1024).into();
        visitor.post(PATH, fits).await.invalid("company", "too_long");
        assert_eq!(database.number("SELECT count(*) FROM organisation").await, 0);
    }
}

//! Writes come from the site's own pages.

use serde_json::json;
use tests::{App, app::People, on_both_databases};

on_both_databases! {
    async fn a_foreign_page_writes_nothing(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let change = || visitor.request("PATCH", "/api/v1/organisations/own").json(&json!({"contact": "Mallory"}));
        for request in [
            change(),
            change().header("origin", "https://evil.example"),
            change().header("origin", "null"),
            change().header("origin", "http://127.0.0.1:1"),
            change().header("referer", "https://evil.example/page"),
            change().header("sec-fetch-site", "cross-site").header("origin", &app.address),
            change().header("sec-fetch-site", "same-site"),
        ] {
            visitor.send(request).await.problem(403, "foreign-origin");
        }
        let own = visitor.get("/api/v1/organisations/own").await;
        assert_eq!(own.expect(200)["contact"], "Chen, 0451-0000000");
        for request in [
            change().header("origin", &app.address),
            change().header("referer", format!("{}/zh-CN/search?q=1", app.address)),
            change().header("sec-fetch-site", "same-origin"),
        ] {
            visitor.send(request).await.expect(200);
        }
    }

    async fn a_token_needs_no_origin(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let token = visitor.post("/api/v1/tokens", json!({"name": "ERP"})).await.string("secret");
        let program = visitor.with_token(&token);
        let change = program.request("PATCH", "/api/v1/organisations/own").json(&json!({"contact": "Robot"}));
        program.send(change).await.expect(200);
    }
}

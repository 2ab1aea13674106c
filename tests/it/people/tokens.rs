//! Bearer tokens.

use serde_json::json;
use tests::{App, app::People, on_both_databases};

const DAY: i64 = 86_400;

on_both_databases! {
    async fn a_token_acts_for_its_account_until_it_ends(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (organisation, visitor) = people.unverified_company(1).await;
        let made = visitor.post("/api/v1/tokens", json!({"name": "ERP", "days": 2})).await;
        made.expect(201);
        let program = visitor.with_token(&made.string("secret"));
        let viewer = program.get("/api/v1/sessions/current").await;
        assert_eq!(viewer.expect(200)["organisation"], organisation.to_string());
        let listed = program.get("/api/v1/tokens").await;
        assert_eq!(listed.expect(200)[0]["name"], "ERP");
        assert!(!listed.text.contains(&made.string("secret")), "shown once");
        assert!(listed.body[0]["last_used_at"].is_string());

        program.post("/api/v1/tokens", json!({"name": "next"})).await.problem(403, "forbidden");
        let password = json!({"current": "x", "new": "a longer password"});
        program.post("/api/v1/accounts/me/password", password).await.problem(403, "forbidden");
        app.clock.advance(2 * DAY);
        program.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
    }

    async fn a_token_is_revoked_by_its_owner_only(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let other = people.company(2).await;
        let made = company.member.post("/api/v1/tokens", json!({"name": "ERP"})).await;
        let path = format!("/api/v1/tokens/{}", made.body["token"]["id"].as_str().expect("an id"));
        for stranger in [&company.admin, &other.admin, &people.district_admin] {
            stranger.delete(&path).await.problem(404, "not-found");
            let listed = stranger.get("/api/v1/tokens").await;
            assert_eq!(listed.expect(200), &json!([]));
        }
        let program = company.member.with_token(&made.string("secret"));
        program.get("/api/v1/organisations/own").await.expect(200);
        company.member.delete(&path).await.expect(204);
        program.get("/api/v1/organisations/own").await.problem(401, "unauthenticated");
        company.member.delete(&path).await.problem(404, "not-found");
    }

    async fn what_is_no_token_is_told_so(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        for authorization in ["Bearer unknown", "Bearer ", "Basic YTpi", "nonsense", "Bearer \u{1f9ea}"] {
            let request = visitor.request("GET", "/healthz");
            let value = reqwest::header::HeaderValue::from_bytes(authorization.as_bytes()).expect("a header");
            let answer = visitor.send(request.header("authorization", value)).await;
            answer.problem(401, "unauthenticated");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
        }
        let people = People::found(&app).await;
        for (body, field, problem) in [
            (json!({"name": "ERP", "days": 0}), "days", "out_of_range"),
            (json!({"name": "ERP", "days": 367}), "days", "out_of_range"),
            (json!({"name": "ERP", "days": -1}), "days", "malformed"),
            (json!({"name": ""}), "name", "missing"),
        ] {
            people.district_admin.post("/api/v1/tokens", body).await.invalid(field, problem);
        }
    }
}

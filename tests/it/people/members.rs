//! The people of an organisation.

use serde_json::json;
use tests::{
    App,
    app::{People, Visitor},
    on_both_databases,
};

async fn account(visitor: &Visitor) -> String {
    visitor.get("/api/v1/accounts/me").await.string("id")
}

on_both_databases! {
    async fn an_organisation_keeps_an_administrator(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let own = format!("/api/v1/organisations/own/members/{}", account(&company.admin).await);
        let role = format!("{own}/role");
        let demoted = json!({"role": "company_member"});
        let answer = company.admin.ask("PUT", &role, Some(demoted.clone())).await;
        answer.invalid("role", "last_administrator");
        company.admin.delete(&own).await.invalid("role", "last_administrator");

        let promoted = format!("/api/v1/organisations/own/members/{}/role", account(&company.member).await);
        company.member.ask("PUT", &promoted, Some(json!({"role": "company_admin"}))).await.problem(403, "forbidden");
        company.admin.ask("PUT", &promoted, Some(json!({"role": "qa"}))).await.invalid("role", "unknown");
        company.admin.ask("PUT", &promoted, Some(json!({"role": "company_admin"}))).await.expect(204);
        company.admin.ask("PUT", &role, Some(demoted)).await.expect(204);
        company.admin.get("/api/v1/invitations").await.problem(403, "forbidden");
        company.member.get("/api/v1/invitations").await.expect(200);
    }

    async fn who_is_taken_out_is_out_at_once(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let other = people.company(2).await;
        let token = company.member.post("/api/v1/tokens", json!({"name": "ERP"})).await.string("secret");
        let member = format!("/api/v1/organisations/own/members/{}", account(&company.member).await);
        other.admin.delete(&member).await.problem(404, "not-found");
        company.admin.delete(&member).await.expect(204);
        company.member.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        company.member.with_token(&token).get("/api/v1/tokens").await.problem(401, "unauthenticated");
        company.member.sign_in("member@company1.example", tests::app::PASSWORD).await.problem(403, "forbidden");
    }

    async fn a_profile_changes_but_for_what_was_verified(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, admin) = people.unverified_company(1).await;
        let path = "/api/v1/organisations/own";
        let change = json!({"contact": "Zhao", "size": "medium", "name_en": "Example"});
        let changed = admin.ask("PATCH", path, Some(change)).await;
        let body = changed.expect(200);
        assert_eq!((&body["contact"], &body["size"], &body["name"]["en"]),
            (&json!("Zhao"), &json!("medium"), &json!("Example")));
        admin.ask("PATCH", path, Some(json!({"in_district": true}))).await.invalid("in_district", "unknown");
        admin.ask("PATCH", path, Some(json!({"size": "huge"}))).await.invalid("size", "unknown");
        // At its page the field says so.
        for (language, words) in [("en", "Size: there is no “huge”."), ("zh", "规模：没有“huge”。")] {
            let form = json!({"size": "huge", "here": format!("/{language}/company")});
            let refused = admin.post_form("/do/change-profile", &form).await;
            refused.expect(422);
            assert!(refused.text.contains(words) && refused.text.contains("id=\"size-problem\""), "{}", refused.text);
        }
        let account = admin.ask("PATCH", "/api/v1/accounts/me", Some(json!({"name": "王", "locale": "en"}))).await;
        assert_eq!((&account.expect(200)["name"], &account.body["locale"]), (&json!("王"), &json!("en")));
    }
}

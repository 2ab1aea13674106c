//! A company registers.

use serde_json::json;
use tests::{
    App,
    app::{PASSWORD, People, credit_code},
    on_both_databases,
};

on_both_databases! {
    async fn a_company_registers_once(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let made = visitor.post("/api/v1/organisations", People::registration(1)).await;
        let body = made.expect(201);
        assert_eq!(body["kind"], "company");
        assert_eq!(body["credit_code"], credit_code(1));
        assert_eq!(body["name"]["zh"], "示例药业1有限公司");
        assert!(body["verified_at"].is_null());
        assert!(made.header("set-cookie").is_empty());

        visitor.sign_in("Admin@Company1.example", PASSWORD).await.expect(201);
        let viewer = visitor.get("/api/v1/sessions/current").await;
        assert_eq!(viewer.expect(200)["verified"], false);
        assert_eq!(viewer.body["role"], "company_admin");

        let mut again = People::registration(2);
        again["credit_code"] = credit_code(1).to_lowercase().into();
        visitor.post("/api/v1/organisations", again).await.invalid("credit_code", "taken");
        let mut again = People::registration(2);
        again["email"] = "ADMIN@company1.example".into();
        visitor.post("/api/v1/organisations", again).await.invalid("email", "taken");
        assert_eq!(database.number("SELECT count(*) FROM organisation").await, 1, "nothing half written");
        assert_eq!(database.number("SELECT count(*) FROM account").await, 1);
    }

    async fn of_many_registrations_at_once_one_wins(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitors: Vec<_> = (0..8).map(|_| app.visitor()).collect();
        let asked = visitors.iter().enumerate().map(|(n, visitor)| {
            let mut body = People::registration(1);
            body["email"] = format!("person{n}@company.example").into();
            visitor.post("/api/v1/organisations", body)
        });
        let answers = futures::future::join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            answer.invalid("credit_code", "taken");
        }
        assert_eq!(database.number("SELECT count(*) FROM account").await, 1);
    }

    async fn every_wrong_field_is_named(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let long = "长".repeat(201);
        for (field, value, problem) in [
            ("company", json!("  "), "missing"),
            ("company", json!(long), "too_long"),
            ("company", json!("a\u{202e}b"), "invisible"),
            ("company", json!("a\nb"), "invisible"),
            ("company", json!("\u{200b}"), "missing"),
            ("company", json!(7), "malformed"),
            ("credit_code", json!(""), "missing"),
            ("credit_code", json!("91230109MA00000010"), "malformed"),
            ("credit_code", json!("九一三五〇一〇〇"), "malformed"),
            ("contact", json!(""), "missing"),
            ("size", json!("huge"), "unknown"),
            ("name", json!("\u{0}"), "invisible"),
            ("email", json!("nobody"), "malformed"),
            ("email", json!("ünïcode@example.com"), "malformed"),
            ("email", json!("a@b@example.com"), "malformed"),
            ("password", json!("short"), "too_short"),
            ("password", json!("x".repeat(201)), "too_long"),
            ("locale", json!("ru"), "unknown"),
            ("in_district", json!("yes"), "malformed"),
            ("surprise", json!(1), "unknown"),
        ] {
            let mut body = People::registration(1);
            body[field] = value;
            visitor.post("/api/v1/organisations", body).await.invalid(field, problem);
        }
        let mut body = People::registration(1);
        (body["company"], body["email"], body["password"]) = (json!(""), json!("nobody"), json!("short"));
        let told = visitor.post("/api/v1/organisations", body).await.problem(422, "invalid")["faults"].clone();
        let told: Vec<_> = told.as_array().expect("faults").iter().map(|fault| fault["field"].clone()).collect();
        assert_eq!(told, ["company", "email", "password"]);

        let mut body = People::registration(1);
        body.as_object_mut().expect("an object").remove("credit_code");
        visitor.post("/api/v1/organisations", body).await.invalid("credit_code", "missing");
        assert_eq!(database.number("SELECT count(*) FROM organisation").await, 0);

        let mut body = People::registration(1);
        body["company"] = "مختبر🧪实验室".into();
        visitor.post("/api/v1/organisations", body).await.expect(201);
    }
}

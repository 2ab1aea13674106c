//! Verifying companies.

use serde_json::json;
use tests::{
    App,
    app::{People, bare_platform},
    on_both_databases,
};
use uuid::Uuid;

on_both_databases! {
    async fn a_platform_verifies_and_the_district_withdraws(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let platform = bare_platform(&database, "one").await;
        let operator = people.staff(platform, "operator", "operator@one.example").await;
        let path = format!("/api/v1/organisations/{company}/verification");
        admin.ask("POST", &path, None).await.problem(403, "forbidden");
        let verified = operator.ask("POST", &path, None).await;
        assert_eq!(verified.expect(200)["verified_at"], "2026-11-23T00:00:00Z");
        app.clock.advance(60);
        let again = people.district_admin.ask("POST", &path, None).await;
        assert_eq!(again.expect(200)["verified_at"], "2026-11-23T00:00:00Z", "the first one counts");
        assert_eq!(admin.get("/api/v1/sessions/current").await.expect(200)["verified"], true);

        operator.delete(&path).await.problem(403, "forbidden");
        people.district_admin.delete(&path).await.expect(200);
        assert_eq!(admin.get("/api/v1/sessions/current").await.expect(200)["verified"], false);
    }

    async fn who_was_turned_away_corrects_what_was_wrong_and_is_looked_at_again(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        people.unverified_company(2).await;
        let waiting = async || {
            let page = people.district_admin.get("/api/v1/organisations?verified=false").await;
            let page = page.expect(200)["items"].as_array().expect("a list").clone();
            page.iter().any(|item| item["id"] == company.to_string())
        };
        let path = format!("/api/v1/organisations/{company}/rejection");
        people.district_admin.ask("POST", &path, Some(json!({"reason": "another name"}))).await.expect(200);
        assert!(!waiting().await);
        let page = admin.get("/en/company").await.text;
        assert!(page.contains("another name") && page.contains("name=\"credit_code\""), "{page}");
        let change = async |change: serde_json::Value| admin.ask("PATCH", "/api/v1/organisations/own", Some(change)).await;
        change(json!({"size": "medium", "name_en": "Jia Pharma"})).await.expect(200);
        change(json!({"contact": "Chen, 0451-0000000"})).await.expect(200);
        assert!(!waiting().await, "nothing of that is what is verified");
        change(json!({"credit_code": tests::app::credit_code(2)})).await.invalid("credit_code", "taken");
        assert!(!waiting().await, "nothing was corrected");
        change(json!({"name": "甲制药（哈尔滨）", "credit_code": tests::app::credit_code(3)})).await.expect(200);
        assert!(waiting().await);
        let path = format!("/api/v1/organisations/{company}/verification");
        people.district_admin.ask("POST", &path, None).await.expect(200);
        // What was verified stays.
        change(json!({"name": "乙制药"})).await.problem(403, "forbidden");
        change(json!({"name": "甲制药（哈尔滨）", "contact": "Wu"})).await.expect(200);
        let page = admin.get("/en/company").await.text;
        assert!(!page.contains("name=\"credit_code\""), "{page}");
    }

    async fn who_was_turned_away_for_its_contact_corrects_that_alone_and_waits_again(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let away = format!("/api/v1/organisations/{company}/rejection");
        people.district_admin.post(&away, json!({"reason": "nobody answers there"})).await.expect(200);
        let save = async |change: serde_json::Value| {
            let mut form = json!({"here": "/en/company"});
            for (name, value) in change.as_object().expect("fields") {
                form[name] = value.clone();
            }
            admin.post_form("/do/change-profile", &form).await
        };
        let sized = save(json!({"size": "medium"})).await;
        sized.expect(200);
        assert!(sized.text.contains("nobody answers there"), "{}", sized.text);
        let corrected = save(json!({"contact": "Chen, 0451-1111111"})).await;
        corrected.expect(200);
        assert!(corrected.text.contains("Your company waits to be verified"), "{}", corrected.text);
        assert!(!corrected.text.contains("nobody answers there"), "{}", corrected.text);
        let waiting = people.district_admin.get("/api/v1/organisations?verified=false").await;
        let items = waiting.expect(200)["items"].as_array().expect("a list");
        assert_eq!((items.len(), &items[0]["contact"]), (1, &json!("Chen, 0451-1111111")));
        let records = "SELECT count(*) FROM decision WHERE action = 'correct_registration'";
        assert_eq!(database.number(records).await, 1);
        // Once it is verified, how it is reached is its own.
        people.district_admin.ask("POST", &format!("/api/v1/organisations/{company}/verification"), None).await.expect(200);
        save(json!({"contact": "Wu, 0451-2222222"})).await.expect(200);
        assert_eq!(admin.get("/api/v1/sessions/current").await.expect(200)["verified"], true);
        assert_eq!(database.number(records).await, 1);
    }

    async fn a_name_in_english_that_was_only_the_registered_one_follows_it(database: TestDatabase) {
        let app = App::start(&database).await;
        let admin = app.visitor();
        let mut body = People::registration(1);
        body.as_object_mut().expect("an object").remove("company_en");
        admin.post("/api/v1/organisations", body).await.expect(201);
        admin.sign_in("admin@company1.example", tests::app::PASSWORD).await.expect(201);
        // The form sends every field, the copy as it was shown too.
        let renamed = async |zh: &str, en: &str| {
            let change = json!({"name": zh, "name_en": en, "contact": "Chen, 0451-0000000"});
            let changed = admin.ask("PATCH", "/api/v1/organisations/own", Some(change)).await;
            changed.expect(200)["name"].clone()
        };
        assert_eq!(renamed("甲制药", "示例药业1有限公司").await, json!({"zh": "甲制药", "en": "甲制药"}));
        assert_eq!(renamed("甲制药", "Jia Pharma").await, json!({"zh": "甲制药", "en": "Jia Pharma"}));
        assert_eq!(renamed("乙制药", "Jia Pharma").await, json!({"zh": "乙制药", "en": "Jia Pharma"}));
    }

    async fn verifying_is_on_record_and_told_to_the_company(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let (_, stranger) = people.unverified_company(2).await;
        let path = format!("/api/v1/organisations/{company}/verification");
        for _ in 0..2 {
            people.district_admin.ask("POST", &path, None).await.expect(200);
        }
        for _ in 0..2 {
            people.district_admin.delete(&path).await.expect(200);
        }
        let decisions = database.rows("SELECT action, account, inputs, outcome FROM decision ORDER BY id", vec![]).await;
        let decisions: Vec<(String, bool, bool, String)> = decisions.expect("rows").iter().map(|row| (
            row.try_get("", "action").expect("an action"),
            row.try_get::<Option<Uuid>>("", "account").expect("an account").is_some(),
            row.try_get::<String>("", "inputs").expect("inputs").contains(&company.to_string()),
            row.try_get("", "outcome").expect("an outcome"),
        )).collect();
        let told = |action: &str, verified: bool| (action.into(), true, true, json!({"verified": verified}).to_string());
        assert_eq!(decisions, [told("verify_company", true), told("withdraw_verification", false)], "once each");

        server::usecase::relay::relay(&app.state).await.expect("a relay");
        let page = admin.get("/api/v1/notices").await;
        let kinds: Vec<_> = page.expect(200)["items"].as_array().expect("a list").iter().map(|item| item["kind"].clone()).collect();
        assert_eq!(kinds, ["verification_withdrawn", "company_verified"]);
        assert_eq!(stranger.get("/api/v1/notices").await.expect(200)["items"], json!([]));
    }

    async fn the_district_turns_away_who_is_verified_and_says_why(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let at = |deed: &str| format!("/api/v1/organisations/{company}/{deed}");
        let district = &people.district_admin;
        district.ask("POST", &at("verification"), None).await.expect(200);
        let why = json!({"reason": "已注销"});
        let platform = bare_platform(&database, "one").await;
        let operator = people.staff(platform, "operator", "operator@one.example").await;
        operator.post(&at("rejection"), why.clone()).await.problem(404, "not-found");
        let known = || async { admin.get("/api/v1/sessions/current").await.expect(200)["verified"].clone() };
        assert_eq!(known().await, true);
        for _ in 0..2 {
            assert_eq!(district.post(&at("rejection"), why.clone()).await.expect(200)["verified_at"], json!(null));
        }
        assert_eq!(known().await, false);
        server::usecase::relay::relay(&app.state).await.expect("a relay");
        let told = admin.get("/api/v1/notices").await;
        let told = told.expect(200)["items"].as_array().expect("a list");
        assert_eq!((&told[0]["kind"], &told[0]["reason"], told.len()), (&json!("verification_withdrawn"), &json!("已注销"), 2));
    }

    async fn who_is_turned_away_reads_why_and_may_still_be_verified(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let (verified, away) = (
            format!("/api/v1/organisations/{company}/verification"),
            format!("/api/v1/organisations/{company}/rejection"),
        );
        let waiting = "/api/v1/organisations?verified=false";
        let district = &people.district_admin;
        let count = |answer: &tests::app::Answer| answer.body["items"].as_array().map(Vec::len);
        assert_eq!(count(&district.get(waiting).await), Some(1));
        district.post(&away, json!({"reason": " "})).await.invalid("reason", "missing");
        admin.post(&away, json!({"reason": "no"})).await.problem(403, "forbidden");
        district.post(&away, json!({"reason": "统一社会信用代码与名称不符"})).await.expect(200);
        district.post(&away, json!({"reason": "a second time"})).await.expect(200);
        assert_eq!(count(&district.get(waiting).await), Some(0), "it waits no longer");
        assert_eq!(admin.get("/api/v1/sessions/current").await.expect(200)["verified"], false);
        server::usecase::relay::relay(&app.state).await.expect("a relay");
        let told = admin.get("/api/v1/notices").await;
        assert_eq!(told.expect(200)["items"][0]["kind"], "company_rejected");
        assert_eq!(told.body["items"][0]["reason"], "统一社会信用代码与名称不符");
        assert_eq!(count(&told), Some(1), "once");

        district.ask("POST", &verified, None).await.expect(200);
        district.ask("POST", &verified, None).await.expect(200);
        server::usecase::relay::relay(&app.state).await.expect("a relay");
        let told = admin.get("/api/v1/notices").await;
        assert_eq!(told.expect(200)["items"][0]["kind"], "company_verified");
        assert_eq!(count(&told), Some(2));
        // Who loses the verification waits again: the rejection is void.
        district.delete(&verified).await.expect(200);
        assert_eq!(count(&district.get(waiting).await), Some(1));
    }

    async fn only_companies_are_verified(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let platform = bare_platform(&database, "one").await;
        for id in [platform, people.district().await, Uuid::now_v7()] {
            let path = format!("/api/v1/organisations/{id}/verification");
            people.district_admin.ask("POST", &path, None).await.problem(404, "not-found");
        }
        let path = "/api/v1/organisations/not-a-uuid/verification";
        people.district_admin.ask("POST", path, None).await.problem(404, "not-found");
    }

    async fn companies_are_listed_in_pages(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        for number in 1..=5 {
            app.visitor().post("/api/v1/organisations", People::registration(number)).await.expect(201);
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = people.district_admin.get(&format!("/api/v1/organisations?limit=2&cursor={cursor}")).await;
            let items = page.expect(200)["items"].as_array().expect("a list").clone();
            assert!(items.len() <= 2);
            seen.extend(items.iter().map(|item| item["contact"].clone()).zip(items.iter().map(|item| item["id"].clone())));
            match page.body["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(seen.len(), 5, "all of them, once");
        let verified = people.district_admin.get("/api/v1/organisations?verified=true").await;
        assert_eq!(verified.expect(200)["items"], json!([]));
        for (query, field, problem) in [
            ("limit=0", "limit", "out_of_range"),
            ("limit=201", "limit", "out_of_range"),
            ("limit=many", "limit", "malformed"),
            ("cursor=%F0%9F%A7%AA", "cursor", "malformed"),
            ("verified=maybe", "verified", "malformed"),
        ] {
            let answer = people.district_admin.get(&format!("/api/v1/organisations?{query}")).await;
            answer.invalid(field, problem);
        }
    }
}

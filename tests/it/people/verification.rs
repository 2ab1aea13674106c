//! Verifying companies.

use serde_json::json;
use tests::{
    App,
    app::{People, bare_platform, credit_code},
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

    async fn how_far_it_is_reads_the_same_wherever_it_stands(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let read = async |path: &str| admin.get(path).await.text;
        let waits = "compares its name and credit code with the public register, usually within one working day";
        for path in ["/en/verification", "/en/company"] {
            let page = read(path).await;
            assert!(page.contains(waits), "{path}: {page}");
        }
        let code = credit_code(1);
        let (page, waiting) = (read("/en/company").await, read("/en/verification").await);
        assert_eq!(page.matches(&code).count(), 1, "where it can be corrected, and nowhere else: {page}");
        assert!(waiting.contains("only holding it has to wait"), "{waiting}");
        let path = format!("/api/v1/organisations/{company}/verification");
        people.district_admin.ask("POST", &path, None).await.expect(200);
        for path in ["/en/verification", "/en/company"] {
            let page = read(path).await;
            assert!(page.contains("You can hold and book") && !page.contains("only holding"), "{path}: {page}");
        }
        assert!(read("/en/company").await.contains(&code), "it is a fact by now");
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
        change(json!({"credit_code": credit_code(2)})).await.invalid("credit_code", "taken");
        assert!(!waiting().await, "nothing was corrected");
        change(json!({"name": "甲制药（哈尔滨）", "credit_code": credit_code(3)})).await.expect(200);
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
        assert!(corrected.text.contains("Your company is waiting to be verified"), "{}", corrected.text);
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
        // Nobody reads the copy as a name in English, and sent empty it stays none.
        let page = admin.get("/en/company").await.text;
        let field = page.split("id=\"name_en\"").nth(1).and_then(|rest| rest.split('>').next()).expect("a field");
        assert!(!field.contains("甲制药"), "{field}");
        assert_eq!(renamed("甲制药", "").await, json!({"zh": "甲制药", "en": "甲制药"}));
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

    async fn the_first_registered_stands_ahead_on_every_page(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let mut ids = Vec::new();
        // Made in this order, and registered in another.
        for (number, at) in [(1, 300_i64), (2, 100), (3, 200)] {
            let (company, _) = people.unverified_company(number).await;
            let sql = "UPDATE organisation SET created_at = $1 WHERE id = $2";
            database.execute(sql, vec![at.into(), company.into()]).await.expect("another day");
            ids.push(company);
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/organisations?verified=false&limit=1&cursor={cursor}");
            let page = people.district_admin.get(&path).await;
            seen.push(page.expect(200)["items"][0]["id"].clone());
            match page.body["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(seen, [ids[1], ids[2], ids[0]].map(|id| json!(id)));
    }

    async fn companies_are_listed_by_their_names_as_they_are_read_aloud(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let district = &people.district_admin;
        for (number, zh, en) in [(1, "子细胞", "beta"), (2, "甲生物", "Gamma"), (3, "丙细胞", "Alpha")] {
            let (company, _) = people.unverified_company(number).await;
            let sql = "UPDATE organisation SET name_zh = $1, name_en = $2 WHERE id = $3";
            database.execute(sql, vec![zh.into(), en.into(), company.into()]).await.expect("another name");
            district.ask("POST", &format!("/api/v1/organisations/{company}/verification"), None).await.expect(200);
        }
        let listed = async |order: &str| {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let path = format!("/api/v1/organisations?limit=1&order={order}&cursor={cursor}");
                let page = district.get(&path).await;
                seen.push(page.expect(200)["items"][0]["name"]["en"].clone());
                match page.body["next"].as_str() {
                    Some(next) => next.clone_into(&mut cursor),
                    None => break seen,
                }
            }
        };
        assert_eq!(listed("name").await, ["Alpha", "Gamma", "beta"]);
        assert_eq!(listed("name_en").await, ["Alpha", "beta", "Gamma"]);
        assert_eq!(listed("registered").await, ["beta", "Gamma", "Alpha"]);
        district.get("/api/v1/organisations?order=size").await.invalid("order", "unknown");
        // On the page they stand so in the reader's language, with how they are reached and where they are registered.
        for (path, names) in [
            ("/zh/district/companies", ["丙细胞", "甲生物", "子细胞"]),
            ("/en/district/companies", ["Alpha", "beta", "Gamma"]),
            ("/en/district/companies?order=registered", ["beta", "Gamma", "Alpha"]),
        ] {
            let page = district.get(path).await;
            page.expect(200);
            let places = names.map(|name| page.text.find(&format!("<h2>{name}")).expect(name));
            assert!(places.is_sorted(), "{path}: {places:?}");
        }
        let page = district.get("/en/district/companies").await.text;
        for words in ["Chen, 0451-0000000", "registered outside the new area"] {
            assert_eq!(page.matches(words).count(), 3, "{words}: {page}");
        }
    }

    async fn a_company_is_found_by_a_part_of_its_name_or_by_its_code(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, _) = people.unverified_company(1).await;
        people.unverified_company(2).await;
        let sql = "UPDATE organisation SET name_en = 'Jia Pharma' WHERE id = $1";
        database.execute(sql, vec![company.into()]).await.expect("another name");
        let found = async |said: &str| {
            let page = people.district_admin.get(&format!("/api/v1/organisations?find={said}")).await;
            page.expect(200)["items"].as_array().expect("a list").len()
        };
        assert_eq!(found("jia").await, 1);
        assert_eq!(found(&credit_code(2).to_lowercase()).await, 1);
        assert_eq!(found("%25").await, 0, "a wildcard is a letter like any other");
        assert_eq!(found("").await, 2);
    }

    async fn a_wrong_decision_is_listed_and_undone_and_the_company_can_submit_itself_again(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let district = &people.district_admin;
        let at = |deed: &str| format!("/api/v1/organisations/{company}/{deed}");
        let own = "/api/v1/organisations/own/verification";
        let standing = async || admin.get(own).await.expect(200)["standing"].clone();
        let listed = async |which: &str| {
            let page = district.get(&format!("/api/v1/organisations?{which}")).await;
            page.expect(200)["items"].as_array().expect("a list").clone()
        };
        assert_eq!(standing().await, "waiting");
        district.post(&at("rejection"), json!({"reason": "another name"})).await.expect(200);
        assert_eq!(standing().await, "turned_away");
        let away = listed("turned_away=true").await;
        let why = &away[0]["turned_away"];
        assert_eq!((&why["reason"], &why["withdrawn"], &why["submitted_at"]), (&json!("another name"), &json!(false), &json!(null)));
        let page = district.get("/en/district/waiting").await.text;
        assert!(page.contains("another name") && page.contains("Verify after all"), "{page}");

        // As it is, by a button; once.
        for _ in 0..2 {
            assert_eq!(admin.ask("POST", own, None).await.expect(200)["standing"], "waiting");
        }
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'submit_again'").await, 1);
        assert!(listed("turned_away=true").await.is_empty());
        let same = listed("verified=false").await[0]["turned_away"].clone();
        assert_eq!((&same["reason"], &same["compared"], &same["former_contact"]), (&json!("another name"), &json!(true), &json!(null)));
        let page = district.get("/en/district/waiting").await.text;
        assert!(page.contains("another name") && page.contains("are as they were then"), "{page}");
        let change = json!({"contact": "Wu, 0451-1111111"});
        admin.ask("PATCH", "/api/v1/organisations/own", Some(change)).await.expect(200);
        let other = listed("verified=false").await[0]["turned_away"].clone();
        assert!(other["former_contact"].is_string() && other["former_name"].is_null(), "{other}");

        // Turned away anew it is so for the new reason; that is undone from the list.
        district.post(&at("rejection"), json!({"reason": "nobody answers"})).await.expect(200);
        assert_eq!(listed("turned_away=true").await[0]["turned_away"]["reason"], "nobody answers");
        district.ask("POST", &at("verification"), None).await.expect(200);
        assert_eq!((standing().await, listed("turned_away=true").await.len()), (json!("verified"), 0));
        server::usecase::relay::relay(&app.state).await.expect("a relay");
        let told = admin.get("/api/v1/notices").await;
        let told = told.expect(200)["items"].as_array().expect("a list");
        let again = told.iter().filter(|one| one["kind"] == "verification_asked_again").count();
        assert_eq!(again, 1);
    }

    async fn who_turned_a_company_away_is_named_to_its_own_people_alone(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let district = &people.district_admin;
        let (one, two) = (bare_platform(&database, "one").await, bare_platform(&database, "two").await);
        let operator = people.staff(one, "operator", "wang@one.example").await;
        let colleague = people.staff(one, "qa", "qa@one.example").await;
        let rival = people.staff(two, "operator", "operator@two.example").await;
        for (number, by) in [(1, &operator), (2, district)] {
            let (company, _) = people.unverified_company(number).await;
            let path = format!("/api/v1/organisations/{company}/rejection");
            by.post(&path, json!({"reason": "another name"})).await.expect(200);
        }
        let read = async |visitor: &tests::Visitor| {
            let page = visitor.get("/api/v1/organisations?turned_away=true").await;
            let all = page.expect(200)["items"].as_array().expect("a list").clone();
            let by = |one: &serde_json::Value| json!([one["turned_away"]["by"]["zh"], one["turned_away"]["person"]]);
            all.iter().map(by).collect::<Vec<_>>()
        };
        for visitor in [&operator, &colleague] {
            assert_eq!(read(visitor).await, [json!(["示例平台 one", "wang"]), json!(["示例新区", null])]);
        }
        assert_eq!(read(&rival).await, [json!(["示例平台 one", null]), json!(["示例新区", null])]);
        assert_eq!(read(district).await, [json!(["示例平台 one", null]), json!(["示例新区", "Li Guan"])]);
        let page = district.get("/zh/district/waiting").await.text;
        assert!(page.contains("示例平台 one不予通过") && page.contains("示例新区（Li Guan）不予通过"), "{page}");
        assert!(!page.contains("wang"), "{page}");
    }

    async fn withdrawn_and_turned_away_and_waiting_have_words_of_their_own(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (company, admin) = people.unverified_company(1).await;
        let at = |deed: &str| format!("/api/v1/organisations/{company}/{deed}");
        let district = &people.district_admin;
        let why = json!({"reason": "struck off"});
        let page = async || admin.get("/en/verification").await.text;
        assert!(page().await.contains("not verified yet"));
        district.post(&at("rejection"), why.clone()).await.expect(200);
        let turned_away = page().await;
        assert!(turned_away.contains("Turned away") && !turned_away.contains("withdrawn"), "{turned_away}");
        assert!(turned_away.contains("/do/submit-again"), "{turned_away}");
        district.ask("POST", &at("verification"), None).await.expect(200);
        district.post(&at("rejection"), why).await.expect(200);
        let withdrawn = page().await;
        assert!(withdrawn.contains("Verification withdrawn") && withdrawn.contains("verification withdrawn"), "{withdrawn}");
        assert!(!withdrawn.contains("urned away") && !withdrawn.contains("not verified yet"), "{withdrawn}");
        // What is saved unchanged submits nothing, and says so.
        let saved = admin.post_form("/do/change-profile", &json!({"here": "/en/company", "size": "medium"})).await;
        saved.expect(200);
        assert!(saved.text.contains("is not submitted for verification by this"), "{}", saved.text);
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

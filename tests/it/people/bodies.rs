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

    async fn what_a_parser_says_stands_beside_the_words_in_the_readers_language(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        for (language, words) in [("zh-CN", "请求不是有效的 JSON"), ("en", "The request is not valid JSON")] {
            let request = visitor.request("POST", PATH).header("content-type", "application/json");
            let answer = visitor.send(request.header("accept-language", language).body("{\"company\": ")).await;
            let problem = answer.problem(400, "unreadable");
            let (detail, cause) = (problem["detail"].as_str().expect("words"), problem["cause"].as_str().expect("a cause"));
            assert!(detail.starts_with(words) && cause.contains("line 1"), "{}", answer.text);
            assert!(!detail.contains(cause), "{detail}");
        }
    }

    async fn a_form_of_nonsense_gets_the_same_words_as_any_other(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let form = |path: &str, body: Vec<u8>| {
            let request = visitor.request("POST", path).header("origin", &app.address);
            request.header("content-type", "application/x-www-form-urlencoded").body(body)
        };
        for body in [&b""[..], b"email", b"email=a&email=b&password[]=1", b"\xff\xfe", b"a[b[c]]=%zz"] {
            let answer = visitor.send(form("/do/sign-in", body.to_vec())).await;
            assert_eq!(answer.status, 422, "{body:?}");
            let words = answer.text.to_lowercase();
            assert!(!words.contains("server function") && !words.contains("deserial"), "{words}");
        }
        let request = visitor.request("POST", "/do/sign-in").header("origin", &app.address);
        assert_eq!(visitor.send(request.json(&json!({"email": 1}))).await.status, 422);
    }

    async fn what_a_form_cannot_be_read_for_is_named_as_its_page_names_it(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, admin) = people.unverified_company(1).await;
        let form = |account: &str, role: &str, here: &str| json!({"account": account, "role": role, "here": here});
        let nobody = "0190a0a0-0000-7000-8000-000000000000";
        for (account, role, here, words) in [
            (nobody, "emperor", "/en/company", "Role: there is no “emperor”."),
            (nobody, "emperor", "/zh/company", "角色：没有“emperor”。"),
            // Nobody has typed an id, nor reads its name.
            ("me", "company_member", "/zh/company", "地址或表单的内容与现在的页面不符"),
        ] {
            let answer = admin.post_form("/do/change-role", &form(account, role, here)).await;
            answer.expect(422);
            assert!(answer.text.contains(words), "{words}: {}", answer.text);
        }
        let missing = app.visitor().post_form("/do/sign-in", &json!({"email": "a@b.example", "here": "/zh/sign-in"})).await;
        missing.expect(422);
        assert!(missing.text.contains("请填写密码。"), "{}", missing.text);
        let page = admin.get("/zh/calls?cursor=nonsense").await;
        page.expect(422);
        assert!(page.text.contains("地址或表单的内容与现在的页面不符"), "{}", page.text);
    }

    async fn a_parsers_words_are_not_passed_on(database: TestDatabase) {
        let app = App::start(&database).await;
        for (query, field) in [("offering=TAB&batches=x", "batches"), ("offering=TAB&oeb=999", "oeb")] {
            let answer = app.visitor().get(&format!("/api/v1/offers?{query}")).await;
            let example = &answer.problem(422, "invalid")["problem"]["example"];
            assert_eq!((answer.body["field"].as_str(), example), (Some(field), &json!("12")));
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

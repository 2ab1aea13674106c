//! The form of problems, and the headers of everything.

use tests::{App, on_both_databases};

on_both_databases! {
    async fn problems_speak_the_askers_language(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        for (languages, tag, title) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "请先登录"),
            ("en-GB,en;q=0.9,zh;q=0.8", "en", "Sign in first"),
            ("ru", "en", "Sign in first"),
        ] {
            let request = visitor.request("GET", "/api/v1/sessions/current").header("accept-language", languages);
            let answer = visitor.send(request).await;
            assert_eq!(answer.problem(401, "unauthenticated")["title"], title);
            assert_eq!(answer.header("content-language"), tag);
            let kind = visitor.get(&answer.string("type")).await;
            assert_eq!(kind.expect(200)["title"]["zh"], "请先登录", "the type can be looked up");
        }
    }

    async fn unknown_addresses_and_methods_are_problems(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        for path in ["/api/v1/nothing", "/api/v2", "/api/", "/api/problems/unheard-of", "/api/v1/../secret"] {
            visitor.get(path).await.problem(404, "not-found");
        }
        let answer = visitor.ask("DELETE", "/api/v1/organisations/own", None).await;
        answer.problem(405, "wrong-method");
        assert!(answer.header("allow").contains("PATCH"), "{}", answer.header("allow"));
    }

    async fn a_request_id_is_kept_if_it_can_be_logged(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let with = |id: &str| visitor.send(visitor.request("GET", "/api/v1/tokens").header("x-request-id", id));
        let kept = with("0199-abcd-ef").await;
        assert_eq!(kept.problem(401, "unauthenticated")["request_id"], "0199-abcd-ef");
        let injected = with("a\tlevel=error").await;
        assert_ne!(injected.problem(401, "unauthenticated")["request_id"], "a\tlevel=error");
    }

    async fn every_answer_carries_the_security_headers(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        for path in ["/healthz", "/api/v1/sessions/current", "/api/openapi.json"] {
            let answer = visitor.get(path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        }
    }
}

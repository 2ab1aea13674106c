//! Sessions: begun, lengthened, ended.

use tests::{
    App,
    app::{PASSWORD, People},
    on_both_databases,
};

const HOUR: i64 = 3600;

on_both_databases! {
    async fn signing_in_gives_a_cookie_that_only_this_site_sees(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        people.unverified_company(1).await;
        let visitor = app.visitor();
        let answer = visitor.sign_in("admin@company1.example", PASSWORD).await;
        answer.expect(201);
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("zhongshi="), "{cookie}");
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
            assert!(cookie.contains(attribute), "{attribute}: {cookie}");
        }
        assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
        let secret = cookie.split(['=', ';']).nth(1).expect("a value");
        let kept = database.rows("SELECT token_hash FROM session", vec![]).await.expect("rows");
        for row in kept {
            let hash: Vec<u8> = row.try_get("", "token_hash").expect("bytes");
            assert_ne!(hash, secret.as_bytes(), "only the hash is kept");
            assert_eq!(hash.len(), 32);
        }
    }

    async fn with_https_the_cookie_is_bound_to_the_host(database: TestDatabase) {
        let app = App::start_with(&database, |settings| {
            settings.public_url = Some("https://pilot.example.org".to_owned());
        })
        .await;
        let visitor = app.visitor();
        let own = |path: &str| visitor.request("POST", path).header("origin", "https://pilot.example.org");
        let made = visitor.send(own("/api/v1/organisations").json(&People::registration(1))).await;
        made.expect(201);
        let credentials = serde_json::json!({"email": "admin@company1.example", "password": PASSWORD});
        let answer = visitor.send(own("/api/v1/sessions").json(&credentials)).await;
        answer.expect(201);
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("__Host-zhongshi=") && cookie.contains("Secure"), "{cookie}");
        assert!(answer.header("strict-transport-security").contains("max-age"));
    }

    async fn wrong_passwords_and_unknown_people_are_told_the_same(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        people.unverified_company(1).await;
        let visitor = app.visitor();
        let wrong = visitor.sign_in("admin@company1.example", "not the password").await;
        let unknown = visitor.sign_in("nobody@company1.example", PASSWORD).await;
        for answer in [&wrong, &unknown] {
            answer.problem(401, "wrong-credentials");
            assert!(answer.header("set-cookie").is_empty());
        }
        assert_eq!(wrong.body["detail"], unknown.body["detail"]);
    }

    async fn a_session_is_new_with_every_sign_in(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        people.unverified_company(1).await;
        let visitor = app.visitor();
        let first = visitor.sign_in("admin@company1.example", PASSWORD).await.header("set-cookie").to_owned();
        let second = visitor.sign_in("admin@company1.example", PASSWORD).await.header("set-cookie").to_owned();
        assert_ne!(first, second);
        let pair = |cookie: &str| cookie.split(';').next().unwrap_or_default().to_owned();
        let thief = app.visitor();
        let old = thief.request("GET", "/api/v1/sessions/current").header("cookie", pair(&first));
        thief.send(old).await.problem(401, "unauthenticated");
        let prepared = thief.request("POST", "/api/v1/sessions").header("cookie", "zhongshi=prepared")
            .header("origin", &app.address)
            .json(&serde_json::json!({"email": "admin@company1.example", "password": PASSWORD}));
        let answer = thief.send(prepared).await;
        answer.expect(201);
        assert_ne!(pair(answer.header("set-cookie")), "zhongshi=prepared", "nobody prepares a session");
    }

    async fn a_session_ends_when_idle_or_old(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let current = "/api/v1/sessions/current";
        for _ in 0..3 {
            app.clock.advance(11 * HOUR);
            visitor.get(current).await.expect(200);
        }
        app.clock.advance(12 * HOUR);
        visitor.get(current).await.problem(401, "unauthenticated");

        visitor.sign_in("admin@company1.example", PASSWORD).await.expect(201);
        for _ in 0..33 {
            app.clock.advance(10 * HOUR);
            visitor.get(current).await.expect(200);
        }
        app.clock.advance(6 * HOUR);
        visitor.get(current).await.problem(401, "unauthenticated");
        server::usecase::people::sweep(&app.state).await.expect("a sweep");
        assert_eq!(database.number("SELECT count(*) FROM session").await, 0);
    }

    async fn sessions_are_listed_and_ended(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, here) = people.unverified_company(1).await;
        let elsewhere = app.visitor();
        app.clock.advance(1);
        elsewhere.sign_in("admin@company1.example", PASSWORD).await.expect(201);
        let listed = here.get("/api/v1/sessions").await;
        let sessions = listed.expect(200).as_array().expect("a list").clone();
        assert_eq!(sessions.iter().map(|session| session["current"] == true).collect::<Vec<_>>(), [true, false]);
        let other = format!("/api/v1/sessions/{}", sessions[1]["id"].as_str().expect("an id"));

        let (_, stranger) = people.unverified_company(2).await;
        stranger.delete(&other).await.problem(404, "not-found");
        here.delete(&other).await.expect(204);
        elsewhere.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");

        let out = here.delete("/api/v1/sessions/current").await;
        out.expect(204);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        here.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
    }

    async fn a_session_says_what_it_was_begun_with(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, here) = people.unverified_company(1).await;
        let credentials = serde_json::json!({"email": "admin@company1.example", "password": PASSWORD});
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";
        let program = format!("erp/1.0 {}", "x".repeat(500));
        for agent in [firefox, program.as_str()] {
            app.clock.advance(1);
            let visitor = app.visitor();
            let signing_in = visitor.request("POST", "/api/v1/sessions").header("origin", &app.address);
            visitor.send(signing_in.header("user-agent", agent).json(&credentials)).await.expect(201);
        }
        // By the page's form, too.
        app.clock.advance(1);
        let visitor = app.visitor();
        let form = format!("email=admin%40company1.example&password={}", PASSWORD.replace(' ', "+"));
        let signing_in = visitor.request("POST", "/do/sign-in").header("origin", &app.address);
        let signing_in = signing_in.header("content-type", "application/x-www-form-urlencoded").header("user-agent", "curl/8.5.0");
        visitor.send(signing_in.body(form)).await.expect(303);
        let listed = here.get("/api/v1/sessions").await;
        let sessions = listed.expect(200).as_array().expect("a list").clone();
        let agents: Vec<_> = sessions.iter().map(|session| session["user_agent"].as_str()).collect();
        assert_eq!(agents, [None, Some(firefox), Some(&program[..200]), Some("curl/8.5.0")]);
        assert_eq!(sessions[0]["current"], true);
        let page = here.get("/en/account").await.text;
        for words in ["Program not known", "this browser", "Firefox on Linux", "erp/1.0 xxx", "curl/8.5.0"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let page = here.get("/zh/account").await.text;
        assert!(page.contains("登录程序未知") && page.contains("Linux 上的 Firefox"), "{page}");
    }

    async fn a_disabled_account_is_out_at_once(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let token = visitor.post("/api/v1/tokens", serde_json::json!({"name": "ERP"})).await.string("secret");
        database.execute("UPDATE account SET disabled_at = 1 WHERE email = 'admin@company1.example'", vec![])
            .await.expect("an update");
        visitor.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        visitor.with_token(&token).get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        visitor.sign_in("admin@company1.example", PASSWORD).await.problem(401, "wrong-credentials");
    }
}

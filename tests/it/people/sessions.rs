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

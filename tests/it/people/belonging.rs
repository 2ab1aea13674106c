//! Somebody of two organisations acts for one of them at a time, says for which, and goes on for that one.

use serde_json::json;
use tests::{
    App, Visitor,
    app::{PASSWORD, People},
    on_both_databases,
};
use uuid::Uuid;

const EMAIL: &str = "admin@company1.example";

/// The administrator of a company, who is now at work as a member of another one, a second later; and both.
async fn of_two(app: &App, people: &People<'_>) -> (Visitor, Uuid, Uuid) {
    let (first, person) = people.unverified_company(1).await;
    let (second, admin) = people.unverified_company(2).await;
    app.clock.advance(1);
    let order = json!({"email": EMAIL, "role": "company_member"});
    let token = admin.post("/api/v1/invitations", order).await.string("token");
    let accept = json!({"token": token, "password": PASSWORD});
    person.post("/api/v1/invitations/accept", accept).await.expect(201);
    (person, first, second)
}

/// The organisation for which somebody acts.
async fn acts_for(visitor: &Visitor) -> Uuid {
    visitor.get("/api/v1/sessions/current").await.string("organisation").parse().expect("an id")
}

/// Signs in by the page, in a browser of their own, with more fields.
async fn come_back(app: &App, more: serde_json::Value) -> (Visitor, tests::app::Answer) {
    let mut form = json!({"email": EMAIL, "password": PASSWORD});
    for (name, value) in more.as_object().expect("fields") {
        form[name] = value.clone();
    }
    let visitor = app.visitor();
    let answer = visitor.post_form("/do/sign-in", &form).await;
    answer.expect(303);
    (visitor, answer)
}

on_both_databases! {
    async fn one_acts_for_another_of_ones_organisations_without_signing_in_again(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (person, first, second) = of_two(&app, &people).await;
        assert_eq!(acts_for(&person).await, second);
        let page = person.get("/en/account").await.text;
        // In the header, and in the list of all of them.
        assert_eq!(page.matches("Act for Example Pharma 1").count(), 2, "{page}");
        assert!(page.contains("you act for it now") && !page.contains("Act for Example Pharma 2"), "{page}");
        let one = people.district_admin.get("/en/account").await.text;
        assert!(!one.contains("/do/switch-organisation") && !one.contains("you act for it now"), "{one}");

        let sessions = "SELECT count(*) FROM session";
        let before = database.number(sessions).await;
        let begun = database.number("SELECT max(created_at) FROM session").await;
        app.clock.advance(3600);
        let switch = |organisation: Uuid| json!({"organisation": organisation, "here": "/en/account", "next": "/en"});
        let switched = person.post_form("/do/switch-organisation", &switch(first)).await;
        switched.expect(303);
        assert_eq!(switched.header("location"), "/en");
        assert!(switched.header("set-cookie").starts_with("zhongshi="), "{}", switched.header("set-cookie"));
        assert_eq!(acts_for(&person).await, first);
        // It is the same session for how long it may last, and no second one.
        assert_eq!(database.number(sessions).await, before);
        assert_eq!(database.number("SELECT max(created_at) FROM session").await, begun);

        let district = people.district().await;
        let foreign = person.post_form("/do/switch-organisation", &switch(district)).await;
        assert!(foreign.text.contains("There is nothing here"), "{}", foreign.text);
        foreign.expect(404);
        assert_eq!(acts_for(&person).await, first);
        let secret = person.post("/api/v1/tokens", json!({"name": "ERP"})).await.string("secret");
        let program = person.with_token(&secret);
        program.post_form("/do/switch-organisation", &switch(second)).await.expect(403);
    }

    async fn the_secret_of_a_session_that_acts_for_another_is_another(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, first, _) = of_two(&app, &people).await;
        let (person, answer) = come_back(&app, json!({})).await;
        let before = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        person.post_form("/do/switch-organisation", &json!({"organisation": first})).await.expect(303);
        let stale = app.visitor();
        let stale = stale.request("GET", "/api/v1/sessions/current").header("cookie", before);
        app.visitor().send(stale).await.problem(401, "unauthenticated");
    }

    async fn signing_in_at_a_page_goes_on_for_the_one_of_last_time(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (person, first, second) = of_two(&app, &people).await;
        assert_eq!(acts_for(&come_back(&app, json!({})).await.0).await, second, "there they were last");
        app.clock.advance(1);
        person.post_form("/do/switch-organisation", &json!({"organisation": first})).await.expect(303);
        person.post_form("/do/sign-out", &json!({"next": "/en"})).await.expect(303);
        assert_eq!(acts_for(&come_back(&app, json!({})).await.0).await, first);
        app.clock.advance(1);

        // A session that has ended is named, and gone on with if that is possible.
        let link = format!("/en/sign-in?next=%2Fen&organisation={second}");
        let page = app.visitor().get(&link).await.text;
        assert!(page.contains(&format!("name=\"organisation\" value=\"{second}\"")), "{page}");
        assert_eq!(acts_for(&come_back(&app, json!({"organisation": second})).await.0).await, second);
        app.clock.advance(1);
        for elsewhere in [people.district().await.to_string(), "nonsense".to_owned()] {
            assert_eq!(acts_for(&come_back(&app, json!({"organisation": elsewhere})).await.0).await, second);
        }
        // A program names one, or gets the first.
        let program = app.visitor();
        program.sign_in(EMAIL, PASSWORD).await.expect(201);
        assert_eq!(acts_for(&program).await, first);
    }

    async fn what_was_filled_in_for_one_is_not_done_for_another(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (person, first, _) = of_two(&app, &people).await;
        let page = person.get("/en/account").await.text;
        assert!(page.contains("name=\"for-organisation\""), "every form says for whom it is");
        let form = |organisation: Uuid| {
            json!({"name": "Wu Fang", "locale": "en", "here": "/en/account", "for-organisation": organisation})
        };
        let named = "SELECT count(*) FROM account WHERE name = 'Wu Fang'";
        let kept = person.post_form("/do/change-account", &form(first)).await;
        kept.expect(422);
        for words in [
            "You act for another organisation now",
            "you act for Example Pharma 2 now",
            "Act for Example Pharma 1 in another window",
            "value=\"Wu Fang\"",
        ] {
            assert!(kept.text.contains(words), "{words}: {}", kept.text);
        }
        assert_eq!(database.number(named).await, 0);
        // Of an organisation that isn't theirs nobody reads the name.
        let foreign = person.post_form("/do/change-account", &form(people.district().await)).await;
        assert!(foreign.text.contains("Sign in for that organisation"), "{}", foreign.text);
        assert!(!foreign.text.contains("示例新区"), "{}", foreign.text);
        assert_eq!(database.number(named).await, 0);
        // Whoever has to sign in first is led back to the same one.
        let ended = app.visitor().post_form("/do/change-account", &form(first)).await;
        ended.expect(403);
        let named_there = format!("organisation={first}").replace('-', "%2D");
        assert!(ended.text.contains(&named_there), "{}", ended.text);

        person.post_form("/do/switch-organisation", &json!({"organisation": first})).await.expect(303);
        person.post_form("/do/change-account", &form(first)).await.expect(200);
        assert_eq!(database.number(named).await, 1);
    }

    async fn who_signs_in_at_a_page_goes_on_in_its_language_and_the_account_has_one_for_the_bare_address(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, person) = people.unverified_company(1).await;
        let to = async |next: &str| come_back(&app, json!({"next": next})).await.1.header("location").to_owned();
        for (locale, spoken) in [("zh-CN", "/zh"), ("en", "/en")] {
            person.ask("PATCH", "/api/v1/accounts/me", Some(json!({"locale": locale}))).await.expect(200);
            for page in ["/en/campaigns?view=month", "/zh/campaigns?view=month", "/zh", "/en"] {
                assert_eq!(to(page).await, page);
            }
            assert_eq!(to("/").await, spoken);
            // Whatever was read last.
            person.get("/zh/account").await.expect(200);
            assert_eq!(person.get("/").await.header("location"), spoken);
        }
        let page = person.get("/zh/account").await.text;
        assert!(page.contains("登录时保持登录页面的语言"), "{page}");
    }
}

//! One-time links into an organisation.

use serde_json::json;
use tests::{
    App,
    app::{PASSWORD, People, bare_platform},
    on_both_databases,
};

on_both_databases! {
    async fn the_district_brings_in_the_first_person_of_a_platform(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let page = people.district_admin.get("/en/company").await.text;
        assert!(page.contains("There is no platform yet"), "{page}");
        for path in ["/en", "/en/district"] {
            let page = people.district_admin.get(path).await.text;
            assert!(page.contains("No platform yet") && page.contains("zhongshi import FILE"), "{page}");
        }
        let platform = bare_platform(&database, "one").await;
        let order = json!({"email": "first@one.example", "role": "platform_admin", "organisation": platform, "key": "one", "here": "/en/company"});
        let made = people.district_admin.post_form("/do/invite", &order).await;
        let token = made.text.split("/join?token=").nth(1).expect("a link").split(['"', '<']).next().expect("a token").to_owned();
        let accept = json!({"token": token, "name": "Wu", "password": PASSWORD});
        let joined = app.visitor().post("/api/v1/invitations/accept", accept).await;
        assert_eq!(joined.expect(201)["organisation"], platform.to_string());
    }

    async fn an_invitation_is_good_once(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, admin) = people.unverified_company(1).await;
        let order = json!({"email": "New@company1.example", "role": "company_member"});
        let made = admin.post("/api/v1/invitations", order).await;
        made.expect(201);
        let token = made.string("token");
        assert_eq!(made.string("link"), format!("{}/join?token={token}", app.address));
        assert_eq!(made.string("email"), "new@company1.example");

        // Its page says into what whom.
        let path = format!("/en/join?token={token}");
        let page = app.visitor().get(&path).await.text;
        assert!(page.contains("new@company1.example is invited into Example Pharma 1"), "{page}");
        assert!(page.contains("name=\"locale\" value=\"en\""), "{page}");

        let accept = json!({"token": token, "name": "Wu", "password": PASSWORD, "locale": "en"});
        let incomplete = json!({"token": token, "password": PASSWORD});
        app.visitor().post("/api/v1/invitations/accept", incomplete).await.invalid("name", "missing");
        let guests: Vec<_> = (0..4).map(|_| app.visitor()).collect();
        let tries = guests.iter().map(|guest| guest.post("/api/v1/invitations/accept", accept.clone()));
        let answers = futures::future::join_all(tries).await;
        let joined: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert_eq!(joined.len(), 1, "of several at once, one");
        assert_eq!(joined[0].body["role"], "company_member");
        app.visitor().post("/api/v1/invitations/accept", accept).await.problem(404, "not-found");
        assert_eq!(database.number("SELECT count(*) FROM account WHERE locale = 'en' AND name = 'Wu'").await, 1);
        let page = app.visitor().get(&path).await;
        assert_eq!(page.status, 404);
        let page = page.text;
        assert!(page.contains("This invitation was used") && !page.contains("name=\"password\""), "{page}");

        let listed = admin.get("/api/v1/invitations").await;
        assert!(listed.expect(200)["items"][0]["used_at"].is_string());
        let members = admin.get("/api/v1/organisations/own/members").await;
        assert_eq!(members.expect(200).as_array().map(Vec::len), Some(2));
    }

    async fn an_invitation_takes_no_organisation_its_last_administrator(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let order = json!({"email": "admin@company1.example", "role": "company_member"});
        let token = company.admin.post("/api/v1/invitations", order).await.string("token");
        let accept = json!({"token": token, "password": PASSWORD});
        let alone = app.visitor().post("/api/v1/invitations/accept", accept.clone()).await;
        alone.invalid("role", "last_administrator");
        company.admin.get("/api/v1/invitations").await.expect(200);

        let order = json!({"email": "member@company1.example", "role": "company_admin"});
        let promoted = company.admin.post("/api/v1/invitations", order).await.string("token");
        let promoted = json!({"token": promoted, "password": PASSWORD});
        app.visitor().post("/api/v1/invitations/accept", promoted).await.expect(201);
        app.visitor().post("/api/v1/invitations/accept", accept).await.expect(201);
        company.admin.get("/api/v1/invitations").await.problem(403, "forbidden");
    }

    async fn an_invitation_ends_and_can_be_taken_back(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, admin) = people.unverified_company(1).await;
        let order = |email: &str| json!({"email": email, "role": "company_admin"});
        let accept = |token: String| json!({"token": token, "name": "Wu", "password": PASSWORD});
        let late = admin.post("/api/v1/invitations", order("late@company1.example")).await;
        app.clock.advance(72 * 3600);
        let answer = app.visitor().post("/api/v1/invitations/accept", accept(late.string("token"))).await;
        answer.problem(404, "not-found");

        admin.sign_in("admin@company1.example", PASSWORD).await.expect(201);
        let withdrawn = admin.post("/api/v1/invitations", order("unwanted@company1.example")).await;
        let path = format!("/api/v1/invitations/{}", withdrawn.string("id"));
        let (_, stranger) = people.unverified_company(2).await;
        stranger.delete(&path).await.problem(404, "not-found");
        admin.delete(&path).await.expect(204);
        let answer = app.visitor().post("/api/v1/invitations/accept", accept(withdrawn.string("token"))).await;
        answer.problem(404, "not-found");
    }

    async fn one_invites_only_into_what_one_administers(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let other = people.company(2).await;
        let invite = |role: &str, organisation| {
            json!({"email": "new@company.example", "role": role, "organisation": organisation})
        };
        let own = company.organisation;
        company.member.post("/api/v1/invitations", invite("company_member", own)).await.problem(403, "forbidden");
        for organisation in [other.organisation, people.district().await] {
            let answer = company.admin.post("/api/v1/invitations", invite("company_member", organisation)).await;
            answer.problem(403, "forbidden");
        }
        for role in ["district_admin", "operator"] {
            company.admin.post("/api/v1/invitations", invite(role, own)).await.invalid("role", "unknown");
        }
        let order = invite("emperor", own);
        company.admin.post("/api/v1/invitations", order).await.invalid("role", "unknown");
    }

    async fn an_invited_account_must_be_proved(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (first, _) = people.unverified_company(1).await;
        let (second, admin) = people.unverified_company(2).await;
        let order = json!({"email": "admin@company1.example", "role": "company_member"});
        let token = admin.post("/api/v1/invitations", order).await.string("token");
        let wrong = json!({"token": token, "name": "Mallory", "password": "chosen by mallory"});
        app.visitor().post("/api/v1/invitations/accept", wrong).await.problem(401, "wrong-credentials");
        let person = app.visitor();
        let right = json!({"token": token, "password": PASSWORD});
        let joined = person.post("/api/v1/invitations/accept", right).await;
        assert_eq!(joined.expect(201)["organisation"], second.to_string());
        let account = person.get("/api/v1/accounts/me").await;
        assert_eq!(account.expect(200)["memberships"].as_array().map(Vec::len), Some(2));

        let credentials = |organisation| {
            json!({"email": "admin@company1.example", "password": PASSWORD, "organisation": organisation})
        };
        let back = person.post("/api/v1/sessions", credentials(first)).await;
        assert_eq!(back.expect(201)["organisation"], first.to_string());
        let foreign = person.post("/api/v1/sessions", credentials(people.district().await)).await;
        foreign.problem(403, "forbidden");
    }
}

//! Innovation scores: the district records them, the company reads its own, nobody else reads any.

use serde_json::{Value, json};
use tests::{
    App,
    app::{People, bare_platform},
    on_both_databases,
};
use uuid::Uuid;

on_both_databases! {
    async fn the_district_records_and_only_the_company_reads(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (one, two) = (people.company(1).await, people.company(2).await);
        let platform = bare_platform(&database, "one").await;
        let operator = people.staff(platform, "operator", "operator@one.example").await;
        let viewer = people.staff(people.district().await, "district_viewer", "viewer@district.example").await;
        let path = format!("/api/v1/organisations/{}/innovation", one.organisation);
        let put = async |score: i64, day: &str| {
            people.district_admin.ask("PUT", &path, Some(json!({"score": score, "assessed_on": day}))).await
        };
        assert_eq!(one.member.get("/api/v1/organisations/own").await.expect(200)["innovation"], Value::Null);
        put(1001, "2026-06-30").await.invalid("score", "out_of_range");
        put(640, "2027-06-30").await.invalid("assessed_on", "out_of_range");
        put(640, "yesterday").await.invalid("assessed_on", "malformed");
        assert_eq!(put(0, "2026-06-30").await.expect(200)["score"], 0);
        let kept = put(1000, "2026-06-30").await;
        assert_eq!((&kept.expect(200)["score"], &kept.body["assessed_on"]), (&json!(1000), &json!("2026-06-30")));
        for visitor in [&operator, &viewer, &one.admin] {
            let body = Some(json!({"score": 1, "assessed_on": "2026-06-30"}));
            visitor.ask("PUT", &path, body).await.problem(403, "forbidden");
        }
        for id in [platform, people.district().await, Uuid::now_v7()] {
            let body = Some(json!({"score": 1, "assessed_on": "2026-06-30"}));
            let path = format!("/api/v1/organisations/{id}/innovation");
            people.district_admin.ask("PUT", &path, body).await.problem(404, "not-found");
        }

        let own = one.member.get("/api/v1/organisations/own").await;
        assert_eq!(own.expect(200)["innovation"]["score"], 1000);
        assert_eq!(two.member.get("/api/v1/organisations/own").await.expect(200)["innovation"], Value::Null);
        let listed = viewer.get("/api/v1/organisations").await;
        assert_eq!(listed.expect(200)["items"][0]["innovation"]["score"], 1000);
        let listed = operator.get("/api/v1/organisations").await;
        assert_eq!(listed.expect(200)["items"][0]["innovation"], Value::Null, "no platform reads any");
        assert!(!listed.text.contains(":1000"), "{}", listed.text);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'record_innovation'").await, 2);
        server::usecase::relay::relay(&app.state).await.expect("a relay");
        let told = one.member.get("/api/v1/notices").await;
        assert_eq!(told.expect(200)["items"][0]["kind"], "innovation_recorded");

        one.admin.delete(&path).await.problem(403, "forbidden");
        for _ in 0..2 {
            people.district_admin.delete(&path).await.expect(204);
        }
        assert_eq!(one.member.get("/api/v1/organisations/own").await.expect(200)["innovation"], Value::Null);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'clear_innovation'").await, 1);

        // On the page it is said what was done, with the score.
        let page = "/en/district/companies";
        let form = json!({
            "company": one.organisation, "score": 734, "assessed_on": "2026-06-30",
            "next": format!("{page}#company-{}", one.organisation), "here": page,
        });
        people.district_admin.post_form("/do/record-innovation", &form).await.expect(303);
        let told = people.district_admin.get(page).await.text;
        assert!(told.contains("Innovation score 734 is on record"), "{told}");
        let form = json!({"company": one.organisation, "next": page, "here": page});
        people.district_admin.post_form("/do/clear-innovation", &form).await.expect(303);
        let told = people.district_admin.get(page).await.text;
        assert!(told.contains("The innovation score is cleared"), "{told}");
    }
}

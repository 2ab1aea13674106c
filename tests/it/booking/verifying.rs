//! Where companies that wait to be verified are looked at: at a platform's desk, and by the district.

use serde_json::json;
use tests::{app::People, on_both_databases};
use uuid::Uuid;

use super::{World, desk::page};

/// More than a page.
const MANY: usize = 52;

on_both_databases! {
    async fn whoever_operates_a_platform_verifies_companies_at_its_desk(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        assert!(!page(&world.operator, "/desk").await.contains("Companies to verify"), "nobody waits");
        for number in [77, 78] {
            world.app.visitor().post("/api/v1/organisations", People::registration(number)).await.expect(201);
        }
        let home = page(&world.operator, "/desk").await;
        assert!(home.contains("href=\"#companies\"><strong>2<") && home.contains("Example Pharma 78"), "{home}");
        assert!(!home.contains("Nothing needs you now"), "{home}");
        // Each is a click away from where it is verified.
        let company = home.split("href=\"/en/desk/companies#company-").nth(1).and_then(|rest| rest.split('"').next());
        let company = company.expect("a way there").to_owned();
        assert!(!page(&world.qa, "/desk").await.contains("Companies to verify"), "quality assurance verifies nobody");
        let looked = page(&world.qa, "/desk/companies").await;
        assert!(looked.contains("Example Pharma 77") && !looked.contains("/do/verify-company"), "{looked}");
        assert!(looked.contains("A platform’s operators and administrators verify companies."), "{looked}");
        world.one.member.get("/en/desk/companies").await.expect(403);
        let list = page(&world.operator, "/desk/companies").await;
        assert!(list.contains(&format!("id=\"company-{company}\"")) && list.contains("/do/reject-company"), "{list}");
        let form = json!({"company": company, "next": "/en/desk/companies#waiting", "here": "/en/desk/companies"});
        world.operator.post_form("/do/verify-company", &form).await.expect(303);
        let list = page(&world.operator, "/desk/companies").await;
        assert!(list.contains("1 company is waiting") && !list.contains(&company), "{list}");
        let told = "class=\"note good told\"";
        assert!(list.contains(told) && list.contains("Verified: the company is told"), "{list}");
        // Turned away without a reason, it is told at its form, on the page on which that stands.
        let (_, rest) = list.split_once("id=\"company-").expect("one more");
        let other = rest.split('"').next().unwrap_or_default();
        let form = json!({"company": other, "reason": " ", "next": "/en/desk/companies", "here": "/en/desk/companies"});
        let refused = world.operator.post_form("/do/reject-company", &form).await;
        refused.expect(422);
        assert!(refused.text.contains("Companies to verify") && refused.text.contains("/do/reject-company"), "{}", refused.text);
        assert!(!refused.text.contains(told), "{}", refused.text);
        let form = json!({"company": other, "reason": "Not this code", "next": "/en/desk/companies", "here": "/en/desk/companies"});
        world.operator.post_form("/do/reject-company", &form).await.expect(303);
        let list = page(&world.operator, "/desk/companies").await;
        assert!(list.contains(told) && list.contains("The company is not verified now"), "{list}");
        assert!(!page(&world.operator, "/desk/companies").await.contains(told), "once is enough");
        world.close(&database).await;
    }

    async fn whoever_waits_stands_first_at_the_district_and_all_of_them_on_pages(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let places = async || {
            let page = page(&world.district, "/district").await;
            let place = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part}: {page}"));
            (place("id=\"companies-waiting\""), place("class=\"headlines\""), page.clone())
        };
        let (companies, figures, _) = places().await;
        assert!(companies > figures, "nobody waits");
        for number in 0..MANY {
            let sql = "INSERT INTO organisation (id, kind, name_zh, name_en, contact, in_district, created_at) \
                VALUES ($1, 'company', $2, $3, 'Chen', FALSE, 0)";
            let name = format!("Waiting {number:02}.");
            let values = vec![Uuid::now_v7().into(), name.clone().into(), name.into()];
            database.execute(sql, values).await.expect("a company");
        }
        let (companies, figures, overview) = places().await;
        assert!(companies < figures && overview.contains("52 companies are waiting"), "{overview}");
        // The number is beside the way there, on every page of the district's.
        let account = page(&world.district, "/account").await;
        assert!(account.contains("href=\"/en/district/waiting\"") && account.contains("52 companies are waiting"), "{account}");
        assert!(!page(&world.operator, "/account").await.contains("companies are waiting"));
        let first = page(&world.district, "/district/waiting").await;
        assert!(first.contains("Waiting 00.") && !first.contains("Waiting 51."), "{first}");
        for page_of in [&overview, &first] {
            assert!(page_of.contains("More that wait") && page_of.contains("/en/district/waiting?cursor="));
        }
        let next = first.split("/en/district/waiting?cursor=").nth(1).and_then(|rest| rest.split('"').next());
        let last = page(&world.district, &format!("/district/waiting?cursor={}", next.expect("a next page"))).await;
        assert!(last.contains("Waiting 51.") && !last.contains("Waiting 00.") && !last.contains("More that wait"), "{last}");
        world.close(&database).await;
    }
}

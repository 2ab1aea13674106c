//! An open page stays fresh, and what is being typed stays typed.

use tests::app::People;

use super::{Scripts, Stage, Tongue, stage::SECRET};

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_of_what_changed_and_leaves_what_is_typed_alone() {
    let stage = Stage::set().await;
    let people = People::found(&stage.app).await;
    let (company, _) = people.unverified_company(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en/sign-in?next=/en/verification").await;
    browser.fill("#email", "admin@company1.example").await;
    browser.fill("#password", SECRET).await;
    browser.click("main form button").await;
    assert_eq!(browser.text("#state .note-title").await, "Waiting to be verified");
    // Somebody types within one of the page's parts.
    let field = "document.querySelector('#progress').append(Object.assign(document.createElement('input'), {id: 'typed'}))";
    browser.driver.execute(field, vec![]).await.expect("a field");
    browser.fill("#typed", "half a sentence").await;
    browser.click("h1").await;

    let verified = format!("/api/v1/organisations/{company}/verification");
    people.district_admin.ask("POST", &verified, None).await.expect(200);
    browser.see("#state.good").await;
    assert_eq!(browser.text("#state .note-title").await, "Verified");
    let typed = browser.see("#typed").await.value().await.expect("the field is still there");
    assert_eq!(typed.as_deref(), Some("half a sentence"));
    browser.close().await;
}

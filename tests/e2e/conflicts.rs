//! A line goes down: the operator says so, the firm that it hits answers, and what is left is resolved at the conflict
//! desk; all of it by forms, without a browser's scripts.

use serde_json::{Value, json};
use tests::{
    Visitor,
    app::{CompanyStaff, PASSWORD, People},
};

use super::{
    Browser, Scripts, Stage, Tongue,
    operator::{Plant, text},
};

/// A confirmed campaign of the firm.
async fn confirmed(plant: &Plant) -> Value {
    let request = plant.request("2026-12-01", "P").await;
    let id = text(&request, "id");
    let act = async |visitor: &Visitor, action: &str, body: Option<Value>| {
        visitor.ask_once("POST", &format!("/api/v1/bookings/{id}/{action}"), body).await.expect(200).clone()
    };
    act(&plant.qa, "confirm-hazards", Some(json!({"reason": "SDS"}))).await;
    act(&plant.operator, "approve", None).await
}

async fn firm(stage: &Stage, tongue: Tongue, path: &str) -> Browser {
    let browser = stage.browser(Scripts::Off, tongue).await;
    browser.go(&format!("/{0}/sign-in?next=/{0}{path}", tongue.segment())).await;
    browser.fill("#email", "member@company1.example").await;
    browser.fill("#password", PASSWORD).await;
    browser.click("main form button").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_goes_down_and_everybody_learns_what_to_do() {
    let plant = Plant::new().await;
    let booking = confirmed(&plant).await;
    let line = text(&booking["steps"][0], "line");
    for tongue in [Tongue::English, Tongue::Chinese] {
        let desk = plant.at_desk("operator", Scripts::Off, tongue).await;
        desk.go(&format!("/{}/lines/{line}/down", tongue.segment())).await;
        desk.see("form.close-form").await;
        desk.shoot(&format!("down-{}", tongue.segment())).await;
        desk.close().await;
    }
    let desk = plant.at_desk("operator", Scripts::Off, Tongue::English).await;
    desk.go(&format!("/en/lines/{line}/down")).await;
    desk.set_date("#until", "2026-12-20").await;
    desk.fill("#reason", "主电机烧毁 🔥").await;
    // First it says whom that hits and what would be done.
    desk.click("form.close-form button").await;
    desk.says(".hits", text(&booking, "reference")).await;
    desk.click("form[action='/do/mark-down'] button").await;
    desk.arrive("/en/desk/conflicts").await;
    desk.says("#conflicts", text(&booking, "reference")).await;
    desk.says("#conflicts", "Its owner is being asked.").await;

    let page = format!("/bookings/{}", text(&booking, "id"));
    let asked = firm(&plant.stage, Tongue::Chinese, &page).await;
    asked.says("#asked-to-move", "您的项目无法按原排期进行").await;
    asked.shoot("asked").await;
    asked.click("#asked-to-move form:nth-of-type(2) button").await;
    asked.says("#asked-to-move", "您保持了原排期").await;
    asked.close().await;

    desk.go("/en/desk/conflicts").await;
    desk.says("#conflicts", "It was declined.").await;
    desk.click("#conflicts a.button").await;
    desk.see(".case-options .way").await;
    desk.shoot("conflicts-en").await;
    desk.click(".case-options .way button").await;
    desk.arrive("/en/desk/conflicts").await;
    desk.says("#conflicts", "Its owner is being asked.").await;

    let asked = firm(&plant.stage, Tongue::English, &page).await;
    asked.click("#asked-to-move form button").await;
    asked.says("#asked-to-move", "the campaign was moved").await;
    asked.see("#swap-from").await;
    asked.shoot("moved").await;
    asked.close().await;
    desk.go("/zh/desk/conflicts").await;
    desk.says("#conflicts", "目前没有冲突").await;
    desk.go(&format!("/zh/lines/{line}/down")).await;
    desk.click("#outages form button").await;
    desk.arrive(&format!("/zh/lines/{line}/down")).await;
    assert_eq!(desk.count("#outages .note").await, 0, "it is up again");
    desk.close().await;
}

/// Two firms wait for days on which all lines are closed, and then aren't. Gives the second.
async fn both_wait(plant: &Plant) -> CompanyStaff {
    let other = People::found(&plant.stage.app).await.company(2).await;
    let closures = plant.close_all("2026-12-06T16:00:00Z", "2026-12-20T16:00:00Z").await;
    for (firm, product) in [(&plant.firm.member, "A"), (&other.member, "B")] {
        let query = json!({"offering": "TAB", "batch_size": "20", "unit": "kilogram", "batches": 1,
            "from": "2026-12-08", "to": "2026-12-18", "hazards": "", "gmp": true, "stage": "scale_up",
            "platform": plant.platform});
        let order = json!({"query": query, "product_code": product});
        firm.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
    }
    for closure in closures {
        plant.operator.ask("DELETE", &format!("/api/v1/closures/{closure}"), None).await.expect(200);
    }
    other
}

async fn one_who_waits_goes_first(tongue: Tongue, scripts: Scripts, [turn, why]: [&str; 2]) {
    let plant = Plant::new().await;
    let other = both_wait(&plant).await;
    let desk = plant.at_desk("operator", scripts, tongue).await;
    let page = format!("/{}/desk/conflicts", tongue.segment());
    desk.go(&page).await;
    desk.click("#conflicts a.button").await;
    desk.see(".case-options .way").await;
    assert_eq!(desk.count(".case-options .way").await, 2);
    desk.says(".case-options .way:nth-of-type(1)", turn).await;
    assert_eq!(desk.count(".case-options .way:nth-of-type(1) textarea").await, 0, "the next needs no reason");
    desk.shoot(&format!("conflicts-waiters-{}", tongue.segment())).await;
    desk.fill(".case-options .way:nth-of-type(2) textarea", why).await;
    desk.click(".case-options .way:nth-of-type(2) button").await;
    desk.arrive(&page).await;
    let waits = other.member.get("/api/v1/waitlist").await;
    assert!(waits.expect(200)["items"][0]["hold"].is_string(), "{:?}", waits.body);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_waits_goes_first_in_english() {
    one_who_waits_goes_first(
        Tongue::English,
        Scripts::On,
        ["It is its turn by the published rule.", "Clinical batch"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_waits_goes_first_in_chinese_without_scripts() {
    one_who_waits_goes_first(Tongue::Chinese, Scripts::Off, ["按公布的规则轮到该企业。", "临床批次"]).await;
}

//! A campaign that doesn't go to its end: the operator breaks it off, with a reason that its firm reads; or nobody
//! comes for it, which can be said no sooner than it was to begin.

use serde_json::{Value, json};

use super::{
    Scripts, Tongue,
    operator::{Plant, seconds, text},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_broken_off_with_a_reason_in_english() {
    broken_off(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_broken_off_with_a_reason_in_chinese_without_scripts() {
    broken_off(Scripts::Off, Tongue::Chinese).await;
}

async fn broken_off(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let booking = confirmed(&plant, "ZS-021").await;
    let (id, start) = (text(&booking, "id"), seconds(&booking["steps"][0]["start"]));
    let operator = plant.at_desk("operator", scripts, tongue).await;
    plant.stage.app.clock.set(start);
    operator.go(&format!("/{}/desk/requests/{id}", tongue.segment())).await;
    operator.click("form[action='/do/run'] button[value=start]").await;
    operator.see(".booking-head .status.running").await;
    operator.says(".told", say("已开始生产", "Started")).await;

    // Blanks are no reason: the form comes back open, and the campaign runs on.
    operator.click(".act-more:has(#abort-reason) summary").await;
    operator.fill("#abort-reason", "   ").await;
    operator.click("form[action='/do/abort'] button").await;
    operator.see("#abort-reason-problem").await;
    assert_eq!(plant.status(&booking).await, "running");
    plant.stage.app.clock.advance(3600);
    operator.fill("#abort-reason", "冲头断裂 a punch broke").await;
    operator.click("main form[action='/do/abort'] button").await;
    operator.see(".booking-head .status.completed").await;
    assert_eq!(operator.text(".booking-head .status").await, say("已中止", "Broken off"));
    operator.says(".told", say("已中止生产", "Broken off")).await;
    assert!(operator.text(".request-history").await.contains("a punch broke"));
    operator.shoot(&format!("broken-off-{}-{scripts:?}", tongue.segment())).await;
    operator.close().await;

    // What was still to run is free again, and the firm reads who ended it and why.
    let firm = &plant.firm.member;
    let now = firm.get(&format!("/api/v1/bookings/{id}")).await.expect(200).clone();
    let end = |booking: &Value| {
        let steps = booking["steps"].as_array().expect("steps").iter();
        steps.map(|step| seconds(&step["end"])).max().expect("a step")
    };
    assert!(end(&now) <= start + 3600 + 60 && end(&now) < end(&booking), "{now}");
    let page = firm.get(&format!("/{}/bookings/{id}", tongue.segment())).await;
    page.expect(200);
    for words in [say("平台中止", "Broken off by the platform"), "a punch broke"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_for_which_nobody_came_is_on_record_in_chinese() {
    nobody_came(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_for_which_nobody_came_is_on_record_in_english_without_scripts() {
    nobody_came(Scripts::Off, Tongue::English).await;
}

async fn nobody_came(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let booking = confirmed(&plant, "ZS-022").await;
    let (id, start) = (text(&booking, "id"), seconds(&booking["steps"][0]["start"]));
    let page = format!("/{}/desk/requests/{id}", tongue.segment());
    let operator = plant.at_desk("operator", scripts, tongue).await;
    let nobody = "button[value=no_show]";

    // A minute before it begins they may still come.
    plant.stage.app.clock.set(start - 60);
    operator.go(&page).await;
    operator.see(".acts").await;
    assert_eq!(operator.count(nobody).await, 0);

    plant.stage.app.clock.set(start + 3600);
    operator.go(&page).await;
    operator.click(&format!(".act-more:has({nobody}) summary")).await;
    operator.click(nobody).await;
    operator.see(".booking-head .status.no_show").await;
    assert_eq!(operator.text(".booking-head .status").await, say("未到场", "No show"));
    operator.says(".told", say("已登记企业未到场", "nobody came")).await;
    assert!(operator.text(".request-history").await.contains(say("企业未到场", "Nobody came")));
    operator.shoot(&format!("no-show-{}-{scripts:?}", tongue.segment())).await;
    operator.close().await;

    // The whole price is due.
    let now = plant.firm.member.get(&format!("/api/v1/bookings/{id}")).await.expect(200).clone();
    assert_eq!((&now["status"], &now["fee_fen"]), (&json!("no_show"), &booking["price_fen"]), "{now}");
}

/// A confirmed booking of tablets on the first of December.
async fn confirmed(plant: &Plant, product: &str) -> Value {
    let asked = plant.request("2026-12-01", product).await;
    let path = format!("/api/v1/bookings/{}", text(&asked, "id"));
    let evidence = json!({"reason": "SDS 4711, §8"});
    plant.qa.ask_once("POST", &format!("{path}/confirm-hazards"), Some(evidence)).await.expect(200);
    plant.operator.ask_once("POST", &format!("{path}/approve"), None).await.expect(200).clone()
}

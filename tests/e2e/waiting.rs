//! A firm finds nothing, waits, and is given what becomes free.

use serde_json::json;
use server::usecase::{relay::relay, waitlist::promote};

use super::{Scripts, Tongue, conversation::give_credentials, operator::Plant, stage::SECRET};

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_waits_and_is_given_a_hold_in_chinese() {
    waits_and_is_given_a_hold(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_waits_and_is_given_a_hold_in_english_without_scripts() {
    waits_and_is_given_a_hold(Scripts::Off, Tongue::English).await;
}

async fn waits_and_is_given_a_hold(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let closures = plant.close_all("2026-12-06T16:00:00Z", "2026-12-20T16:00:00Z").await;
    let browser = plant.stage.browser(scripts, tongue).await;
    let search = format!(
        "/{}?offering=TAB&batch_size=20&unit=kilogram&batches=1&from=2026-12-08&to=2026-12-18&hazards=&gmp=true\
         &stage=scale_up&platform={}",
        tongue.segment(),
        plant.platform
    );
    browser.go(&format!("/{}/sign-in?next=/{}/campaigns", tongue.segment(), tongue.segment())).await;
    give_credentials(&browser, 1, SECRET).await;
    browser.see("#no-campaigns").await;
    browser.go(&search).await;
    assert!(browser.text("#wait").await.contains(say("候补", "wait")));
    browser.shoot(&format!("wait-{}-{scripts:?}", tongue.segment())).await;
    browser.fill("#wait-product-code", "ZS-W1").await;
    browser.click("section[aria-labelledby=wait] form button").await;
    browser.see("#waiting tbody tr").await;
    browser.shoot(&format!("waiting-{}-{scripts:?}", tongue.segment())).await;

    let operator = plant.at_desk("operator", scripts, tongue).await;
    assert_eq!(operator.count("table[aria-labelledby=waiters] tbody tr").await, 1);
    operator.shoot(&format!("desk-waiters-{}-{scripts:?}", tongue.segment())).await;
    operator.close().await;

    for closure in closures {
        plant.operator.ask("DELETE", &format!("/api/v1/closures/{closure}"), None).await.expect(200);
    }
    assert_eq!(promote(&plant.stage.app.state).await.expect("a turn"), 1);
    relay(&plant.stage.app.state).await.expect("a relay");
    if scripts == Scripts::Off {
        browser.go(&format!("/{}/campaigns", tongue.segment())).await;
    }
    browser.click("#waiting a.button").await;
    browser.see(".booking .status.held").await;
    assert!(browser.text(".facts").await.contains("ZS-W1"));
    browser.close().await;
}

impl Plant {
    /// Closes all lines of the platform for a time; gives the closures.
    pub(super) async fn close_all(&self, start: &str, end: &str) -> Vec<String> {
        let lines = self.operator.get(&format!("/api/v1/lines?platform={}", self.platform)).await;
        let mut closures = Vec::new();
        for line in lines.expect(200).as_array().expect("a list") {
            let order = json!({"line": line["id"], "start": start, "end": end, "kind": "hvac"});
            let made = self.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
            closures.push(made.expect(201)["closure"]["id"].as_str().expect("an id").to_owned());
        }
        closures
    }
}

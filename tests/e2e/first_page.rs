//! From search to hold, in both languages, with scripts and without.

use super::{Scripts, Stage, Tongue, conversation::give_credentials, stage::SECRET};

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_searches_and_holds_in_chinese() {
    search_to_hold(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_searches_and_holds_in_english() {
    search_to_hold(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_searches_and_holds_in_chinese_without_scripts() {
    search_to_hold(Scripts::Off, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_searches_and_holds_in_english_without_scripts() {
    search_to_hold(Scripts::Off, Tongue::English).await;
}

async fn search_to_hold(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(scripts, tongue).await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());

    // The address without a language leads to one's own.
    browser.go("/").await;
    assert_eq!(browser.path().await, format!("/{}", tongue.segment()));
    assert!(browser.text(".banner").await.contains(say("演示", "Demonstration")));
    assert_eq!(
        browser.text("h1").await,
        say("找到真正空闲的中试产能", "Find pilot capacity that is really free")
    );
    browser.shoot(&shot("home")).await;

    // Awake, the unit follows the offering; asleep, every unit is there to choose from.
    browser.choose("#offering", "PEP").await;
    if scripts == Scripts::On {
        browser.see("#unit:not(:has(option[value='vial']))").await;
    } else {
        assert_eq!(browser.count("#unit option").await, 6);
    }
    browser.choose("#offering", "TAB").await;
    browser.fill("#batch_size", "20").await;
    browser.choose("#unit", "kilogram").await;
    browser.click("form.search button").await;

    // Everything asked for is in the address, and the form still holds it.
    browser.see("#results").await;
    let searched = browser.path().await;
    assert!(searched.contains("offering=TAB") && searched.contains("unit=kilogram"), "{searched}");
    assert_eq!(browser.see("#batch_size").await.value().await.expect("a field").as_deref(), Some("20"));
    assert!(browser.count("article.offer").await > 0);
    browser.shoot(&shot("offers")).await;

    // A visitor signs in first, and comes back to the offers.
    browser.click("article.offer .offer-foot a").await;
    give_credentials(&browser, 1, "not the password").await;
    assert!(browser.text("[role=alert]").await.contains(say("不正确", "wrong")));
    browser.shoot(&shot("sign-in")).await;
    give_credentials(&browser, 1, SECRET).await;
    browser.see("form.hold").await;
    assert_eq!(browser.path().await, searched);

    browser.fill("article.offer.first input[name=product_code]", "ZS-001").await;
    browser.click("article.offer.first form.hold button").await;

    // The hold is there, and time runs.
    assert_eq!(browser.text(".booking .status.held").await, say("已锁定", "Held"));
    assert!(browser.text(".facts").await.contains("ZS-001"));
    let left = browser.text(".countdown").await;
    if scripts == Scripts::On {
        while browser.text(".countdown").await == left {
            tokio::task::yield_now().await;
        }
    }
    browser.shoot(&shot("booking")).await;

    // The other language shows the same booking.
    let here = browser.path().await;
    browser.click("a[hreflang]").await;
    assert_eq!(browser.text(".booking .status.held").await, say("Held", "已锁定"));
    assert_eq!(browser.path().await[3..], here[3..]);
    browser.close().await;
}

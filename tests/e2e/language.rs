//! Changing the language in the middle of something: nothing typed is lost.

use super::{
    Scripts, Stage, Tongue,
    conversation::sign_in,
    firm::{complete, hold, value},
};

/// The link to the page in the other language.
const OTHER: &str = "header a[hreflang]";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_half_filled_in_is_so_in_the_other_language() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::Chinese).await;
    // A unit is only there once its offering is chosen.
    browser.go("/zh").await;
    browser.choose("#offering", "TAB").await;
    browser.choose("#unit", "piece").await;
    browser.fill("#batch_size", "8000").await;
    browser.click(OTHER).await;
    browser.see("html[lang=en]").await;
    browser.see("#unit:has(option[value=piece]:checked)").await;
    assert_eq!(value(&browser, "#offering").await, "TAB");
    assert_eq!(value(&browser, "#batch_size").await, "8000");

    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-031").await;
    browser.fill("#project", "P-31").await;
    complete(&browser).await;
    browser.click(OTHER).await;
    browser.see("html[lang=zh-CN]").await;
    assert_eq!(value(&browser, "#project").await, "P-31");
    assert_eq!(value(&browser, "#container").await, "HDPE 100");
    // Another page has nothing of it.
    browser.go("/en/campaigns").await;
    browser.click(OTHER).await;
    browser.see("html[lang=zh-CN] #campaigns").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_refused_says_why_in_the_other_language() {
    refused(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_refused_says_why_in_the_other_language_without_scripts() {
    refused(Scripts::Off).await;
}

async fn refused(scripts: Scripts) {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(scripts, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-032").await;
    browser.fill("#project", "P-32").await;
    browser.click("#request .form-foot button:not([formaction])").await;
    browser.see("#molecule-problem").await;
    // Typed after it was refused: nobody but the browser has it.
    browser.fill("#strength", "5 mg").await;
    browser.click("header button[data-other]").await;
    browser.see("html[lang=zh-CN] #request [role=alert] a[href='#molecule']").await;
    browser.see("#molecule-problem").await;
    assert_eq!(value(&browser, "#project").await, "P-32");
    let kept = if scripts == Scripts::On { "5 mg" } else { "" };
    assert_eq!(value(&browser, "#strength").await, kept);
    assert_eq!(browser.count(".booking .status.held").await, 1, "it was not sent");
    browser.shoot(&format!("refused-other-language-{scripts:?}")).await;
    browser.close().await;
}

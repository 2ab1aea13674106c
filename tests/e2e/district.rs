//! The district looks on, verifies who registers, and a newcomer's way in; in both languages.

use tests::app::{PASSWORD, credit_code};

use super::{Scripts, Tongue, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_district_looks_on_in_chinese() {
    looks_on(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_district_looks_on_in_english_without_scripts() {
    looks_on(Scripts::Off, Tongue::English).await;
}

async fn looks_on(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::with_history().await;
    let browser = stage.browser(scripts, tongue).await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };

    // A newcomer takes the district's seat with one click.
    browser.go("/").await;
    browser.click(".seat:nth-child(3) button").await;
    assert_eq!(browser.text("h1").await, say("新区总览", "District overview"));

    // The quarter in figures, every one with its definition a click away.
    assert_eq!(browser.count(".headlines .figure").await, 4);
    browser.click(".headlines .figure:first-child summary").await;
    assert!(
        browser
            .text(".headlines .figure:first-child .what p")
            .await
            .contains(say("可预约时间", "bookable time"))
    );
    assert_eq!(browser.count(".heat tbody tr").await, 7);
    // 2026 has a fifty-third week.
    assert_eq!(browser.count(".heat thead th").await, 1 + 14);
    browser.shoot(&format!("district-{}", tongue.segment())).await;

    // Back and forward; the quarter is in the address.
    browser.click(".chooser a:first-child").await;
    browser.arrive("/district?quarter=2026-3").await;
    assert_eq!(browser.count(".heat thead th").await, 1 + 13);
    browser.click(".chooser p + a").await;
    browser.arrive("/district?quarter=2026-4").await;

    // Whoever waits is verified, and waits no longer.
    assert!(browser.text(".company").await.contains(say("辛新药", "Xin Drugs")));
    browser.click(".company .decide > form button").await;
    browser.see("section[aria-labelledby=waiting] > p.hint").await;
    assert!(browser.text("#waiting").await.contains(say("待核验企业", "Companies to verify")));
    assert_eq!(browser.count(".company").await, 0);

    // Who asked and who got, by size; every figure leads to its definition.
    let figures = "section[aria-labelledby=fair] > table";
    assert_eq!(browser.count(&format!("{figures} tbody tr")).await, 6);
    let word = browser.see(&format!("{figures} thead a")).await.attr("href").await.expect("a link");
    assert!(word.is_some_and(|word| word.ends_with("/glossary#word-fair_requests")));

    // A score is recorded, and stands there.
    browser.click("a[href$='/district/companies']").await;
    browser.click(".company:first-child .score > summary").await;
    browser.fill(".company:first-child input[name=score]", "640").await;
    browser.set_date(".company:first-child input[name=assessed_on]", "2026-06-30").await;
    browser.click(".company:first-child .score .invite button").await;
    let recorded = browser.text(".company:first-child .facts").await;
    assert!(recorded.contains("640") && recorded.contains("2026"), "{recorded}");
    browser.shoot(&format!("district-companies-{}", tongue.segment())).await;

    // A verification is withdrawn with a reason, and the company is on the list no more.
    let listed = browser.count(".company").await;
    let away = browser.see(".company:first-child").await.attr("id").await.expect("a page").expect("an id");
    browser.click(&format!("#{away} .away > summary")).await;
    browser.fill(&format!("#{away} textarea"), "Struck off the register").await;
    browser.click(&format!("#{away} .turn-away button")).await;
    browser.see(&format!("main:not(:has(#{away})) .company")).await;
    assert_eq!(browser.count(".company").await, listed - 1);

    // By mistake: it stands among those that were turned away, and is verified again.
    browser.click(".ways a[href$='/district/waiting']").await;
    assert!(browser.text("#companies-away blockquote").await.contains("Struck off the register"));
    browser.click("#companies-away .company form button").await;
    browser.see("#companies-away > p.hint").await;
    browser.close().await;
    stage.app.stop().await;
}
#[tokio::test(flavor = "multi_thread")]
async fn a_company_registers_in_chinese() {
    registers(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_registers_in_english_without_scripts() {
    registers(Scripts::Off, Tongue::English).await;
}

async fn registers(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::with_history().await;
    let browser = stage.browser(scripts, tongue).await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    browser.go(&format!("/{}/sign-in", tongue.segment())).await;
    browser.click("main p.hint a").await;
    assert_eq!(browser.text("h1").await, say("企业注册", "Register a company"));
    let wrong = credit_code(1).replace("MA", "MB");
    for (field, value) in [
        ("company", "哈尔滨示例新药有限公司"),
        ("credit_code", &wrong),
        ("contact", "李冠 0451-00000000"),
        ("name", "Li Guan"),
        ("email", "li@new.example"),
        ("password", PASSWORD),
    ] {
        browser.fill(&format!("#{field}"), value).await;
    }
    browser.choose("#size", "small").await;
    browser.click("main form button").await;

    // The wrong field says so, a summary leads to it, and nothing typed is lost but the password.
    assert!(browser.text("#credit_code-problem").await.contains(say("信用代码", "credit code")));
    assert!(browser.text("[role=alert]").await.contains(say("需要修改", "another look")));
    let value = async |css: &str| browser.see(css).await.value().await.expect("a field").unwrap_or_default();
    assert_eq!(value("#company").await, "哈尔滨示例新药有限公司");
    assert_eq!(value("#size").await, "small");
    assert_eq!(value("#password").await, "");
    browser.shoot(&format!("register-{}", tongue.segment())).await;

    browser.fill("#credit_code", &credit_code(1)).await;
    browser.fill("#password", PASSWORD).await;
    browser.click("main form button").await;
    assert_eq!(browser.text(".note-title").await, say("等待核验", "Waiting to be verified"));
    browser.shoot(&format!("verification-{}", tongue.segment())).await;

    // The district turns it away with a reason, and the company reads it.
    let district = stage.browser(scripts, tongue).await;
    district.go("/").await;
    district.click(".seat:nth-child(3) button").await;
    // Whoever registered first stands first: the demonstration's own waits already.
    let card = ".company:nth-child(2)";
    assert!(district.text(card).await.contains("示例新药有限公司"));
    district.click(&format!("{card} .decide summary")).await;
    district.fill(&format!("{card} textarea"), "Code of another company").await;
    district.click(&format!("{card} .turn-away button")).await;
    district.says("#waiting", say("1 家企业待核验", "1 company is waiting")).await;
    assert_eq!(district.count(".company").await, 1);
    browser.go(&format!("/{}/verification", tongue.segment())).await;
    assert_eq!(browser.text("blockquote").await, "Code of another company");
    district.close().await;
    browser.close().await;
    stage.app.stop().await;
}

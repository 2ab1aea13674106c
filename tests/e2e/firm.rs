//! A firm's way: search, hold, request, withdraw; and what happens when time runs out meanwhile.

use serde_json::json;
use tests::app::People;

use super::{
    Browser, Scripts, Stage, Tongue,
    conversation::{sign_in, sign_in_elsewhere},
    stage::{SECRET, TABLETS, member},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_sends_a_request_and_withdraws_it_in_chinese() {
    request_to_withdrawal(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_sends_a_request_and_withdraws_it_in_english_without_scripts() {
    request_to_withdrawal(Scripts::Off, Tongue::English).await;
}

async fn request_to_withdrawal(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(scripts, tongue).await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());

    // Nothing booked yet: the page says how to begin.
    browser.go(&format!("/{}", tongue.segment())).await;
    sign_in(&browser, 1).await;
    browser.click(".ways a[href$='/campaigns']").await;
    assert_eq!(browser.text("h1").await, say("还没有项目", "No campaigns yet"));
    browser.shoot(&shot("campaigns-empty")).await;

    hold(&browser, tongue, "ZS-007").await;
    let booking = browser.path().await;

    // A request that isn't whole comes back as typed, with the complaint at the field and above the form.
    browser.fill("#project", "P-7").await;
    browser.fill("#contact_phone", "+86 451 0000 0000").await;
    browser.click("#request .form-foot button:not([formaction])").await;
    browser.see("#request [role=alert] a[href='#molecule']").await;
    browser.see("#molecule-problem").await;
    assert_eq!(value(&browser, "#project").await, "P-7");
    assert_eq!(browser.count(".booking .status.held").await, 1, "it is still held");
    browser.shoot(&shot("request-incomplete")).await;

    // A draft may be partial, and is there again on another day.
    browser.choose("#molecule", "small_molecule").await;
    browser.click("#market input[value=cn]").await;
    browser.click("#market input[value=ru]").await;
    browser.click("#request button[formaction]").await;
    browser.see("#request [role=status]").await;
    browser.go(&booking).await;
    assert_eq!(value(&browser, "#project").await, "P-7");
    assert_eq!(browser.count("#market input:checked").await, 2);

    complete(&browser).await;
    browser.click("#request .form-foot button:not([formaction])").await;
    browser.see(".booking .status.requested").await;
    assert_eq!(browser.path().await, booking);
    let timeline = browser.text(".timeline").await;
    assert!(timeline.contains(say("提交申请", "Request sent")), "{timeline}");
    assert!(timeline.contains(say("答复", "answers by")), "{timeline}");
    let all = browser.text(".booking").await;
    assert!(all.contains("HDPE 100") && all.contains(say("俄罗斯", "Russia")), "{all}");
    browser.shoot(&shot("requested")).await;

    // It is in the list, found by its status.
    browser.go(&format!("/{}/campaigns", tongue.segment())).await;
    assert!(browser.text("#campaigns").await.contains("ZS-007"));
    browser.shoot(&shot("campaigns")).await;
    browser.choose("#status", "confirmed").await;
    browser.click("form.filters button").await;
    assert!(browser.text("main .note").await.contains(say("没有符合", "No campaign")));
    browser.choose("#status", "requested").await;
    browser.click("form.filters button").await;
    browser.click("#campaigns th a").await;

    browser.click("details.action summary").await;
    browser.fill("#reason", "changed our mind").await;
    browser.click("details.action button").await;
    browser.see(".booking .status.withdrawn").await;
    assert!(browser.text(".timeline").await.contains("changed our mind"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_expires_while_the_form_is_filled_in_loses_nothing() {
    expiry(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_expires_while_the_form_is_filled_in_loses_nothing_without_scripts() {
    expiry(Scripts::Off).await;
}

async fn expiry(scripts: Scripts) {
    let stage = Stage::with_firms(2).await;
    let browser = stage.browser(scripts, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-008").await;
    let first = browser.path().await;
    browser.fill("#project", "P-8").await;
    complete(&browser).await;
    // An address that can't be kept doesn't take the rest with it.
    browser.fill("#contact_email", "nobody").await;

    // Three days pass; the session has ended too, and begins again.
    stage.app.clock.advance(72 * 3600 + 1);
    sign_in_elsewhere(&browser, Tongue::English, &member(1)).await;
    browser.click("#request .form-foot button:not([formaction])").await;
    browser.see(".instead article.offer").await;
    assert!(browser.text(".booking").await.contains("expired"));
    browser.shoot(&format!("expired-{scripts:?}")).await;

    // Somebody is faster again, at what was offered instead.
    let faster = stage.app.visitor();
    faster.sign_in(&member(2), SECRET).await.expect(201);
    let [search, offer] =
        ["search", "offer"].map(|name| format!(".instead .offer.first form.hold [name={name}]"));
    let (search, offer) = (value(&browser, &search).await, value(&browser, &offer).await);
    let order = json!({"search": search, "offer": offer, "key": "faster", "here": "/en"});
    assert_eq!(faster.post_form("/do/hold", &order).await.status, 303);
    browser.click(".instead article.offer.first button").await;
    browser.see(".conflict article.offer.first").await;
    browser.shoot(&format!("expired-twice-{scripts:?}")).await;
    browser.click(".conflict article.offer.first form.hold button").await;
    browser.see(".booking .status.held").await;
    assert_ne!(browser.path().await, first);
    assert!(browser.text(".facts").await.contains("ZS-008"), "the product is the same");
    assert_eq!(value(&browser, "#project").await, "P-8");
    assert_eq!(value(&browser, "#container").await, "HDPE 100");
    assert_eq!(value(&browser, "#contact_email").await, "");
    browser.close().await;
}

/// Holds the first offer for tablets.
pub async fn hold(browser: &Browser, tongue: Tongue, code: &str) {
    browser.go(&format!("/{}{TABLETS}", tongue.segment())).await;
    browser.fill("article.offer.first input[name=product_code]", code).await;
    browser.click("article.offer.first form.hold button").await;
    browser.see(".booking .status.held").await;
}

/// Fills in what a request must have besides its project.
pub async fn complete(browser: &Browser) {
    browser.choose("#molecule", "small_molecule").await;
    browser.fill("#strength", "5 mg").await;
    browser.fill("#container", "HDPE 100").await;
    if browser.count("#market input:checked").await == 0 {
        browser.click("#market input[value=cn]").await;
    }
    browser.choose("#storage", "none").await;
    browser.click("#confidentiality").await;
    browser.fill("#contact_name", "Wang").await;
    browser.fill("#contact_phone", "+86 451 0000 0000").await;
}

pub async fn value(browser: &Browser, css: &str) -> String {
    browser.see(css).await.value().await.expect("a field").unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_booking_is_moved_and_then_cancelled_for_the_fee_that_was_shown() {
    moved_and_cancelled(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_booking_is_moved_and_then_cancelled_without_scripts() {
    moved_and_cancelled(Scripts::Off, Tongue::English).await;
}

async fn moved_and_cancelled(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::set().await;
    let people = People::found(&stage.app).await;
    people.company(1).await;
    let browser = stage.browser(scripts, tongue).await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());
    browser.go(&format!("/{}", tongue.segment())).await;
    sign_in(&browser, 1).await;
    hold(&browser, tongue, "ZS-009").await;
    browser.fill("#project", "P-9").await;
    complete(&browser).await;
    browser.click("#request .form-foot button:not([formaction])").await;
    browser.see(".booking .status.requested").await;
    let booking = browser.path().await;
    approve(&people, &booking[4..]).await;
    browser.go(&booking).await;
    browser.see(".booking .status.confirmed").await;
    browser.shoot(&shot("confirmed")).await;

    // Moving shows its fee and what else fits, and for a fee it asks before it happens.
    let before = browser.text(".steps tbody").await;
    browser.click(".actions a[href$='/move']").await;
    browser.see(".fee").await;
    browser.see("article.offer .offer-foot a.button").await;
    assert_eq!(browser.count("form.hold").await, 0, "what costs is not one click away");
    browser.shoot(&shot("move")).await;
    browser.set_date("#from", "2027-03-01").await;
    browser.set_date("#to", "2027-04-30").await;
    browser.click("form.window button").await;
    browser.see("#from[value='2027-03-01']").await;
    browser.click("article.offer.first .offer-foot a.button").await;
    let question = browser.text(".form-foot button").await;
    let fee = browser.text(".fee-sum dd").await;
    assert!(question.contains(&fee), "{fee}: {question}");
    browser.shoot(&shot("move-question")).await;
    browser.click(".form-foot button").await;
    browser.see(".booking .status.confirmed").await;
    assert_ne!(browser.text(".steps tbody").await, before);
    assert!(browser.text(".timeline").await.contains(say("改期", "Moved")));

    // Cancelling asks only after it has said what that costs.
    browser.click(".actions a[href$='/cancel']").await;
    let fee = browser.text(".fee-sum dd").await;
    let question = browser.text(".form-foot button").await;
    assert!(question.contains(&fee) || question.contains(say("免费", "free of charge")), "{fee}: {question}");
    browser.shoot(&shot("cancel")).await;
    browser.fill("#reason", "no material").await;
    browser.click(".form-foot button").await;
    browser.see(".booking .status.cancelled").await;
    browser.close().await;
}

/// The platform's people confirm the hazards and approve the booking at `/bookings/…`.
pub async fn approve(people: &People<'_>, booking: &str) {
    let path = format!("/api/v1/{}", booking.trim_start_matches('/'));
    let platforms = people.district_admin.get("/api/v1/platforms").await;
    for platform in platforms.expect(200).as_array().expect("a list") {
        let id: uuid::Uuid = platform["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let code = platform["code"].as_str().expect("a code");
        let qa = people.staff(id, "qa", &format!("qa@{code}.example")).await;
        if qa.get(&path).await.status != 200 {
            continue;
        }
        let operator = people.staff(id, "operator", &format!("operator@{code}.example")).await;
        let evidence = serde_json::json!({"reason": "SDS on file"});
        qa.ask_once("POST", &format!("{path}/confirm-hazards"), Some(evidence)).await.expect(200);
        operator.ask_once("POST", &format!("{path}/approve"), None).await.expect(200);
        return;
    }
    panic!("no platform has {booking}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_invites_and_makes_a_token_and_sees_each_secret_once() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::Off, Tongue::English).await;
    browser.go("/en/sign-in").await;
    browser.fill("#email", "admin@company1.example").await;
    browser.fill("#password", SECRET).await;
    browser.click("main form button").await;
    browser.see(".who").await;

    browser.click(".ways a[href$='/company']").await;
    browser.fill("#invite-email", "new@company1.example").await;
    browser.click(".invite button").await;
    let link = value(&browser, ".secret").await;
    assert!(link.contains("/join?token="), "{link}");
    assert!(browser.text("main").await.contains("new@company1.example"));
    browser.shoot("company").await;
    browser.go("/en/company").await;
    assert_eq!(browser.count(".secret").await, 0, "it is shown once");

    browser.go("/en/account").await;
    browser.fill("#token-name", "ERP").await;
    browser.fill("#token-days", "1000").await;
    browser.click(".invite button").await;
    browser.see("#token-days-problem").await;
    assert_eq!(value(&browser, "#token-name").await, "ERP", "what was typed stays");
    browser.fill("#token-days", "30").await;
    browser.click(".invite button").await;
    assert!(value(&browser, ".secret").await.len() > 20);
    browser.shoot("account").await;

    browser.go("/en/notices").await;
    browser.shoot("notices-empty").await;
    browser.close().await;
}

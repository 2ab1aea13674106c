//! Times are the plants' and the server's: whoever reads elsewhere sees their own beside them, and a browser's clock
//! that is wrong changes nothing.

use app::{
    contract::Instant,
    language::Language,
    words::{moment, moment_at, remaining, short_moment},
};
use serde_json::{Value, json};
use tests::app::BEGINNING;

use super::{
    Browser, Scripts, Stage, Tongue,
    conversation::sign_in,
    firm::hold,
    stage::{SECRET, TABLETS, member},
};

/// Minutes that clocks in New York are ahead of UTC in winter.
const NEW_YORK: i64 = -5 * 60;
/// Minutes that the plant's clock is ahead of UTC.
const PLANT: i64 = 8 * 60;
/// Puts the browser's calendar where it says `TO`, in milliseconds since 1970; it goes on from there.
const WRONG: &str = "(() => {
    const Right = Date, ahead = TO - Right.now();
    globalThis.Date = class extends Right {
        constructor(...given) { if (given.length) super(...given); else super(Right.now() + ahead); }
        static now() { return Right.now() + ahead; }
    };
})();";
/// Longer than the page is open before it is read.
const READING: i64 = 300;

#[tokio::test(flavor = "multi_thread")]
async fn times_are_the_plants_and_the_servers_wherever_they_are_read() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    far_from_the_plant(&stage, &browser).await;
    by_a_wrong_clock(&stage, &browser).await;
    browser.close().await;
}

async fn far_from_the_plant(stage: &Stage, browser: &Browser) {
    let answer = stage.app.visitor().get(&format!("/api/v1/offers{TABLETS}")).await;
    let steps = answer.expect(200)["offers"][0]["steps"].as_array().expect("steps");
    let times = |name: &str| steps.iter().map(|step| instant(&step[name])).collect::<Vec<_>>();
    let start = times("start").into_iter().min().expect("a start");
    let end = times("end").into_iter().max().expect("an end");

    move_to(browser, "America/New_York").await;
    browser.go(&format!("/en{TABLETS}")).await;
    for own in [start, end].map(|at| moment_at(Language::en, at, NEW_YORK)) {
        browser.says(".offer.first .own-time", &own).await;
    }
    let plants = browser.text(".offer.first .offer-span").await;
    assert!(plants.contains(&moment(Language::en, start)), "{plants}");
    // Each step too, for whoever wants to know.
    browser.click(".offer.first .own-steps summary").await;
    let own = Instant(start.0 + (NEW_YORK - PLANT) * 60);
    browser.says(".offer.first .own-steps li", &short_moment(Language::en, own)).await;
    assert_eq!(browser.count(".offer.first .own-steps li").await, steps.len());
    // That they are told is why they are printed.
    assert_eq!(browser.count(".offer.first .own-steps [data-told]").await, steps.len());

    // Beside the plant there is nothing to add.
    move_to(browser, "Asia/Shanghai").await;
    browser.go(&format!("/en{TABLETS}")).await;
    browser.choose("#offering", "PEP").await;
    // The page is awake once the unit follows.
    browser.see("#unit:not(:has(option[value=vial]))").await;
    assert_eq!(browser.text(".offer.first .own-time").await, "");
    assert!(!browser.see(".offer.first .own-steps").await.is_displayed().await.expect("an element"));
}

async fn by_a_wrong_clock(stage: &Stage, browser: &Browser) {
    // By this calendar every hold is over.
    let wrong = BEGINNING + 400 * 24 * 3600;
    let source = WRONG.replace("TO", &(wrong * 1000).to_string());
    browser.pretend("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    sign_in(browser, 1).await;
    hold(browser, Tongue::English, "ZS-050").await;
    let now: f64 = browser.run("return Date.now() / 1000", vec![]).await;
    assert!(now >= wrong as f64, "{now}");

    let visitor = stage.app.visitor();
    visitor.sign_in(&member(1), SECRET).await.expect(201);
    let held = visitor.get("/api/v1/bookings").await.expect(200)["items"][0].clone();
    let left = instant(&held["hold_expires_at"]).0 - BEGINNING;
    assert!(left > 24 * 3600, "{held}");
    counts(browser, left).await;
    stage.app.clock.advance(3600);
    browser.go(&browser.path().await).await;
    counts(browser, left - 3600).await;
}

/// Puts the reader's clock into another zone.
async fn move_to(browser: &Browser, zone: &str) {
    browser.pretend("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
}

/// Waits until the countdown ticks; it says what is left of `left` seconds.
async fn counts(browser: &Browser, left: i64) {
    let asleep = browser.text(".countdown").await;
    let awake = async {
        loop {
            let shown = browser.text(".countdown").await;
            if shown != asleep {
                return shown;
            }
        }
    };
    let patience = std::time::Duration::from_secs(30);
    let shown = tokio::time::timeout(patience, awake).await.expect("it ticks");
    let right = (0..READING).any(|gone| remaining(Language::en, left - gone) == shown);
    assert!(right, "{shown} instead of a little less than {}", remaining(Language::en, left));
}

fn instant(text: &Value) -> Instant {
    serde_json::from_value(text.clone()).expect("an instant")
}

//! What is typed into a request is saved by itself, and the page says when, or that it wasn't.

use serde_json::json;

use super::{
    Scripts, Stage, Tongue,
    conversation::sign_in,
    firm::{complete, hold, value},
    stage::{SECRET, member},
};

/// What is said beside the buttons.
const NOTE: &str = "#request .draft-note";
/// The button that sends the request.
const SEND: &str = "#request .form-foot button:not([formaction])";

/// Has the next draft saved, and its answer lost on its way.
const LOSE: &str = "const real = window.fetch;
    window.fetch = async (...sent) => {
        const answer = await real(...sent);
        if (!String(sent[0]).includes('save-draft')) return answer;
        window.fetch = real;
        throw new Error('lost');
    };
    return true";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_saved_by_itself_and_the_page_says_so() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-061").await;
    let booking = browser.path().await;
    let path = format!("/api/v1/{}", &booking[4..]);
    let firm = stage.app.visitor();
    firm.sign_in(&member(1), SECRET).await.expect(201);
    let saved = async || firm.get(&path).await.expect(200)["details"].clone();

    browser.fill("#project", "P-61").await;
    browser.says(NOTE, "Saved ").await;
    assert_eq!(saved().await["project"], "P-61");
    // An answer that is lost doesn't make the next draft look like a colleague's.
    assert!(browser.run::<bool>(LOSE, vec![]).await);
    browser.fill("#container", "HDPE").await;
    browser.says(NOTE, "Not saved").await;
    assert_eq!(saved().await["container"], "HDPE", "it was saved all the same");
    browser.fill("#container", "HDPE bottle").await;
    browser.says(NOTE, "Saved ").await;
    assert_eq!(saved().await["container"], "HDPE bottle");
    // What can't be kept doesn't take the rest with it, and nothing is complained of while somebody types.
    browser.fill("#strength", "5 mg").await;
    browser.fill("#contact_email", "nobody").await;
    browser.says(NOTE, "but for: E-mail address").await;
    assert_eq!(saved().await["strength"], "5 mg");
    assert_eq!(browser.count("#contact_email-problem").await, 0);

    // It isn't the colleague's draft that gives way.
    let theirs = json!({"project": "P-colleague"});
    firm.ask("PUT", &format!("{path}/details"), Some(theirs)).await.expect(200);
    browser.fill("#strength", "6 mg").await;
    browser.says(NOTE, "Not saved").await;
    assert_eq!(saved().await["project"], "P-colleague");

    // Whoever has seen that goes on; what is saved meanwhile is known to what is sent.
    browser.click("#request button[formaction]").await;
    browser.see("#request .note.warn").await;
    browser.fill("#contact_email", "").await;
    complete(&browser).await;
    browser.says(NOTE, "Saved ").await;
    assert_eq!(value(&browser, "#project").await, "P-61");
    browser.click(SEND).await;
    browser.see(".booking .status.requested").await;
    assert_eq!(saved().await["project"], "P-61");
    browser.close().await;
}

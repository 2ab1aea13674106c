//! Whoever is signed in reads their name in the header, however long it is.

use serde_json::json;

use super::{
    Scripts, Stage, Tongue,
    conversation::sign_in,
    stage::{SECRET, member},
};

/// Whether something of the name in the header isn't seen.
const CUT: &str = "const name = document.querySelector('.who-name');
    return name.scrollWidth > name.clientWidth || name.scrollHeight > name.clientHeight;";

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_read_whole_in_the_header_or_in_its_menu() {
    let stage = Stage::with_firms(1).await;
    let visitor = stage.app.visitor();
    visitor.sign_in(&member(1), SECRET).await.expect(201);
    let rename = async |name: &str| {
        visitor.ask("PATCH", "/api/v1/accounts/me", Some(json!({"name": name}))).await.expect(200);
    };
    let name = "Konstantin Alexandrovich Preobrazhensky";
    rename(name).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    assert_eq!(browser.text(".who-name").await, name);
    let cut = browser.driver.execute(CUT, Vec::new()).await.expect("it runs");
    assert!(!cut.convert::<bool>().expect("an answer"), "it is cut");

    // What is longer than two lines is whole in the menu.
    let longer = vec![name; 4].join(" ");
    rename(&longer).await;
    browser.go("/en/campaigns").await;
    browser.click(".who").await;
    assert_eq!(browser.text(".who-full").await, longer);
    browser.shoot("long-name").await;
    browser.close().await;
}

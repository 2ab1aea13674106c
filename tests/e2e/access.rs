//! Everybody can use every page: names, headings, references, lists, tables, keyboard and contrast, in the light scheme
//! and in the dark one, in both languages.
//!
//! These are own checks, in `access.js`. axe knows more of them; it isn't run here because it comes neither with a
//! Debian package nor in a form that could be kept beside the sources.

use server::{
    demo::{Demonstration, load},
    settings::Settings,
    store::{Store, StoreOptions},
};
use tests::{App, Engine, TestDatabase, app::BEGINNING};

use super::{Browser, Scripts, Tongue, stage::TABLETS};

const CHECKS: &str = include_str!("access.js");

/// Who sits where, and the pages that only they see; visitors first.
fn pages() -> [(Option<&'static str>, Vec<&'static str>); 3] {
    let visitor = vec!["", "/sign-in", "/join", "/reset", "/design", "/nowhere", TABLETS];
    [(None, visitor), (Some("firm"), vec!["/verification", TABLETS]), (Some("district"), vec!["/district"])]
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_every_page_in_chinese() {
    check(Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_every_page_in_english() {
    check(Tongue::English).await;
}

async fn check(tongue: Tongue) {
    let database = TestDatabase::migrated(Engine::Sqlite).await;
    let store = Store::open(&StoreOptions::new(database.url())).await.expect("the database opens");
    let wanted =
        Demonstration { campaigns: 40, ..Demonstration::new("demonstration-only".into(), BEGINNING) };
    load(&store, &Settings::defaults(), &wanted).await.expect("it loads").expect("it was empty");
    store.close().await;
    let app = App::start_with(&database, |settings| settings.demonstration = true).await;
    let browser = Browser::open(&app.address, Scripts::On, tongue).await;
    let mut wrong = Vec::new();
    for (seat, pages) in pages() {
        if let Some(seat) = seat {
            browser.go(&format!("/{}", tongue.segment())).await;
            browser.click(&format!("form:has(input[value={seat}]) button")).await;
            browser.see(".who").await;
        }
        for page in pages {
            browser.go(&format!("/{}{page}", tongue.segment())).await;
            browser.see("main h1").await;
            for scheme in ["light", "dark"] {
                // Every colour follows the scheme, so the page shows either without another visit.
                let set = format!("document.documentElement.style.colorScheme = '{scheme}'");
                browser.driver.execute(set, vec![]).await.expect("a scheme");
                let found = browser.driver.execute(CHECKS, vec![]).await.expect("the checks run");
                let found: Vec<String> = found.convert().expect("a list of complaints");
                wrong.extend(found.into_iter().map(|complaint| format!("{page} ({scheme}): {complaint}")));
            }
        }
    }
    browser.close().await;
    app.stop().await;
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
}

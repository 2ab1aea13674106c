//! From a search to a hold by keyboard alone: the dosage form is found by typing, and at every stop on the way it is
//! seen where one is.

use serde_json::json;
use thirtyfour::prelude::Key;

use super::{Browser, Scripts, Stage, Tongue, conversation::sign_in, firm::value};

/// Where a form is found by typing.
const FIND: &str = "#offering-find";
/// What is said of what was typed there.
const TOLD: &str = "return document.getElementById('finder-told').textContent;";

/// Where the focus is: whether that is what is looked for, whether it is seen, and what it is.
const STOP: &str = "const at = document.activeElement, style = getComputedStyle(at);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const seen = at !== document.body && at.checkVisibility() && (outlined || style.boxShadow !== 'none');
    return [at.matches(arguments[0]), seen, at.outerHTML.slice(0, 160)];";
/// Chooses peptides, as somebody who comes back to a search has. Islands that wake later find it chosen.
const CHOSEN: &str = "document.getElementById('offering').value = 'PEP';
    window.dispatchEvent(new Event('change'));
    return document.getElementById('offering').value;";
/// More stops than any page has before what is looked for.
const MOST: usize = 120;

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_found_by_typing_and_held_by_keyboard_alone() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    browser.go("/en").await;
    assert_eq!(browser.run::<String>(CHOSEN, vec![]).await, "PEP");
    // Peptides aren't measured in vials: the page is awake.
    browser.see("#unit:not(:has(option[value=vial]))").await;

    let mut unseen = tab_to(&browser, FIND).await;
    // What fits one only is chosen, by its name in either language, by how the Chinese one is read, or by its code;
    // else all is as it was, and that is said.
    for (typed, code, told) in [
        ("tabl", "PEP", "Several fit"),
        ("tablet", "TAB", ""),
        ("tablets", "TAB", ""),
        ("xyz", "PEP", "No form is called that"),
        ("tabelt", "PEP", "Did you mean one of these"),
        ("片剂", "TAB", ""),
        ("pian", "PEP", "Several fit"),
        ("pianji", "TAB", ""),
        ("bmyp", "FCT", ""),
        ("coat", "FCT", ""),
        ("tab", "TAB", ""),
    ] {
        retype(&browser, typed).await;
        browser.see(&format!("#offering:has(option[value={code}]:checked)")).await;
        let said = browser.run::<String>(TOLD, vec![]).await;
        assert!(said.contains(told) && said.is_empty() == told.is_empty(), "{typed}: {said}");
    }
    // What fits nothing can still be chosen from the whole list.
    retype(&browser, "xyz").await;
    browser.see("[role=option]#offering-TAB").await;
    browser.see("[role=option]#offering-PEP").await;
    // Whoever gives up has what they had; the arrows go through what fits, by family, and Enter picks.
    browser.press(Key::Escape).await;
    browser.see(&format!("{FIND}[aria-expanded=false]")).await;
    assert_eq!(value(&browser, FIND).await, "peptide API 多肽原料药");
    browser.see("#offering:has(option[value=PEP]:checked)").await;
    retype(&browser, "tablet").await;
    browser.see("[role=group][aria-label] #offering-TAB[aria-selected=true]").await;
    assert_eq!(browser.count("#offering-PEP").await, 0, "it doesn't fit");
    browser.press(Key::Down).await;
    let next = browser.see("[role=option][aria-selected=true]:not(#offering-TAB)").await;
    let next = next.attr("id").await.expect("an element").expect("an id");
    browser.see(&format!("{FIND}[aria-activedescendant={next}]")).await;
    browser.press(Key::Up).await;
    browser.see("#offering-TAB[aria-selected=true]").await;
    browser.press(Key::Enter).await;
    browser.see(&format!("{FIND}[aria-expanded=false]")).await;
    assert_eq!(value(&browser, FIND).await, "tablet 片剂");
    browser.see("#offering:has(option[value=TAB]:checked)").await;
    unseen.extend(tab_to(&browser, "#batch_size").await);
    browser.press("20").await;
    unseen.extend(tab_to(&browser, "#unit").await);
    browser.press("k").await;
    unseen.extend(tab_to(&browser, "form.search button[type=submit]").await);
    browser.press(Key::Enter).await;
    browser.see("#results").await;
    let searched = browser.path().await;
    for parameter in ["offering=TAB", "batch_size=20", "unit=kilogram"] {
        assert!(searched.contains(parameter), "{searched}");
    }

    unseen.extend(tab_to(&browser, "article.offer.first form.hold [name=product_code]").await);
    browser.press("KEY-1").await;
    unseen.extend(tab_to(&browser, "article.offer.first form.hold button").await);
    browser.press(Key::Enter).await;
    browser.see(".booking .status.held").await;
    assert!(browser.text(".facts").await.contains("KEY-1"));
    assert!(unseen.is_empty(), "nobody sees that the focus is at:\n{}", unseen.join("\n"));
    browser.close().await;
}

/// Types over what the field says at which the focus is.
async fn retype(browser: &Browser, typed: &str) {
    browser.run::<bool>("document.activeElement.select(); return true;", vec![]).await;
    browser.see(FIND).await.send_keys(typed).await.expect("keys are pressed");
}

/// Presses the tab key until the focus is there. What it was at on the way, unseen.
async fn tab_to(browser: &Browser, css: &str) -> Vec<String> {
    let mut unseen = Vec::new();
    for _ in 0..MOST {
        browser.press(Key::Tab).await;
        let (is_there, is_seen, what) = browser.run::<(bool, bool, String)>(STOP, vec![json!(css)]).await;
        if !is_seen {
            unseen.push(what);
        }
        if is_there {
            return unseen;
        }
    }
    panic!("the tab key never comes to {css} on {}", browser.path().await);
}

//! Pages as a visitor of a slow machine sees them in Chromium, beside the same machine at full speed.

use std::time::Duration;

use reqwest::header::SET_COOKIE;
use serde::Deserialize;
use serde_json::json;
use tests::browser::{Browser, Scripts, Tongue};
use thirtyfour::prelude::Key;

use super::{FIRST, Page, Reader};
use crate::{
    Scale, clients,
    made::PASSWORD,
    process::Server,
    report::{Report, Row, spell},
};

/// How much slower than this machine the visitor's is.
const SLOWER: u32 = 4;
/// The pages that are looked at, by their names, with what is typed into there. Where nothing is, the visitor clicks
/// and goes on by keyboard.
const LOOKED_AT: [(&str, Option<&str>); 5] = [
    (FIRST, Some("main form input[name=batch_size]")),
    ("search", Some("main form input[name=batch_size]")),
    ("a booking", None),
    ("desk", None),
    ("a line", None),
];

/// What Chromium says of one visit. Times in milliseconds.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Visit {
    /// Bytes over the wire, headers and all, the page's own and what it loads.
    bytes: f64,
    /// When the largest part of the first screen was painted.
    painted: f64,
    /// Sum of the layout shifts that nobody's input caused.
    shift: f64,
    /// The longest time from an input to the next frame; 0 if below 16.
    reaction: f64,
}

/// Reads what the browser has noted, a moment after everything has happened.
const NOTED: &str = r"
const done = arguments[arguments.length - 1];
const noted = (type, more) => new Promise(resolve => {
  const all = [];
  const observer = new PerformanceObserver(list => all.push(...list.getEntries()));
  observer.observe({ type, buffered: true, ...more });
  setTimeout(() => { all.push(...observer.takeRecords()); observer.disconnect(); resolve(all); }, 300);
});
(async () => {
  const painted = (await noted('largest-contentful-paint')).map(entry => entry.startTime);
  const shifts = (await noted('layout-shift')).filter(entry => !entry.hadRecentInput);
  const events = await noted('event', { durationThreshold: 16 });
  const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  done({
    bytes: loaded.reduce((sum, entry) => sum + entry.transferSize, 0),
    painted: Math.max(0, ...painted),
    shift: shifts.reduce((sum, entry) => sum + entry.value, 0),
    reaction: Math.max(0, ...events.filter(entry => entry.interactionId).map(entry => entry.duration)),
  });
})();
";

/// Adds what is seen of each page, on a desk and in the hand.
pub(super) async fn measure(report: &mut Report, server: &Server, pages: &[Page], scale: Scale) {
    for (name, field) in LOOKED_AT {
        let page = pages.iter().find(|page| page.name == name).expect("a page of this name");
        let visits = if name == FIRST { scale.of(5, 2) } else { scale.of(3, 1) };
        for width in [1440, 390] {
            let full = visited(server, page, field, (1, width), visits).await;
            let slow = visited(server, page, field, (SLOWER, width), visits).await;
            let which = format!("{name} at {width} px, {SLOWER} × slower, median of {visits}");
            add(report, &which, (slow, full));
        }
    }
}

/// The figures of a page.
fn add(report: &mut Report, page: &str, (slow, full): (Visit, Visit)) {
    let spelled = |milliseconds: f64| spell(Duration::from_secs_f64(milliseconds / 1000.0));
    let mut add = |what: &str, value: String, yardstick: String, ratio: f64, wanted| {
        report.add(Row {
            what: format!("{page}: {what}"),
            value,
            yardstick: format!("at full speed: {yardstick}"),
            ratio: format!("{ratio:.2} ×"),
            wanted,
        });
    };
    let kilobytes = |visit: &Visit| format!("{:.1} kB", visit.bytes / 1000.0);
    let wire = if page.starts_with(FIRST) { "≤ 208 kB" } else { "" };
    add("over the wire", kilobytes(&slow), kilobytes(&full), slow.bytes / full.bytes, wire);
    let ratio = slow.painted / full.painted.max(1.0);
    add("largest contentful paint", spelled(slow.painted), spelled(full.painted), ratio, "< 1.5 s");
    let ratio = slow.reaction.max(16.0) / full.reaction.max(16.0);
    let (slow_reaction, full_reaction) = (spelled(slow.reaction.max(16.0)), spelled(full.reaction.max(16.0)));
    add("input to next frame, 16 ms at least", slow_reaction, full_reaction, ratio, "< 100 ms");
    let (shift, yardstick) = (format!("{:.4}", slow.shift), format!("{:.4}", full.shift));
    add("layout shift", shift, yardstick, (slow.shift + 1e-6) / (full.shift + 1e-6), "< 0.02");
}

/// The visit with the median paint, each by a browser that has never been there.
async fn visited(
    server: &Server,
    page: &Page,
    field: Option<&str>,
    (slower, width): (u32, u32),
    visits: usize,
) -> Visit {
    let mut all = Vec::with_capacity(visits);
    for _ in 0..visits {
        let browser = Browser::open(&server.address, Scripts::On, Tongue::Chinese).await;
        browser.resize(width).await;
        if let Some(reader) = &page.reader {
            sign_in(server, &browser, reader).await;
        }
        browser.slow_down(slower).await;
        browser.go(&page.path).await;
        tokio::time::sleep(Duration::from_millis(800)).await;
        match field {
            Some(field) => browser.fill(field, "20").await,
            None => {
                browser.click("main h1").await;
                for _ in 0..3 {
                    browser.press(Key::Tab).await;
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let noted = browser.driver.execute_async(NOTED, Vec::new()).await.expect("it is noted");
        all.push(noted.convert::<Visit>().expect("a visit"));
        browser.close().await;
    }
    all.sort_by(|one, other| one.painted.total_cmp(&other.painted));
    all[visits / 2]
}

/// Gives the browser a session, without a page that would leave it what the measured one loads.
async fn sign_in(server: &Server, browser: &Browser, reader: &Reader) {
    let body = json!({"email": reader.email, "password": PASSWORD});
    let request = clients::client().post(format!("{}/api/v1/sessions", server.address));
    let answer = request.header("origin", &server.address).json(&body).send().await.expect("an answer");
    let cookie = answer.headers().get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok()).expect("a session");
    let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
    let cookie = json!({"name": name, "value": value, "url": server.address, "httpOnly": true});
    browser.pretend("Network.setCookie", cookie).await;
}

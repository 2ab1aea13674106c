//! The pages with 50,000 bookings: what goes over the wire, how soon the server has rendered them, and what a visitor
//! of a slow machine sees in Chromium.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use tests::browser::{Browser, Scripts, Tongue};
use time::Date;

use crate::{
    Scale, block_on, clients,
    made::{self, PASSWORD},
    process::Server,
    report::{Report, Row, spell},
    search::today,
    timings::Timings,
};

/// How much slower than this machine the visitor's is.
const SLOWER: u32 = 4;

/// Measures all three.
pub fn measure(report: &mut Report, scale: Scale) {
    let (lines, bookings) = scale.of((200, 50_000), (50, 5_000));
    block_on(async {
        let copy = made::bulk(lines, bookings).await.copy();
        let server = Server::start(&copy.url());
        rendered(report, &server, scale.of(400, 40)).await;
        seen(report, &server, scale.of(5, 2)).await;
    });
}

/// The page that is to be quickest.
const FIRST: &str = "first page";

/// A page, and who reads it.
struct Page {
    name: &'static str,
    path: String,
    token: Option<String>,
    wanted: &'static str,
}

/// Every page in Chinese, as its readers open it.
async fn pages(server: &Server) -> Vec<Page> {
    let address = &server.address;
    let platforms = list(server, "/api/v1/platforms", None).await;
    let platform = platforms[0]["code"].as_str().expect("a code");
    let token = async |email: &str| clients::token(address, email, PASSWORD).await;
    let firm = token(&format!("admin@{}.example", made::FIRM)).await;
    let operator = token(&format!("operator@{platform}.example")).await;
    let district = token("admin@district.example").await;
    let bookings = list(server, "/api/v1/bookings", Some(&firm)).await;
    let booking = bookings[0]["id"].as_str().expect("the firm has booked");
    let taken = list(server, "/api/v1/bookings?status=confirmed", Some(&operator)).await;
    let desk = taken[0]["id"].as_str().expect("the platform has campaigns ahead");
    let own = list(server, "/api/v1/lines", None).await;
    let line =
        own.iter().find(|line| line["platform"] == platforms[0]["id"]).expect("the platform has a line");
    let (code, line) = (line["code"].as_str().expect("a code"), line["id"].as_str().expect("an id"));
    let confirmed = list(server, "/api/v1/bookings?status=confirmed", Some(&firm)).await;
    let ahead = confirmed[0]["id"].as_str().expect("the firm has campaigns ahead");
    let (from, to) = (day(7), day(37));
    let query =
        format!("offering=TAB&batch_size=20&unit=kilogram&batches=1&from={from}&to={to}&hazards=&gmp=false");
    let page = |name, path: &str, reader: Option<&String>| {
        let wanted = if name == FIRST { "p99 < 10 ms" } else { "p99 < 30 ms" };
        Page { name, path: format!("/zh{path}"), token: reader.cloned(), wanted }
    };
    let (firm, operator, district) = (Some(&firm), Some(&operator), Some(&district));
    vec![
        page(FIRST, "", None),
        page("search", &format!("?{query}"), None),
        page("glossary", "/glossary", None),
        page("campaigns", "/campaigns", firm),
        page("campaigns by month", "/campaigns?view=month", firm),
        page("a booking", &format!("/bookings/{booking}"), firm),
        page("moving it", &format!("/bookings/{ahead}/move"), firm),
        page("cancelling it", &format!("/bookings/{ahead}/cancel"), firm),
        page("calls", "/calls", firm),
        page("company", "/company", firm),
        page("verification", "/verification", firm),
        page("account", "/account", firm),
        page("notices", "/notices", firm),
        page("desk", "/desk", operator),
        page("booking for a client", &format!("/desk/book?{query}"), operator),
        page("a booking at the desk", &format!("/desk/requests/{desk}"), operator),
        page("conflicts", "/desk/conflicts", operator),
        page("calls at the desk", "/desk/calls", operator),
        page("a new call", "/desk/calls/new", operator),
        page("lines", "/lines", operator),
        page("a line", &format!("/lines/{line}"), operator),
        page("closing it", &format!("/lines/{line}/close"), operator),
        page("its being down", &format!("/lines/{line}/down"), operator),
        page("set-up", "/setup", operator),
        page("a line's set-up", &format!("/setup/part?sort=line&code={code}"), operator),
        page("the operator's notices", "/notices", operator),
        page("district", "/district", district),
        page("companies", "/district/companies", district),
    ]
}

fn day(days: i64) -> Date {
    today() + time::Duration::days(days)
}

async fn list(server: &Server, path: &str, token: Option<&String>) -> Vec<Value> {
    let mut request = clients::client().get(format!("{}{path}", server.address));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let text = request.send().await.expect("an answer").text().await.expect("a body");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let items = answer.as_array().or_else(|| answer["items"].as_array());
    items.unwrap_or_else(|| panic!("{path}: {text}")).clone()
}

/// One page after the other, one reader at a time.
async fn rendered(report: &mut Report, server: &Server, requests: usize) {
    let health = Page { name: "health", path: "/healthz".into(), token: None, wanted: "" };
    let bare = read(server, &health, requests).await.0;
    for page in pages(server).await {
        let (taken, bytes) = read(server, &page, requests).await;
        report.add(Row {
            what: format!("{} rendered, {} kB; p50 {}", page.name, bytes.div_ceil(1000), spell(taken.p50())),
            value: format!("p99 {}", spell(taken.p99())),
            yardstick: format!("an empty answer: p99 {}", spell(bare.p99())),
            ratio: format!("{:.1} ×", taken.p99().as_secs_f64() / bare.p99().as_secs_f64()),
            wanted: page.wanted,
        });
    }
}

async fn read(server: &Server, page: &Page, requests: usize) -> (Timings, usize) {
    let client = clients::client();
    let mut timings = Timings::default();
    let mut bytes = 0;
    for number in 0..requests + requests / 10 {
        let mut request = client.get(format!("{}{}", server.address, page.path));
        if let Some(token) = &page.token {
            request = request.bearer_auth(token);
        }
        let begun = Instant::now();
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{}", page.path);
        bytes = answer.bytes().await.expect("a body").len();
        // The first tenth warms up.
        if number >= requests / 10 {
            timings.note(begun);
        }
    }
    (timings, bytes)
}

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

/// The first page as a visitor of a slow machine sees it, beside the same machine at full speed.
async fn seen(report: &mut Report, server: &Server, visits: usize) {
    for width in [1440, 390] {
        let full = visited(server, 1, width, visits).await;
        let slow = visited(server, SLOWER, width, visits).await;
        let spelled = |milliseconds: f64| spell(Duration::from_secs_f64(milliseconds / 1000.0));
        let mut add = |what: &str, value: String, yardstick: String, ratio: f64, wanted| {
            report.add(Row {
                what: format!("first page at {width} px, {SLOWER} × slower, median of {visits}: {what}"),
                value,
                yardstick: format!("at full speed: {yardstick}"),
                ratio: format!("{ratio:.2} ×"),
                wanted,
            });
        };
        let kilobytes = |visit: &Visit| format!("{:.1} kB", visit.bytes / 1000.0);
        add("over the wire", kilobytes(&slow), kilobytes(&full), slow.bytes / full.bytes, "≤ 208 kB");
        let ratio = slow.painted / full.painted.max(1.0);
        add("largest contentful paint", spelled(slow.painted), spelled(full.painted), ratio, "< 1.5 s");
        let ratio = slow.reaction.max(16.0) / full.reaction.max(16.0);
        let (slow_reaction, full_reaction) =
            (spelled(slow.reaction.max(16.0)), spelled(full.reaction.max(16.0)));
        add("input to next frame, 16 ms at least", slow_reaction, full_reaction, ratio, "< 100 ms");
        let (shift, yardstick) = (format!("{:.4}", slow.shift), format!("{:.4}", full.shift));
        add("layout shift", shift, yardstick, (slow.shift + 1e-6) / (full.shift + 1e-6), "< 0.02");
    }
}

/// The visit with the median paint, each by a browser that has never been there. They type into the search.
async fn visited(server: &Server, slower: u32, width: u32, visits: usize) -> Visit {
    let mut all = Vec::with_capacity(visits);
    for _ in 0..visits {
        let browser = Browser::open(&server.address, Scripts::On, Tongue::Chinese).await;
        browser.resize(width).await;
        browser.slow_down(slower).await;
        browser.go("/zh").await;
        tokio::time::sleep(Duration::from_millis(800)).await;
        browser.fill("main form input[name=batch_size]", "20").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let noted = browser.driver.execute_async(NOTED, Vec::new()).await.expect("it is noted");
        all.push(noted.convert::<Visit>().expect("a visit"));
        browser.close().await;
    }
    all.sort_by(|one, other| one.painted.total_cmp(&other.painted));
    all[visits / 2]
}

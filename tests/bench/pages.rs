//! The pages with 50,000 bookings: what goes over the wire, how soon the server has rendered them, and what a visitor
//! of a slow machine sees in Chromium.

mod scene;
mod seen;

use std::time::Instant;

use reqwest::StatusCode;
use serde_json::Value;
use time::Date;

use crate::{
    Scale, block_on, clients,
    made::{self, PASSWORD},
    process::Server,
    report::{Report, Row, spell},
    search::today,
    timings::Timings,
};

/// Measures all three.
pub fn measure(report: &mut Report, scale: Scale) {
    let (lines, bookings) = scale.of((200, 50_000), (50, 5_000));
    block_on(async {
        let copy = made::bulk(lines, bookings).await.copy();
        let server = Server::start(&copy.url());
        let pages = pages(&server).await;
        rendered(report, &server, &pages, scale.of(400, 40)).await;
        seen::measure(report, &server, &pages, scale).await;
    });
}

/// The page that is to be quickest.
const FIRST: &str = "first page";
/// Whose answer may be that nobody can make room: finding that out takes as long.
const ROOM: &str = "room that others could make";

/// A page, and who reads it.
struct Page {
    name: &'static str,
    path: String,
    reader: Option<Reader>,
    wanted: &'static str,
}

/// Somebody who reads pages: by a token, or signed in.
#[derive(Clone)]
struct Reader {
    email: String,
    token: String,
}

/// Every page in Chinese, as its readers open it.
async fn pages(server: &Server) -> Vec<Page> {
    let address = &server.address;
    let platforms = list(server, "/api/v1/platforms", None).await;
    let reader = async |email: String| {
        let token = clients::token(address, &email, PASSWORD).await;
        Reader { email, token }
    };
    let firm = reader(format!("admin@{}.example", made::FIRM)).await;
    let confirmed = list(server, "/api/v1/bookings?status=confirmed", Some(&firm)).await;
    // The desk is the one at which the firm's campaigns are.
    let platform = platforms.iter().find(|one| one["id"] == confirmed[0]["platform"]).expect("a platform");
    let (id, name) = (platform["id"].as_str().expect("an id"), platform["code"].as_str().expect("a code"));
    let operator = reader(format!("operator@{name}.example")).await;
    let district = reader("admin@district.example".to_owned()).await;
    let bookings = list(server, "/api/v1/bookings", Some(&firm)).await;
    let booking = bookings[0]["id"].as_str().expect("the firm has booked");
    let taken = list(server, "/api/v1/bookings?status=confirmed", Some(&operator)).await;
    let desk = taken[0]["id"].as_str().expect("the platform has campaigns ahead");
    let own = list(server, "/api/v1/lines", None).await;
    let line = own.iter().find(|line| line["platform"] == platform["id"]).expect("the platform has a line");
    let (code, line) = (line["code"].as_str().expect("a code"), line["id"].as_str().expect("an id"));
    let soon = day(3).to_string();
    let starts = |one: &Value| one["steps"][0]["start"].as_str().is_some_and(|start| *start > *soon);
    let mut there =
        list(server, &format!("/api/v1/bookings?status=confirmed&platform={id}"), Some(&firm)).await;
    there.retain(starts);
    let (from, to) = (day(7), day(37));
    let query =
        format!("offering=TAB&batch_size=20&unit=kilogram&batches=1&from={from}&to={to}&hazards=&gmp=false");
    let a_day = query.replace(&format!("to={to}"), &format!("to={from}"));
    let too_much = a_day.replace("batches=1", "batches=20");
    let hands = scene::Hands { firm: &firm.token, operator: &operator.token };
    let scene = scene::Scene::set(server, hands, platform, &there, &query).await;
    let ahead = there[0]["id"].as_str().expect("the firm has campaigns ahead");
    let month = from.to_string();
    let month = &month[..7];
    let page = |name, path: &str, reader: Option<&Reader>| {
        let wanted = if name == FIRST { "p99 < 10 ms" } else { "p99 < 30 ms" };
        Page { name, path: format!("/zh{path}"), reader: reader.cloned(), wanted }
    };
    let (firm, operator, district) = (Some(&firm), Some(&operator), Some(&district));
    vec![
        page(FIRST, "", None),
        page("search", &format!("?{query}"), None),
        page("search that finds nothing", &format!("?{too_much}"), None),
        page("offers compared", &scene.compare, None),
        page("signing in", "/sign-in", None),
        page("registration", "/register", None),
        page("taking up an invitation", &scene.join, None),
        page("choosing a password", "/reset?token=none", None),
        page("glossary", "/glossary", None),
        page("campaigns", "/campaigns", firm),
        page("campaigns by month", "/campaigns?view=month", firm),
        page("campaigns by their product", "/campaigns?find=jia-1", firm),
        page("a booking", &format!("/bookings/{booking}"), firm),
        page("moving it", &format!("/bookings/{ahead}/move"), firm),
        page("the question before a move", &scene.question, firm),
        page(ROOM, &scene.room, firm),
        page("cancelling it", &format!("/bookings/{ahead}/cancel"), firm),
        page("calls", "/calls", firm),
        page("a call", &scene.call, firm),
        page("company", "/company", firm),
        page("verification", "/verification", firm),
        page("account", "/account", firm),
        page("notices", "/notices", firm),
        page("desk", "/desk", operator),
        page("booking for a client", &format!("/desk/book?{query}"), operator),
        page("a month's bookings", "/desk/bookings", operator),
        page("bookings by their company", "/desk/bookings?find=a", operator),
        page("bookings by their state", "/desk/bookings?status=closed", operator),
        page("a booking at the desk", &format!("/desk/requests/{desk}"), operator),
        page("conflicts", "/desk/conflicts", operator),
        page("a conflict with its ways out", &scene.conflict, operator),
        page("how firms fare", "/desk/fairness", operator),
        page("calls at the desk", "/desk/calls", operator),
        page("a new call", "/desk/calls/new", operator),
        page("a call at the desk", &scene.call_at_desk, operator),
        page("lines", "/lines", operator),
        page("lines by month", &format!("/lines?month={month}"), operator),
        page("a line", &format!("/lines/{line}"), operator),
        page("booking on it", &format!("/desk/book?{query}&line={line}"), operator),
        page("closing it", &format!("/lines/{line}/close"), operator),
        page("its being down", &format!("/lines/{line}/down"), operator),
        page("set-up", "/setup", operator),
        page("a line's set-up", &format!("/setup/part?sort=line&code={code}"), operator),
        page("a matrix as a form", "/setup/part?sort=matrix&code=oral", operator),
        page("companies to verify at the desk", "/desk/companies", operator),
        page("the operator's notices", "/notices", operator),
        page("district", "/district", district),
        page("companies", "/district/companies", district),
        page("companies to verify", "/district/waiting", district),
    ]
}

fn day(days: i64) -> Date {
    today() + time::Duration::days(days)
}

async fn list(server: &Server, path: &str, reader: Option<&Reader>) -> Vec<Value> {
    let mut request = clients::client().get(format!("{}{path}", server.address));
    if let Some(reader) = reader {
        request = request.bearer_auth(&reader.token);
    }
    let text = request.send().await.expect("an answer").text().await.expect("a body");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let items = answer.as_array().or_else(|| answer["items"].as_array());
    items.unwrap_or_else(|| panic!("{path}: {text}")).clone()
}

/// One page after the other, one reader at a time.
async fn rendered(report: &mut Report, server: &Server, pages: &[Page], requests: usize) {
    let health = Page { name: "health", path: "/healthz".into(), reader: None, wanted: "" };
    let bare = read(server, &health, requests).await.0;
    for page in pages {
        let (taken, bytes) = read(server, page, requests).await;
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
        if let Some(reader) = &page.reader {
            request = request.bearer_auth(&reader.token);
        }
        let begun = Instant::now();
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let refused = page.name == ROOM && matches!(status.as_u16(), 409 | 422);
        assert!(status == StatusCode::OK || refused, "{}: {status}", page.path);
        bytes = answer.bytes().await.expect("a body").len();
        // The first tenth warms up.
        if number >= requests / 10 {
            timings.note(begun);
        }
    }
    (timings, bytes)
}

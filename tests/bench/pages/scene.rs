//! What the made-up database lacks and some pages are about: a call with wishes, a campaign whose line is down, offers
//! to compare and to move to, an invitation. Made through the API, in the copy that is measured.

use reqwest::{RequestBuilder, Url};
use serde_json::{Value, json};
use uuid::Uuid;

use super::day;
use crate::{clients, process::Server};

/// The addresses of the pages, without their language.
#[derive(Debug)]
pub struct Scene {
    pub call: String,
    pub call_at_desk: String,
    pub conflict: String,
    pub compare: String,
    pub question: String,
    pub room: String,
    pub join: String,
}

/// Who makes it: the tokens of a firm's and of a platform's people.
#[derive(Clone, Copy, Debug)]
pub struct Hands<'a> {
    pub firm: &'a str,
    pub operator: &'a str,
}

impl Scene {
    /// On `platform`, where the firm has the campaigns `ahead`: of these one stays, and another's line goes down.
    /// `query` is a search with offers.
    pub async fn set(
        server: &Server,
        hands: Hands<'_>,
        platform: &Value,
        ahead: &[Value],
        query: &str,
    ) -> Self {
        let [stays, .., hit] = ahead else { panic!("the firm has several campaigns ahead") };
        let call = call(server, hands, platform).await;
        let offers = offers(server, query, hands.firm).await;
        let search = format!("?{query}");
        let mut compared = vec![("search", search.as_str())];
        compared.extend(offers.iter().take(3).map(|key| ("offer", key.as_str())));
        let invitation = json!({"email": "somebody@jia.example", "role": "company_member"});
        let invitation = post(server, "/api/v1/invitations", hands.firm, invitation).await;
        Self {
            conflict: format!("/desk/conflicts?open={}", conflict(server, hands, hit).await),
            compare: with("/compare", &compared),
            question: question(server, stays, hands.firm).await,
            room: with("/room", &[("search", full(stays).as_str())]),
            join: with("/join", &[("token", text(&invitation, "token"))]),
            call_at_desk: format!("/desk/calls/{call}"),
            call: format!("/calls/{call}"),
        }
    }
}

/// A call of all of the platform's lines with some wishes of the firm; its id.
async fn call(server: &Server, hands: Hands<'_>, platform: &Value) -> String {
    let lines = get(server, "/api/v1/lines", hands.operator).await;
    let lines = lines.as_array().expect("a list").iter();
    let own = lines.filter(|line| line["platform"] == platform["id"]).map(|line| line["id"].clone());
    let (from, to) = (day(30).to_string(), day(60).to_string());
    let order = json!({
        "title": "benchmark", "from": from, "to": to, "lines": own.collect::<Vec<_>>(),
        "closes_at": format!("{}T00:00:00Z", day(7)), "rule": {"rule": "first_come"}, "criteria": "", "hold_days": 14,
    });
    let opened = post(server, "/api/v1/calls", hands.operator, order).await;
    let call = text(&opened, "id").to_owned();
    for rank in 1..=3 {
        let query = json!({"offering": "TAB", "batch_size": "20", "unit": "kilogram", "batches": rank, "from": from,
            "to": to, "hazards": "", "gmp": false});
        let wish = json!({"query": query, "rank": rank, "product_code": format!("BENCH-{rank}")});
        post(server, &format!("/api/v1/calls/{call}/wishes"), hands.firm, wish).await;
    }
    call
}

/// The line of the firm's campaign is down while it would run, and the firm doesn't go elsewhere: the conflict's id.
async fn conflict(server: &Server, hands: Hands<'_>, booking: &Value) -> String {
    let step = &booking["steps"][0];
    let down = json!({"line": step["line"], "from": step["start"], "until": step["end"], "kind": "breakdown",
        "reason": "benchmark"});
    post(server, "/api/v1/outages", hands.operator, down).await;
    let asks = get(server, "/api/v1/proposals", hands.firm).await;
    let asked = |ask: &&Value| ask["booking"] == booking["id"] && ask["state"] == "open";
    for ask in asks["items"].as_array().expect("a list").iter().filter(asked) {
        let declined = format!("/api/v1/proposals/{}/decline", text(ask, "id"));
        post(server, &declined, hands.firm, Value::Null).await;
    }
    let desk = get(server, "/api/v1/conflicts", hands.operator).await;
    let mut conflicts = desk["items"].as_array().expect("a list").iter();
    let found = conflicts.find(|conflict| conflict["booking"]["id"] == booking["id"]);
    text(found.unwrap_or_else(|| panic!("what is hit isn't on the desk: {desk}")), "id").to_owned()
}

/// The question before a move of the booking to the best place of the next months.
async fn question(server: &Server, booking: &Value, firm: &str) -> String {
    let (from, to) = (day(2).to_string(), day(120).to_string());
    let search = search(booking, &[("from", from.as_str()), ("to", to.as_str())]);
    let moving = format!("{}&moving={}", search.trim_start_matches('?'), text(booking, "id"));
    let offers = offers(server, &moving, firm).await;
    let offer = offers.first().expect("there is room elsewhere");
    let path = format!("/bookings/{}/move/ask", text(booking, "id"));
    with(&path, &[("search", search.as_str()), ("offer", offer.as_str())])
}

/// A search for more of the booking's product than there is room for where it stands, unless others make some.
fn full(booking: &Value) -> String {
    let at = booking["steps"][0]["start"].as_str().and_then(|start| start.get(..10)).expect("a start");
    let last = booking["steps"][0]["end"].as_str().and_then(|end| end.get(..10)).expect("an end");
    let more = [("from", at), ("to", last), ("batches", "4"), ("platform", text(booking, "platform"))];
    search(booking, &more)
}

/// A search for the booking's campaign, but for `more`, as pages write it.
fn search(booking: &Value, more: &[(&str, &str)]) -> String {
    let known = ["offering", "batch_size", "unit", "batches", "hazards", "oeb", "gmp", "stage"];
    let known = known.into_iter().filter(|name| more.iter().all(|(other, _)| other != name));
    let known = known.filter(|name| !booking[*name].is_null()).map(|name| {
        let value = &booking[name];
        (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    });
    let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let pairs: Vec<(&str, String)> = known.chain(more).collect();
    let url = Url::parse_with_params("http://nowhere.invalid", pairs).expect("an address");
    format!("?{}", url.query().unwrap_or_default())
}

/// The keys of what a search offers, best first.
async fn offers(server: &Server, query: &str, token: &str) -> Vec<String> {
    let answer = get(server, &format!("/api/v1/offers?{query}"), token).await;
    let offers = answer["offers"].as_array().unwrap_or_else(|| panic!("{query}: {answer}"));
    offers.iter().map(|offer| text(offer, "key").to_owned()).collect()
}

/// The address of `path` with these parameters.
fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let url = Url::parse_with_params("http://nowhere.invalid", pairs).expect("an address");
    format!("{path}?{}", url.query().unwrap_or_default())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

async fn get(server: &Server, path: &str, token: &str) -> Value {
    asked(path, clients::client().get(format!("{}{path}", server.address)).bearer_auth(token)).await
}

async fn post(server: &Server, path: &str, token: &str, body: Value) -> Value {
    let request = clients::client().post(format!("{}{path}", server.address)).bearer_auth(token);
    asked(path, request.header("idempotency-key", Uuid::now_v7().to_string()).json(&body)).await
}

async fn asked(path: &str, request: RequestBuilder) -> Value {
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    let text = answer.text().await.expect("a body");
    assert!(status.is_success(), "{path}: {status} {text}");
    serde_json::from_str(&text).unwrap_or_default()
}

//! What can be booked, bookings and what becomes of them, closures, notices, numbers. What a role may do to a booking
//! that exists is shown in `booking/`; here it asks for one that doesn't.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    row::{Expected, Row, all, but, only, signed_in},
    world::{Role, World},
};

const COMPANIES: [Role; 4] = [Role::Unverified, Role::CompanyMember, Role::CompanyAdmin, Role::OtherCompany];
const VERIFIED: [Role; 3] = [Role::CompanyMember, Role::CompanyAdmin, Role::OtherCompany];
const OPERATORS: [Role; 3] = [Role::Operator, Role::PlatformAdmin, Role::OtherPlatform];
const PLATFORMS: [Role; 4] = [Role::Operator, Role::Qa, Role::PlatformAdmin, Role::OtherPlatform];
const DISTRICT: [Role; 2] = [Role::DistrictViewer, Role::DistrictAdmin];
const MONTH: &str = "from=2026-12-01&to=2026-12-31";
const QUARTER: &str = "quarter=2026-4";

fn nobody() -> Uuid {
    Uuid::from_u128(7)
}

pub fn rows() -> Vec<Row> {
    [catalogue(), bookings(), transitions(), closures(), numbers()].into_iter().flatten().collect()
}

/// Asks `path` of something that doesn't exist, `{id}` filled in, with the parameters of a list.
fn absent(
    method: &'static str,
    path: &'static str,
    parameters: &'static str,
    expected: Expected,
    body: impl Fn() -> Option<Value> + 'static,
) -> Row {
    Row::new(method, path, expected, move |_, _| {
        let path = path.replace("{id}", &nobody().to_string());
        (if parameters.is_empty() { path } else { format!("{path}?{parameters}") }, body())
    })
}

fn query() -> Value {
    json!({"offering": "TAB", "batch_size": "5", "unit": "kilogram", "batches": 1,
        "from": "2026-12-01", "to": "2026-12-31"})
}

fn catalogue() -> Vec<Row> {
    // Platforms without routes: nothing is offered, which is said as a refusal of what was asked for.
    const SEARCH: &str = "offering=TAB&batch_size=5&unit=kilogram&batches=1&from=2026-12-01&to=2026-12-31";
    vec![
        Row::plain("GET", "/api/v1/platforms", all(200)),
        Row::plain("GET", "/api/v1/offerings", all(200)),
        Row::plain("GET", "/api/v1/lines", all(200)),
        absent("GET", "/api/v1/lines/{id}", "", all(404), || None),
        absent("GET", "/api/v1/lines/{id}/free-busy", MONTH, signed_in(404), || None),
        absent("GET", "/api/v1/offers", SEARCH, all(422), || None),
    ]
}

fn bookings() -> Vec<Row> {
    let order = || json!({"query": query(), "offer": "not a key"});
    vec![
        Row::body("POST", "/api/v1/holds", only(&VERIFIED, 422), move |_, _| order()),
        Row::body("POST", "/api/v1/operator-bookings", only(&OPERATORS, 422), move |_, _| order()),
        Row::plain("GET", "/api/v1/bookings", but(signed_in(200), &DISTRICT, 403)),
        absent("GET", "/api/v1/bookings/{id}", "", signed_in(404), || None),
        absent("GET", "/api/v1/bookings/{id}/history", "", signed_in(404), || None),
        absent("PUT", "/api/v1/bookings/{id}/details", "", only(&COMPANIES, 404), || Some(json!({}))),
        absent("GET", "/api/v1/bookings/{id}/cancellation", "", signed_in(404), || None),
        absent("GET", "/api/v1/bookings/{id}/move", "", signed_in(404), || None),
    ]
}

fn transitions() -> Vec<Row> {
    let reason = || Some(json!({"reason": "because"}));
    let order = || Some(json!({"query": query(), "offer": "not a key", "quoted_fee_fen": 0}));
    let post = |path, body: fn() -> Option<Value>| absent("POST", path, "", signed_in(404), body);
    vec![
        absent("POST", "/api/v1/bookings/{id}/request", "", only(&VERIFIED, 404), || Some(json!({}))),
        absent("POST", "/api/v1/bookings/{id}/withdraw", "", signed_in(404), reason),
        absent("POST", "/api/v1/bookings/{id}/confirm-hazards", "", signed_in(404), reason),
        absent("POST", "/api/v1/bookings/{id}/decline", "", signed_in(404), reason),
        absent("POST", "/api/v1/bookings/{id}/ask", "", signed_in(404), reason),
        absent("POST", "/api/v1/bookings/{id}/answer", "", signed_in(404), || {
            Some(json!({"question": nobody(), "answer": "the OEL report"}))
        }),
        absent("POST", "/api/v1/bookings/{id}/abort", "", signed_in(404), reason),
        absent("POST", "/api/v1/bookings/{id}/move", "", signed_in(404), order),
        post("/api/v1/bookings/{id}/approve", || None),
        post("/api/v1/bookings/{id}/cancel", || Some(json!({"quoted_fee_fen": 0}))),
        post("/api/v1/bookings/{id}/start", || None),
        post("/api/v1/bookings/{id}/complete", || None),
        post("/api/v1/bookings/{id}/close", || None),
        post("/api/v1/bookings/{id}/no-show", || None),
    ]
}

fn closures() -> Vec<Row> {
    let order = || json!({"line": nobody(), "start": "2026-12-01T00:00:00Z", "end": "2026-12-02T00:00:00Z", "kind": "hvac"});
    vec![
        absent(
            "GET",
            "/api/v1/closures",
            "line=00000000-0000-0000-0000-000000000007",
            signed_in(404),
            || None,
        ),
        Row::body("POST", "/api/v1/closures", signed_in(404), move |_, _| order()),
        absent("DELETE", "/api/v1/closures/{id}", "", signed_in(404), || None),
        Row::plain("GET", "/api/v1/cleanings", only(&PLATFORMS, 200)),
        absent("DELETE", "/api/v1/cleanings/{id}", "", signed_in(404), || None),
    ]
}

fn numbers() -> Vec<Row> {
    let own = but(only(&PLATFORMS, 200), &[Role::OtherPlatform], 404);
    vec![
        Row::plain("GET", "/api/v1/notices", signed_in(200)),
        Row::body("POST", "/api/v1/notices/read", signed_in(204), |_, _| json!({"until": nobody()})),
        absent("POST", "/api/v1/notices/{id}/read", "", signed_in(404), || None),
        absent("GET", "/api/v1/occupancy", QUARTER, only(&DISTRICT, 200), || None),
        absent("GET", "/api/v1/demand", QUARTER, only(&DISTRICT, 200), || None),
        Row::plain("GET", "/api/v1/free-capacity", only(&DISTRICT, 200)),
        Row::new("GET", "/api/v1/platforms/{id}/utilisation", own, |world: &World, _| {
            (format!("/api/v1/platforms/{}/utilisation?{MONTH}", world.platform), None)
        }),
    ]
}

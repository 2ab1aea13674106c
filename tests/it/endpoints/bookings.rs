//! What can be booked, bookings and what becomes of them, closures, notices, numbers. The bookings are a company's on a
//! platform: its own, and another's to everybody else.

use serde_json::{Value, json};

use super::{
    row::{Expected, Row, all, but, only, signed_in},
    world::{ROLES, Role, Subject, World},
};
use crate::booking::world::details;

pub const COMPANIES: [Role; 4] =
    [Role::Unverified, Role::CompanyMember, Role::CompanyAdmin, Role::OtherCompany];
pub const VERIFIED: [Role; 3] = [Role::CompanyMember, Role::CompanyAdmin, Role::OtherCompany];
pub const OPERATORS: [Role; 3] = [Role::Operator, Role::PlatformAdmin, Role::OtherPlatform];
const PLATFORMS: [Role; 4] = [Role::Operator, Role::Qa, Role::PlatformAdmin, Role::OtherPlatform];
pub const DISTRICT: [Role; 2] = [Role::DistrictViewer, Role::DistrictAdmin];
/// The company whose bookings they are.
pub const OWNERS: [Role; 2] = [Role::CompanyMember, Role::CompanyAdmin];
/// Another company, which wants room.
pub const OTHER: [Role; 1] = [Role::OtherCompany];
/// The platform that they are on: all its people, and those who operate it.
pub const INSIDE: [Role; 3] = [Role::Operator, Role::Qa, Role::PlatformAdmin];
pub const OPERATING: [Role; 2] = [Role::Operator, Role::PlatformAdmin];
const MONTH: &str = "from=2026-12-01&to=2026-12-31";
const QUARTER: &str = "quarter=2026-4";

pub fn rows() -> Vec<Row> {
    [catalogue(), bookings(), decisions(), super::rounds::rows(), closures(), conflicts(), runs(), numbers()]
        .into_iter()
        .flatten()
        .collect()
}

/// For some of the booking's two sides; the rest of these are forbidden, and to everybody else it doesn't exist.
pub fn sides(roles: &[Role], status: u16) -> Expected {
    but(but(but(signed_in(404), &OWNERS, 403), &INSIDE, 403), roles, status)
}

/// For some of the platform's people; the rest of these are forbidden, and to everybody else it doesn't exist.
pub fn inside(roles: &[Role], status: u16) -> Expected {
    but(but(signed_in(404), &INSIDE, 403), roles, status)
}

fn query() -> Value {
    json!({"offering": "TAB", "batch_size": "12.5", "unit": "kilogram", "batches": 1,
        "from": "2026-12-01", "to": "2026-12-31"})
}

/// A search that finds something.
const SEARCH: &str =
    "offering=TAB&batch_size=12.5&unit=kilogram&batches=1&from=2026-12-01&to=2026-12-31&hazards=";

fn catalogue() -> Vec<Row> {
    vec![
        Row::plain("GET", "/api/v1/platforms", all(200)),
        Row::plain("GET", "/api/v1/offerings", all(200)),
        Row::plain("GET", "/api/v1/lines", all(200)),
        Row::new("GET", "/api/v1/lines/{id}", all(200), |world, _| {
            (format!("/api/v1/lines/{}", world.line), None)
        }),
        Row::new("GET", "/api/v1/lines/{id}/free-busy", signed_in(200), |world, _| {
            (format!("/api/v1/lines/{}/free-busy?{MONTH}", world.line), None)
        }),
        Row::new("GET", "/api/v1/offers", all(200), |_, _| (format!("/api/v1/offers?{SEARCH}"), None)),
    ]
}

fn bookings() -> Vec<Row> {
    let order = || json!({"query": query(), "offer": "not a key"});
    let look = |path, expected| Row::about(Subject::Held, "GET", path, expected, |_| None);
    let both: Vec<Role> = OWNERS.into_iter().chain(INSIDE).collect();
    let movers: Vec<Role> = OWNERS.into_iter().chain(OPERATING).collect();
    vec![
        // Whoever may is told that the key is none.
        Row::body("POST", "/api/v1/holds", only(&VERIFIED, 422), move |_, _| order()),
        // Whoever may is told that two runs have two batches at least.
        Row::body("POST", "/api/v1/holds/split", only(&VERIFIED, 422), |_, _| {
            let part = || json!({"batches": 1, "offer": "not a key"});
            json!({"query": query(), "parts": [part(), part()], "product_code": "S"})
        }),
        Row::body("POST", "/api/v1/operator-bookings", only(&OPERATORS, 422), move |_, _| order()),
        Row::plain("GET", "/api/v1/bookings", but(signed_in(200), &DISTRICT, 403)),
        // Whoever may is told that a booking of nobody's can't move.
        Row::body("POST", "/api/v1/waitlist", only(&VERIFIED, 422), |_, _| {
            let mut query = query();
            query["moving"] = json!(uuid::Uuid::nil());
            json!({"query": query})
        }),
        Row::plain("GET", "/api/v1/waitlist", but(signed_in(200), &DISTRICT, 403)),
        Row::about(
            Subject::Waiter,
            "DELETE",
            "/api/v1/waitlist/{id}",
            but(signed_in(404), &OWNERS, 204),
            |_| None,
        ),
        // Whoever may is told that a booking of nobody's can't move.
        Row::body("POST", "/api/v1/repairs", only(&VERIFIED, 422), |_, _| {
            let mut query = query();
            query["moving"] = json!(uuid::Uuid::nil());
            json!({"query": query, "consents": 0})
        }),
        // Whoever may learns that nobody has to move.
        Row::new("GET", "/api/v1/repairs/ways", only(&VERIFIED, 409), |_, _| {
            (format!("/api/v1/repairs/ways?{SEARCH}"), None)
        }),
        Row::plain("GET", "/api/v1/repairs", only(&COMPANIES, 200)),
        Row::about(
            Subject::Repair,
            "DELETE",
            "/api/v1/repairs/{id}",
            but(signed_in(404), &OTHER, 204),
            |_| None,
        ),
        // Whoever may is told that only what is confirmed can be swapped.
        Row::about(Subject::Held, "POST", "/api/v1/swaps", sides(&OWNERS, 422), |booking| {
            Some(
                json!({"booking": booking["id"], "from": "2026-12-20T00:00:00Z", "to": "2026-12-22T00:00:00Z"}),
            )
        }),
        Row::plain("GET", "/api/v1/swaps", only(&COMPANIES, 200)),
        Row::plain("GET", "/api/v1/proposals", but(only(&COMPANIES, 200), &PLATFORMS, 200)),
        Row::about(
            Subject::Ask,
            "POST",
            "/api/v1/proposals/{id}/decline",
            but(signed_in(404), &OWNERS, 200),
            |_| None,
        ),
        Row::about(
            Subject::Ask,
            "POST",
            "/api/v1/proposals/{id}/accept",
            but(signed_in(404), &OWNERS, 200),
            |_| None,
        ),
        look("/api/v1/bookings/{id}", sides(&both, 200)),
        look("/api/v1/bookings/{id}/history", sides(&both, 200)),
        look("/api/v1/bookings/{id}/outages", sides(&both, 200)),
        Row::about(
            Subject::Confirmed,
            "GET",
            "/api/v1/bookings/{id}/cancellation",
            sides(&OWNERS, 200),
            |_| None,
        ),
        look("/api/v1/bookings/{id}/move", sides(&movers, 200)),
        Row::about(
            Subject::Held,
            "PUT",
            "/api/v1/bookings/{id}/details",
            but(only(&COMPANIES, 404), &OWNERS, 200),
            |_| Some(json!({})),
        ),
    ]
}

fn decisions() -> Vec<Row> {
    let because = |_: &Value| Some(json!({"reason": "because"}));
    let on = |subject, path, expected| Row::about(subject, "POST", path, expected, because);
    let movers: Vec<Role> = OWNERS.into_iter().chain(OPERATING).collect();
    vec![
        on(Subject::Held, "/api/v1/bookings/{id}/withdraw", sides(&OWNERS, 200)),
        Row::about(
            Subject::Held,
            "POST",
            "/api/v1/bookings/{id}/request",
            but(only(&VERIFIED, 404), &OWNERS, 200),
            |_| Some(details()),
        ),
        on(Subject::Requested, "/api/v1/bookings/{id}/ask", sides(&INSIDE, 200)),
        // Whoever may is told that nobody asked that.
        Row::about(Subject::Requested, "POST", "/api/v1/bookings/{id}/answer", sides(&OWNERS, 422), |_| {
            Some(json!({"question": uuid::Uuid::nil(), "answer": "the OEL report"}))
        }),
        Row::about(
            Subject::Requested,
            "POST",
            "/api/v1/bookings/{id}/materials",
            sides(&OWNERS, 200),
            |_| Some(json!({"materials_on": "2026-11-29"})),
        ),
        // Whoever may is told that what a firm has sent says what it says.
        Row::about(Subject::Requested, "POST", "/api/v1/bookings/{id}/fill-in", sides(&movers, 422), |_| {
            Some(json!({}))
        }),
        // Whoever may is told that the key is none.
        Row::about(Subject::Requested, "POST", "/api/v1/bookings/{id}/move", sides(&movers, 422), |_| {
            Some(json!({"query": query(), "offer": "not a key", "quoted_fee_fen": 0}))
        }),
        on(Subject::Requested, "/api/v1/bookings/{id}/decline", sides(&OPERATING, 200)),
        on(Subject::Requested, "/api/v1/bookings/{id}/confirm-hazards", sides(&[Role::Qa], 200)),
        on(Subject::Assured, "/api/v1/bookings/{id}/recall-hazards", sides(&[Role::Qa], 200)),
        Row::about(Subject::Assured, "POST", "/api/v1/bookings/{id}/approve", sides(&OPERATING, 200), |_| {
            None
        }),
        // So late that all of the price is due.
        Row::about(
            Subject::Confirmed,
            "POST",
            "/api/v1/bookings/{id}/cancel",
            sides(&OWNERS, 200),
            |booking| Some(json!({"quoted_fee_fen": booking["price_fen"]})),
        ),
    ]
}

/// After what is asked before the campaigns' time: that comes with them.
fn runs() -> Vec<Row> {
    let on = |subject, path| Row::about(subject, "POST", path, sides(&OPERATING, 200), |_| None);
    vec![
        on(Subject::Due, "/api/v1/bookings/{id}/start"),
        on(Subject::Due, "/api/v1/bookings/{id}/no-show"),
        Row::about(Subject::Running, "POST", "/api/v1/bookings/{id}/abort", sides(&OPERATING, 200), |_| {
            Some(json!({"reason": "because"}))
        }),
        on(Subject::Running, "/api/v1/bookings/{id}/complete"),
        on(Subject::Completed, "/api/v1/bookings/{id}/close"),
    ]
}

fn closures() -> Vec<Row> {
    // Each on a day of their own.
    let order = |world: &World, role| {
        let day = 10 + ROLES.iter().position(|known| *known == role).unwrap_or_default();
        let (start, end) = (format!("2027-04-{day}T00:00:00Z"), format!("2027-04-{day}T12:00:00Z"));
        json!({"start": start, "end": end, "line": world.line, "kind": "hvac"})
    };
    vec![
        Row::new("GET", "/api/v1/closures", inside(&INSIDE, 200), |world, _| {
            (format!("/api/v1/closures?line={}", world.line), None)
        }),
        Row::body("POST", "/api/v1/closures", inside(&OPERATING, 201), order),
        // It takes what it did.
        Row::about(
            Subject::Closure,
            "POST",
            "/api/v1/closures/{id}/shorten",
            inside(&OPERATING, 200),
            |closure| Some(json!({"start": closure["start"], "end": closure["end"]})),
        ),
        Row::about(Subject::Closure, "DELETE", "/api/v1/closures/{id}", inside(&OPERATING, 200), |_| None),
        Row::plain("GET", "/api/v1/cleanings", only(&PLATFORMS, 200)),
        Row::about(Subject::Cleaning, "DELETE", "/api/v1/cleanings/{id}", inside(&OPERATING, 204), |_| None),
    ]
}

fn conflicts() -> Vec<Row> {
    // Another platform has none of these conflicts; whoever has no platform has no desk.
    let desk = |roles: &[Role], status| {
        but(but(but(signed_in(403), &[Role::OtherPlatform], 404), &INSIDE, 403), roles, status)
    };
    vec![
        Row::new("GET", "/api/v1/outages", inside(&INSIDE, 200), |world, _| {
            (format!("/api/v1/outages?line={}", world.line), None)
        }),
        // Whoever may is told that lines don't go on strike.
        Row::body(
            "POST",
            "/api/v1/outages",
            inside(&OPERATING, 422),
            |world, _| json!({"line": world.line, "until": "2027-01-02T00:00:00Z", "kind": "strike", "reason": "because"}),
        ),
        Row::about(Subject::Outage, "POST", "/api/v1/outages/{id}/end", inside(&OPERATING, 200), |_| {
            Some(json!({"until": "2027-03-06T12:00:00Z"}))
        }),
        Row::plain("GET", "/api/v1/conflicts", only(&PLATFORMS, 200)),
        Row::plain("GET", "/api/v1/fairness", but(signed_in(200), &DISTRICT, 403)),
        Row::plain("GET", "/api/v1/fairness/sizes", but(only(&PLATFORMS, 200), &DISTRICT, 200)),
        Row::plain("GET", "/api/v1/late-leavings", but(signed_in(200), &DISTRICT, 403)),
        Row::new("POST", "/api/v1/late-leavings/{id}/forgive", only(&[Role::PlatformAdmin], 404), |_, _| {
            let path = format!("/api/v1/late-leavings/{}/forgive", uuid::Uuid::nil());
            (path, Some(json!({"reason": "because"})))
        }),
        Row::about(Subject::Conflict, "GET", "/api/v1/conflicts/{id}", desk(&INSIDE, 200), |_| None),
        // Whoever may is told that this is no option.
        Row::about(
            Subject::Conflict,
            "POST",
            "/api/v1/conflicts/{id}/resolve",
            desk(&OPERATING, 422),
            |_| Some(json!({"option": "not a key"})),
        ),
        Row::about(Subject::Conflict, "POST", "/api/v1/conflicts/{id}/settle", desk(&OPERATING, 204), |_| {
            Some(json!({"reason": "because"}))
        }),
    ]
}

fn numbers() -> Vec<Row> {
    let report = |path: &'static str| {
        Row::new("GET", path, only(&DISTRICT, 200), move |_, _| (format!("{path}?{QUARTER}"), None))
    };
    let own = but(only(&PLATFORMS, 200), &[Role::OtherPlatform], 404);
    vec![
        Row::plain("GET", "/api/v1/notices", signed_in(200)),
        Row::body("POST", "/api/v1/notices/read", signed_in(204), |_, _| json!({"until": uuid::Uuid::nil()})),
        Row::about(Subject::Notice, "POST", "/api/v1/notices/{id}/read", inside(&INSIDE, 204), |_| None),
        report("/api/v1/occupancy"),
        report("/api/v1/demand"),
        Row::plain("GET", "/api/v1/free-capacity", only(&DISTRICT, 200)),
        Row::new("GET", "/api/v1/platforms/{id}/utilisation", own, |world: &World, _| {
            (format!("/api/v1/platforms/{}/utilisation?{MONTH}", world.platform), None)
        }),
    ]
}

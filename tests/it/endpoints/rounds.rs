//! Calls of a platform and a company's wishes in them.

use serde_json::json;

use super::{
    bookings::{COMPANIES, DISTRICT, INSIDE, OPERATING, OPERATORS, OWNERS, VERIFIED, inside},
    row::{Expected, Row, but, only, signed_in},
    world::{Role, Subject, wish},
};

pub fn rows() -> Vec<Row> {
    let owners = |status| but(signed_in(404), &OWNERS, status);
    let look = |subject, path| Row::about(subject, "GET", path, but(signed_in(404), &INSIDE, 200), |_| None);
    let run = |subject, path| Row::about(subject, "POST", path, inside(&OPERATING, 200), |_| None);
    let elsewhere = |expected: Expected| but(expected, &[Role::OtherPlatform], 404);
    vec![
        Row::plain("GET", "/api/v1/calls", signed_in(200)),
        // Whoever may is told that it is for no line.
        Row::body("POST", "/api/v1/calls", only(&OPERATORS, 422), |_, _| {
            json!({"title": "T", "from": "2027-03-05", "to": "2027-03-31", "lines": [],
                "closes_at": "2027-01-01T00:00:00Z", "rule": {"rule": "lottery"}, "hold_days": 3})
        }),
        Row::about(Subject::Call, "GET", "/api/v1/calls/{id}", elsewhere(signed_in(200)), |_| None),
        Row::about(Subject::Call, "POST", "/api/v1/calls/{id}/cancel", inside(&OPERATING, 204), |_| {
            Some(json!({"reason": "because"}))
        }),
        Row::about(
            Subject::Call,
            "POST",
            "/api/v1/calls/{id}/wishes",
            only(&VERIFIED, 201),
            |_| Some(wish()),
        ),
        Row::about(
            Subject::ClosedCall,
            "GET",
            "/api/v1/calls/{id}/wishes",
            elsewhere(but(but(but(signed_in(404), &COMPANIES, 200), &INSIDE, 200), &DISTRICT, 403)),
            |_| None,
        ),
        Row::about(Subject::Wish, "PUT", "/api/v1/wishes/{id}", owners(200), |_| Some(wish())),
        Row::about(Subject::Wish, "DELETE", "/api/v1/wishes/{id}", owners(204), |_| None),
        run(Subject::ClosedCall, "/api/v1/calls/{id}/draft"),
        look(Subject::Draft, "/api/v1/calls/{id}/draft"),
        look(Subject::DraftedWish, "/api/v1/wishes/{id}/places"),
        // Whoever may is told that the rule counts none.
        Row::about(
            Subject::DraftedWish,
            "POST",
            "/api/v1/wishes/{id}/points",
            inside(&OPERATING, 422),
            |_| Some(json!({"points": 7})),
        ),
        Row::about(
            Subject::DraftedWish,
            "POST",
            "/api/v1/wishes/{id}/adjust",
            inside(&OPERATING, 200),
            |_| Some(json!({"reason": "because"})),
        ),
        Row::about(Subject::Draft, "POST", "/api/v1/calls/{id}/publish", inside(&OPERATING, 200), |call| {
            Some(json!({"version": call["version"]}))
        }),
    ]
}

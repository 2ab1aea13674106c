//! Health, sessions, accounts, tokens, organisations, invitations, resets.

use serde_json::json;
use tests::app::PASSWORD;
use uuid::Uuid;

use super::{
    row::{Row, all, but, only, signed_in},
    world::{ROLES, Role},
};

pub const ADMINS: [Role; 4] =
    [Role::Unverified, Role::CompanyAdmin, Role::PlatformAdmin, Role::DistrictAdmin];
pub const VERIFIERS: [Role; 4] =
    [Role::Operator, Role::PlatformAdmin, Role::OtherPlatform, Role::DistrictAdmin];
const COMPANIES: [Role; 4] = [Role::Unverified, Role::CompanyMember, Role::CompanyAdmin, Role::OtherCompany];
const STAFF: [Role; 6] = [
    Role::Operator,
    Role::Qa,
    Role::PlatformAdmin,
    Role::OtherPlatform,
    Role::DistrictViewer,
    Role::DistrictAdmin,
];

/// What exists for nobody: whoever may ask is told that it isn't there, the others that they may not ask.
pub fn nobody() -> Uuid {
    Uuid::from_u128(7)
}

pub fn number(role: Role) -> usize {
    ROLES.iter().position(|known| *known == role).unwrap_or_default()
}

pub fn rows() -> Vec<Row> {
    [public(), own(), organisation(), leaving()].into_iter().flatten().collect()
}

fn public() -> Vec<Row> {
    vec![
        Row::plain("GET", "/healthz", all(200)),
        Row::plain("GET", "/readyz", all(200)),
        Row::new("GET", "/api/problems/{name}", all(200), |_, _| ("/api/problems/conflict".to_owned(), None)),
        Row::body("POST", "/api/v1/organisations", all(201), |_, role| {
            tests::app::People::registration(100 + u32::try_from(number(role)).unwrap_or_default())
        }),
        Row::body(
            "POST",
            "/api/v1/invitations/accept",
            all(404),
            |_, _| json!({"token": "unknown", "name": "Wu", "password": PASSWORD}),
        ),
        Row::body(
            "POST",
            "/api/v1/password-resets/use",
            all(404),
            |_, _| json!({"token": "unknown", "password": PASSWORD}),
        ),
    ]
}

fn own() -> Vec<Row> {
    vec![
        Row::plain("GET", "/api/v1/sessions", signed_in(200)),
        Row::plain("GET", "/api/v1/sessions/current", signed_in(200)),
        Row::new("DELETE", "/api/v1/sessions/{id}", signed_in(404), |_, _| {
            (format!("/api/v1/sessions/{}", nobody()), None)
        }),
        Row::plain("GET", "/api/v1/accounts/me", signed_in(200)),
        Row::body("PATCH", "/api/v1/accounts/me", signed_in(200), |_, _| json!({"locale": "en"})),
        Row::body(
            "POST",
            "/api/v1/accounts/me/password",
            signed_in(204),
            |_, _| json!({"current": PASSWORD, "new": PASSWORD}),
        ),
        Row::body("POST", "/api/v1/tokens", signed_in(201), |_, _| json!({"name": "ERP", "days": 30})),
        Row::plain("GET", "/api/v1/tokens", signed_in(200)),
        Row::new("DELETE", "/api/v1/tokens/{id}", signed_in(404), |_, _| {
            (format!("/api/v1/tokens/{}", nobody()), None)
        }),
    ]
}

fn organisation() -> Vec<Row> {
    vec![
        Row::plain("GET", "/api/v1/organisations", only(&STAFF, 200)),
        Row::plain("GET", "/api/v1/organisations/own", signed_in(200)),
        Row::body(
            "PATCH",
            "/api/v1/organisations/own",
            only(&ADMINS, 200),
            |_, _| json!({"contact": "Chen"}),
        ),
        Row::plain("GET", "/api/v1/organisations/own/members", signed_in(200)),
        Row::new(
            "PUT",
            "/api/v1/organisations/own/members/{account}/role",
            // Nobody has one role of every kind to give: a company's role is unknown to platforms and the district.
            but(only(&ADMINS, 404), &[Role::PlatformAdmin, Role::DistrictAdmin], 422),
            |_, _| {
                let path = format!("/api/v1/organisations/own/members/{}/role", nobody());
                (path, Some(json!({"role": "company_member"})))
            },
        ),
        Row::new("DELETE", "/api/v1/organisations/own/members/{account}", only(&ADMINS, 404), |_, _| {
            (format!("/api/v1/organisations/own/members/{}", nobody()), None)
        }),
        Row::new("POST", "/api/v1/organisations/{id}/verification", only(&VERIFIERS, 200), |world, _| {
            (format!("/api/v1/organisations/{}/verification", world.company), None)
        }),
        Row::new(
            "DELETE",
            "/api/v1/organisations/{id}/verification",
            only(&[Role::DistrictAdmin], 200),
            |world, _| (format!("/api/v1/organisations/{}/verification", world.unverified), None),
        ),
        Row::new("POST", "/api/v1/organisations/{id}/rejection", only(&VERIFIERS, 404), |_, _| {
            let path = format!("/api/v1/organisations/{}/rejection", nobody());
            (path, Some(json!({"reason": "not found in the register"})))
        }),
        Row::new(
            "PUT",
            "/api/v1/organisations/{id}/innovation",
            only(&[Role::DistrictAdmin], 200),
            |world, _| {
                let path = format!("/api/v1/organisations/{}/innovation", world.company);
                (path, Some(json!({"score": 640, "assessed_on": "2026-06-30"})))
            },
        ),
        Row::new(
            "DELETE",
            "/api/v1/organisations/{id}/innovation",
            only(&[Role::DistrictAdmin], 204),
            |world, _| (format!("/api/v1/organisations/{}/innovation", world.company), None),
        ),
        Row::plain("GET", "/api/v1/organisations/own/verification", only(&COMPANIES, 200)),
        Row::plain(
            "POST",
            "/api/v1/organisations/own/verification",
            only(&[Role::Unverified, Role::CompanyAdmin], 200),
        ),
        Row::body(
            "POST",
            "/api/v1/invitations",
            // The district invites into any organisation, others into their own.
            only(&[Role::PlatformAdmin, Role::DistrictAdmin], 201),
            |world, _| json!({"email": "new@one.example", "role": "qa", "organisation": world.platform}),
        ),
        Row::plain("GET", "/api/v1/invitations", only(&ADMINS, 200)),
        Row::new("DELETE", "/api/v1/invitations/{id}", only(&ADMINS, 404), |_, _| {
            (format!("/api/v1/invitations/{}", nobody()), None)
        }),
        Row::body(
            "POST",
            "/api/v1/password-resets",
            // Colleagues of the company's administrator, and for the district everybody.
            but(only(&ADMINS, 404), &[Role::CompanyAdmin, Role::DistrictAdmin], 201),
            |_, _| json!({"email": "member@company1.example"}),
        ),
    ]
}

/// Last, as the cookies change.
fn leaving() -> Vec<Row> {
    vec![
        Row::body(
            "POST",
            "/api/v1/sessions",
            all(401),
            |_, _| json!({"email": "admin@company1.example", "password": "not the password"}),
        ),
        Row::plain("DELETE", "/api/v1/sessions/current", signed_in(204)),
    ]
}

//! What the pages' forms post to: public endpoints like any other, whatever page shows them to whom. A form that was
//! carried out leads on (303), or brings something to show (200); what was refused is answered by its page, with the
//! status that the API gives.

use serde_json::{Value, json};
use tests::app::{PASSWORD, People};
use uuid::Uuid;

use super::{
    bookings::{OPERATING, OPERATORS, OTHER, OWNERS, VERIFIED, inside, sides},
    people::{ADMINS, VERIFIERS, nobody, number},
    row::{Expected, Row, all, but, only, signed_in},
    world::{ROLES, Role, Subject, World, id},
};
use crate::booking::world::details;

const SEARCH: &str =
    "?offering=TAB&batch_size=12.5&unit=kilogram&batches=1&from=2026-12-01&to=2026-12-31&hazards=";
const DONE: u16 = 303;

pub fn rows() -> Vec<Row> {
    // Published calls leave holds, of which nobody may have many: they come late.
    [wishes(), bookings(), decisions(), lines(), conflicts(), rounds(), runs(), setup(), people(), leaving()]
        .into_iter()
        .flatten()
        .collect()
}

/// A form about something, with the fields that `fields` makes of it.
fn about(
    subject: Subject,
    path: &'static str,
    expected: Expected,
    fields: impl Fn(&Value) -> Value + 'static,
) -> Row {
    Row::about(subject, "POST", path, on_a_page(expected), move |subject| Some(with_key(fields(subject))))
}

fn form(path: &'static str, expected: Expected, fields: impl Fn(&World, Role) -> Value + 'static) -> Row {
    Row::body("POST", path, on_a_page(expected), move |world, role| with_key(fields(world, role)))
}

/// Who must sign in first is shown a page that says so. It is 403, since 401 would name a scheme that browsers know.
fn on_a_page(mut expected: Expected) -> Expected {
    for cell in &mut expected[..1] {
        if *cell == 401 {
            *cell = 403;
        }
    }
    expected
}

/// Every form has a key of its own, stands on a page, and says where it leads.
fn with_key(mut fields: Value) -> Value {
    fields["key"] = json!(Uuid::now_v7());
    fields["next"] = json!("/en/next");
    if fields["here"].is_null() {
        fields["here"] = json!("/en");
    }
    fields
}

fn because(subject: &Value) -> Value {
    json!({"id": id(subject), "reason": "because"})
}

fn only_id(subject: &Value) -> Value {
    json!({"id": id(subject)})
}

/// Whoever may is told that the key of the offer is none, or that there is no such form.
fn wishes() -> Vec<Row> {
    let offered = |_: &World, _| json!({"search": SEARCH, "offer": "not a key", "language": "en"});
    let unknown = |_: &World, _| json!({"search": SEARCH.replace("TAB", "NOSUCH"), "product_code": "S"});
    vec![
        form("/do/hold", only(&VERIFIED, 422), offered),
        form("/do/hold-split", only(&VERIFIED, 422), |_, _| {
            json!({"search": SEARCH, "first": "not a key", "first_batches": 1, "second": "not a key",
                "second_batches": 1, "product_code": "S", "language": "en"})
        }),
        form("/do/book-for", only(&OPERATORS, 422), offered),
        form("/do/wait", only(&VERIFIED, 422), unknown),
        form("/do/make-room", only(&VERIFIED, 422), unknown),
        about(Subject::Waiter, "/do/stop-waiting", but(signed_in(404), &OWNERS, DONE), only_id),
        about(Subject::Repair, "/do/withdraw-repair", but(signed_in(404), &OTHER, DONE), only_id),
        about(
            Subject::Ask,
            "/do/answer-move",
            but(signed_in(404), &OWNERS, DONE),
            |ask| json!({"id": id(ask), "answer": "decline"}),
        ),
    ]
}

fn bookings() -> Vec<Row> {
    let companies = [Role::Unverified, Role::CompanyMember, Role::CompanyAdmin, Role::OtherCompany];
    let movers: Vec<Role> = OWNERS.into_iter().chain(OPERATING).collect();
    let filled = |booking: &Value| {
        let mut fields = only_id(booking);
        for (name, value) in details().as_object().into_iter().flatten() {
            fields[format!("details[{name}]")] = value.clone();
        }
        fields
    };
    vec![
        about(Subject::Held, "/do/save-draft", but(only(&companies, 404), &OWNERS, DONE), only_id),
        // Whoever may is told that only what is confirmed can be swapped.
        about(
            Subject::Held,
            "/do/offer-swap",
            sides(&OWNERS, 422),
            |booking| json!({"id": id(booking), "from": "2026-12-20", "to": "2026-12-21"}),
        ),
        about(Subject::Held, "/do/withdraw", sides(&OWNERS, DONE), because),
        about(Subject::Held, "/do/send-request", but(only(&VERIFIED, 404), &OWNERS, DONE), filled),
        // Whoever may is told that nobody asked that.
        about(
            Subject::Requested,
            "/do/answer",
            sides(&OWNERS, 422),
            |booking| json!({"id": id(booking), "question": Uuid::nil(), "answer": "the OEL report"}),
        ),
        about(
            Subject::Requested,
            "/do/change-materials",
            sides(&OWNERS, DONE),
            |booking| json!({"id": id(booking), "materials_on": "2026-11-29"}),
        ),
        // Whoever may is told that what a firm has sent says what it says.
        about(Subject::Requested, "/do/fill-in", sides(&movers, 422), only_id),
        about(
            Subject::Requested,
            "/do/move",
            sides(&movers, 422),
            |booking| json!({"id": id(booking), "search": SEARCH, "offer": "not a key", "quoted_fee_fen": 0}),
        ),
    ]
}

fn decisions() -> Vec<Row> {
    let inside_all = [Role::Operator, Role::Qa, Role::PlatformAdmin];
    vec![
        about(Subject::Requested, "/do/ask-back", sides(&inside_all, DONE), because),
        about(Subject::Requested, "/do/decline", sides(&OPERATING, DONE), because),
        about(Subject::Requested, "/do/confirm-hazards", sides(&[Role::Qa], DONE), because),
        about(Subject::Assured, "/do/recall-hazards", sides(&[Role::Qa], DONE), because),
        about(Subject::Assured, "/do/approve", sides(&OPERATING, DONE), only_id),
        // So late that all of the price is due.
        about(
            Subject::Confirmed,
            "/do/cancel",
            sides(&OWNERS, DONE),
            |booking| json!({"id": id(booking), "quoted_fee_fen": booking["price_fen"]}),
        ),
    ]
}

fn lines() -> Vec<Row> {
    // Each on a day of their own.
    let closing = |world: &World, role| {
        let day = 10 + ROLES.iter().position(|known| *known == role).unwrap_or_default();
        let date = format!("2027-06-{day}");
        json!({"id": world.line, "kind": "hvac", "start": date, "start_time": "08:00", "end": date, "end_time": "20:00"})
    };
    vec![
        form("/do/close-line", inside(&OPERATING, DONE), closing),
        about(Subject::Closure, "/do/shorten-closure", inside(&OPERATING, DONE), shorter),
        about(Subject::Closure, "/do/lift-closure", inside(&OPERATING, DONE), only_id),
        about(Subject::Cleaning, "/do/remove-cleaning", inside(&OPERATING, DONE), only_id),
        // Whoever may is told that there is no such flag, like everybody else: it is nobody's.
        form(
            "/do/settle-flag",
            but(signed_in(404), &[Role::Qa], 403),
            |_, _| json!({"id": Uuid::nil(), "reason": "looked at"}),
        ),
        about(
            Subject::Notice,
            "/do/read-notice",
            inside(&[Role::Operator, Role::Qa, Role::PlatformAdmin], DONE),
            only_id,
        ),
        form("/do/read-notices", signed_in(DONE), |_, _| json!({"until": Uuid::nil()})),
    ]
}

/// A closure without its last minutes; its hour is UTC, and the form's the plant's.
fn shorter(closure: &Value) -> Value {
    let hour: Option<u8> = closure["start"].as_str().and_then(|at| at.get(11..13)?.parse().ok());
    let at = |minute: u8| format!("{:02}:{minute:02}", hour.unwrap_or_default() + 8);
    json!({"id": id(closure), "start": "2027-03-01", "start_time": at(0), "end": "2027-03-01", "end_time": at(20)})
}

/// Calls, and wishes in them.
fn rounds() -> Vec<Row> {
    let owners = |status| but(signed_in(404), &OWNERS, status);
    let wished = |call: Uuid| {
        json!({"id": call, "offering": "TAB", "batch_size": "12.5", "unit": "kilogram", "batches": "1",
            "from": "2027-03-05", "to": "2027-03-31", "rank": "1"})
    };
    let of_call = |subject: &Value| subject["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
    vec![
        // Whoever may is told that it is for no line.
        form("/do/open-call", only(&OPERATORS, 422), |_, _| {
            json!({"title": "T", "from": "2027-03-05", "to": "2027-03-31", "closes_at": "2027-01-01",
                "closes_time": "00:00", "rule": "lottery", "hold_days": "3"})
        }),
        about(Subject::Call, "/do/wish", only(&VERIFIED, DONE), move |call| wished(of_call(call))),
        about(
            Subject::Wish,
            "/do/withdraw-wish",
            owners(DONE),
            |wish| json!({"id": id(wish), "call": Uuid::nil()}),
        ),
        about(Subject::Call, "/do/cancel-call", inside(&OPERATING, DONE), because),
        about(Subject::ClosedCall, "/do/decide-call", inside(&OPERATING, DONE), only_id),
        // Whoever may is told that the rule counts none.
        about(
            Subject::DraftedWish,
            "/do/score-wishes",
            inside(&OPERATING, 422),
            |wish| json!({"id": wish["call"], format!("points[w{}]", id(wish)): "7"}),
        ),
        about(
            Subject::DraftedWish,
            "/do/adjust-wish",
            inside(&OPERATING, DONE),
            |wish| json!({"id": id(wish), "deed": "out", "reason": "because"}),
        ),
        about(
            Subject::Draft,
            "/do/publish-call",
            inside(&OPERATING, DONE),
            |call| json!({"id": id(call), "version": call["version"]}),
        ),
    ]
}

/// Lines that are down, and what comes of it.
fn conflicts() -> Vec<Row> {
    // Another platform has none of these conflicts; whoever has no platform has no desk.
    let desk = |status| {
        let inside = [Role::Operator, Role::Qa, Role::PlatformAdmin];
        but(but(but(signed_in(403), &[Role::OtherPlatform], 404), &inside, 403), &OPERATING, status)
    };
    vec![
        // Whoever may is told that lines don't go on strike.
        form("/do/mark-down", inside(&OPERATING, 422), |world, _| {
            json!({"id": world.line, "kind": "strike", "until": "2027-01-02", "until_time": "08:00",
                "reason": "because"})
        }),
        about(
            Subject::Outage,
            "/do/end-outage",
            inside(&OPERATING, DONE),
            |outage| json!({"id": id(outage), "until": "2027-03-06", "until_time": "12:00"}),
        ),
        // Whoever may is told that this is no option.
        about(
            Subject::Conflict,
            "/do/resolve-conflict",
            desk(422),
            |conflict| json!({"id": id(conflict), "option": "not a key"}),
        ),
        about(Subject::Conflict, "/do/settle-conflict", desk(DONE), because),
    ]
}

/// After what is asked before the campaigns' time: that comes with them.
fn runs() -> Vec<Row> {
    vec![
        about(
            Subject::Due,
            "/do/run",
            sides(&OPERATING, DONE),
            |booking| json!({"id": id(booking), "step": "start"}),
        ),
        about(Subject::Running, "/do/abort", sides(&OPERATING, DONE), because),
    ]
}

fn setup() -> Vec<Row> {
    vec![
        // Whoever may is told that there is no such part.
        form("/do/look-at-setup", only(&OPERATORS, 404), |_, _| json!({"sort": "party"})),
        form("/do/look-at-text", only(&OPERATORS, 404), |_, _| json!({"sort": "party"})),
        form("/do/show-as-text", only(&OPERATORS, 404), |_, _| json!({"sort": "party"})),
        form("/do/show-as-form", only(&OPERATORS, 404), |_, _| json!({"sort": "party"})),
        form("/do/save-setup", only(&OPERATORS, 404), |_, _| json!({"sort": "party"})),
    ]
}

fn people() -> Vec<Row> {
    vec![
        form("/do/join", all(404), |_, _| json!({"token": "unknown", "name": "Wu", "password": PASSWORD})),
        form("/do/choose-password", all(404), |_, _| json!({"token": "unknown", "password": PASSWORD})),
        form("/do/change-account", signed_in(200), |_, _| json!({"name": "Wu", "locale": "en"})),
        form("/do/change-password", signed_in(200), |_, _| json!({"current": PASSWORD, "new": PASSWORD})),
        form("/do/switch-organisation", signed_in(404), |_, _| json!({"organisation": nobody()})),
        form("/do/end-session", signed_in(404), |_, _| json!({"id": nobody()})),
        form("/do/make-token", signed_in(200), |_, _| json!({"name": "ERP", "days": "30"})),
        form("/do/revoke-token", signed_in(404), |_, _| json!({"id": nobody()})),
        form("/do/change-profile", only(&ADMINS, 200), |_, _| json!({"contact": "Chen"})),
        form(
            "/do/change-role",
            but(only(&ADMINS, 404), &[Role::PlatformAdmin, Role::DistrictAdmin], 422),
            |_, _| json!({"account": nobody(), "role": "company_member"}),
        ),
        form("/do/remove-member", only(&ADMINS, 404), |_, _| json!({"account": nobody()})),
        form(
            "/do/invite",
            but(only(&ADMINS, 422), &[Role::PlatformAdmin], 200),
            |_, _| json!({"email": "newer@one.example", "role": "qa"}),
        ),
        form("/do/withdraw-invitation", only(&ADMINS, 404), |_, _| json!({"id": nobody()})),
        form(
            "/do/order-reset",
            but(only(&ADMINS, 404), &[Role::CompanyAdmin, Role::DistrictAdmin], 200),
            |_, _| json!({"email": "member@company1.example"}),
        ),
        form(
            "/do/record-innovation",
            only(&[Role::DistrictAdmin], DONE),
            |world, _| json!({"company": world.company, "score": 640, "assessed_on": "2026-06-30"}),
        ),
        form(
            "/do/clear-innovation",
            only(&[Role::DistrictAdmin], DONE),
            |world, _| json!({"company": world.company}),
        ),
        form("/do/submit-again", only(&[Role::Unverified, Role::CompanyAdmin], DONE), |_, _| json!({})),
        form(
            "/do/forgive-late",
            only(&[Role::PlatformAdmin], 404),
            |_, _| json!({"id": nobody(), "reason": "because"}),
        ),
        form("/do/verify-company", only(&VERIFIERS, DONE), |world, _| json!({"company": world.company})),
        form(
            "/do/reject-company",
            only(&VERIFIERS, 404),
            |_, _| json!({"company": nobody(), "reason": "not found in the register"}),
        ),
    ]
}

/// Last, as the cookies change: whoever registers is signed in as the new company's administrator.
fn leaving() -> Vec<Row> {
    vec![
        // This is no demonstration.
        form("/do/try-as", all(404), |_, _| json!({"audience": "firm"})),
        form("/do/begin-anew", all(404), |_, _| json!({})),
        form("/do/leave-tour", all(DONE), |_, _| json!({})),
        form("/do/register", all(DONE), |_, role| {
            let asked = People::registration(200 + u32::try_from(number(role)).unwrap_or_default());
            json!({"company": asked["company"], "credit_code": asked["credit_code"], "contact": asked["contact"],
                "name": "Wu", "email": asked["email"], "password": PASSWORD, "locale": "en"})
        }),
        Row::body("POST", "/do/sign-in", all(401), |_, _| {
            with_key(json!({"email": "admin@company1.example", "password": "not the password"}))
        }),
        form("/do/sign-out", all(DONE), |_, _| json!({})),
    ]
}

//! What the samples are of: an invented firm, what it looks for, and its campaigns.

use domain::offering;
use uuid::Uuid;

use super::{
    HOUR, both,
    deals::{PRICE, terms},
};
use crate::{
    contract::{
        BookingView, InnovationView, Instant, OfferQuery, OfferingView, OrganisationKind, OrganisationView,
        PlatformView, RequestDetails, Role, Standing, StepView, TextView, TurnedAwayView, Viewer,
    },
    query,
    request::{Reader, use_language},
    words::{day, say},
};

/// Forms to choose from, the last of which nobody offers.
const FORMS: [&str; 4] = ["TAB", "FCT", "CAPH", "CAPS"];

/// Somebody of a firm, for what only such a reader sees.
pub fn firm(verified: bool) -> Reader {
    Reader(Some(Viewer { verified, ..viewer(Role::CompanyMember) }))
}

/// Somebody with this role.
pub fn viewer(role: Role) -> Viewer {
    let organisation_name = match role.kind() {
        OrganisationKind::Company => company(),
        OrganisationKind::Platform | OrganisationKind::District => platform_name(),
    };
    Viewer {
        account: Uuid::nil(),
        name: String::new(),
        email: String::new(),
        organisation: Uuid::nil(),
        organisation_name,
        organisation_kind: role.kind(),
        role,
        verified: true,
        standing: Standing::Verified,
    }
}

/// A firm as others know it, verified a week ago or not yet.
pub fn organisation(now: Instant, number: u8, verified: bool) -> OrganisationView {
    let ago = |days: i64| Instant(now.0 - days * 24 * HOUR);
    OrganisationView {
        id: Uuid::from_u128(number.into()),
        kind: OrganisationKind::Company,
        name: company(),
        credit_code: Some("91350100M000100Y43".to_owned()),
        contact: "+86 451 0000 0000".to_owned(),
        size: Some("small".to_owned()),
        in_district: number % 2 == 1,
        verified_at: verified.then(|| ago(7)),
        created_at: ago(9),
        innovation: verified.then(|| InnovationView {
            score: 640,
            assessed_on: day(now, -30),
            recorded_at: ago(6),
        }),
        turned_away: None,
    }
}

/// A firm whose verification was withdrawn, and that waits again since, with another contact.
pub fn turned_away(now: Instant, number: u8) -> OrganisationView {
    let turned_away = TurnedAwayView {
        at: Instant(now.0 - 72 * HOUR),
        withdrawn: true,
        reason: say!(use_language(), district.withdraw_example).to_owned(),
        by: Some(platform_name()),
        person: Some("Li".to_owned()),
        submitted_at: Some(Instant(now.0 - 24 * HOUR)),
        compared: true,
        former_name: None,
        former_credit_code: None,
        former_contact: Some("+86 451 1111 1111".to_owned()),
    };
    OrganisationView { turned_away: Some(turned_away), ..organisation(now, number, false) }
}

/// The platform's name.
pub fn platform_name() -> TextView {
    both(|language| say!(language, design.platform))
}

/// The platform with what it offers.
pub fn platform() -> PlatformView {
    PlatformView {
        id: Uuid::nil(),
        code: String::new(),
        name: platform_name(),
        offerings: FORMS[..3].iter().map(|code| (*code).to_owned()).collect(),
        illustrative: true,
    }
}

/// The firm's name.
pub fn company() -> TextView {
    both(|language| say!(language, design.company))
}

/// The name of the form with this code, in both languages.
pub fn form(code: &str) -> TextView {
    offering::find(code).map_or_else(
        || TextView { zh: code.to_owned(), en: code.to_owned() },
        |known| TextView { zh: known.zh.to_owned(), en: known.en.to_owned() },
    )
}

/// What can be looked for.
pub fn offerings() -> Vec<OfferingView> {
    let view = |code: &str| OfferingView {
        code: code.to_owned(),
        family: "solid_oral".to_owned(),
        name: form(code),
        edqm: None,
        units: vec!["kilogram".to_owned(), "piece".to_owned()],
        platforms: u32::from(code != "CAPS"),
    };
    FORMS.map(view).into()
}

/// What the firm looks for.
pub fn query(now: Instant) -> OfferQuery {
    OfferQuery {
        offering: "TAB".to_owned(),
        batch_size: "20".to_owned(),
        unit: "kilogram".to_owned(),
        batches: 3,
        ..query::blank(now)
    }
}

/// A step on a sample's line.
pub fn step(start: Instant, end: Instant) -> StepView {
    StepView {
        name: both(|language| say!(language, design.step_one)),
        line: Uuid::nil(),
        line_name: both(|language| say!(language, design.line_one)),
        start,
        end,
    }
}

/// The firm's campaign of this number, the higher the later.
pub fn booking(now: Instant, number: u8, status: &str) -> BookingView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    let begins = i64::from(number) * 72;
    BookingView {
        id: Uuid::from_u128(number.into()),
        reference: format!("ZS-00000-0000{number}"),
        status: status.to_owned(),
        broken_off: false,
        platform: Uuid::nil(),
        platform_name: both(|language| say!(language, design.platform)),
        platform_contact: None,
        company_name: Some(company()),
        offering: "TAB".to_owned(),
        product_code: Some(format!("ZS-{number}")),
        batch_size: "20".to_owned(),
        unit: "kilogram".to_owned(),
        batches: 3,
        from: day(now, 1),
        to: day(now, 60),
        searched_platform: None,
        gmp: true,
        stage: "scale_up".to_owned(),
        hazards: String::new(),
        oeb: None,
        details: RequestDetails::default(),
        questions: Vec::new(),
        steps: vec![step(at(begins), at(begins + 60))],
        price_fen: PRICE,
        plan: None,
        terms: terms(10),
        fee_fen: None,
        leaving_fee_fen: None,
        fee_due_fen: None,
        resold_percent: None,
        moves: 0,
        version: 1,
        hold_expires_at: (status == "held").then(|| at(20)),
        reply_by: (status == "requested").then(|| at(20 * i64::from(number))),
        materials_before_move: false,
        hazards_confirmed: number > 1,
        unmet: Vec::new(),
        created_at: at(-30),
        actions: Vec::new(),
        now,
    }
}

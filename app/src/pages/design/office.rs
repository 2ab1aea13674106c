//! Samples of what people see of their own organisation: its profile, its people, who is invited, where it stands by a
//! platform's rule, and a secret that is shown once.

use leptos::{context::Provider, prelude::*};
use uuid::Uuid;

use super::{HOUR, sample};
use crate::{
    backend::use_backend,
    components::{
        OwnStandings, Shown, StandingNote,
        company::{Colleagues, Invitations, InvitePlatform, Profile},
    },
    contract::{
        Instant, InvitationView, LateLeavingView, LateStandingView, MemberView, OrganisationKind, Role,
        Standing, UseOrLoseView, VerificationView,
    },
    request::{Reader, use_language},
    words::say,
};

const DAY_MINUTES: i64 = 24 * 60;

#[component]
pub fn Office() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let admin = sample::viewer(Role::CompanyAdmin);
    let reader = admin.clone();
    let title = say!(language, office.token_made, name = "ERP").to_string();
    view! {
        <Shown title text=say!(language, office.token_made_text).to_owned() secret="zs_000000000000".to_owned() />
        <Provider value=Reader(Some(admin))>
            <Profile organisation=sample::organisation(now, 1, false) administers=true waits=true />
            <StandingNote state=turned_away(now) here=true />
            <Colleagues members=members() reader />
            <Invitations invitations=invitations(now) kind=OrganisationKind::Company now />
            <InvitePlatform platforms=vec![sample::platform()] />
            <OwnStandings standings=vec![standing(now, 1, true), standing(now, 2, false)] />
        </Provider>
    }
}

/// A company that was turned away.
fn turned_away(now: Instant) -> VerificationView {
    VerificationView {
        company: sample::company(),
        credit_code: None,
        registered_at: Instant(now.0 - 48 * HOUR),
        verified_at: None,
        standing: Standing::TurnedAway,
        rejected_at: Some(Instant(now.0 - HOUR)),
        reason: Some(say!(use_language(), district.reject_example).to_owned()),
        submitted_at: None,
    }
}

/// The reader, and a colleague.
fn members() -> Vec<MemberView> {
    let member = |account: u128, name: &str, role: Role| MemberView {
        account: Uuid::from_u128(account),
        name: name.to_owned(),
        email: format!("{account}@firm.example"),
        role,
    };
    vec![member(0, "Li", Role::CompanyAdmin), member(1, "Wang", Role::CompanyMember)]
}

/// One that is good, and one that is over.
fn invitations(now: Instant) -> Vec<InvitationView> {
    let invitation = |number: u128, hours: i64| InvitationView {
        id: Uuid::from_u128(number),
        email: format!("new-{number}@firm.example"),
        role: Role::CompanyMember,
        organisation: Uuid::nil(),
        created_at: Instant(now.0 - 24 * HOUR),
        expires_at: Instant(now.0 + hours * HOUR),
        used_at: None,
    };
    vec![invitation(1, 48), invitation(2, -1)]
}

/// Where a firm stands: `limited` by what it gave up late, or no more, since that was forgiven.
pub fn standing(now: Instant, number: u128, limited: bool) -> LateStandingView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    let leaving = |hours: i64, moved: bool| LateLeavingView {
        id: Uuid::from_u128(2 * number + u128::from(moved)),
        booking: Uuid::from_u128(number),
        reference: format!("ZS-00000-0000{number}"),
        at: at(-hours),
        moved,
        counts_until: limited.then(|| at(90 * 24)),
        resold: false,
        forgiven_at: (!limited).then(|| at(-2)),
        reason: (!limited).then(|| say!(use_language(), design.down_reason).to_owned()),
    };
    LateStandingView {
        company: Uuid::from_u128(number),
        company_name: sample::company(),
        platform: Uuid::nil(),
        platform_name: sample::platform_name(),
        rule: UseOrLoseView {
            times: 2,
            within_minutes: 180 * DAY_MINUTES,
            horizon_minutes: 60 * DAY_MINUTES,
        },
        counted: if limited { 2 } else { 0 },
        until: limited.then(|| at(30 * 24)),
        leavings: vec![leaving(240, false), leaving(480, true)],
    }
}

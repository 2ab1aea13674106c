//! One's organisation: its profile, its people and who is invited.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{
        OwnStandings, PageTitle, StandingNote,
        company::{Colleagues, Invitations, InvitePlatform, Profile},
        loaded,
    },
    contract::{
        Failure, Instant, InvitationView, LateStandingView, MemberView, OrganisationKind, OrganisationView,
        PageQuery, PlatformView, Role, VerificationView, Viewer,
    },
    request::{use_language, use_reader},
    words::{say, text},
};

#[component]
pub fn CompanyPage() -> impl IntoView {
    loaded(load(), |found| view! { <Organisation found /> })
}

struct Found {
    reader: Viewer,
    organisation: OrganisationView,
    members: Vec<MemberView>,
    /// For administrators.
    invitations: Option<Vec<InvitationView>>,
    /// For the district's administrators, who bring in the first people of each.
    platforms: Option<Vec<PlatformView>>,
    /// Of a company: whether it may hold and book.
    verification: Option<VerificationView>,
    /// Of a company.
    standings: Vec<LateStandingView>,
    now: Instant,
}

async fn load() -> Result<Found, Failure> {
    let reader = use_reader().ok_or(Failure::Unauthenticated)?;
    let backend = use_backend();
    let invitations = if reader.role.administers() {
        let page = backend.invitations(PageQuery { cursor: None, limit: Some(200) }).await?;
        Some(page.items.into_iter().filter(|one| one.used_at.is_none()).collect())
    } else {
        None
    };
    let standings = match reader.organisation_kind {
        OrganisationKind::Company => backend.late_standings().await?,
        _ => Vec::new(),
    };
    let verification = match reader.organisation_kind {
        OrganisationKind::Company => Some(backend.verification().await?),
        _ => None,
    };
    let platforms = match reader.role {
        Role::DistrictAdmin => Some(backend.platforms().await?),
        _ => None,
    };
    Ok(Found {
        platforms,
        verification,
        organisation: backend.organisation().await?,
        members: backend.members().await?,
        invitations,
        standings,
        now: backend.now(),
        reader,
    })
}

#[component]
fn Organisation(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { reader, organisation, members, invitations, platforms, verification, standings, now } = found;
    let kind = if organisation.kind == OrganisationKind::Company {
        say!(language, office.company)
    } else {
        say!(language, office.organisation)
    };
    let administers = reader.role.administers();
    let company = organisation.kind == OrganisationKind::Company;
    let away = verification.as_ref().is_some_and(|state| state.rejected_at.is_some());
    let waits = company && organisation.verified_at.is_none() && !away;
    let state = verification.map(|state| view! { <StandingNote state here=true /> });
    let people = match invitations {
        Some(invitations) => view! { <Invitations invitations kind=organisation.kind now /> }.into_any(),
        None => view! { <p class="hint">{say!(language, office.admins_only)}</p> }.into_any(),
    };
    view! {
        <PageTitle page=kind />
        <header class="headline">
            <h1>{text(language, &organisation.name)}</h1>
        </header>
        {state}
        <div class="halves">
            <div class="stack">
                <Profile organisation administers waits away />
                <OwnStandings standings />
            </div>
            <div class="stack">
                <Colleagues members reader />
                {people}
                {platforms.map(|platforms| view! { <InvitePlatform platforms /> })}
            </div>
        </div>
    }
}
